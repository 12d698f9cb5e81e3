"""What a plan says of people in courses: enrolments, their terms and their roles."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from moodle_sync.actions import Action, AddRole, Enrol, RemoveRole, Suspend, Unenrol
from moodle_sync.planning.comparison import Comparison
from moodle_sync.planning.terms import OPEN, due, last_known
from moodle_sync.site.identity import Conflict, Remark
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import ENROLMENTS, Held, Term
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import Managed, Place

SHOWN = 5
"""How many names a remark lists."""


def places(sides: Comparison) -> Iterator[Action]:
    """Bring in who is missing, change what is otherwise, and suspend whoever vanished from the source."""
    yield from _new(sides)
    yield from _terms(sides)
    yield from _lost_roles(sides)
    yield from _vanished(sides)


def without_role(sides: Comparison) -> Iterator[Conflict]:
    """Show who can't be suspended: Moodle wants a role named, and gives it."""
    if sides.options.unenrol:
        return
    leaving = _to_suspend(sides)
    roles = _roles(sides, leaving)
    for course, person in leaving:
        if (course, person) not in roles:
            message = (
                "is no longer in the source and has no role left: under Participants, unenrol them or give them a role"
            )
            yield Conflict("enrolment", f"{person} in {course}", message)


def staying(sides: Comparison, actions: Iterable[Action]) -> Iterator[Remark]:
    """Name those who leave a course now, and stay in one from which nobody is taken out."""
    going = {action.person for action in actions if isinstance(action, (Suspend, Unenrol))}
    named = {enrolment.place for enrolment in sides.desired[ROLES]}
    held = sides.applied[ENROLMENTS].keys() & sides.observed.inside
    for course in sorted(sides.desired.lasting):
        people = sorted(person for key, person in held - named if key == course and person in going)
        if people:
            yield Remark("course", course, f"nobody is taken out of it, so who leaves others stays: {_some(people)}")


def _some(people: Sequence[str]) -> str:
    more = f" and {len(people) - SHOWN:,} more" if len(people) > SHOWN else ""
    return ", ".join(people[:SHOWN]) + more


def _new(sides: Comparison) -> Iterator[Action]:
    """Enrol only who isn't in the course: doing it again would mail again."""
    entering: set[Place] = set()
    for enrolment in sorted(sides.wanted[ROLES] - sides.site[ROLES]):
        place = enrolment.place
        if place in sides.observed.inside or place in entering:
            yield AddRole(*place, enrolment.role)
        else:
            entering.add(place)
            last = last_known(sides.applied[ENROLMENTS].get(place))
            yield Enrol(enrolment, due(enrolment, last, sides.options.today))


def _terms(sides: Comparison) -> Iterator[Action]:
    changes = map(sides.change, sides.places.keys() & sides.observed.inside)
    yield from sorted(filter(None, changes), key=lambda change: (change.course, change.person))


def _lost_roles(sides: Comparison) -> Iterator[Action]:
    """Take away the roles that the source gives no longer, of those who have all that it gives."""
    if Managed.ENROLMENTS not in sides.desired.manages:
        return
    unresolved = {enrolment.place for enrolment in sides.desired[ROLES] - sides.wanted[ROLES]}
    for lost in sorted((sides.applied[ROLES] - sides.desired[ROLES]) & sides.site[ROLES]):
        if lost.place in sides.places and lost.place not in unresolved:
            yield RemoveRole(*lost.place, lost.role)


def _vanished(sides: Comparison) -> Iterator[Action]:
    if sides.options.unenrol:
        yield from (Unenrol(*place) for place in _leaving(sides))
        return
    leaving = _to_suspend(sides)
    roles = _roles(sides, leaving)
    for place in leaving:
        if place in roles:
            yield _suspension(place, roles[place], sides.applied[ENROLMENTS][place].term)


def _leaving(sides: Comparison) -> list[Place]:
    """List whom the sync enrolled or adopted and the source no longer names, as far as they are still there."""
    ends = sides.wanted[COURSES].keys() - sides.desired.lasting
    named = {enrolment.place for enrolment in sides.desired[ROLES]}
    gone = sorted((sides.applied[ENROLMENTS].keys() - named) & sides.observed.inside)
    return [place for place in gone if place[0] in ends and sides.may_lose(Managed.ENROLMENTS, place)]


def _to_suspend(sides: Comparison) -> list[Place]:
    return [place for place in _leaving(sides) if not _suspended(sides.applied[ENROLMENTS][place])]


def _suspended(held: Held) -> bool:
    """Tell whether the enrolment is suspended already, by the sync or by the source itself."""
    return held.term is not None and held.term.suspended


def _suspension(place: Place, role: str, term: Term | None) -> Suspend:
    known = term or OPEN
    return Suspend(*place, role, term, Term(start=known.start, end=known.end, suspended=True))


def _roles(sides: Comparison, leaving: Collection[Place]) -> dict[Place, str]:
    """Give a role for each place, one that they have: Moodle wants one named, and would give another.

    One that the sync gave comes first, since the token may not be allowed to give others.
    """
    places = set(leaving)
    held = [enrolment for enrolment in sides.site[ROLES] if enrolment.place in places] if places else []
    held.sort(key=lambda enrolment: (enrolment not in sides.applied[ROLES], enrolment.role), reverse=True)
    return {enrolment.place: enrolment.role for enrolment in held}
