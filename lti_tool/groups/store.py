"""Reads and writes of a course's groups."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select, update

from lti_tool.database import INSERTS, db, found
from lti_tool.groups.members import Person
from lti_tool.groups.rules import Counting, Group, Membership, Source, Trouble
from lti_tool.groups.rules import of_platform as platform_group
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow, SiteRow


def find(course_id: int, group_id: int) -> Group | None:
    """Give a group of a course; of any other course there is none."""
    row = found(GroupRow, {"course_id": course_id, "id": group_id})
    return group_of(row) if row else None


def met(course_id: int, platform_id: str) -> Group:
    """Give one of the platform's groups, which is kept when somebody first comes who is in it."""
    return group_of(_met(course_id, platform_id))


def find_course(issuer: str, context_id: str) -> int | None:
    """Give a course by what its site calls itself and it; none where nobody came from there yet."""
    of_site = select(CourseRow.id).join(SiteRow, SiteRow.id == CourseRow.site_id)
    return db.session.scalar(of_site.where(SiteRow.issuer == issuer, CourseRow.context_id == context_id))


def name_as_there(course_id: int, names: Mapping[str, str]) -> list[Group]:
    """Keep what the platform calls its groups, by its numbers; give those that it called otherwise so far.

    Groups from which nobody came yet are kept too.
    """
    named: list[Group] = []
    for platform_id, name in names.items():
        row = _met(course_id, platform_id)
        if row.platform_name != name:
            row.platform_name = name
            named.append(group_of(row))
    return named


def are_told(course_id: int) -> bool:
    """Tell whether any launch in the course ever said which groups its person is in, be it that they are in none."""
    told = select(AttendanceRow.person_id).filter_by(course_id=course_id).where(AttendanceRow.group_ids.is_not(None))
    return db.session.scalar(told.limit(1)) is not None


def _met(course_id: int, platform_id: str) -> GroupRow:
    known = select(GroupRow).filter_by(course_id=course_id, platform_id=platform_id)
    row = db.session.scalar(known)
    if row is None:
        _add(course_id, platform_id)
        row = db.session.scalars(known).one()
    return row


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
        select(PersonRow.id, PersonRow.called.label("name"), PersonRow.number, AttendanceRow.seen_at)
        .add_columns(AttendanceRow.group_ids, MemberRow.group_id)
        .join(PersonRow, PersonRow.id == AttendanceRow.person_id)
        .outerjoin(
            MemberRow,
            (MemberRow.course_id == AttendanceRow.course_id)
            & (MemberRow.person_id == AttendanceRow.person_id)
            & (MemberRow.exercise == exercise),
        )
        .where(AttendanceRow.course_id == course_id, AttendanceRow.role == Role.TRAINEE)
        .order_by(PersonRow.id)
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


def memberships(course_id: int, exercise: str) -> Mapping[int, Membership]:
    """Give what is known of the groups of everybody whose newest launch in a course was a trainee's, by person."""
    return {person.id: person.membership for person in people(course_id, exercise)}


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
    found = platform_group(membership, counting)
    return None if isinstance(found, Trouble) else met(course_id, found).id


def rename(course_id: int, names: Mapping[int, str | None]) -> None:
    """Give groups of a course their names, in the caller's transaction; without one a number stands in for it."""
    for group_id, name in names.items():
        its = (GroupRow.course_id == course_id) & (GroupRow.id == group_id)
        db.session.execute(update(GroupRow).where(its).values(name=name))


def group_of(row: GroupRow) -> Group:
    """Take a group out of its row."""
    return Group(id=row.id, number=row.number, name=row.name or row.platform_name, platform_id=row.platform_id)
