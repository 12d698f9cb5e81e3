"""A small course and what a site may hold of it, for tests that decide without a site."""

from dataclasses import replace

from moodle_sync.applied import Applied, Held
from moodle_sync.site.observed import Ids, Observed
from moodle_sync.state import DAY, Category, CohortMembership, Course, Enrolment, Group, Membership, Person, State, Term

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
ROLES = {"editingteacher": 3, "student": 9}

DESIRED = State(
    categories={"medtown": CATEGORY},
    courses={"tot": COURSE},
    people={"ana": ANA, "sami": SAMI},
    enrolments=frozenset({TEACHES, LEARNS}),
    groups=frozenset({GROUP}),
    memberships=frozenset({MEMBER}),
)
FULL = replace(DESIRED, cohorts=frozenset({"agents"}), cohort_members=frozenset({AGENT}))
"""The same with a cohort."""
APPLIED = Applied(
    enrolments={("tot", "ana"): Held(term=Term()), ("tot", "sami"): Held(term=TERM)},
    roles=FULL.enrolments,
    memberships=FULL.memberships,
    cohort_members=FULL.cohort_members,
    sections=frozenset({("tot", "Needs"), ("tot", "Policies")}),
    rows=2,
)
"""The journal after the desired state was applied."""


def found(state: State, *, roles: dict[str, int] | None = None) -> Observed:
    """Make a site's state what was observed; everybody enrolled is inside."""
    inside = frozenset(enrolment.place for enrolment in state.enrolments)
    people = {name: number for number, name in enumerate(sorted(name for _, name in inside), 100)}
    ids = Ids(roles=ROLES if roles is None else roles, people=people)
    return Observed(state=state, ids=ids, inside=inside)


def without(name: str) -> State:
    """Make the desired state of a source that doesn't name somebody."""
    return replace(
        FULL,
        people={key: person for key, person in FULL.people.items() if key != name},
        enrolments=frozenset(enrolment for enrolment in FULL.enrolments if enrolment.person != name),
        memberships=frozenset(member for member in FULL.memberships if member.person != name),
        cohort_members=frozenset(member for member in FULL.cohort_members if member.person != name),
    )


def with_course(state: State = DESIRED, /, **changes: object) -> State:
    """Make a state with another course."""
    return replace(state, courses={"tot": replace(COURSE, **changes)})  # type: ignore[arg-type]  # its own fields
