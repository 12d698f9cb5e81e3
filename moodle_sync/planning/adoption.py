"""What a plan lets the journal take over, and what it lets it forget: neither takes a request."""

from collections.abc import Callable, Iterator, Mapping

from moodle_sync.actions import Change
from moodle_sync.applied import Altered, Applied, Held
from moodle_sync.planning.accounts import differences as account_differences
from moodle_sync.planning.comparison import Comparison, altered
from moodle_sync.planning.structure import differences as course_differences
from moodle_sync.state import Place, State, same

DIFFERENCES: Mapping[str, Callable[[Comparison, str], Iterator[Change]]] = {
    "person": account_differences,
    "course": course_differences,
}
"""What compares a field of each kind of thing."""


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as desired; of an enrolment's term nobody knows, unless it was written before."""
    wanted, site, applied = sides.wanted, sides.site, sides.applied
    return Applied(
        enrolments={place: held for place in sides.places if (held := _adopted(sides, place))},
        roles=(wanted.enrolments & site.enrolments) - applied.roles,
        memberships=(wanted.memberships & site.memberships) - applied.memberships,
        cohort_members=(wanted.cohort_members & site.cohort_members) - applied.cohort_members,
        sections=_sections(wanted, site) - applied.sections,
    )


def forget(sides: Comparison) -> Applied:
    """Let go what is neither desired nor there: if it comes back, somebody else did it; and who became a stranger."""
    desired, site, applied = sides.desired, sides.site, sides.applied
    named = {enrolment.place for enrolment in desired.enrolments}
    left = {place for place in applied.enrolments.keys() - named - sides.observed.inside if _is_read(sides, place)}
    return Applied(
        enrolments={place: applied.enrolments[place] for place in left},
        roles=frozenset(
            role for role in applied.roles - desired.enrolments - site.enrolments if _is_read(sides, role.place)
        ),
        memberships=frozenset(
            member
            for member in applied.memberships - desired.memberships - site.memberships
            if _is_read(sides, (member.group.course, member.person))
        ),
        cohort_members=frozenset(
            member
            for member in applied.cohort_members - desired.cohort_members - site.cohort_members
            if member.person in sides.observed.ids.people
        ),
        sections=frozenset(
            (course, name)
            for course, name in applied.sections
            if course in sides.wanted.courses and name not in map(same, sides.wanted.courses[course].sections)
        ),
        altered=applied.altered - frozenset(_still_so(sides)),
        strangers=applied.strangers,
    )


def _still_so(sides: Comparison) -> Iterator[Altered]:
    """List what Moodle kept as something else and both sides still say so; the rest is worth another try."""
    for kind, key in {(kept.kind, kept.key) for kept in sides.applied.altered}:
        yield from (altered(kind, key, change) for change in DIFFERENCES[kind](sides, key))


def _sections(wanted: State, site: State) -> frozenset[tuple[str, str]]:
    """List the sections that are there as desired."""
    return frozenset(
        (key, same(name))
        for key, course in wanted.courses.items()
        for name in course.sections
        if key in site.courses and same(name) in map(same, site.courses[key].sections)
    )


def _adopted(sides: Comparison, place: Place) -> Held | None:
    """Take over an enrolment that is there: one that is new to the journal, or that was gone and is as desired."""
    held = sides.applied.enrolments.get(place)
    if place not in sides.observed.inside:
        return None
    if held is None:
        return Held()
    back = held.gone and sides.change(place) is None
    return Held(term=held.term) if back else None


def _is_read(sides: Comparison, place: Place) -> bool:
    """Tell whether a place would have been seen if it were there."""
    course, person = place
    return course in sides.site.courses and course in sides.wanted.courses and person in sides.observed.ids.people
