"""Finds posts by their words: those whose heading has all of them first, then the newest, in pages that stay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, literal, not_, select, tuple_

from lti_tool.community import pieces, places, store
from lti_tool.community.finding.conditions import ANYWHERE, HEADING, Texts, by_index, by_reading
from lti_tool.community.finding.rules import Word, richest
from lti_tool.community.finding.tables import PostWordsRow
from lti_tool.community.places import Place
from lti_tool.community.posts import Post, Reply
from lti_tool.community.store import CommunityKey
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db

PAGE = 20
FEW = 500
"""Posts that are sorted as they were found; of more, the newest are looked through until a page is full."""
FOR_POST = and_(PostWordsRow.community_id == PostRow.community_id, PostWordsRow.post_id == PostRow.id)
Filters = Sequence[ColumnElement[bool]]
"""Conditions on posts."""


class Part(StrEnum):
    """Where all the words stand."""

    HEADING = "heading"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Some posts, and where the next page begins, if there is one."""

    posts: Sequence[Post]
    after: Place | None


NOTHING = Results(posts=(), after=None)


def read_place(text: str) -> Place | None:
    """Read what a link carries; what none of ours would carry is the beginning."""
    return places.read(text, list(Part))


def search(key: CommunityKey, words: Sequence[Word], wanted: Filters = (), after: Place | None = None) -> Results:
    """Give a page of the posts that everybody can read and in which all the words occur."""
    found: list[tuple[Part, PostRow]] = []
    for part in list(Part)[list(Part).index(Part(after.part)) if after else 0 :]:
        behind = [_is_behind(after)] if after and after.part == part else []
        rows = _of_part(key, words, part, [*wanted, *behind], PAGE + 1 - len(found))
        found += [(part, row) for row in rows]
    posts = [pieces.post_of(row) for _, row in found[:PAGE]]
    return Results(posts=posts, after=_place(*found[PAGE - 1]) if len(found) > PAGE else None)


def _of_part(key: CommunityKey, words: Sequence[Word], part: Part, wanted: Filters, limit: int) -> Sequence[PostRow]:
    is_headed = by_reading(words, HEADING)
    query = select(PostRow).join(PostWordsRow, FOR_POST).where(is_up_in(key), *wanted)
    if part is Part.REST:
        query = query.where(not_(is_headed))
    query = query.where(_narrowed(key, words, HEADING if part is Part.HEADING else ANYWHERE))
    newest = (PostRow.active_at.desc(), PostRow.id.desc())
    return db.session.scalars(query.order_by(*newest).limit(limit)).all() if limit else []


def is_up_in(key: CommunityKey) -> ColumnElement[bool]:
    """Say that everybody in a community can read a post."""
    return and_(PostRow.community_id == store.community(key), store.is_up(PostRow))


def _narrowed(key: CommunityKey, words: Sequence[Word], texts: Texts) -> ColumnElement[bool]:
    """Ask the index; where it names too many to sort, say rather what to look for from the newest on."""
    in_community = PostWordsRow.community_id == store.community(key)
    query = select(PostWordsRow.id).where(in_community, by_index(words, texts)).limit(FEW)
    found = db.session.scalars(query).all()
    return PostWordsRow.id.in_(found) if len(found) < FEW else by_reading(words, texts)


def _place(part: Part, row: PostRow) -> Place:
    return Place(part=part, active_at=row.active_at, id=row.id)


def _is_behind(place: Place) -> ColumnElement[bool]:
    columns = (PostRow.active_at, PostRow.id)
    values = (literal(place.active_at, PostRow.active_at.type), literal(place.id))
    return tuple_(*columns) < tuple_(*values)


def find_replies(key: CommunityKey, post_ids: Collection[str], words: Sequence[Word]) -> Mapping[str, Reply]:
    """Give the reply to each post, where it has any, that has the most of the words."""
    texts = select(PostWordsRow.post_id, PostWordsRow.replies).where(
        PostWordsRow.community_id == store.community(key), PostWordsRow.post_id.in_(post_ids)
    )
    lines = {post_id: richest(replies, words) for post_id, replies in db.session.execute(texts).all()}
    chosen = [ids[lines[post_id]] for post_id, ids in _reply_ids(key, lines).items() if lines[post_id] < len(ids)]
    rows = db.session.scalars(select(ReplyRow).where(_is_reply_in(key), ReplyRow.id.in_(chosen)))
    return {row.post_id: pieces.reply_of(row) for row in rows}


def _reply_ids(key: CommunityKey, post_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Name the replies in the order in which their words were folded."""
    query = select(ReplyRow.post_id, ReplyRow.id).where(_is_reply_in(key), ReplyRow.post_id.in_(post_ids))
    found: dict[str, list[str]] = {}
    for post_id, reply_id in db.session.execute(query.order_by(ReplyRow.created_at, ReplyRow.id)):
        found.setdefault(post_id, []).append(reply_id)
    return found


def _is_reply_in(key: CommunityKey) -> ColumnElement[bool]:
    return and_(ReplyRow.community_id == store.community(key), store.is_up(ReplyRow))
