"""Categories."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Action, Alteration, Creation, Looking, Making, Name, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.drifting import changed_fields, held_of
from moodle_sync.things.finding import Drift, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import (
    FIELDS,
    drift,
    farewells,
    holding,
    is_left,
    last,
    reason,
    returned,
    taken_leave,
    unheld,
)
from moodle_sync.things.kind import Kind
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import CREATE_CATEGORIES, GET_CATEGORIES, UPDATE_CATEGORIES
from moodle_sync.webservice.replies import CategoryReply

Later = Written(exclude_if=lambda value: value is None)
STUCK: Final = "can't come below {}, which somebody put below it in Moodle: move that out there first"
LOST: Final = "is gone, or has another ID number"
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


def want(sides: Comparison) -> State:
    """Leave out what conflicts concern."""
    desired = sides.desired[CATEGORIES].items()
    return State().having(CATEGORIES, {key: value for key, value in desired if ("category", key) not in sides.left})


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, parents first, and change what the file changed."""
    for key, category in sides.wanted[CATEGORIES].items():
        if key not in sides.site[CATEGORIES]:
            yield CreateCategory(category)
        elif changes := tuple(change for change in differences(sides, key) if _is_written(sides, key, change)):
            yield ChangeCategory(key, changes)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is written: Moodle would refuse to put a category below itself."""
    return _is_meant(sides, key, change) and not (change.field == "parent" and key in sides.once(_stuck))


def _stuck(sides: Comparison) -> frozenset[str]:
    """Name those that can't come where the file has them, since somebody put that below them in Moodle."""
    above = {key: category.parent for key, category in {**sides.wanted[CATEGORIES], **sides.site[CATEGORIES]}.items()}
    stuck: set[str] = set()
    for key, category in sides.wanted[CATEGORIES].items():
        moved = (change for change in differences(sides, key) if change.field == "parent")
        if any(_is_meant(sides, key, change) for change in moved):
            if key in _line_above(category.parent, above):
                stuck.add(key)
            else:
                above[key] = category.parent
    return frozenset(stuck)


def _line_above(key: str, above: Mapping[str, str]) -> Iterator[str]:
    while key in above:
        yield key
        key = above[key]


def _is_meant(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is to be written: not what nobody knows who made it so, nor what Moodle made of it."""
    if change.field == "idnumber":
        return sides.tries("category", key, change)
    asked = sides.options.file_wins or change.field == "description"
    known = asked or last(sides, ("category", key, change.field)) is not None
    return known and sides.tries("category", key, change) and not is_left(sides, "category", key, change)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a category with what the source says; one made by hand may lack what finds it when it is renamed."""
    wanted, found = sides.wanted[CATEGORIES].get(key), sides.site[CATEGORIES].get(key)
    if wanted and found:
        if not found.idnumber:
            yield Change("idnumber", "", key)
        there = values(found)
        for name, after in values(wanted).items():
            if name in there and same(there[name]) != same(after):
                yield Change(name, there[name], after)


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    fields = taken_leave(sides, "category", sides.desired[CATEGORIES])
    for key, category in sides.wanted[CATEGORIES].items():
        if key in sides.site[CATEGORIES]:
            others = {change.field for change in differences(sides, key)}
            there = {name: value for name, value in values(category).items() if name not in others}
            fields |= unheld(sides, "category", key, there)
    return Applied().having(FIELDS, fields)


def forget(sides: Comparison) -> Applied:
    """Let go that somebody was told that it is gone, where it is back."""
    return returned(sides, "category", sides.desired[CATEGORIES])


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle or wrote there before the sync, and what is kept no more."""
    yield from farewells(sides, "category", sides.desired[CATEGORIES])
    for key in sides.wanted[CATEGORIES]:
        for change in differences(sides, key):
            if change.field == "parent" and key in sides.once(_stuck):
                yield Remark("category", key, STUCK.format(change.after), differs=True)
            elif sides.tries("category", key, change) and not _is_written(sides, key, change):
                yield drift("category", key, change, reason(sides, "category", key, change.field))


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of a category."""
    found = site[CATEGORIES].get(key)
    return values(found).get(field) if found else None


def _number(above: str, numbers: Mapping[str, int]) -> int:
    """Give the number of a parent; of one that is none of ours it is its key."""
    return int(above) if above not in numbers and above.isdecimal() else numbers[above] if above else 0


def recall(applied: Applied, state: State) -> State:
    """Look for the categories that were applied."""
    held = held_of(applied, "category")
    known = {
        key: Category(idnumber=key, name=values.get("name", ""), parent=values.get("parent", ""))
        for key, values in held.items()
    }
    return state.having(CATEGORIES, known)


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed since it was last applied."""
    site = sides.site[CATEGORIES]
    return changed_fields(sides, "category", lambda key: values(site[key]) if key in site else None, LOST)


def _replies(looking: Looking) -> tuple[CategoryReply, ...]:
    return looking.ask(GET_CATEGORIES)


def _numbers(looking: Looking) -> dict[str, int]:
    return {same(reply.idnumber): reply.id for reply in looking.once(_replies) if reply.idnumber}


CATEGORY: Final = Thing(
    name="category",
    actions=(CreateCategory, ChangeCategory),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    differences=differences,
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
