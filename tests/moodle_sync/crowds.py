"""Many people, for what only shows with many."""

from dataclasses import replace

from moodle_sync.state import Course, Enrolment, Group, Membership, Person, State
from tests.moodle_sync.examples import CATEGORY, FULL


def crowd(size: int) -> State:
    """Make the desired state with many trainees, all in one group."""
    names = [f"trainee{number:03}" for number in range(size)]
    group = Group(course="tot", name="All")
    people = {
        name: Person(username=name, firstname="T", lastname=name, email=f"{name}@example.org", lang="en")
        for name in names
    }
    return replace(
        FULL,
        people=people,
        enrolments=frozenset(Enrolment(course="tot", person=name, role="student") for name in names),
        groups=frozenset({group}),
        memberships=frozenset(Membership(group=group, person=name) for name in names),
    )


def two_courses(size: int) -> State:
    """Make the desired state with many trainees in each of two courses."""
    many = crowd(size)
    other = Course(idnumber="other", shortname="OTHER", fullname="Another", category=CATEGORY.idnumber)
    second = {Enrolment(course="other", person=name, role="student") for name in many.people}
    return replace(many, courses={**many.courses, "other": other}, enrolments=many.enrolments | second)
