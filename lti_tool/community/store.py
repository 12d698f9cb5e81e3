"""Reads and writes of posts and replies, within one community of one site."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select, update
from sqlalchemy.engine import CursorResult

from lti_tool.community import pieces, placing, rewriting, rules, settling
from lti_tool.community.caring import log as caring
from lti_tool.community.finding import index
from lti_tool.community.history import store as history
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.tables import OfferRow
from lti_tool.community.outcomes.rules import Outcome
from lti_tool.community.outcomes.tables import OutcomeRow
from lti_tool.community.posts import Draft, Piece, Post, Reader, Reply
from lti_tool.community.rewriting import Row
from lti_tool.community.rules import Verdict
from lti_tool.community.tables import CommunityRow, PostRow, ReplyRow
from lti_tool.community.translating.rules import Translation
from lti_tool.community.translating.tables import TranslationRow
from lti_tool.database import INSERTS, db, found_or_added
from lti_tool.errors import Conflict, NotAllowed, NotFound

Table: TypeAlias = type[PostRow] | type[ReplyRow] | type[OfferRow] | type[OutcomeRow] | type[TranslationRow]
Sort: TypeAlias = type[Post] | type[Reply] | type[Offer] | type[Outcome] | type[Translation]
Rule: TypeAlias = Callable[[Reader, Piece], bool]

TABLES: Mapping[Sort, Table] = {
    Post: PostRow,
    Reply: ReplyRow,
    Offer: OfferRow,
    Outcome: OutcomeRow,
    Translation: TranslationRow,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityKey:
    """Which community; its people meet in it from whichever course they come."""

    site_id: int
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who is asking, in which community."""

    key: CommunityKey
    reader: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a draft; `piece` is what is there now."""

    verdict: Verdict
    piece: Piece


def community(key: CommunityKey) -> ScalarSelect[int]:
    """Name a community's id inside a query; of one that nobody wrote in yet there is none."""
    return select(CommunityRow.id).filter_by(**asdict(key)).scalar_subquery()


def is_up(table: Table) -> ColumnElement[bool]:
    """Say as `Piece.is_up` does."""
    return and_(table.deleted_at.is_(None), table.hidden_at.is_(None))


# Reading


def find_post(key: CommunityKey, post_id: str) -> Post:
    """Give a post, be it hidden or deleted meanwhile; in the place of a merged one that into which it was.

    Raises:
        NotFound: this community has no such post.
    """
    return pieces.post_of(row_of(PostRow, key, standing(key, post_id)))


def standing(key: CommunityKey, post_id: str) -> str:
    """Name the post in whose thread that stands which an address names: another one where it was merged."""
    return placing.thread_now(community(key), post_id)


def original(key: CommunityKey, post_id: str) -> Post:
    """Give a post, or what was one, in the words that it has now.

    Raises:
        NotFound: this community has no such post.
    """
    return pieces.piece_of(row_now(Post, key, post_id)).headed or pieces.post_of(row_of(PostRow, key, post_id))


def is_open_to(visit: Visit, post_id: str) -> bool:
    """Tell whether there is such a post in this community that the reader may open."""
    try:
        return rules.can_open(visit.reader, find_post(visit.key, post_id))
    except NotFound:
        return False


def find_own(sort: Sort, visit: Visit, piece_id: str) -> Piece:
    """Give a post or a reply to its author, to change it.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: it is somebody else's.
    """
    return permitted(row_now(sort, visit.key, piece_id), visit.reader, rules.is_author)


