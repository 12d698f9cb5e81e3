"""Reads and writes of a course's groups."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import exists, func, select, update

from lti_tool.database import INSERTS, db
from lti_tool.groups.members import Person
from lti_tool.groups.rules import Group, Membership
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, PersonRow


def find(course_id: int, group_id: int) -> Group | None:
    """Give a group of a course; of any other course there is none."""
    row = db.session.scalar(select(GroupRow).filter_by(course_id=course_id, id=group_id))
    return group_of(row) if row else None


def met(course_id: int, platform_id: str) -> Group:
    """Give one of the platform's groups, which is kept when somebody first comes who is in it."""
    known = select(GroupRow).filter_by(course_id=course_id, platform_id=platform_id)
    if (row := db.session.scalar(known)) is None:
        _add(course_id, platform_id)
        row = db.session.scalars(known).one()
    return group_of(row)


def _add(course_id: int, platform_id: str) -> None:
    """Add a group unless somebody just did; whoever takes the same number at the same time makes us try again."""
    insert = INSERTS[db.engine.dialect.name](GroupRow)
    number = select(func.coalesce(func.max(GroupRow.number), 0) + 1).filter_by(course_id=course_id).scalar_subquery()
    added = insert.values(course_id=course_id, platform_id=platform_id, number=number).on_conflict_do_nothing()
    is_known = select(GroupRow.id).filter_by(course_id=course_id, platform_id=platform_id)
    while db.session.scalar(is_known) is None:
        db.session.execute(added)


def of_platform(course_id: int, people: Iterable[Person]) -> Sequence[Group]:
    """Give the platform's groups of a course; those that its people named and nobody met yet are kept first."""
    query = select(GroupRow).where(GroupRow.course_id == course_id, GroupRow.platform_id.is_not(None))
    known = {row.platform_id: group_of(row) for row in db.session.scalars(query)}
    said = {one for person in people for one in person.membership.platform_ids or ()}
    new = [met(course_id, one) for one in sorted(said - set(known))]
    return sorted([*known.values(), *new], key=lambda group: group.number)


def people(course_id: int, exercise: str) -> Sequence[Person]:
    """Give everybody whose newest launch in a course was a trainee's, with what is known of their groups."""
    rows = db.session.execute(
        select(PersonRow.id, PersonRow.name, PersonRow.number, AttendanceRow.seen_at)
        .add_columns(AttendanceRow.group_ids, MemberRow.group_id)
        .join(PersonRow, PersonRow.id == AttendanceRow.person_id)
        .outerjoin(
            MemberRow,
            (MemberRow.course_id == AttendanceRow.course_id)
            & (MemberRow.person_id == AttendanceRow.person_id)
            & (MemberRow.exercise == exercise),
        )
        .where(AttendanceRow.course_id == course_id, AttendanceRow.role == Role.TRAINEE)
    )
    return [
        Person(
            id=person_id,
            name=name,
            number=number,
            seen_at=seen_at,
            membership=Membership(platform_ids=platform_ids, made_id=made_id),
        )
        for person_id, name, number, seen_at, platform_ids, made_id in rows
    ]


def are_told(course_id: int) -> bool:
    """Tell whether the platform ever said anything of groups to this course."""
    told = select(AttendanceRow).where(AttendanceRow.course_id == course_id, AttendanceRow.group_ids.is_not(None))
    return bool(db.session.scalar(select(exists(told))))


def rename(course_id: int, names: Mapping[int, str | None]) -> None:
    """Give groups of a course their names, in the caller's transaction; without one a number stands in for it."""
    for group_id, name in names.items():
        its = (GroupRow.course_id == course_id) & (GroupRow.id == group_id)
        db.session.execute(update(GroupRow).where(its).values(name=name))


def group_of(row: GroupRow) -> Group:
    """Take a group out of its row."""
    return Group(id=row.id, number=row.number, name=row.name, platform_id=row.platform_id)
