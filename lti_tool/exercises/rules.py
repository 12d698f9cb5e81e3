"""Which notes an exercise accepts, and what a save does to the note that is there: pure decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as by_default
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID, uuid4, uuid5

from content.fields.field import Value, trimmed
from content.model import Exercise
from content.parts.part import Part

Values: TypeAlias = Mapping[str, Value]
"""By field; what was left open isn't there."""

ONE_NOTE_CELLS = UUID("5d5e7a1c-0f0c-4c53-9f0a-3b1d6f0b7a55")
"""Namespace of the ids in cells that hold one note: two windows that both begin it write the same note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A note as a page wants it saved; without values it is to be deleted."""

    id: str
    part: str
    cell: str
    """Where a new note is to stand; one that is there stays where it stands."""
    values: Values
    version: int
    """The version that the page's text grew from; 0 for a note that the server hasn't seen."""
    language: str
    before: str | None = None
    """Id of the note in front of which a new one goes; else it goes to the end."""
    is_late: bool = False
    """Whether it comes after the time of the step is up; a new note is marked so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it is saved; a deleted one has no values."""

    id: str
    part: str
    cell: str
    values: Values
    version: int
    language: str
    rank: str = ""
    """Orders the notes of a cell."""
    place_version: int = 0
    """Counts the moves, apart from the words."""
    stack_id: str | None = None
    """The stack of alike notes in which it lies; one that was taken apart since holds nothing."""
    is_late: bool = False
    """Whether it was begun after the time of the step was up."""


class ProblemKind(StrEnum):
    """Why a note can't be saved."""

    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_NOTE = "unknown_note"
    UNKNOWN_FIELD = "unknown_field"
    NOT_OFFERED = "not_offered"
    TOO_LONG = "too_long"
    NO_DATE = "no_date"
    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"
    CELL_FULL = "cell_full"
    CELL_CROWDED = "cell_crowded"
    TOO_MANY = "too_many"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a draft; `told` is what a sentence says of it, by its placeholders."""

    kind: ProblemKind
    field: str | None = None
    told: Mapping[str, str | int] = by_default(default_factory=dict)


class Verdict(StrEnum):
    """What a save does."""

    NOTHING = "nothing"
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of a draft; `saved` is the note as it stood before."""

    draft: Draft
    verdict: Verdict
    saved: Note | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def version(self) -> int:
        """The note's version after the decision was carried out."""
        before = self.saved.version if self.saved else 0
        return before + 1 if self.verdict in (Verdict.NEW, Verdict.CHANGED) else before

    @property
    def is_open(self) -> bool:
        """Whether the draft still waits for the person, since it wasn't saved."""
        return self.verdict in (Verdict.CONFLICT, Verdict.REFUSED)


def decide(exercise: Exercise, saved: Note | None, draft: Draft) -> Decision:
    """Decide about one draft, given the note of its id; whether there is room for a new one is not asked here."""
    where = replace(draft, part=saved.part, cell=saved.cell) if saved else draft
    tidied = tidy(exercise, where)
    problems = tuple(find_problems(exercise, tidied))
    if problems:
        return Decision(draft=tidied, verdict=Verdict.REFUSED, saved=saved, problems=problems)
    return Decision(draft=tidied, verdict=judge(saved, tidied), saved=saved)


def judge(saved: Note | None, draft: Draft) -> Verdict:
    """Compare a draft with what is saved; nobody's words are overwritten in silence."""
    if saved is None:
        return Verdict.NEW if draft.values else Verdict.NOTHING
    if dict(saved.values) == dict(draft.values):
        return Verdict.SAME
    return Verdict.CHANGED if saved.version == draft.version else Verdict.CONFLICT


def place(exercise: Exercise, part_id: str, cell: str) -> Part | None:
    """Give the part, where it exists and has this cell."""
    part = next((part for part in exercise.parts if part.id == part_id), None)
    return part if part and cell in part.cells() else None


def blank_id(part: Part, cell: str) -> str:
    """Make the id of the next note in a cell."""
    return str(uuid5(ONE_NOTE_CELLS, f"{part.id}/{cell}") if part.notes_per_cell == 1 else uuid4())


# What a draft's values become


def tidy(exercise: Exercise, draft: Draft) -> Draft:
    """Trim texts, read numbers, and leave out what was left open."""
    part = place(exercise, draft.part, draft.cell)
    fields = {field.id: field for field in part.fields} if part else {}
    values = {key: fields[key].tidy(value) if key in fields else trimmed(value) for key, value in draft.values.items()}
    return replace(draft, values={key: value for key, value in values.items() if value not in ("", [])})


# What is wrong with a draft


def find_problems(exercise: Exercise, draft: Draft) -> Iterator[Problem]:
    """Go through what keeps a tidied draft from being saved."""
    part = place(exercise, draft.part, draft.cell)
    if part is None:
        yield Problem(kind=ProblemKind.UNKNOWN_PLACE)
    elif not _is_uuid(draft.id):
        yield Problem(kind=ProblemKind.UNKNOWN_NOTE)
    else:
        yield from _value_problems(part, draft)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _value_problems(part: Part, draft: Draft) -> Iterator[Problem]:
    fields = {field.id: field for field in part.fields}
    for key, value in draft.values.items():
        if key not in fields:
            yield Problem(kind=ProblemKind.UNKNOWN_FIELD)
        elif misfit := fields[key].misfit(value):
            yield Problem(kind=ProblemKind(misfit.kind), field=key, told=misfit.told)
