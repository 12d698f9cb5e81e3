"""A small course and what a site may hold of it, for tests that decide without a site."""

from dataclasses import replace

from moodle_sync.site.observed import Observed
from moodle_sync.things.account import Person
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.course_settings import values
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.section import PLACES, SECTIONS, Section
from moodle_sync.things.state import State
from moodle_sync.things.term import DAY, ENROLMENTS, Held, Term

CATEGORY = Category(idnumber="medtown", name="MedTOWN")
COURSE = Course(
    idnumber="tot", shortname="TOT", fullname="Training", category="medtown", sections=("Needs", "Policies")
)
ANA = Person(username="ana", firstname="Ana", lastname="Ruiz", email="ana@example.org", idnumber="p1", lang="es")
SAMI = Person(username="sami", firstname="Sami", lastname="Haddad", email="sami@example.org", idnumber="p2")
TEACHES = Enrolment(course="tot", person="ana", role="editingteacher")
LEARNS = Enrolment(course="tot", person="sami", role="student", start=1_790_000_000, days=100)
TERM = Term(start=1_790_000_000, end=1_790_000_000 + 100 * DAY)
"""Sami's."""
GROUP = Group(course="tot", name="Group A")
MEMBER = Membership(group=GROUP, person="sami")
AGENT = CohortMembership(cohort="agents", person="sami")
ROLE_IDS = {"editingteacher": 3, "student": 9}

DESIRED = (
    State()
    .having(CATEGORIES, {"medtown": CATEGORY})
    .having(COURSES, {"tot": COURSE})
    .having(PEOPLE, {"ana": ANA, "sami": SAMI})
    .having(ROLES, frozenset({TEACHES, LEARNS}))
    .having(GROUPS, frozenset({GROUP}))
    .having(MEMBERSHIPS, frozenset({MEMBER}))
)
FULL = DESIRED.having(COHORTS, {"agents": Cohort(idnumber="agents")}).having(COHORT_MEMBERS, frozenset({AGENT}))
"""The same with a cohort."""
APPLIED = (
    Applied(rows=2)
    .having(ENROLMENTS, {("tot", "ana"): Held(term=Term()), ("tot", "sami"): Held(term=TERM)})
    .having(ROLES, FULL[ROLES])
    .having(MEMBERSHIPS, FULL[MEMBERSHIPS])
    .having(COHORT_MEMBERS, FULL[COHORT_MEMBERS])
    .having(SECTIONS, frozenset({("tot", "Needs"), ("tot", "Policies")}))
    .having(
        FIELDS,
        {
            ("category", "medtown", "name"): "MedTOWN",
            ("category", "medtown", "parent"): "",
            ("course", "tot", "order"): "Needs Policies",
            **{("course", "tot", name): value for name, value in values(COURSE)},
            ("section", "tot/Needs", "number"): "41",
            ("section", "tot/Needs", "name"): "Needs",
            ("section", "tot/Policies", "number"): "42",
            ("section", "tot/Policies", "name"): "Policies",
        },
    )
)
"""The journal after the desired state was applied."""


def found(state: State, *, roles: dict[str, int] | None = None) -> Observed:
    """Make a site's state what was observed; everybody enrolled is inside."""
    inside = frozenset(enrolment.place for enrolment in state[ROLES])
    people = {name: number for number, name in enumerate(sorted(name for _, name in inside), 100)}
    ids = Ids().knowing(ROLES, ROLE_IDS if roles is None else roles).knowing(PEOPLE, people)
    return Observed(state=placed(state), ids=ids, inside=inside)


def placed(state: State) -> State:
    """Give the sections of courses numbers, where they have none yet."""
    made = {key: sections(*course.sections) for key, course in state[COURSES].items()}
    return state.having(PLACES, {**made, **state[PLACES]})


def sections(*names: str) -> tuple[Section, ...]:
    """Make sections with numbers in their order."""
    return tuple(Section(number=number, name=name) for number, name in enumerate(names, 41))


def without(name: str) -> State:
    """Make the desired state of a source that doesn't name somebody."""
    return (
        FULL.having(PEOPLE, {key: person for key, person in FULL[PEOPLE].items() if key != name})
        .having(ROLES, frozenset(enrolment for enrolment in FULL[ROLES] if enrolment.person != name))
        .having(MEMBERSHIPS, frozenset(member for member in FULL[MEMBERSHIPS] if member.person != name))
        .having(COHORT_MEMBERS, frozenset(member for member in FULL[COHORT_MEMBERS] if member.person != name))
    )


def with_course(state: State = DESIRED, /, **changes: object) -> State:
    """Make a state with another course."""
    return state.having(COURSES, {"tot": replace(COURSE, **changes)})  # type: ignore[arg-type]  # its own fields
