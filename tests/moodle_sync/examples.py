"""A small course and what a site may hold of it, for tests that decide without a site."""

from dataclasses import replace

from moodle_sync.observed import Ids, Observed
from moodle_sync.state import Category, Course, Enrolment, Group, Membership, Person, State

CATEGORY = Category(idnumber="medtown", name="MedTOWN")
COURSE = Course(
    idnumber="tot", shortname="TOT", fullname="Training", category="medtown", sections=("Needs", "Policies")
)
ANA = Person(username="ana", firstname="Ana", lastname="Ruiz", email="ana@example.org", idnumber="p1", lang="es")
SAMI = Person(username="sami", firstname="Sami", lastname="Haddad", email="sami@example.org", idnumber="p2")
TEACHES = Enrolment(course="tot", person="ana", role="editingteacher")
LEARNS = Enrolment(course="tot", person="sami", role="student", start=1_790_000_000, days=100)
GROUP = Group(course="tot", name="Group A")
MEMBER = Membership(group=GROUP, person="sami")
ROLES = {"editingteacher": 3, "student": 9}

DESIRED = State(
    categories={"medtown": CATEGORY},
    courses={"tot": COURSE},
    people={"ana": ANA, "sami": SAMI},
    enrolments=frozenset({TEACHES, LEARNS}),
    groups=frozenset({GROUP}),
    memberships=frozenset({MEMBER}),
)


def found(state: State, *, roles: dict[str, int] | None = None) -> Observed:
    """Make a site's state what was observed; everybody enrolled is inside."""
    inside = frozenset((enrolment.course, enrolment.person) for enrolment in state.enrolments)
    return Observed(state=state, ids=Ids(roles=ROLES if roles is None else roles), inside=inside)


def with_course(**changes: object) -> State:
    """Make the desired state with another course."""
    return replace(DESIRED, courses={"tot": replace(COURSE, **changes)})  # type: ignore[arg-type]  # its own fields
