"""The cohorts of a site; a cohort's idnumber is its identity.

Those that the configuration describes have their name, description and place kept; of others only the members are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.sameness import same
from moodle_sync.things.action import Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back, stays
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.finding import Conflict
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import holding
from moodle_sync.things.kind import Kind
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import CREATE_COHORTS, SEARCH_COHORTS, UPDATE_COHORTS
from moodle_sync.webservice.replies import CohortReply

HTML, WHOLE_SITE = 1, 0
ELSEWHERE: Final = "number "
"""How the number of a category begins that is none of ours."""
Absent = Written(exclude_if=lambda value: value is None)
Later = Annotated[str, Written(exclude_if=lambda value: not value)]
"""A text that actions of former versions didn't have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A cohort as Moodle has it: when anything is changed there, all of this must be told again."""

    idnumber: str
    name: str
    category: int
    """Moodle's own number, or 0 for the whole site."""
    format: int
    """What kind of text the description is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A cohort; `category` is a category's idnumber, or empty for the whole site. None is what nobody manages."""

    idnumber: str
    name: str | None = None
    description: str | None = None
    """As Moodle has it: HTML."""
    category: str | None = None
    rest: Rest | None = field(default=None, compare=False)
    """None for one that isn't there, or whose place nobody was told."""


COHORTS: Final[Kind[str, Mapping[str, Cohort]]] = Kind("cohort", {})
"""By idnumber."""


@dataclass(frozen=True, slots=True)
class CreateCohort(Creation):
    """Make a cohort; where nobody says more, it is one of the whole site with its idnumber for a name."""

    noun: ClassVar = "new cohorts"
    step: ClassVar = Step(CREATE_COHORTS, "cohorts")
    together: ClassVar = True
    idnumber: str
    name: Later = ""
    category: Later = ""
    description: Annotated[str | None, Absent] = None

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        within = f" in {self.category}" if self.category else ""
        return f'cohort {self.idnumber}: make "{self.name or self.idnumber}"{within}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        place = _place(making.ids[CATEGORIES][self.category] if self.category else WHOLE_SITE)
        row: Row = {"categorytype": place, "name": self.name or self.idnumber, "idnumber": self.idnumber}
        return {**row, "description": self.description}

    def names(self) -> tuple[Name, ...]:
        """Name the cohort, and its category."""
        within = (("category", self.category),) if self.category else ()
        return self.lane(), *within

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
        name = (("name", self.name),) if self.name else ()
        return ("idnumber", self.idnumber), *name

    def keeps(self) -> Applied:
        """Say what it is made with, where the configuration says it."""
        made = Cohort(idnumber=self.idnumber, name=self.name, description=self.description, category=self.category)
        return holding("cohort", self.idnumber, values(made) if self.name else {})

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        named = looking.once(_named, self.idnumber)
        return next((reply.id for reply in named if same(reply.idnumber) == self.idnumber), None)

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[COHORTS][self.idnumber] = number


@dataclass(frozen=True, slots=True)
class ChangeCohort(Alteration):
    """Call a cohort otherwise, describe it, or put it into another category."""

    noun: ClassVar = "changed cohorts"
    step: ClassVar = Step(UPDATE_COHORTS, "cohorts")
    cohort: str
    changes: tuple[Change, ...]
    rest: Rest

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"cohort {self.cohort}: {changes_line(self.changes)}"

    def row(self, making: Making) -> Row:
        """Write all that Moodle would set to its own value otherwise; what it leaves alone then is left out."""
        changed = {change.field: change.after for change in self.changes}
        return {
            "id": making.ids[COHORTS][self.cohort],
            "idnumber": self.rest.idnumber,
            "name": changed.get("name", self.rest.name),
            "categorytype": _place(
                _number(making.ids, changed["category"]) if "category" in changed else self.rest.category
            ),
            "description": changed.get("description"),
            "descriptionformat": HTML if "description" in changed else self.rest.format,
        }

    def names(self) -> tuple[Name, ...]:
        """Name the cohort, and the category that it comes into."""
        into = (("category", c.after) for c in self.changes if c.field == "category" and c.after)
        return self.lane(), *into

    def touches(self) -> frozenset[Name]:
        """Give the cohort."""
        return frozenset({self.lane()})

    def lane(self) -> Name:
        """Give the cohort."""
        return "cohort", self.cohort

    def aims(self) -> Iterable[Aim]:
        """Name the fields that it writes."""
        return (("cohort", self.cohort, change) for change in self.changes)

    def keeps(self) -> Applied:
        """Say what is written."""
        return holding("cohort", self.cohort, {change.field: change.after for change in self.changes})

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Put the fields back, beside the others as they are now: all must be told again."""
        there = back.sides.site[COHORTS].get(self.cohort)
        for one in Alteration.undone(self, back):
            if not isinstance(one, ChangeCohort):
                yield one
            elif there and there.rest:
                yield replace(one, rest=there.rest)
            else:
                yield stays(self.lane(), "is where the token's account isn't shown it: it is left as it is")

    def keeps_off(self, change: Change, there: str | None, back: Back) -> str:
        """Say why a field isn't put back: the journal has no categories but those of the configuration."""
        if change.field == "category" and change.before.startswith(ELSEWHERE):
            return "stood in a category that isn't one of the configuration: if it is to go back, move it in Moodle"
        return Alteration.keeps_off(self, change, there, back)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        number = looking.ids[COHORTS][self.cohort]
        reply = next((one for one in looking.once(_named, self.rest.idnumber) if one.id == number), None)
        return reply is not None and all(_is_so(looking, reply, change) for change in self.changes)


def _is_so(looking: Looking, reply: CohortReply, change: Change) -> bool:
    if change.field == "category":
        return reply.id in looking.once(_within, _number(looking.ids, change.after))
    return same(str(getattr(reply, change.field))) == same(change.after)


def _place(category: int) -> Row:
    return {"type": "id", "value": category} if category else {"type": "system", "value": ""}


def _number(ids: Ids, category: str) -> int:
    return ids[CATEGORIES][category] if category else WHOLE_SITE


def values(cohort: Cohort) -> dict[str, str]:
    """Give the fields of a cohort that are kept."""
    given = {"name": cohort.name, "category": cohort.category, "description": cohort.description}
    return {name: value for name, value in given.items() if value is not None}


def as_cohort(reply: CohortReply, key: str, place: int | None, categories: Mapping[int, str]) -> Cohort:
    """Say in our words what Moodle tells of a cohort; `place` is its category's number, if anybody asked."""
    there = Cohort(idnumber=key, name=reply.name, description=reply.description)
    if place is None:
        return there
    rest = Rest(idnumber=reply.idnumber, name=reply.name, category=place, format=reply.descriptionformat)
    return replace(there, category=categories.get(place, f"{ELSEWHERE}{place}") if place else "", rest=rest)


def _named(looking: Looking, idnumber: str) -> tuple[CohortReply, ...]:
    """Read the cohorts that have a text in their idnumber, wherever they are."""
    whole_site: dict[str, Value] = {"contextlevel": "system"}
    return looking.ask(SEARCH_COHORTS, query=idnumber, context=whole_site, includes="all", limitnum=0).cohorts


def _within(looking: Looking, category: int) -> frozenset[int]:
    """Read the numbers of a category's own cohorts."""
    found = looking.ask(SEARCH_COHORTS, query="", context=context_of(category), includes="self", limitnum=0)
    return frozenset(reply.id for reply in found.cohorts)


def context_of(category: int) -> dict[str, Value]:
    """Say where to look for cohorts."""
    return {"contextlevel": "coursecat", "instanceid": category} if category else {"contextlevel": "system"}
