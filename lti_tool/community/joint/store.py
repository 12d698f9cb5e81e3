"""Reads and writes of wishes to work together; of each need one is open at most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select, union, update
from sqlalchemy.engine import CursorResult

from lti_tool.community import placing
from lti_tool.community import store as core
from lti_tool.community.joint.rules import Choice, Wish
from lti_tool.community.joint.tables import AskedRow, WishRow
from lti_tool.community.offers import store as offers
from lti_tool.community.posts import Author
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import INSERTS, db
from lti_tool.groups import members
from lti_tool.groups import store as groups
from lti_tool.learning.store import curriculum
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, PlacementRow, RegistrationRow, State
from lti_tool.roster import store as rosters

KIND = "exercise/"


# Reading


def helpers(key: CommunityKey, post_id: str) -> Sequence[Author]:
    """Give everybody whose offer can be read, each once."""
    return list(dict.fromkeys(offer.author for offer in offers.find(key, post_id) if offer.is_up))


def choices(site_id: int, person_id: int, helpers: Collection[Author]) -> Sequence[Choice]:
    """Give the exercises at which somebody can work with any of these: in courses where both are trainees now."""
    placed = (
        select(CourseRow.id, CourseRow.title, PlacementRow.activity)
        .join(PlacementRow, PlacementRow.course_id == CourseRow.id)
        .join(RegistrationRow, RegistrationRow.id == PlacementRow.registration_id)
        .join(AttendanceRow, and_(AttendanceRow.course_id == CourseRow.id, AttendanceRow.person_id == person_id))
        .where(CourseRow.site_id == site_id, PlacementRow.activity.startswith(KIND))
        .where(RegistrationRow.state == State.ACTIVE)
        .distinct()
        .order_by(CourseRow.id, PlacementRow.activity)
    )
    found, there = [], {}
    for course_id, title, activity in db.session.execute(placed):
        if course_id not in there:
            there[course_id] = here(course_id, "")
        company = [one for one in helpers if one.person_id in there[course_id]]
        slug = (activity or "").removeprefix(KIND)
        if person_id in there[course_id] and company and _is_meant(slug):
            found.append(Choice(course_id=course_id, course=title, exercise=slug, people=company))
    return found


def _is_meant(slug: str) -> bool:
    exercise = curriculum().exercises.get(slug)
    return exercise is not None and not exercise.stays_here


def here(course_id: int, exercise: str) -> frozenset[int]:
    """Name the trainees of a course who ever came, as far as they aren't gone from its roster."""
    roster = rosters.find(course_id)
    fetched_at = roster.fetched_at if roster else None
    participants = rosters.participants(course_id) if fetched_at else []
    known = members.of_course(groups.people(course_id, exercise), participants, fetched_at)
    return frozenset(one.id for one in known)


def of_post(key: CommunityKey, post_id: str) -> Wish | None:
    """Give the newest wish that was made under a need of this address, an ended one too."""
    its = (WishRow.community_id == core.community(key), WishRow.post_id == post_id)
    return next(iter(_find(*its)), None)


def in_thread(key: CommunityKey, post_id: str) -> Sequence[Wish]:
    """Give the newest wish of a need, an ended one too, and that of each which was merged into it: all go on there."""
    home = core.community(key)
    newest: dict[str, Wish] = {}
    for wish in _find(WishRow.community_id == home, placing.stands_in(home, post_id, WishRow.post_id)):
        newest.setdefault(wish.post_id, wish)
    return list(newest.values())


def of_exercise(course_id: int, exercise: str) -> Sequence[Wish]:
    """Give the open wishes of an exercise to which somebody agreed: for its trainers."""
    its = (WishRow.course_id == course_id, WishRow.exercise == exercise, WishRow.closed_at.is_(None))
    return [wish for wish in _find(*its) if wish.has_company]


def of_group(course_id: int, exercise: str, group_id: int) -> tuple[int, str] | None:
    """Give the community and the need from which a group's work grew."""
    its = (WishRow.course_id == course_id, WishRow.exercise == exercise, WishRow.group_id == group_id)
    query = select(WishRow.community_id, WishRow.post_id).where(*its).order_by(WishRow.id.desc()).limit(1)
    row = db.session.execute(query).one_or_none()
    return (row.community_id, row.post_id) if row else None


