"""Reads and writes of reports, locks, pins and what was done, within one community of one site."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from lti_tool.community import pieces, store
from lti_tool.community.caring import log, rules
from lti_tool.community.caring.rules import Complaint, Deed, Report
from lti_tool.community.caring.tables import DeedRow, ReportRow
from lti_tool.community.offers.rules import Offer
from lti_tool.community.outcomes.rules import Outcome
from lti_tool.community.posts import Author, Piece, Post, Reply
from lti_tool.community.store import CommunityKey, Sort, Visit
from lti_tool.community.tables import CommunityRow, PostRow
from lti_tool.community.translating.rules import Translation
from lti_tool.database import INSERTS, bounded, db, found_or_added
from lti_tool.errors import Conflict, NotAllowed, NotFound
from lti_tool.lti.tables import PersonRow

SORTS: Mapping[str, Sort] = {
    "posts": Post,
    "replies": Reply,
    "offers": Offer,
    "outcomes": Outcome,
    "translations": Translation,
}
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A piece with what is said against it, the oldest report first."""

    sort: str
    piece: Piece
    reports: Sequence[Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done to a piece, and to be told of it: by whom, why, when."""

    id: int
    deed: Deed
    sort: str
    piece: Piece
    by: Author
    reason: str | None
    at: datetime


# Reading


def find_piece(visit: Visit, sort: str, piece_id: str) -> Piece:
    """Give a piece of any sort.

    Raises:
        NotFound: this community has none of that id.
    """
    return pieces.piece_of(store.row_now(SORTS[sort], visit.key, piece_id))


def count_reported(visit: Visit) -> int:
    """Count the pieces of the reader's course that wait to be looked at."""
    pieces = select(ReportRow.sort, ReportRow.piece_id).where(*_open(visit)).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(pieces)) or 0


def find_reported(visit: Visit) -> Sequence[Reported]:
    """Give the pieces of the reader's course that wait to be looked at, the one that waits longest first."""
    found: dict[tuple[str, str], list[Report]] = {}
    oldest = select(ReportRow).where(*_open(visit)).order_by(ReportRow.reported_at, ReportRow.id)
    for row in db.session.scalars(oldest):
        found.setdefault((row.sort, row.piece_id), []).append(_report(row))
    shown = list(found)[:MOST_SHOWN]
    pieces = find_pieces(visit, shown)
    return [Reported(sort=key[0], piece=pieces[key], reports=found[key]) for key in shown]


def find_pieces(visit: Visit, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Piece]:
    """Give pieces of any sort, each sort in one query."""
    found = {}
    for sort in {sort for sort, _ in keys}:
        table: Any = store.TABLES[SORTS[sort]]
        ids = [piece_id for of, piece_id in keys if of == sort]
        rows = db.session.scalars(
            select(table).where(table.community_id == store.community(visit.key), table.id.in_(ids))
        )
        found.update({(sort, row.id): pieces.piece_of(row) for row in rows})
    return found


def _open(visit: Visit) -> tuple[Any, ...]:
    return (*_of_course(ReportRow, visit), ReportRow.closed_at.is_(None))


def _of_course(table: type[ReportRow] | type[DeedRow], visit: Visit) -> tuple[Any, ...]:
    return table.community_id == store.community(visit.key), table.course_id == visit.reader.course_id


def _report(row: ReportRow) -> Report:
    return Report(why=row.why, words=row.words, by=_author(row.reporter), at=row.reported_at)


def _author(row: PersonRow) -> Author:
    return Author(person_id=row.id, name=row.called, number=row.number)


def mine(visit: Visit) -> Mapping[str, bool]:
    """Tell which pieces the reader reported, by their ids, and whether that was looked at since."""
    theirs = (ReportRow.community_id == store.community(visit.key), ReportRow.reporter_id == visit.reader.person_id)
    query = select(ReportRow.piece_id, ReportRow.closed_at).where(*theirs).order_by(ReportRow.id)
    return {row.piece_id: row.closed_at is not None for row in db.session.execute(query)}


def find_done(visit: Visit, before: int | None) -> Sequence[Done]:
    """Give what was done in the reader's course, the newest first: a page, and one more where there are more."""
    query = select(DeedRow).where(*_of_course(DeedRow, visit))
    if before is not None:
        query = query.where(DeedRow.id < bounded(before))
    return _done(visit, query, MOST_SHOWN + 1)


def find_untold(visit: Visit) -> Sequence[Done]:
    """Give what was done to the reader's own pieces that they haven't looked at yet, the newest first."""
    return _done(visit, select(DeedRow).where(*_untold(visit)), MOST_SHOWN)


def _untold(visit: Visit) -> tuple[Any, ...]:
    theirs = (DeedRow.community_id == store.community(visit.key), DeedRow.author_id == visit.reader.person_id)
    return (*theirs, DeedRow.seen_at.is_(None))


