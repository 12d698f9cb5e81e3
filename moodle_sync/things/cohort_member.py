"""Who is in which cohort."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.things.action import Action, Looking, Loss, Making, Name, Scope, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohorts import LOST
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.finding import Conflict, Drift
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import Managed, State
from moodle_sync.things.thing import Targets, Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import ADD_COHORT_MEMBERS, GET_COHORT_MEMBERS, REMOVE_COHORT_MEMBERS


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CohortMembership:
    """A person in a cohort of the whole site; the cohort's idnumber is its identity."""

    cohort: str
    person: str


COHORT_MEMBERS: Final[Kind[CohortMembership, frozenset[CohortMembership]]] = Kind("cohort member", frozenset())


class OfMembership(Action):
    """An action that concerns a person in a cohort."""

    __slots__ = ()
    membership: CohortMembership

    def names(self) -> tuple[Name, ...]:
        """Name the cohort and the person."""
        return ("cohort", self.membership.cohort), ("person", self.membership.person)

    def touches(self) -> frozenset[Name]:
        """Give the cohort and the person."""
        return frozenset(self.names())

    def lane(self) -> Name:
        """Give the cohort."""
        return "cohort", self.membership.cohort


@dataclass(frozen=True, slots=True)
class AddCohortMember(OfMembership):
    """Put somebody into a cohort."""

    noun: ClassVar = "new cohort members"
    step: ClassVar = Step(ADD_COHORT_MEMBERS, "members")
    together: ClassVar = True
    membership: CohortMembership

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"cohort {self.membership.cohort}: put {self.membership.person} into it"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "cohorttype": {"type": "id", "value": making.ids[COHORTS][self.membership.cohort]},
            "usertype": {"type": "id", "value": making.ids[PEOPLE][self.membership.person]},
        }

    def needs(self) -> tuple[Name, ...]:
        """Give the cohort, and the account as it shall be."""
        person = self.membership.person
        return ("cohort", self.membership.cohort), ("person", person), ("change", person)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they are in it."""
        return looking.ids[PEOPLE][self.membership.person] in looking.once(_members, self.membership.cohort)

    def keeps(self) -> Applied:
        """Say that they were put in."""
        return Applied().having(COHORT_MEMBERS, frozenset({self.membership}))

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Take them out again, where nobody else put them in since a later run took them out."""
        if back.holds(COHORT_MEMBERS, self.membership):
            yield RemoveCohortMember(self.membership)


@dataclass(frozen=True, slots=True)
class RemoveCohortMember(OfMembership):
    """Take somebody out of a cohort where the sync put or adopted them."""

    noun: ClassVar = "cohort members taken out"
    step: ClassVar = Step(REMOVE_COHORT_MEMBERS, "members")
    takes: ClassVar = True
    membership: CohortMembership

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"cohort {self.membership.cohort}: take {self.membership.person} out of it"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        membership = self.membership
        return {"cohortid": making.ids[COHORTS][membership.cohort], "userid": making.ids[PEOPLE][membership.person]}

    def loss(self, today: int) -> Scope:
        """Tell where somebody is taken out."""
        return f"cohort {self.membership.cohort}", Loss.COHORTS

    def is_done(self, looking: Looking) -> bool:
        """Tell whether they are in it no more."""
        return looking.ids[PEOPLE][self.membership.person] not in looking.once(_members, self.membership.cohort)

    def drops(self) -> Applied:
        """Say that they were taken out."""
        return Applied().having(COHORT_MEMBERS, frozenset({self.membership}))

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put them in again, where the cohort and the account are still there."""
        cohort, person = self.membership.cohort, self.membership.person
        if cohort not in back.sides.site[COHORTS] or person not in back.sides.ids[PEOPLE]:
            yield stays(("cohort member", cohort, person), "was in it, and one of them isn't there any more")
        elif self.membership not in back.sides.site[COHORT_MEMBERS]:
            yield AddCohortMember(self.membership)


def want(sides: Comparison) -> State:
    """Leave out those who are left alone, and cohorts that can't be made."""
    people, cohorts = sides.wanted[PEOPLE], sides.wanted[COHORTS].keys() | sides.site[COHORTS].keys()
    members = (member for member in sides.desired[COHORT_MEMBERS] if member.person in people)
    return State().having(COHORT_MEMBERS, frozenset(member for member in members if member.cohort in cohorts))


