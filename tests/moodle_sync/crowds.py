"""Many people, for what only shows with many."""

from moodle_sync.things.account import Person
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import State
from tests.moodle_sync.examples import CATEGORY, FULL


def crowd(size: int) -> State:
    """Make the desired state with many trainees, all in one group."""
    names = [f"trainee{number:03}" for number in range(size)]
    group = Group(course="tot", name="All")
    people = {
        name: Person(username=name, firstname="T", lastname=name, email=f"{name}@example.org", lang="en")
        for name in names
    }
    return (
        FULL.having(PEOPLE, people)
        .having(ROLES, frozenset(Enrolment(course="tot", person=name, role="student") for name in names))
        .having(GROUPS, frozenset({group}))
        .having(MEMBERSHIPS, frozenset(Membership(group=group, person=name) for name in names))
    )


def two_courses(size: int) -> State:
    """Make the desired state with many trainees in each of two courses."""
    many = crowd(size)
    other = Course(idnumber="other", shortname="OTHER", fullname="Another", category=CATEGORY.idnumber)
    second = {Enrolment(course="other", person=name, role="student") for name in many[PEOPLE]}
    return many.having(COURSES, {**many[COURSES], "other": other}).having(ROLES, many[ROLES] | second)
