"""Categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import (
    holding,
)
from moodle_sync.things.kind import Kind
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import CREATE_CATEGORIES, GET_CATEGORIES, UPDATE_CATEGORIES
from moodle_sync.webservice.replies import CategoryReply

Later = Written(exclude_if=lambda value: value is None)
EVERYWHERE: Final[Name] = ("category", "")
"""Moodle keeps an order among all categories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category; `parent` is another one's idnumber, or empty at the top."""

    idnumber: str
    name: str
    parent: str = ""
    description: Annotated[str | None, Later] = None
    """As Moodle has it: HTML; None is what nobody manages."""


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
        return f'category {self.category.idnumber}: make "{self.category.name}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        category = self.category
        parent = making.ids[CATEGORIES][category.parent] if category.parent else 0
        row: dict[str, Value] = {"name": category.name, "idnumber": category.idnumber, "parent": parent}
        return {**row, "description": category.description}

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

    def keeps(self) -> Applied:
        """Say what it is made with."""
        return holding("category", self.category.idnumber, values(self.category))

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        return looking.once(_numbers).get(self.category.idnumber)

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[CATEGORIES][self.category.idnumber] = number


@dataclass(frozen=True, slots=True)
class ChangeCategory(Alteration):
    """Call a category otherwise, describe it, or move it below another one."""

    noun: ClassVar = "changed categories"
    step: ClassVar = Step(UPDATE_CATEGORIES, "categories", ONE)
    category: str
    changes: tuple[Change, ...]

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"category {self.category}: {changes_line(self.changes)}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        numbers = making.ids[CATEGORIES]
        row: dict[str, Value] = {change.field: change.after for change in self.changes}
        if "parent" in row:
            above = next(change.after for change in self.changes if change.field == "parent")
            row["parent"] = _number(above, numbers)
        return {"id": numbers[self.category], **row}

    def names(self) -> tuple[Name, ...]:
        """Name the category, and the one that it comes below."""
        above = (("category", change.after) for change in self.changes if change.field == "parent")
        return ("category", self.category), *above

    def touches(self) -> frozenset[Name]:
        """Give the order of all categories."""
        return frozenset({EVERYWHERE})

    def lane(self) -> Name:
        """Give the order of all categories."""
        return EVERYWHERE

    def aims(self) -> Iterable[Aim]:
        """Name the fields that it writes."""
        return (("category", self.category, change) for change in self.changes)

    def keeps(self) -> Applied:
        """Say what is written."""
        return holding("category", self.category, {change.field: change.after for change in self.changes})

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all fields are as written."""
        number = looking.ids[CATEGORIES][self.category]
        keys = {number: key for key, number in looking.ids[CATEGORIES].items()}
        for reply in looking.once(_replies):
            if reply.id == number:
                there = {**values(as_category(reply, self.category, keys)), "idnumber": reply.idnumber}
                return all(same(there.get(change.field, "")) == same(change.after) for change in self.changes)
        return False


def values(category: Category) -> dict[str, str]:
    """Give the fields of a category that are kept; an empty parent is the top."""
    given = {"name": category.name, "parent": category.parent, "description": category.description}
    return {name: value for name, value in given.items() if value is not None}


def as_category(reply: CategoryReply, key: str, keys: Mapping[int, str]) -> Category:
    """Say in our words what Moodle tells of a category; below one that is none of ours the parent is its number."""
    above = keys.get(reply.parent, str(reply.parent) if reply.parent else "")
    idnumber = reply.idnumber if reply.shows_idnumber else key
    return Category(idnumber=idnumber, name=reply.name, parent=above, description=reply.description)


def _number(above: str, numbers: Mapping[str, int]) -> int:
    """Give the number of a parent; of one that is none of ours it is its key."""
    return int(above) if above not in numbers and above.isdecimal() else numbers[above] if above else 0


def _replies(looking: Looking) -> tuple[CategoryReply, ...]:
    return looking.ask(GET_CATEGORIES)


def _numbers(looking: Looking) -> dict[str, int]:
    return {same(reply.idnumber): reply.id for reply in looking.once(_replies) if reply.idnumber}