def compare(sides: Comparison) -> Iterator[Action]:
    """Put in who is missing, and take out whom the source no longer names."""
    yield from (AddCohortMember(member) for member in sorted(sides.wanted[COHORT_MEMBERS] - sides.site[COHORT_MEMBERS]))
    gone = (sides.applied[COHORT_MEMBERS] - sides.desired[COHORT_MEMBERS]) & sides.site[COHORT_MEMBERS]
    for member in sorted(gone):
        if sides.may_lose(Managed.COHORTS, ("", member.person)):
            yield RemoveCohortMember(member)


def adopt(sides: Comparison) -> Applied:
    """Take over who is there as wanted."""
    there = (sides.wanted[COHORT_MEMBERS] & sides.site[COHORT_MEMBERS]) - sides.applied[COHORT_MEMBERS]
    return Applied().having(COHORT_MEMBERS, there)


def forget(sides: Comparison) -> Applied:
    """Let go who is neither wanted nor there."""
    gone = sides.applied[COHORT_MEMBERS] - sides.desired[COHORT_MEMBERS] - sides.site[COHORT_MEMBERS]
    return Applied().having(COHORT_MEMBERS, frozenset(member for member in gone if member.person in sides.ids[PEOPLE]))


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show cohorts that are gone, and who is in one no more that is there."""
    lost = sides.applied[COHORT_MEMBERS] - sides.site[COHORT_MEMBERS]
    gone = {member.cohort for member in lost} - sides.site[COHORTS].keys()
    for cohort in sorted(gone - sides.desired[COHORTS].keys()):
        yield Drift("cohort", cohort, f"cohort {cohort}: {LOST}")
    for member in sorted(lost):
        if member.cohort not in gone and member.person in sides.ids[PEOPLE]:
            line = f"cohort {member.cohort}: {member.person} is in it no more"
            yield Drift("cohort member", f"{member.person} in {member.cohort}", line)


def targets(desired: State, ids: Ids, applied: Applied) -> Mapping[str, str]:
    """Give the cohorts of the source, and those where the sync put somebody."""
    del ids
    return {key: key for key in (*desired[COHORTS], *(member.cohort for member in applied[COHORT_MEMBERS]))}


def managed(applied: Applied) -> Iterator[Scope]:
    """Name the cohorts of those whom the sync put in or adopted."""
    return ((f"cohort {member.cohort}", Loss.COHORTS) for member in applied[COHORT_MEMBERS])


def peopled(desired: State) -> Iterator[str]:
    """Name the cohorts where the source has somebody."""
    return (f"cohort {member.cohort}" for member in desired[COHORT_MEMBERS])


def _lines(applied: Applied) -> Iterator[Line]:
    return (((member.cohort, member.person), ()) for member in applied[COHORT_MEMBERS])


def _holding(lines: Iterable[Line]) -> Applied:
    members = (CohortMembership(cohort=cohort, person=person) for (cohort, person), _ in lines)
    return Applied().having(COHORT_MEMBERS, frozenset(members))


def _members(looking: Looking, idnumber: str) -> frozenset[int]:
    replies = looking.ask(GET_COHORT_MEMBERS, cohortids=[looking.ids[COHORTS][idnumber]])
    return frozenset(user for reply in replies for user in reply.userids)


PAGE: Final = Page(table="cohort_members", key=("cohort", "person"), lines=_lines, holding=_holding)
COHORT_MEMBER: Final = Thing(
    name="cohort member",
    actions=(AddCohortMember, RemoveCohortMember),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    managed=managed,
    targets=Targets(kind="cohort", keys=targets),
    peopled=peopled,
    drifted=drifted,
    page=PAGE,
)
