"""The cohorts of the whole site; a cohort's idnumber is its identity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import Creation, Looking, Making, Name, Step
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import CREATE_COHORTS, SEARCH_COHORTS

COHORTS: Final[Kind[str, frozenset[str]]] = Kind("cohort", frozenset())


@dataclass(frozen=True, slots=True)
class CreateCohort(Creation):
    """Make a cohort of the whole site; its name is its idnumber at first."""

    noun: ClassVar = "new cohorts"
    step: ClassVar = Step(CREATE_COHORTS, "cohorts")
    together: ClassVar = True
    idnumber: str

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'cohort {self.idnumber}: make "{self.idnumber}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        of_the_site: Row = {"type": "system", "value": ""}
        return {"categorytype": of_the_site, "name": self.idnumber, "idnumber": self.idnumber}

    def names(self) -> tuple[Name, ...]:
        """Name the cohort."""
        return (self.lane(),)

    def touches(self) -> frozenset[Name]:
        """Give the cohort."""
        return frozenset({self.lane()})

    def lane(self) -> Name:
        """Give the cohort."""
        return "cohort", self.idnumber

    def makes(self) -> Name:
        """Give the cohort."""
        return self.lane()

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        return (("idnumber", self.idnumber),)

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        whole_site: dict[str, Value] = {"contextlevel": "system"}
        found = looking.ask(SEARCH_COHORTS, query=self.idnumber, context=whole_site, limitnum=0)
        return next((reply.id for reply in found.cohorts if same(reply.idnumber) == self.idnumber), None)

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[COHORTS][self.idnumber] = number


def want(sides: Comparison) -> State:
    """Want all that the source says."""
    return State().having(COHORTS, sides.desired[COHORTS])


def compare(sides: Comparison) -> Iterator[CreateCohort]:
    """Make what is missing."""
    return (CreateCohort(cohort) for cohort in sorted(sides.wanted[COHORTS] - sides.site[COHORTS]))


COHORT: Final = Thing(name="cohort", actions=(CreateCohort,), want=want, compare=compare)
