"""Finds what fits a need among a bounded number of candidates: what shares a tag, a place or a telling word with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, select

from lti_tool.community import pieces, store
from lti_tool.community.finding.conditions import OWN, by_index
from lti_tool.community.finding.matching.keywords import Keyword, keywords
from lti_tool.community.finding.matching.rules import Fit, Traits, Vocabulary, is_enough, reasons
from lti_tool.community.finding.rules import Word
from lti_tool.community.finding.store import is_up_in
from lti_tool.community.finding.tables import PostWordsRow
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.posts import Piece, Post
from lti_tool.community.store import CommunityKey
from lti_tool.community.tables import PostRow, ReplyRow, TagRow
from lti_tool.database import db

MOST = 100
"""Candidates for each reason, the newest; a word in so many posts tells nothing."""

Helper = TypeVar("Helper", OfferRow, ReplyRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who helped in a thread, under their name."""

    piece: Piece
    post_id: str


def find_fits(key: CommunityKey, need: Post, vocabulary: Vocabulary) -> Sequence[Fit]:
    """Give the posts of all kinds that fit a need, the best first."""
    about, words = Traits(tags=need.tags, territory=need.territory), _with_words(key, need)
    candidates = _candidates(key, about, words, vocabulary)
    candidates.pop(need.id, None)
    tags = _tags(key, candidates)
    found = [_fit(about, row, tags.get(row.id, []), words.get(row.id, []), vocabulary) for row in candidates.values()]
    return sorted((fit for fit in found if is_enough(fit.reasons)), key=lambda fit: fit.rank, reverse=True)


def _fit(about: Traits, row: Any, tags: Sequence[str], words: Sequence[str], vocabulary: Vocabulary) -> Fit:
    other = Traits(tags=tags, territory=row.territory)
    return Fit(post_id=row.id, active_at=row.active_at, reasons=reasons(about, other, words, vocabulary))


def _candidates(
    key: CommunityKey, about: Traits, words: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> dict[str, Any]:
    near = [about.territory, *vocabulary.neighbours.get(about.territory or "", ())]
    found: dict[str, Any] = {}
    for condition in (*_by_tags(about, vocabulary), PostRow.territory.in_([place for place in near if place])):
        found |= {row.id: row for row in db.session.execute(_posts(key).where(condition).limit(MOST))}
    wanted = [post_id for post_id in words if post_id not in found]
    return found | {row.id: row for row in db.session.execute(_posts(key).where(PostRow.id.in_(wanted)))}


def _by_tags(about: Traits, vocabulary: Vocabulary) -> Iterator[ColumnElement[bool]]:
    """Look for methods apart from themes, which are in more posts."""
    methods = [tag for tag in about.tags if tag in vocabulary.methods]
    themes = [tag for tag in about.tags if tag not in vocabulary.methods]
    for tags in (methods, themes):
        of_post = and_(TagRow.community_id == PostRow.community_id, TagRow.post_id == PostRow.id, TagRow.tag.in_(tags))
        yield select(TagRow.tag).where(of_post).exists()


def _posts(key: CommunityKey) -> Select[str, str | None, datetime]:
    newest = (PostRow.active_at.desc(), PostRow.id.desc())
    return select(PostRow.id, PostRow.territory, PostRow.active_at).where(is_up_in(key)).order_by(*newest)


def _with_words(key: CommunityKey, need: Post) -> Mapping[str, Sequence[str]]:
    """Give the posts in which telling words of a need stand, with those words; what is in many posts tells nothing."""
    found: dict[str, list[str]] = {}
    for word in keywords(f"{need.title} {need.summary or ''}", need.text):
        for post_id in _with_word(key, need.id, word):
            found.setdefault(post_id, []).append(word.shown)
    return found


def _with_word(key: CommunityKey, need_id: str, word: Keyword) -> Sequence[str]:
    query = select(PostWordsRow.post_id).where(
        PostWordsRow.community_id == store.community(key),
        PostWordsRow.post_id != need_id,
        by_index([Word(text=word.stem)], OWN),
    )
    found = db.session.scalars(query.limit(MOST)).all()
    return found if len(found) < MOST else []


def _tags(key: CommunityKey, post_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    query = select(TagRow.post_id, TagRow.tag).where(
        TagRow.community_id == store.community(key), TagRow.post_id.in_(list(post_ids))
    )
    found: dict[str, list[str]] = {}
    for post_id, tag in db.session.execute(query):
        found.setdefault(post_id, []).append(tag)
    return found


def find_posts(key: CommunityKey, post_ids: Sequence[str]) -> Mapping[str, Post]:
    """Give posts that everybody can read, by their ids."""
    rows = db.session.scalars(select(PostRow).where(is_up_in(key), PostRow.id.in_(post_ids)))
    return {row.id: pieces.post_of(row) for row in rows}


def find_helpers(key: CommunityKey, post_ids: Sequence[str]) -> Sequence[Part]:
    """Name who helped in these threads: whose offer was accepted or whose reply answered, unless they are nameless."""
    rows = [
        *db.session.scalars(_named(OfferRow, key, post_ids).where(OfferRow.accepted_at.is_not(None))),
        *db.session.scalars(_named(ReplyRow, key, post_ids).where(ReplyRow.helped.is_(True))),
    ]
    return [Part(piece=pieces.piece_of(row), post_id=row.post_id) for row in rows]


def _named(table: type[Helper], key: CommunityKey, post_ids: Sequence[str]) -> Select[Helper]:
    in_threads = (table.community_id == store.community(key), table.post_id.in_(post_ids))
    return select(table).where(*in_threads, store.is_up(table), table.is_nameless.is_(False))