def _done(visit: Visit, query: Select[Any], most: int) -> Sequence[Done]:
    rows = db.session.scalars(query.order_by(DeedRow.id.desc()).limit(most)).all()
    pieces = find_pieces(visit, [(row.sort, row.piece_id) for row in rows])
    return [
        Done(
            id=row.id,
            deed=row.deed,
            sort=row.sort,
            piece=pieces[row.sort, row.piece_id],
            by=_author(row.by),
            reason=row.reason,
            at=row.done_at,
        )
        for row in rows
    ]


def find_pinned(visit: Visit) -> Sequence[Post]:
    """Give the posts at the top of the list, the one that was pinned last first."""
    query = select(PostRow).where(
        PostRow.community_id == store.community(visit.key), PostRow.pinned_at.is_not(None), store.is_up(PostRow)
    )
    return [pieces.post_of(row) for row in db.session.scalars(query.order_by(PostRow.pinned_at.desc(), PostRow.id))]


# Writing, in the caller's transaction


def report(visit: Visit, sort: str, piece_id: str, complaint: Complaint, now: datetime) -> Piece:
    """Tell the trainers of the course that a piece was written in what is wrong with it.

    One who said so already says nothing more until somebody looked at it.

    Raises:
        NotFound: this community has none of that id, or it can't be read any more.
        NotAllowed: it is the reader's own, or theirs to look after.
    """
    row = store.locked_now(SORTS[sort], visit.key, piece_id)
    piece = pieces.piece_of(row)
    if not piece.is_up:
        raise NotFound("piece_gone")
    store.permitted(row, visit.reader, rules.can_report)
    values = {
        "community_id": row.community_id,
        "course_id": row.course_id,
        "sort": row.__tablename__,
        "piece_id": piece_id,
    }
    said = {"reporter_id": visit.reader.person_id, "why": complaint.why, "words": complaint.words}
    insert = INSERTS[db.engine.dialect.name](ReportRow).values(**values, **said, reported_at=now)
    db.session.execute(insert.on_conflict_do_nothing())
    return piece


def leave(visit: Visit, sort: str, piece_id: str, now: datetime) -> None:
    """Close the reports of a piece that stays as it is.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = store.locked_now(SORTS[sort], visit.key, piece_id)
    store.permitted(row, visit.reader, rules.can_leave)
    if log.close_reports(row, now):
        log.note(row, Deed.LEFT, visit.reader.person_id, now)


def look_at(visit: Visit, deed_id: int, now: datetime) -> None:
    """Note that an author looked at what was done to a piece of theirs."""
    seen = update(DeedRow).where(*_untold(visit), DeedRow.id == bounded(deed_id))
    db.session.execute(seen.values(seen_at=now), execution_options=log.AS_IT_IS)


def lock(visit: Visit, post_id: str, reason: str, now: datetime) -> Piece:
    """Let nobody write under a post any more, with a reason that everybody reads there.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = _own_course(visit, post_id)
    if row.locked_reason != reason:
        row.locked_at, row.locked_reason = now, reason
        log.note(row, Deed.LOCKED, visit.reader.person_id, now, reason)
    return pieces.piece_of(row)


def unlock(visit: Visit, post_id: str, now: datetime) -> Piece:
    """Let everybody write under a post again.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = _own_course(visit, post_id)
    if row.locked_at:
        row.locked_at = row.locked_reason = None
        log.note(row, Deed.UNLOCKED, visit.reader.person_id, now)
    return pieces.piece_of(row)


def pin(visit: Visit, post_id: str, now: datetime) -> Piece:
    """Put a post at the top of the list.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in, or it can't be read.
        Conflict: as many are there as may be.
    """
    _lock_list(visit.key)
    row = _own_course(visit, post_id)
    if not rules.can_pin(visit.reader, pieces.post_of(row)):
        raise NotAllowed("post_hidden")
    if row.pinned_at is None:
        if len(find_pinned(visit)) >= rules.MOST_PINNED:
            raise Conflict("pins_full")
        row.pinned_at = now
        log.note(row, Deed.PINNED, visit.reader.person_id, now)
    return pieces.piece_of(row)


def unpin(visit: Visit, post_id: str, now: datetime) -> Piece:
    """Let a post stand where it belongs in the list.

    Raises:
        NotFound: this community has no such post.
        NotAllowed: the reader doesn't teach the course it was written in.
    """
    row = _own_course(visit, post_id)
    if row.pinned_at:
        row.pinned_at = None
        log.note(row, Deed.UNPINNED, visit.reader.person_id, now)
    return pieces.piece_of(row)


def _own_course(visit: Visit, post_id: str) -> PostRow:
    row = store.locked_post(visit.key, post_id)
    store.permitted(row, visit.reader, rules.can_lock)
    return row


def _lock_list(key: CommunityKey) -> None:
    """Keep others from pinning meanwhile; the update that changes nothing takes the lock."""
    home = found_or_added(CommunityRow, asdict(key), {})
    untouched = update(CommunityRow).where(CommunityRow.id == home.id).values(slug=CommunityRow.slug)
    db.session.execute(untouched, execution_options=log.AS_IT_IS)
