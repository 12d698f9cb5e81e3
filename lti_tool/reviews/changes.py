"""What changed between two hand-ins of a piece of work: pure decisions, in the order in which the canvas is read."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from content.fields.field import Field, Value
from content.model import Exercise
from content.parts.part import Part
from lti_tool.exercises.rules import Note
from lti_tool.reviews import words
from lti_tool.reviews.words import MOST_WORK, Compared, Fate, Piece


class Kind(StrEnum):
    """What became of a note."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What was handed in, with the exercise as it was then; a note whose place that lacks stands nowhere."""

    exercise: Exercise
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a note said of one field, and says now; nothing where it said nothing."""

    field: Field
    """As it is now; where it is no more, as it was."""
    earlier: Field | None
    """As it was, if it was there."""
    is_there: bool
    """Whether the later exercise still has it."""
    before: Value | None
    after: Value | None
    words: Compared | None = None
    """How the one became the other, where it is words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A note that isn't as it was."""

    note: Note
    """As it is now, else as it was."""
    before: Note | None
    after: Note | None
    part: Part
    """As it is now; where it is no more, as it was."""
    is_moved: bool = False
    said: tuple[Said, ...] = ()
    """Each field that says something else; of a note that came or went, all of them."""

    @property
    def kinds(self) -> Sequence[Kind]:
        """Tell what became of it; a note can be moved and changed."""
        if self.before is None:
            return [Kind.ADDED]
        if self.after is None:
            return [Kind.GONE]
        return [*([Kind.CHANGED] if self.said else []), *([Kind.MOVED] if self.is_moved else [])]

    @property
    def came_from(self) -> str | None:
        """Name the cell in which it stood, where that is another one."""
        if self.before and self.after and self.before.cell != self.after.cell:
            return self.before.cell
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed between two hand-ins."""

    all: Sequence[Change]
    stayed: int
    """How many notes are as they were."""

    @property
    def counts(self) -> Mapping[Kind, int]:
        """Count what became of notes, each kind that there is, in an order of their own."""
        counted = Counter(kind for change in self.all for kind in change.kinds)
        return {kind: counted[kind] for kind in Kind if counted[kind]}


_Key = tuple[str, str]
"""A part, and a note in it."""


class _Pair(NamedTuple):
    """A note in both hand-ins, as far as it stands in each."""

    note: Note
    """As it is now, else as it was."""
    was: Note | None
    now: Note | None


def compare(before: HandedIn, after: HandedIn, most: int = MOST_WORK) -> Changes:
    """Compare two hand-ins; what would be more work is shown as two whole texts."""
    was, now = _standing(before), _standing(after)
    pairs = [_Pair(note, was.get(key), now.get(key)) for key, note in {**was, **now}.items()]
    cells, ranks = _cells(before.exercise, after.exercise), {**_ranks(was.values()), **_ranks(now.values())}
    pairs.sort(key=lambda pair: (*cells[pair.note.part, pair.note.cell], ranks[_key(pair.note)]))
    moved = _moved(was.values(), now.values())
    found = list(_changes(pairs, before.exercise, after.exercise, moved, most))
    return Changes(all=found, stayed=len(pairs) - len(found))


def _standing(handed_in: HandedIn) -> Mapping[_Key, Note]:
    """Give the notes that the page shows, with what it shows of them."""
    parts = _parts(handed_in.exercise)
    notes = ((note, parts.get((note.part, note.cell))) for note in handed_in.notes if note.values)
    return {_key(note): _as_shown(note, part) for note, part in notes if part}


def _parts(exercise: Exercise) -> Mapping[tuple[str, str], Part]:
    """Give the part of each cell."""
    return {(part.id, cell): part for part in exercise.parts for cell in part.cells()}


def _key(note: Note) -> _Key:
    """Tell a note from all others: a move leaves it in its part."""
    return note.part, note.id


def _as_shown(note: Note, part: Part) -> Note:
    known = {field.id for field in part.fields}
    if note.values.keys() <= known:
        return note
    return replace(note, values={key: value for key, value in note.values.items() if key in known})


# Where notes stand


def _cells(before: Exercise, after: Exercise) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Give each cell its place in reading order, by part and cell: what is no more comes behind what is."""
    cells = dict.fromkeys((part.id, cell) for one in (after, before) for part in one.parts for cell in part.cells())
    parts = {part: number for number, part in enumerate(dict.fromkeys(part for part, _ in cells))}
    return {cell: (parts[cell[0]], number) for number, cell in enumerate(cells)}


