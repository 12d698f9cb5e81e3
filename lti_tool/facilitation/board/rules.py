"""How far everybody is with a course's exercises, in one table: pure decisions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from content.words import folded, words
from lti_tool import collation
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.reviews.rules import Outcome

ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})
"""Arabic letters that many write one for the other, and the stroke that only lengthens."""


class State(StrEnum):
    """How far somebody, or a group, is with an exercise."""

    NOT_BEGUN = "not_begun"
    WORKING = "working"
    HANDED_IN = "handed_in"
    """And nobody need answer."""
    WAITS = "waits"
    """For a trainer."""
    GIVEN_BACK = "given_back"
    DONE = "done"


OVERDUE = "overdue"
"""What is asked for beside a state."""
ROWS_OF_A_PAGE = 40


Answer = tuple[int, str | None]
"""Which submission the newest answer is about, and what it asks for."""


def state_of(marking: Marking, last: int | None, answer: Answer | None, *, is_marked: bool) -> State:
    """Tell how far work is, in which something is written, by its newest submission."""
    if last is None:
        return State.WORKING
    if answer is None:
        return State.WAITS if marking is Marking.BY_TRAINER else State.HANDED_IN
    about, outcome = answer
    if about == last:
        return State.GIVEN_BACK if outcome == Outcome.REVISE else State.DONE
    # What was handed in after an answer is to be read if it was asked for, or nobody marked it yet.
    is_to_mark = marking is Marking.BY_TRAINER and not is_marked
    return State.WAITS if outcome == Outcome.REVISE or is_to_mark else State.HANDED_IN


class Cell(NamedTuple):
    """Where work on an activity stands; a table has some thousand of them, and a tuple is made fastest."""

    state: State
    submission_id: int | None = None
    """What was handed in last."""
    since: datetime | None = None
    """Since when it waits for a trainer."""
    is_overdue: bool = False

    @property
    def alike(self) -> "Cell":
        """Give what is told of it alike wherever it stands."""
        return Cell(self.state, is_overdue=self.is_overdue)

    def is_in(self, wanted: str) -> bool:
        """Tell whether it is in a state that is asked for, or overdue."""
        return self.is_overdue if wanted == OVERDUE else self.state == wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person or a group; the number stands in for a name, and who never came has neither id nor number."""

    id: int | None
    name: str | None
    number: int | None = None
    groups: Set[int] = frozenset()
    """Those that a person is in, or the group itself."""


COURSE = Someone(id=None, name=None)
"""Whose work is everybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """All work on one exercise of a course."""

    exercise: str
    arrangement: Arrangement
    empty: Cell
    """Where nobody has begun."""
    alone: Mapping[int, Cell] = field(default_factory=dict)
    """By person."""
    by_group: Mapping[int, Cell] = field(default_factory=dict)
    whole: Cell | None = None
    """The course's."""
    credited: Mapping[int, Cell] = field(default_factory=dict)
    """By person: work of several whose score they get."""
    together: Mapping[int, int] = field(default_factory=dict)
    """In which group each person works, where the exercise is done in groups."""

    def of_person(self, person_id: int | None) -> Cell:
        """Give what somebody does with others, where the exercise is done so, else what they did alone."""
        number = person_id or 0
        alone, credited = self.alone.get(number), self.credited.get(number)
        if self.arrangement.mode is Mode.ALONE:
            return alone or credited or self.empty
        in_course = self.arrangement.mode is Mode.COURSE
        shared = self.whole if in_course else self.by_group.get(self.together.get(number, 0))
        return shared or credited or alone or self.empty

    def of_group(self, group_id: int) -> Cell | None:
        """Give a group's work; nothing where the exercise isn't done in this group."""
        return self.by_group.get(group_id) or (self.empty if group_id in self.together.values() else None)

    def of_course(self) -> Cell | None:
        """Give the whole course's; nothing where the exercise isn't done so."""
        return self.whole or (self.empty if self.arrangement.mode is Mode.COURSE else None)


def is_overdue(arrangement: Arrangement, now: datetime) -> bool:
    """Tell whether what isn't handed in by now is late."""
    due_at = arrangement.dates.due_at
    return due_at is not None and now > due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    who: Someone
    cells: Sequence[Cell | None]
    """By activity; nothing where the activity isn't done so."""

    waits_since: datetime | None
    """Since when the oldest of its work waits for a trainer."""


