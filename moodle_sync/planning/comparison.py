"""The sides that a plan compares, and what its parts ask of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from moodle_sync.actions import Change, ChangeTerm
from moodle_sync.planning.terms import change, is_over
from moodle_sync.site.identity import Conflict
from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Altered, Applied
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.enrolment import ENROLMENTS
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE, Person
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Managed, Place, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the administrator allows, and the day."""

    today: int = 0
    """The first second of today, in the zone that the file's dates are meant in: a period without a start begins."""
    unenrol: bool = False
    """Unenrol whoever vanished from the source, and don't only suspend."""
    assert_dates: bool = False
    """Write the dates that the source gives where nobody knows what Moodle has."""
    assert_fields: bool = False
    """Write again what Moodle kept as something else."""
    zone: str = "UTC"
    """The zone in which the file's dates are meant."""
    targets: frozenset[str] = frozenset()
    """All that the plan may concern, such as `course:tot`, `person:ana`, `cohort:agents`; empty: everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the source says, what of it can be done, what Moodle has, and what the sync gave or adopted."""

    desired: State
    wanted: State
    """The desired state without what conflicts concern, and without what was there and is over."""
    observed: Observed
    applied: Applied
    options: Options
    places: Mapping[Place, list[Enrolment]]
    """The wanted enrolments by course and person, in the order of their roles."""
    left_alone: frozenset[str]
    """The people whom a conflict concerns."""

    @property
    def site(self) -> State:
        """Give Moodle's side."""
        return self.observed.state

    def change(self, place: Place) -> ChangeTerm | None:
        """Compare the term of a wanted enrolment that is there with what the source says."""
        held, options = self.applied[ENROLMENTS].get(place), self.options
        return change(self.places[place][0], held, options.today, assert_dates=options.assert_dates)

    def tries(self, kind: str, key: str, change: Change) -> bool:
        """Tell whether a field is to be changed: not where Moodle kept just that instead of just this before."""
        return self.options.assert_fields or altered(kind, key, change) not in self.applied.altered

    def may_lose(self, kind: Managed, place: Place) -> bool:
        """Tell whether somebody may lose what the source no longer gives them: it has the column and isn't silent."""
        person = place[1]
        return (
            kind in self.desired.manages
            and (kind, place) not in self.desired.silent
            and (kind, ("", person)) not in self.desired.silent
            and person not in self.left_alone
        )


def altered(kind: str, key: str, change: Change) -> Altered:
    """Say that a change was written, and that Moodle kept what was there before."""
    return Altered(kind=kind, key=key, field=change.field, written=change.after, kept=change.before)


def compare(
    desired: State, observed: Observed, applied: Applied, options: Options, conflicts: Iterable[Conflict]
) -> Comparison:
    """Put the sides together."""
    left = {(conflict.kind, conflict.key) for conflict in conflicts}
    wanted = _without(desired, observed, left, _over(desired, observed, applied, options.today))
    return Comparison(
        desired=desired,
        wanted=wanted,
        observed=observed,
        applied=applied,
        options=options,
        places=_by_place(wanted[ROLES]),
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
            frozenset(member for member in desired[MEMBERSHIPS] if (member.group.course, member.person) in inside),
        )
        .having(COHORTS, desired[COHORTS])
        .having(COHORT_MEMBERS, frozenset(member for member in desired[COHORT_MEMBERS] if member.person in people))
    )


def _courses(desired: State, left: set[tuple[str, str]]) -> Iterator[tuple[str, Course]]:
    """Leave a course that is there where it is if its category is left alone."""
    for key, course in desired[COURSES].items():
        if ("course", key) not in left:
            yield key, replace(course, category="") if ("category", course.category) in left else course


def _by_place(enrolments: Iterable[Enrolment]) -> dict[Place, list[Enrolment]]:
    places: dict[Place, list[Enrolment]] = {}
    for enrolment in enrolments:
        places.setdefault(enrolment.place, []).append(enrolment)
    for roles in places.values():
        roles.sort()
    return places
