"""Puts the sides of a plan together: what is wanted is what the source says, as far as it can be done."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.comparison import Comparison, Options
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.finding import Conflict
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE, Person
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import State
from moodle_sync.things.term import ENROLMENTS, is_over


def compare(
    desired: State, observed: Observed, applied: Applied, options: Options, conflicts: Iterable[Conflict]
) -> Comparison:
    """Put the sides together."""
    left = {(conflict.kind, conflict.key) for conflict in conflicts}
    wanted = _without(desired, observed, left, _over(desired, observed, applied, options.today))
    return Comparison(
        desired=desired,
        wanted=wanted,
        site=observed.state,
        inside=observed.inside,
        ids=observed.ids,
        applied=applied,
        options=options,
        left_alone=frozenset(key for kind, key in left if kind == "person"),
    )


def _over(desired: State, observed: Observed, applied: Applied, today: int) -> frozenset[Enrolment]:
    """Find what was there and is over: a site that unenrols then, or takes roles away, would do so again each night."""
    return frozenset(
        enrolment
        for enrolment in desired[ROLES] - observed.state[ROLES]
        if enrolment.place not in observed.inside or enrolment in applied[ROLES]
        if is_over(enrolment, applied[ENROLMENTS].get(enrolment.place), today)
    )


def _people(desired: State, observed: Observed, left: set[tuple[str, str]]) -> Iterator[tuple[str, Person]]:
    """Leave out whom a conflict concerns, and who would get an account with what the site doesn't have."""
    for key, person in desired[PEOPLE].items():
        without = replace(person, lang=None) if ("lang", person.lang) in left else person
        without = replace(without, auth=None) if ("auth", person.auth) in left else without
        if ("person", key) not in left and (without is person or key in observed.state[PEOPLE]):
            yield key, without


def _without(desired: State, observed: Observed, left: set[tuple[str, str]], over: frozenset[Enrolment]) -> State:
    """Leave out what conflicts concern, and what is over."""
    categories = {key: value for key, value in desired[CATEGORIES].items() if ("category", key) not in left}
    courses = dict(_courses(desired, left))
    people = dict(_people(desired, observed, left))
    enrolments = frozenset(
        enrolment
        for enrolment in desired[ROLES] - over
        if enrolment.course in courses and enrolment.person in people and ("role", enrolment.role) not in left
    )
    inside = {enrolment.place for enrolment in enrolments}
    return (
        State()
        .having(CATEGORIES, categories)
        .having(COURSES, courses)
        .having(PEOPLE, people)
        .having(ROLES, enrolments)
        .having(GROUPS, frozenset(group for group in desired[GROUPS] if group.course in courses))
        .having(
            MEMBERSHIPS,
            frozenset(member for member in desired[MEMBERSHIPS] if member.place in inside),
        )
        .having(COHORTS, desired[COHORTS])
        .having(COHORT_MEMBERS, frozenset(member for member in desired[COHORT_MEMBERS] if member.person in people))
    )


def _courses(desired: State, left: set[tuple[str, str]]) -> Iterator[tuple[str, Course]]:
    """Leave a course that is there where it is if its category is left alone."""
    for key, course in desired[COURSES].items():
        if ("course", key) not in left:
            yield key, replace(course, category="") if ("category", course.category) in left else course