def _ranks(notes: Iterable[Note]) -> Mapping[_Key, int]:
    return {_key(note): rank for written in _by_cell(notes).values() for rank, note in enumerate(written)}


def _by_cell(notes: Iterable[Note]) -> Mapping[tuple[str, str], Sequence[Note]]:
    found: defaultdict[tuple[str, str], list[Note]] = defaultdict(list)
    for note in notes:
        found[note.part, note.cell].append(note)
    return found


def _moved(was: Iterable[Note], now: Iterable[Note]) -> Set[_Key]:
    """Choose the notes that stand in another cell, and as few as explain another order within one."""
    earlier, later = _by_cell(was), _by_cell(now)
    cells = {_key(note): note.cell for notes in earlier.values() for note in notes}
    moved = {_key(note) for notes in later.values() for note in notes if cells.get(_key(note), note.cell) != note.cell}
    for cell, notes in later.items():
        order = {_key(note): number for number, note in enumerate(earlier.get(cell, ()))}
        stayed = [_key(note) for note in notes if _key(note) in order]
        moved |= set(stayed) - {stayed[at] for at in _longest_rise([order[key] for key in stayed])}
    return moved


def _longest_rise(numbers: Sequence[int]) -> Sequence[int]:
    """Give the places of as many numbers as rise one after the other; no number stands twice."""
    ends: list[int] = []
    at: list[int] = []
    came_before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        came_before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [index]
    found, last = [], at[-1] if at else -1
    while last >= 0:
        found.append(last)
        last = came_before[last]
    return found[::-1]


# What notes say


def _changes(
    pairs: Iterable[_Pair], before: Exercise, after: Exercise, moved: Set[_Key], most: int
) -> Iterator[Change]:
    left, parts = most, {**_parts(before), **_parts(after)}
    fields = {part: _fields(before, after, part) for part, _ in parts}
    for note, was, now in pairs:
        said = tuple(_said(fields[note.part], was, now, left))
        left -= sum(one.words.work for one in said if one.words)
        change = Change(
            note=note,
            before=was,
            after=now,
            part=parts[note.part, note.cell],
            is_moved=_key(note) in moved,
            said=tuple(one for one in said if one.words is None or one.words.pieces),
        )
        if change.kinds:
            yield change


def _fields(before: Exercise, after: Exercise, part: str) -> Sequence[tuple[Field, Field | None, bool]]:
    """Give the fields of a part with what they were, and behind them those that it has no more."""
    later, earlier = ({field.id: field for field in _fields_in(one, part)} for one in (after, before))
    gone = [field for field in earlier.values() if field.id not in later]
    return [(field, earlier.get(field.id), True) for field in later.values()] + [(one, one, False) for one in gone]


def _fields_in(exercise: Exercise, part: str) -> Sequence[Field]:
    return next((one.fields for one in exercise.parts if one.id == part), ())


def _said(
    fields: Iterable[tuple[Field, Field | None, bool]], was: Note | None, now: Note | None, left: int
) -> Iterator[Said]:
    for field, earlier, is_there in fields:
        before, after = (note.values.get(field.id) if note else None for note in (was, now))
        if before == after:
            continue
        is_prose = field.is_prose and (earlier or field).is_prose
        compared = _worded(before, after, left) if is_prose else None
        left -= compared.work if compared else 0
        yield Said(field=field, earlier=earlier, is_there=is_there, before=before, after=after, words=compared)


def _worded(before: Value | None, after: Value | None, most: int) -> Compared:
    """Compare words; where there are only some, they came or went whole."""
    if before is None or after is None:
        fate, text = (Fate.CAME, after) if before is None else (Fate.GONE, before)
        return Compared(pieces=(Piece(fate, str(text)),))
    return words.compare(str(before), str(after), most)
