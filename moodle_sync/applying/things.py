"""What an action works on, what it makes, and what must be there before it: pure."""

from collections.abc import Iterable
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
from moodle_sync.sameness import folded
from moodle_sync.things.group import Group
from moodle_sync.things.state import Place

Kind: TypeAlias = type[Action]
Thing: TypeAlias = tuple[str, str] | tuple[str, str, str]
"""A kind of thing, and its key: an enrolment's and a group's begin with the course."""
NOWHERE: Thing = ("", "")
"""Where accounts are."""
CATEGORIES: Thing = ("category", "")
"""Moodle keeps an order among all categories."""
TOGETHER: frozenset[Kind] = frozenset(
    {CreatePerson, ChangePerson, Enrol, AddRole, ChangeTerm, CreateGroup, AddMember, CreateCohort, AddCohortMember}
)
"""The kinds that needn't wait for each other's end."""


def stage(action: Action) -> object:
    """Say with what an action may go together: some kinds with each other, all others by themselves."""
    kind = type(action)
    return TOGETHER if kind in TOGETHER else kind


def makes(action: Action) -> Thing | None:
    """Give what others build on, and isn't there before."""
    match action:
        case CreatePerson(person):
            return "person", person.username
        case ChangePerson(key):
            return "change", key
        case CreateCohort(idnumber):
            return "cohort", idnumber
        case CreateGroup(group):
            return _group(group)
        case Enrol(enrolment):
            return "enrolment", *enrolment.place
        case _:
            return None


def needs(action: Action) -> tuple[Thing, ...]:
    """Give what must be there before, of what the same plan may make beside it; courses are made before.

    What may mail somebody waits until their account is as it shall be: the address may be another, or be opened now.
    """
    needed: tuple[Thing, ...] = ()
    match action:
        case ChangePerson(key):
            needed = (("person", key),)
        case Enrol(enrolment):
            needed = ("person", enrolment.person), ("change", enrolment.person)
        case AddRole(course, person):
            needed = (("enrolment", course, person),)
        case ChangeTerm(course, person):
            needed = ("enrolment", course, person), ("change", person)
        case AddMember(membership):
            needed = _group(membership.group), ("enrolment", membership.group.course, membership.person)
        case AddCohortMember(member):
            needed = ("cohort", member.cohort), ("person", member.person), ("change", member.person)
        case _:
            pass
    return needed


def place_before(action: Action) -> Place | None:
    """Give the course and the person who must be in it before, if any."""
    match action:
        case AddRole(course, person):
            return course, person
        case AddMember(membership):
            return membership.group.course, membership.person
        case _:
            return None


def enrolled(actions: Iterable[Action]) -> set[Place]:
    """Give the places that actions enrol into."""
    return {action.enrolment.place for action in actions if isinstance(action, Enrol)}


def _group(group: Group) -> Thing:
    return "group", group.course, group.name


def touches(action: Action) -> frozenset[Thing]:
    """Give what must not be worked on twice at once: courses, people, and where things are put in an order.

    Of two accounts with one address, made at once, Moodle sees neither when it looks whether the other is there.
    """
    match action:
        case CreateCategory():
            named = [CATEGORIES]
        case CreateCourse(course):
            named = [("course", course.idnumber), ("category", course.category)]
        case CreatePerson(person):
            named = [("person", person.username), ("address", folded(person.email or ""))]
        case ChangePerson(key, changes):
            addresses = [("address", folded(change.after)) for change in changes if change.field == "email"]
            named = [("person", key), *addresses]
        case CreateCohort(idnumber):
            named = [("cohort", idnumber)]
        case AddCohortMember(member) | RemoveCohortMember(member):
            named = [("cohort", member.cohort), ("person", member.person)]
        case _:
            named = [("course", course_of(action)), *(("person", key) for key in _people(action))]
    return frozenset(named)


def lane(action: Action) -> Thing:
    """Give the course, cohort or category that an action works in, where only one request may be at a time."""
    match action:
        case CreateCategory():
            return CATEGORIES
        case CreateCourse(course):
            return "category", course.category
        case CreateCohort(idnumber):
            return "cohort", idnumber
        case AddCohortMember(member) | RemoveCohortMember(member):
            return "cohort", member.cohort
        case _:
            key = course_of(action)
            return ("course", key) if key else NOWHERE


def course_of(action: Action) -> str:
    """Give the course that an action works in; empty where it works in none."""
    match action:
        case ChangeCourse(key) | AddSection(key) | NameSection(key) | ChangeTerm(key) | Suspend(key) | Unenrol(key):
            return key
        case AddRole(key) | RemoveRole(key):
            return key
        case Enrol(enrolment):
            return enrolment.course
        case CreateGroup(group):
            return group.course
        case AddMember(membership) | RemoveMember(membership):
            return membership.group.course
        case _:
            return ""


def _people(action: Action) -> list[str]:
    match action:
        case ChangeTerm(person=key) | Suspend(person=key) | Unenrol(person=key):
            return [key]
        case AddRole(person=key) | RemoveRole(person=key):
            return [key]
        case Enrol(enrolment):
            return [enrolment.person]
        case AddMember(membership) | RemoveMember(membership):
            return [membership.person]
        case _:
            return []