def _find(*which: ColumnElement[bool]) -> Sequence[Wish]:
    """Give wishes, the newest first."""
    rows = db.session.scalars(
        select(WishRow).where(*which).order_by(WishRow.id.desc()).execution_options(populate_existing=True)
    ).all()
    said = db.session.execute(
        select(AskedRow.wish_id, AskedRow.person_id, AskedRow.agrees)
        .where(AskedRow.wish_id.in_([row.id for row in rows]))
        .order_by(AskedRow.person_id)
    ).all()
    authors = _authors({row.by_id for row in rows} | {one.person_id for one in said})
    found = [_wish(row, authors, {one.person_id: one.agrees for one in said if one.wish_id == row.id}) for row in rows]
    nameless = _nameless({wish.post_id for wish in found})
    return [replace(wish, is_nameless=wish.post_id in nameless) for wish in found]


def _nameless(post_ids: Collection[str]) -> frozenset[str]:
    """Name those of some posts that don't show their author's name, be one merged into another by now."""
    posts = select(PostRow.id).where(PostRow.id.in_(post_ids), PostRow.is_nameless, PostRow.merged_at.is_(None))
    merged = select(ReplyRow.id).where(ReplyRow.id.in_(post_ids), ReplyRow.is_nameless)
    return frozenset(db.session.scalars(union(posts, merged)))


def _authors(people: Collection[int]) -> Mapping[int, Author]:
    rows = db.session.scalars(select(PersonRow).where(PersonRow.id.in_(people)))
    return {row.id: Author(person_id=row.id, name=row.called, number=row.number) for row in rows}


def _wish(row: WishRow, authors: Mapping[int, Author], said: Mapping[int, bool | None]) -> Wish:
    return Wish(
        id=row.id,
        post_id=row.post_id,
        course_id=row.course_id,
        exercise=row.exercise,
        by=authors[row.by_id],
        asked={authors[person]: agrees for person, agrees in said.items()},
        group_id=row.group_id,
        is_open=row.closed_at is None,
    )


# Writing, in the caller's transaction


def ask(visit: Visit, post_id: str, choice: Choice, now: datetime) -> bool:
    """Ask the people of a choice to work on a need; tell whether that is done: of a need one wish is open at most."""
    values = {
        "course_id": choice.course_id,
        "exercise": choice.exercise,
        "by_id": visit.reader.person_id,
        "asked_at": now,
    }
    insert = INSERTS[db.engine.dialect.name](WishRow).values(
        community_id=core.community(visit.key), post_id=post_id, **values
    )
    wish_id = db.session.scalar(insert.on_conflict_do_nothing().returning(WishRow.id))
    if wish_id is not None:
        db.session.add_all(AskedRow(wish_id=wish_id, person_id=one.person_id) for one in choice.people)
        db.session.flush()
    return wish_id is not None


def answer(wish_id: int, person_id: int, *, agrees: bool) -> bool:
    """Keep what somebody says who is asked; tell whether it counts: not once the wish has ended."""
    if not _lock(wish_id):
        return False
    its = update(AskedRow).where(AskedRow.wish_id == wish_id, AskedRow.person_id == person_id)
    return _count(its.values(agrees=agrees)) > 0


def end(wish_id: int, now: datetime, group_id: int | None = None) -> bool:
    """End a wish, by the group that was made of it or without one; tell whether it was still open."""
    its = update(WishRow).where(WishRow.id == wish_id, WishRow.closed_at.is_(None))
    return _count(its.values(closed_at=now, group_id=group_id)) > 0


def _lock(wish_id: int) -> bool:
    """Keep everybody else from a wish until the transaction ends; tell whether it is open."""
    its = update(WishRow).where(WishRow.id == wish_id, WishRow.closed_at.is_(None))
    return _count(its.values(by_id=WishRow.by_id)) > 0


def _count(statement: Any) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    return done.rowcount if isinstance(done, CursorResult) else 0
