"""Reads and writes of a course's groups."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from lti_tool.database import INSERTS, db
from lti_tool.groups.rules import Counting, Group, Membership, Source, Trouble, of_platform
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow


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


def memberships(course_id: int, exercise: str) -> Mapping[int, Membership]:
    """Give what is known of the groups of everybody who was in a course as a trainee, by person."""
    query = (
        select(AttendanceRow.person_id, AttendanceRow.group_ids, MemberRow.group_id)
        .outerjoin(
            MemberRow,
            (MemberRow.course_id == AttendanceRow.course_id)
            & (MemberRow.person_id == AttendanceRow.person_id)
            & (MemberRow.exercise == exercise),
        )
        .where(AttendanceRow.course_id == course_id, AttendanceRow.role == Role.TRAINEE)
        .order_by(AttendanceRow.person_id)
    )
    found = db.session.execute(query)
    return {person: Membership(platform_ids=told, made_id=made) for person, told, made in found}


def by_group(course_id: int, people: Mapping[int, Membership], counting: Counting) -> Mapping[int, Sequence[int]]:
    """Sort people by the one group, as we number it, in which each works; who has none, or several, is left out."""
    parties: defaultdict[int, list[int]] = defaultdict(list)
    for person_id, membership in people.items():
        if (group_id := _of(course_id, membership, counting)) is not None:
            parties[group_id].append(person_id)
    return parties


def _of(course_id: int, membership: Membership, counting: Counting) -> int | None:
    if counting.source is Source.MADE:
        return membership.made_id
    found = of_platform(membership, counting)
    return None if isinstance(found, Trouble) else met(course_id, found).id


def group_of(row: GroupRow) -> Group:
    """Take a group out of its row."""
    return Group(id=row.id, number=row.number, name=row.name, platform_id=row.platform_id)
