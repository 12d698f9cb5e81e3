"""Compares what should be with what is: one pure function. Nothing is ever removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from moodle_sync.actions import (
    Action,
    AddMember,
    AddRole,
    AddSection,
    Change,
    ChangeCourse,
    ChangePerson,
    CreateCategory,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
)
from moodle_sync.applied import Applied
from moodle_sync.identity import Conflict
from moodle_sync.observed import Observed
from moodle_sync.state import DAY, Course, Enrolment, Person, State, Term, folded, same

COURSE_FIELDS = ("idnumber", "shortname", "fullname", "category")
PERSON_FIELDS = ("firstname", "lastname", "email", "idnumber")
NEVER_EMPTY = frozenset({"firstname", "lastname", "email"})
"""What every account has: where it seems empty, the token may not see it, and nothing is known of it."""
ROLE_ADVICE = (
    "write its number under [roles] in the configuration; it is the roleid in the address of "
    "Site administration > Users > Permissions > Define roles > the role"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in its order, and what is left alone."""

    actions: tuple[Action, ...]
    conflicts: tuple[Conflict, ...]
    adopted: Applied = field(default_factory=Applied)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the administrator decides for one plan."""

    today: int = 0
    unenrol: bool = False
    assert_dates: bool = False
    targets: frozenset[str] = field(default_factory=frozenset)


AS_USUAL = Options()
NOTHING_YET = Applied()


def plan(desired: State, observed: Observed, applied: Applied = NOTHING_YET, options: Options = AS_USUAL) -> Plan:
    """Decide what makes the site as desired; whatever hangs on a conflict is left alone."""
    conflicts = (*observed.conflicts, *_unknown_roles(desired, observed))
    wanted = _without(desired, conflicts)
    return Plan((*_structure(wanted, observed.state), *_people(wanted, observed)), conflicts)


def _unknown_roles(desired: State, observed: Observed) -> Iterator[Conflict]:
    known = {conflict.key for conflict in observed.conflicts if conflict.kind == "role"} | set(observed.ids.roles)
    for role in sorted({enrolment.role for enrolment in desired.enrolments} - known):
        yield Conflict("role", role, f"nobody in these courses has it: {ROLE_ADVICE}")


def _without(desired: State, conflicts: Iterable[Conflict]) -> State:
    """Leave out what conflicts concern."""
    left = {(conflict.kind, conflict.key) for conflict in conflicts}
    courses = {key: course for key, course in desired.courses.items() if ("course", key) not in left}
    people = {key: person for key, person in desired.people.items() if ("person", key) not in left}
    enrolments = frozenset(
        enrolment
        for enrolment in desired.enrolments
        if enrolment.course in courses and enrolment.person in people and ("role", enrolment.role) not in left
    )
    inside = {(enrolment.course, enrolment.person) for enrolment in enrolments}
    return State(
        categories=desired.categories,
        courses=courses,
        people=people,
        enrolments=enrolments,
        groups=frozenset(group for group in desired.groups if group.course in courses),
        memberships=frozenset(
            member for member in desired.memberships if (member.group.course, member.person) in inside
        ),
    )


def _structure(wanted: State, found: State) -> Iterator[Action]:
    yield from (CreateCategory(value) for key, value in wanted.categories.items() if key not in found.categories)
    for key, course in wanted.courses.items():
        if key not in found.courses:
            yield CreateCourse(course)
        elif changes := tuple(_changes(course, found.courses[key], COURSE_FIELDS)):
            yield ChangeCourse(key, changes)
    for key, course in wanted.courses.items():
        yield from _sections(course, found.courses.get(key))


def _sections(course: Course, found: Course | None) -> Iterator[Action]:
    """Name what has no name yet, in order; sections that have other names are somebody's, and stay."""
    names = found.sections if found else ("",) * len(course.sections)
    taken = {same(name) for name in names}
    free = [place for place, name in enumerate(names, 1) if not name]
    missing = [name for name in course.sections if same(name) not in taken]
    added = range(len(names) + 1, len(names) + 1 + len(missing) - len(free))
    yield from (AddSection(course.idnumber, place) for place in added)
    for place, name in zip([*free, *added], missing, strict=False):
        yield NameSection(course.idnumber, place, name, (found or course).format)


def _people(wanted: State, observed: Observed) -> Iterator[Action]:
    found = observed.state
    for key, person in wanted.people.items():
        if key not in found.people:
            yield CreatePerson(person)
        elif changes := tuple(_changes(person, found.people[key], PERSON_FIELDS)):
            yield ChangePerson(key, changes)
    yield from _enrolments(wanted, observed)
    yield from (CreateGroup(group) for group in sorted(wanted.groups - found.groups))
    yield from (AddMember(membership) for membership in sorted(wanted.memberships - found.memberships))


def _enrolments(wanted: State, observed: Observed) -> Iterator[Action]:
    """Enrol only who isn't in the course: doing it again would mail again and wipe the dates."""
    new = sorted(wanted.enrolments - observed.state.enrolments)
    inside = set(observed.inside)
    roles: list[Enrolment] = []
    for enrolment in new:
        place = (enrolment.course, enrolment.person)
        if place in inside:
            roles.append(enrolment)
        else:
            inside.add(place)
            yield Enrol(enrolment, _term(enrolment))
    yield from (AddRole(enrolment.course, enrolment.person, enrolment.role) for enrolment in roles)


def _term(enrolment: Enrolment) -> Term:
    start = enrolment.start or 0
    end = start + enrolment.days * DAY if enrolment.days else 0
    return Term(start=start, end=end, suspended=bool(enrolment.suspended))


def _changes(wanted: Course | Person, found: Course | Person, fields: Iterable[str]) -> Iterator[Change]:
    for field in fields:  # noqa: F402
        before, after = getattr(found, field) or "", getattr(wanted, field)
        unseen = not before and field in NEVER_EMPTY
        if after and not unseen and not _alike(field, before, after):
            yield Change(field, before, after)


def _alike(field: str, before: str, after: str) -> bool:
    return folded(before) == folded(after) if field == "email" else same(before) == same(after)