def row_of(who: Someone, cells: Sequence[Cell | None]) -> Row:
    """Make somebody's row."""
    return Row(
        who=who, cells=cells, waits_since=min((cell.since for cell in cells if cell and cell.since), default=None)
    )


def rows_of_people(columns: Sequence[Column], people: Iterable[Someone]) -> list[Row]:
    """Make a row of each person."""
    return [row_of(who, [column.of_person(who.id) for column in columns]) for who in people]


def rows_of_groups(columns: Sequence[Column], groups: Iterable[Someone]) -> list[Row]:
    """Make a row of each group that does any of the exercises, and of the whole course where it does one."""
    of_groups = [row_of(who, [column.of_group(who.id or 0) for column in columns]) for who in groups]
    of_course = row_of(COURSE, [column.of_course() for column in columns])
    return [row for row in (*of_groups, of_course) if any(row.cells)]


def without_empty(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[list[Column], list[Row]]:
    """Leave out the columns in which no row has a cell."""
    kept = [place for place in range(len(columns)) if any(row.cells[place] for row in rows)]
    shown = [replace(row, cells=[row.cells[place] for place in kept]) for row in rows]
    return [columns[place] for place in kept], shown


def with_work(columns: Iterable[Column]) -> Set[int]:
    """Name the people who did something alone, or get a score of what they did with others."""
    return {person for column in columns for person in (*column.alone, *column.credited)}


# What a trainer asks for


class Shown(StrEnum):
    """Whose rows the table has."""

    GROUPS = "groups"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a trainer wants to see of the table; without anything, all of it."""

    shown: Shown | None = None
    """Groups, where any exercise is done in groups, unless something is chosen."""
    activity: str = ""
    group: int | None = None
    state: str = ""
    name: str = ""
    page: int = 1
    """Of the rows."""

    def address(self) -> dict[str, str | int]:
        """Write it as an address does."""
        said = {"shown": self.shown, "activity": self.activity, "group": self.group, "state": self.state}
        page = self.page if self.page > 1 else None
        return {name: value for name, value in {**said, "name": self.name, "page": page}.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of many rows: a table of all of them would be a long wait on a poor line."""

    rows: Sequence[Row]
    number: int
    count: int


def page_of(rows: Sequence[Row], number: int) -> Page:
    """Give a page of rows; of a number that is too high, the last."""
    count = max(1, -(-len(rows) // ROWS_OF_A_PAGE))
    number = min(number, count)
    return Page(rows=rows[(number - 1) * ROWS_OF_A_PAGE : number * ROWS_OF_A_PAGE], number=number, count=count)


def chosen(rows: Iterable[Row], choice: Choice, name_of: Callable[[Someone], str]) -> list[Row]:
    """Choose rows by group, state and name; whose work waits longest comes first, then by name."""
    found = [row for row in rows if _is_wanted(row, choice) and has_name(name_of(row.who), choice.name)]
    by_name = sorted(
        found, key=lambda row: (row.who.name is None, collation.key(name_of(row.who)), row.who.number or 0)
    )
    waiting = [row for row in by_name if row.waits_since]
    return [*sorted(waiting, key=lambda row: str(row.waits_since)), *(row for row in by_name if not row.waits_since)]


def _is_wanted(row: Row, choice: Choice) -> bool:
    if choice.group is not None and choice.group not in row.who.groups:
        return False
    return not choice.state or any(cell.is_in(choice.state) for cell in row.cells if cell)


def has_name(name: str, typed: str) -> bool:
    """Tell whether a name has everything in it that was typed, in any script and however it is accented."""
    where = _alike(folded(name))
    return all(_alike(word) in where for word in words(typed))


def _alike(text: str) -> str:
    return text.translate(ALIKE)


def count(rows: Iterable[Row]) -> Mapping[str, int]:
    """Count the work in each state, and what is overdue."""
    cells = [cell for row in rows for cell in row.cells if cell]
    states = Counter(str(cell.state) for cell in cells)
    return {**states, OVERDUE: sum(cell.is_overdue for cell in cells)}
