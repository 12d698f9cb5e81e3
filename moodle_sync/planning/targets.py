"""A plan for some targets only: what concerns them, and what that builds on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.errors import InputRefused, Problem
from moodle_sync.sameness import folded, same
from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.group import Group
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State

Thing: TypeAlias = tuple[str, str | Group]
"""A kind and a key: `("course", "tot")`."""
SHOWN = 20
"""How many names an error lists."""


def refuse_unknown(targets: Iterable[str], desired: State, observed: Observed, applied: Applied) -> None:
    """Raise InputRefused, with a list of what there is, if a target is none."""
    problems = [
        problem for target in sorted(targets) if (problem := _problem(target, _known(desired, observed, applied)))
    ]
    if problems:
        raise InputRefused(problems)


def only(targets: frozenset[str], actions: Sequence[Action], desired: State) -> Iterator[Action]:
    """Choose what concerns the targets, with what it builds on; without targets everything."""
    if not targets:
        yield from actions
        return
    chosen = {_thing(target, desired) for target in targets}
    needed: set[Thing] = set()
    kept: set[Action] = set()
    for action in reversed(actions):
        things = set(_things(action))
        if things & chosen or _made(action) in needed:
            kept.add(action)
            needed |= things
    new = {action.person.username for action in kept if isinstance(action, CreatePerson)}
    yield from (action for action in actions if action in kept or _completes(action, new))


def _completes(action: Action, new: set[str]) -> bool:
    """Tell whether an account that is made is changed at once: it may have to be suspended."""
    return isinstance(action, ChangePerson) and action.person in new


def _known(desired: State, observed: Observed, applied: Applied) -> Mapping[str, set[str]]:
    shortnames = {course.shortname for course in desired[COURSES].values()}
    return {
        "course": {*desired[COURSES], *shortnames},
        "person": {*desired[PEOPLE], *observed.ids[PEOPLE]},
        "cohort": {*desired[COHORTS], *(member.cohort for member in applied[COHORT_MEMBERS])},
    }


def _problem(target: str, known: Mapping[str, set[str]]) -> Problem | None:
    kind, _, name = target.partition(":")
    if kind not in known:
        return Problem("--target", 0, target, f"must be one of {', '.join(f'{kind}:…' for kind in known)}")
    if (folded(name) if kind == "person" else same(name)) in known[kind]:
        return None
    names = sorted(known[kind])
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    there = ", ".join(names[:SHOWN]) or "none"
    return Problem("--target", 0, target, f"there is no such {kind}: there are {there}{more}")


def _thing(target: str, desired: State) -> Thing:
    kind, _, name = target.partition(":")
    if kind == "person":
        return kind, folded(name)
    if kind == "course" and same(name) not in desired[COURSES]:
        name = next(key for key, course in desired[COURSES].items() if course.shortname == same(name))
    return kind, same(name)


def _made(action: Action) -> Thing | None:
    match action:
        case CreateCategory(category):
            return "category", category.idnumber
        case CreateCourse(course):
            return "course", course.idnumber
        case CreatePerson(person):
            return "person", person.username
        case CreateGroup(group):
            return "group", group
        case CreateCohort(idnumber):
            return "cohort", idnumber
        case _:
            return None


def _things(action: Action) -> Iterator[Thing]:
    """Name all that an action speaks of: what it concerns, and what must be there before it."""
    match action:
        case CreateCategory(category):
            yield from (("category", category.idnumber), ("category", category.parent))
        case CreateCourse(course):
            yield from (("course", course.idnumber), ("category", course.category))
        case ChangeCourse(course, changes):
            yield "course", course
            yield from (("category", change.after) for change in changes if change.field == "category")
        case AddSection(course=course) | NameSection(course=course):
            yield "course", course
        case _:
            yield from _things_of_people(action)


def _things_of_people(action: Action) -> Iterator[Thing]:
    match action:
        case CreatePerson(person):
            yield "person", person.username
        case ChangePerson(person=name):
            yield "person", name
        case Enrol(enrolment):
            yield from (("course", enrolment.course), ("person", enrolment.person))
        case AddRole() | ChangeTerm() | RemoveRole() | Suspend() | Unenrol():
            yield from (("course", action.course), ("person", action.person))
        case _:
            yield from _things_of_circles(action)


def _things_of_circles(action: Action) -> Iterator[Thing]:
    match action:
        case CreateGroup(group):
            yield from (("group", group), ("course", group.course))
        case AddMember(membership) | RemoveMember(membership):
            group = membership.group
            yield from (("group", group), ("course", group.course), ("person", membership.person))
        case CreateCohort(idnumber):
            yield "cohort", idnumber
        case AddCohortMember(member) | RemoveCohortMember(member):
            yield from (("cohort", member.cohort), ("person", member.person))
        case _:
            return
