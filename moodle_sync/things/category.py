"""Categories."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Creation, Looking, Making, Name, Step
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_CATEGORIES, GET_CATEGORIES

EVERYWHERE: Final[Name] = ("category", "")
"""Moodle keeps an order among all categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category; `parent` is another one's idnumber, or empty at the top."""

    idnumber: str
    name: str
    parent: str = ""


CATEGORIES: Final[Kind[str, Mapping[str, Category]]] = Kind("category", {})
"""By idnumber; parents come before their children."""


@dataclass(frozen=True, slots=True)
class CreateCategory(Creation):
    """Make a category."""

    noun: ClassVar = "new categories"
    step: ClassVar = Step(CREATE_CATEGORIES, "categories", ONE)
    category: Category

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        del zone
        return f'category {self.category.idnumber}: make "{self.category.name}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        category = self.category
        parent = making.ids[CATEGORIES][category.parent] if category.parent else 0
        return {"name": category.name, "idnumber": category.idnumber, "parent": parent}

    def names(self) -> tuple[Name, ...]:
        """Name the category, and the one above it."""
        return ("category", self.category.idnumber), ("category", self.category.parent)

    def touches(self) -> frozenset[Name]:
        """Give the order of all categories."""
        return frozenset({EVERYWHERE})

    def lane(self) -> Name:
        """Give the order of all categories."""
        return EVERYWHERE

    def makes(self) -> Name:
        """Give the category."""
        return "category", self.category.idnumber

    def given(self) -> Iterable[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        return ("name", self.category.name), ("idnumber", self.category.idnumber)

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        return looking.once(_numbers).get(self.category.idnumber)

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[CATEGORIES][self.category.idnumber] = number


def want(sides: Comparison) -> State:
    """Leave out what conflicts concern."""
    desired = sides.desired[CATEGORIES].items()
    return State().having(CATEGORIES, {key: value for key, value in desired if ("category", key) not in sides.left})


def compare(sides: Comparison) -> Iterator[CreateCategory]:
    """Make what is missing, parents first."""
    there = sides.site[CATEGORIES]
    return (CreateCategory(category) for key, category in sides.wanted[CATEGORIES].items() if key not in there)


def _numbers(looking: Looking) -> dict[str, int]:
    return {same(reply.idnumber): reply.id for reply in looking.ask(GET_CATEGORIES) if reply.idnumber}


CATEGORY: Final = Thing(name="category", actions=(CreateCategory,), want=want, compare=compare)
