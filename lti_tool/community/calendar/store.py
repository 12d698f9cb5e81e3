"""Keeps the meetings of a community, within the caller's transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, update

from lti_tool.community import store
from lti_tool.community.calendar import rules
from lti_tool.community.calendar.rules import Draft, Meeting
from lti_tool.community.calendar.tables import MeetingRow
from lti_tool.community.posts import Author
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import CommunityRow, PostRow
from lti_tool.database import bounded, db, found_or_added
from lti_tool.errors import NotAllowed, NotFound

AT_MOST = 50
"""Meetings on a page, of what is coming and of what was."""
REMEMBERED = timedelta(days=90)
"""How long a meeting that was stays in the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What is coming, the next first, and what was, the newest first."""

    coming: Sequence[Meeting]
    past: Sequence[Meeting]


def find_all(key: CommunityKey, now: datetime) -> Calendar:
    """Give the community's meetings; one that goes on now is still coming."""
    found = _all(key, MeetingRow.starts_at > now - REMEMBERED)
    coming = [one for one in found if one.ends_at > now]
    past = [one for one in reversed(found) if one.ends_at <= now and not one.is_cancelled]
    return Calendar(coming=coming[:AT_MOST], past=past[:AT_MOST])


def find_next(key: CommunityKey, now: datetime) -> Meeting | None:
    """Give the meeting that comes next, or goes on now."""
    begun = now - timedelta(minutes=rules.MINUTES[-1])
    coming = _all(key, MeetingRow.cancelled_at.is_(None), MeetingRow.starts_at > begun)
    return next((one for one in coming if one.ends_at > now and one.is_told), None)


def find_of_post(key: CommunityKey, post_id: str) -> Sequence[Meeting]:
    """Give the meetings about a need, in their order."""
    return _all(key, MeetingRow.post_id == post_id)


def find(key: CommunityKey, meeting_id: str) -> Meeting:
    """Give a meeting.

    Raises:
        NotFound: this community has none of that id.
    """
    found = _all(key, MeetingRow.id == meeting_id)
    if not found:
        raise NotFound("meeting_unknown")
    return found[0]


def find_own(visit: Visit, meeting_id: str) -> Meeting:
    """Give a meeting to whoever may change it.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: somebody else planned it, or it was called off.
    """
    meeting = find(visit.key, meeting_id)
    if not rules.can_change(visit.reader, meeting):
        raise NotAllowed("meeting_of_others")
    return meeting


def add(visit: Visit, draft: Draft, now: datetime) -> Meeting:
    """Plan a meeting; sending the same form twice makes one.

    Raises:
        NotFound: the id is somebody else's, or the need is gone.
        NotAllowed: the reader may plan none, or none about this post.
    """
    post = store.find_post(visit.key, draft.post_id) if draft.post_id else None
    if not rules.can_plan(visit.reader, post):
        raise NotAllowed("meeting_not_planned")
    home, reader = found_or_added(CommunityRow, asdict(visit.key), {}), visit.reader
    values = {
        **_values(draft),
        "planner_id": reader.person_id,
        "course_id": reader.course_id,
        "post_id": post.id if post else None,
        "created_at": now,
    }
    row = found_or_added(MeetingRow, {"community_id": home.id, "id": draft.id}, values)
    if row.planner_id != reader.person_id:
        raise NotFound("meeting_unknown")
    return find(visit.key, draft.id)


def has_enough(visit: Visit, meeting_id: str, now: datetime) -> bool:
    """Tell whether somebody planned all that one may who is no trainer; what is saved already is never held back.

    Those that were called off count, since they stay in the calendar too.
    """
    theirs = (MeetingRow.community_id == store.community(visit.key), MeetingRow.planner_id == visit.reader.person_id)
    planned = db.session.scalars(select(MeetingRow.id).where(*theirs, MeetingRow.starts_at > now)).all()
    is_full = not visit.reader.is_trainer and len(planned) >= rules.MOST_COMING
    return is_full and meeting_id not in planned


