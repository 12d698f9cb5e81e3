"""What a plan lets the journal take over, and what it lets it forget: neither takes a request."""

from collections.abc import Callable, Iterator, Mapping

from moodle_sync.actions import Change
from moodle_sync.planning.accounts import differences as account_differences
from moodle_sync.planning.comparison import Comparison, altered
from moodle_sync.planning.structure import differences as course_differences
from moodle_sync.sameness import same
from moodle_sync.things.applied import Altered, Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import ENROLMENTS, Held
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import SECTIONS
from moodle_sync.things.state import Place, State

DIFFERENCES: Mapping[str, Callable[[Comparison, str], Iterator[Change]]] = {
    "person": account_differences,
    "course": course_differences,
}
"""What compares a field of each kind of thing."""


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as desired; of an enrolment's term nobody knows, unless it was written before."""
    wanted, site, applied = sides.wanted, sides.site, sides.applied
    return (
        Applied()
        .having(ENROLMENTS, {place: held for place in sides.places if (held := _adopted(sides, place))})
        .having(ROLES, (wanted[ROLES] & site[ROLES]) - applied[ROLES])
        .having(MEMBERSHIPS, (wanted[MEMBERSHIPS] & site[MEMBERSHIPS]) - applied[MEMBERSHIPS])
        .having(COHORT_MEMBERS, (wanted[COHORT_MEMBERS] & site[COHORT_MEMBERS]) - applied[COHORT_MEMBERS])
        .having(SECTIONS, _sections(wanted, site) - applied[SECTIONS])
    )


def forget(sides: Comparison) -> Applied:
    """Let go what is neither desired nor there: if it comes back, somebody else did it; and who became a stranger."""
    desired, site, applied = sides.desired, sides.site, sides.applied
    named = {enrolment.place for enrolment in desired[ROLES]}
    left = {place for place in applied[ENROLMENTS].keys() - named - sides.observed.inside if _is_read(sides, place)}
    return (
        Applied(altered=applied.altered - frozenset(_still_so(sides)), strangers=applied.strangers)
        .having(ENROLMENTS, {place: applied[ENROLMENTS][place] for place in left})
        .having(
            ROLES,
            frozenset(role for role in applied[ROLES] - desired[ROLES] - site[ROLES] if _is_read(sides, role.place)),
        )
        .having(
            MEMBERSHIPS,
            frozenset(
                member
                for member in applied[MEMBERSHIPS] - desired[MEMBERSHIPS] - site[MEMBERSHIPS]
                if _is_read(sides, (member.group.course, member.person))
            ),
        )
        .having(
            COHORT_MEMBERS,
            frozenset(
                member
                for member in applied[COHORT_MEMBERS] - desired[COHORT_MEMBERS] - site[COHORT_MEMBERS]
                if member.person in sides.observed.ids[PEOPLE]
            ),
        )
        .having(
            SECTIONS,
            frozenset(
                (course, name)
                for course, name in applied[SECTIONS]
                if course in sides.wanted[COURSES] and name not in map(same, sides.wanted[COURSES][course].sections)
            ),
        )
    )


def _still_so(sides: Comparison) -> Iterator[Altered]:
    """List what Moodle kept as something else and both sides still say so; the rest is worth another try."""
    for kind, key in {(kept.kind, kept.key) for kept in sides.applied.altered}:
        yield from (altered(kind, key, change) for change in DIFFERENCES[kind](sides, key))


def _sections(wanted: State, site: State) -> frozenset[tuple[str, str]]:
    """List the sections that are there as desired."""
    return frozenset(
        (key, same(name))
        for key, course in wanted[COURSES].items()
        for name in course.sections
        if key in site[COURSES] and same(name) in map(same, site[COURSES][key].sections)
    )


def _adopted(sides: Comparison, place: Place) -> Held | None:
    """Take over an enrolment that is there: one that is new to the journal, or that was gone and is as desired."""
    held = sides.applied[ENROLMENTS].get(place)
    if place not in sides.observed.inside:
        return None
    if held is None:
        return Held()
    back = held.gone and sides.change(place) is None
    return Held(term=held.term) if back else None


def _is_read(sides: Comparison, place: Place) -> bool:
    """Tell whether a place would have been seen if it were there."""
    course, person = place
    return course in sides.site[COURSES] and course in sides.wanted[COURSES] and person in sides.observed.ids[PEOPLE]