def row_of(table: type[Any], key: CommunityKey, piece_id: str) -> Any:
    """Give a row of this community.

    Raises:
        NotFound: this community has none of that id.
    """
    found = db.session.scalar(
        select(table).where(table.community_id == community(key), table.id == piece_id),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise NotFound("piece_unknown")
    return found


def row_now(sort: Sort, key: CommunityKey, piece_id: str) -> Any:
    """Give a row of this community, be the piece a post or a reply by now.

    Raises:
        NotFound: this community has none of that id.
    """
    return row_of(placing.table_now(TABLES[sort], community(key), piece_id), key, piece_id)


def permitted(row: Row, reader: Reader, rule: Rule) -> Piece:
    """Give what a row holds to somebody whom the rule lets at it.

    Raises:
        NotAllowed: the rule says no.
    """
    piece = pieces.piece_of(row)
    if not rule(reader, piece):
        raise NotAllowed("piece_of_others")
    return piece


# Writing, in the caller's transaction


def add_post(visit: Visit, draft: Draft, now: datetime) -> Saved:
    """Publish a post; sending the same form twice makes one.

    Raises:
        NotFound: the id is somebody else's.
    """
    return add(PostRow, visit, draft, {**rewriting.heading(draft), **rewriting.words(visit.reader, draft, now)})


def add_reply(visit: Visit, post_id: str, draft: Draft, now: datetime) -> Saved:
    """Publish a reply, unless the post was deleted, hidden or locked meanwhile; sending the same form twice makes one.

    Raises:
        NotFound: this community has no such post, or the reply's id is somebody else's.
    """
    post = pieces.post_of(locked_thread(visit.key, post_id))
    if not post.takes_replies:
        return Saved(verdict=Verdict.CLOSED, piece=post)
    author = visit.reader
    for each in (post, original(visit.key, post_id)):
        draft = as_nameless_as(each, draft, author.person_id)
        author = rules.writing_under(each, author)
    place = {"post_id": post.id, "helped": False}
    saved = add(ReplyRow, visit, draft, {**place, **rewriting.words(author, draft, now)})
    count_replies(visit.key, post.id)
    return saved


def as_nameless_as(post: Piece, draft: Draft, author_id: int) -> Draft:
    """Keep what somebody writes under their own nameless post from naming them."""
    return replace(draft, is_nameless=draft.is_nameless or rules.stays_nameless(post, author_id))


def add(table: Table, visit: Visit, draft: Draft, values: Mapping[str, Any]) -> Saved:
    """Add a row, or find the one that the same form made before; a text that differs from it is asked about.

    Raises:
        NotFound: the id is somebody else's.
    """
    home = found_or_added(CommunityRow, asdict(visit.key), {})
    key = {"community_id": home.id, "id": draft.id}
    is_new = placing.table_now(table, home.id, draft.id) is table and _insert(table, {**key, **values})
    if table is PostRow and is_new:
        rewriting.tag(home.id, draft)
    row = row_of(placing.table_now(table, home.id, draft.id), visit.key, draft.id)
    if is_new:
        let_find(row)
    if row.author_id != visit.reader.person_id:
        raise NotFound("id_of_others")
    piece = pieces.piece_of(row)
    draft = replace(rules.filled_in(piece, draft), version=0)
    return Saved(verdict=rules.judge(piece, draft), piece=piece)


def _insert(table: Table, values: Mapping[str, Any]) -> bool:
    insert = INSERTS[db.engine.dialect.name](table).values(**values)
    made = insert.on_conflict_do_nothing(index_elements=["community_id", "id"]).returning(table.id)
    return db.session.scalar(made) is not None


def edit(sort: Sort, visit: Visit, draft: Draft, now: datetime) -> Saved:
    """Change a post or reply of one's own, unless it was changed or deleted elsewhere meanwhile.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: it is somebody else's.
    """
    row = locked_with_post(sort, visit.key, draft.id)
    piece = permitted(row, visit.reader, rules.is_author)
    draft = rules.filled_in(piece, draft)
    if not isinstance(row, PostRow):
        post = original(visit.key, piece.thread)
        draft = as_nameless_as(post, draft, visit.reader.person_id)
    verdict = rules.judge(piece, draft)
    if verdict is Verdict.SAVED and not rules.says_the_same(piece, draft):
        if isinstance(row, PostRow | ReplyRow):
            history.keep(row)
        rewriting.rewrite(row, draft)
        row.version, row.edited_at = row.version + 1, now
        let_find(row)
    return Saved(verdict=verdict, piece=pieces.piece_of(row))


def delete(sort: Sort, visit: Visit, piece_id: str, now: datetime) -> Piece:
    """Take a post, reply or offer of one's own away; its words are gone for good.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: it is somebody else's.
    """
    row = locked_with_post(sort, visit.key, piece_id)
    permitted(row, visit.reader, rules.is_author)
    rewriting.forget(row, now)
    caring.forget(row, now)
    return settled(visit.key, row)


def locked(table: type[Any], key: CommunityKey, piece_id: str) -> Any:
    """Give a row, and keep other writers of it out until the transaction ends.

    The update that changes nothing takes the row's lock on PostgreSQL and the file's on SQLite.

    Raises:
        NotFound: this community has none of that id.
    """
    untouched = update(table).where(table.community_id == community(key), table.id == piece_id)
    done = db.session.execute(untouched.values(version=table.version), execution_options={"synchronize_session": False})
    if isinstance(done, CursorResult) and not done.rowcount:
        raise NotFound("piece_unknown")
    return row_of(table, key, piece_id)


def locked_thread(key: CommunityKey, post_id: str) -> PostRow:
    """Lock the post that an address names, or the one that it is merged into.

    Raises:
        NotFound: this community has no such post.
    """
    while True:
        row: PostRow = locked(PostRow, key, standing(key, post_id))
        if row.merged_at is None:
            return row


def locked_post(key: CommunityKey, post_id: str) -> PostRow:
    """Lock a post as a whole.

    Raises:
        NotFound: this community has no such post.
        Conflict: it was merged into another.
    """
    row: PostRow = locked(PostRow, key, post_id)
    if row.merged_at:
        raise Conflict("post_merged")
    return row


def locked_now(sort: Sort, key: CommunityKey, piece_id: str) -> Any:
    """Lock a piece alone, be it a post or a reply by now.

    Raises:
        NotFound: this community has none of that id.
    """
    return locked(placing.table_now(TABLES[sort], community(key), piece_id), key, piece_id)


def locked_with_post(sort: Sort, key: CommunityKey, piece_id: str) -> Any:
    """Give a row that may be shown or not from now on: with its post locked first, since that counts what is said.

    Where it was moved while another held that lock, it is looked for again.

    Raises:
        NotFound: this community has none of that id.
    """
    while True:
        thread = _thread_of(sort, key, piece_id)
        locked(PostRow, key, thread)
        if thread == _thread_of(sort, key, piece_id):
            return locked_now(sort, key, piece_id)


def _thread_of(sort: Sort, key: CommunityKey, piece_id: str) -> str:
    return standing(key, pieces.piece_of(row_now(sort, key, piece_id)).thread)


def settled(key: CommunityKey, row: Row) -> Piece:
    """Give what a row holds that is shown or not from now on, once its post counts it so."""
    if isinstance(row, ReplyRow):
        db.session.flush()
        count_replies(key, row.post_id)
    if isinstance(row, PostRow | TranslationRow):
        let_find(row)
    else:
        settling.settle(row_of(PostRow, key, row.post_id))
    return pieces.piece_of(row)


def let_find(row: Row) -> None:
    """Let a post be found by what it and its thread say now; the post is locked."""
    db.session.flush()
    index.keep(row.community_id, row.id if isinstance(row, PostRow) else row.post_id)


def count_replies(key: CommunityKey, post_id: str) -> None:
    """Keep what a post says of its replies; whoever asks for it holds the post's lock, or another's would be missed."""
    up = [ReplyRow.community_id == PostRow.community_id, ReplyRow.post_id == PostRow.id, is_up(ReplyRow)]
    counted = update(PostRow).where(PostRow.community_id == community(key), PostRow.id == post_id)
    values = {
        PostRow.replies: select(func.count()).where(*up).scalar_subquery(),
        PostRow.newest_reply_at: select(func.max(ReplyRow.created_at)).where(*up).scalar_subquery(),
    }
    db.session.execute(counted.values(values), execution_options={"synchronize_session": False})