def change(visit: Visit, draft: Draft) -> Meeting | None:
    """Change a meeting; where it isn't any more as the form showed it, nothing is saved and nothing given.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: somebody else planned it, or it was called off.
    """
    find_own(visit, draft.id)
    changed = _of(visit.key, draft.id).where(
        MeetingRow.version == bounded(draft.version), MeetingRow.cancelled_at.is_(None)
    )
    done = db.session.execute(
        changed.values(**_values(draft), version=MeetingRow.version + 1).returning(MeetingRow.id),
        execution_options={"synchronize_session": False},
    )
    if done.scalar() is None:
        saved = find(visit.key, draft.id)
        return saved if rules.says_the_same(saved, draft) else None
    return find(visit.key, draft.id)


def cancel(visit: Visit, meeting_id: str, now: datetime) -> None:
    """Call a meeting off; it stays in the calendar until its day, so that nobody waits for it.

    Raises:
        NotFound: this community has none of that id.
        NotAllowed: somebody else planned it.
    """
    find_own(visit, meeting_id)
    _run(_of(visit.key, meeting_id).values(cancelled_at=now, version=MeetingRow.version + 1))


def name_notes(visit: Visit, meeting_id: str, reply_id: str) -> None:
    """Say which reply the notes of a meeting became."""
    _run(_of(visit.key, meeting_id).values(notes_id=reply_id))


def _of(key: CommunityKey, meeting_id: str) -> Any:
    return update(MeetingRow).where(MeetingRow.community_id == store.community(key), MeetingRow.id == meeting_id)


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _all(key: CommunityKey, *which: ColumnElement[bool]) -> Sequence[Meeting]:
    """Give meetings in their order, as they are saved now.

    That of a nameless need's author is looked after in the need's course: trainers of another would learn whose it is.
    That of a need which was hidden or deleted says nothing any more: most take the need's title, and tell of it.
    """
    need = and_(PostRow.community_id == MeetingRow.community_id, PostRow.id == MeetingRow.post_id)
    is_theirs = and_(PostRow.is_nameless, PostRow.author_id == MeetingRow.planner_id)
    course = case((is_theirs, PostRow.course_id), else_=MeetingRow.course_id)
    is_nameless = or_(MeetingRow.is_nameless, is_theirs)
    is_told = or_(MeetingRow.post_id.is_(None), store.is_up(PostRow))
    query = select(MeetingRow, func.coalesce(is_nameless, false()), course, is_told, PostRow.deleted_at)
    query = query.outerjoin(PostRow, need)
    chosen = query.where(MeetingRow.community_id == store.community(key), *which)
    ordered = chosen.order_by(MeetingRow.starts_at, MeetingRow.id).execution_options(populate_existing=True)
    return [
        _meeting(row, course_id, need_deleted_at, is_nameless=is_nameless, is_told=is_told)
        for row, is_nameless, course_id, is_told, need_deleted_at in db.session.execute(ordered)
    ]


def _values(draft: Draft) -> dict[str, Any]:
    names = ("title", "starts_at", "minutes", "place", "text", "language")
    return {name: getattr(draft, name) for name in names}


def _meeting(
    row: MeetingRow, course_id: int, need_deleted_at: datetime | None, *, is_nameless: bool, is_told: bool
) -> Meeting:
    planner = row.planner
    return Meeting(
        id=row.id,
        planner=Author(person_id=planner.id, name=planner.called, number=planner.number),
        course_id=course_id,
        post_id=row.post_id,
        title=row.title if is_told else "",
        starts_at=row.starts_at,
        minutes=row.minutes,
        place=row.place if is_told else "",
        text=row.text if is_told else "",
        language=row.language,
        version=row.version,
        is_cancelled=row.cancelled_at is not None,
        is_nameless=is_nameless,
        notes_id=row.notes_id,
        is_told=is_told,
        is_need_deleted=need_deleted_at is not None,
    )
