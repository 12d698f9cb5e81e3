"""Which notes an exercise accepts, and what a save does to the note that is there: pure decisions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID, uuid4, uuid5

from content.fields.field import Value, trimmed
from content.model import Exercise
from content.parts.part import Part

Values: TypeAlias = Mapping[str, Value]
"""By field; what was left open isn't there."""

MOST_NOTES = 1000
"""Notes that one workspace holds, deleted ones included: far beyond any canvas, and a limit for a script."""
ONE_NOTE_CELLS = UUID("5d5e7a1c-0f0c-4c53-9f0a-3b1d6f0b7a55")
"""Namespace of the ids in cells that hold one note: two windows that both begin it write the same note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A note as a page wants it saved; without values it is to be deleted."""

    id: str
    part: str
    cell: str
    values: Values
    version: int
    """The version that the page's text grew from; 0 for a note that the server hasn't seen."""
    language: str
    began_as: str | None = None
    """Fingerprint of what the page showed at first, where it tells: what is still that, nobody touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it is saved; a deleted one has no values."""

    id: str
    part: str
    cell: str
    values: Values
    version: int
    language: str


class ProblemKind(StrEnum):
    """Why a note can't be saved."""

    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_NOTE = "unknown_note"
    UNKNOWN_FIELD = "unknown_field"
    NOT_OFFERED = "not_offered"
    TOO_LONG = "too_long"
    CELL_FULL = "cell_full"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a draft."""

    kind: ProblemKind
    field: str | None = None
    length: int = 0
    limit: int = 0


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


def decide(exercise: Exercise, notes: Mapping[str, Note], draft: Draft) -> Decision:
    """Decide about one draft, given all notes of the workspace."""
    tidied = tidy(exercise, draft)
    saved = notes.get(draft.id)
    problems = tuple(find_problems(exercise, notes, tidied))
    if problems:
        return Decision(draft=tidied, verdict=Verdict.REFUSED, saved=saved, problems=problems)
    untouched = saved is not None and tidied.began_as == fingerprint(tidied.values)
    return Decision(draft=tidied, verdict=Verdict.SAME if untouched else judge(saved, tidied), saved=saved)


def fingerprint(values: Values) -> str:
    """Give a short text that tells values from others, for a page that sends notes back which nobody touched."""
    return sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:12]


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
    return replace(draft, values={key: value for key, value in values.items() if value != ""})


# What is wrong with a draft


def find_problems(exercise: Exercise, notes: Mapping[str, Note], draft: Draft) -> Iterator[Problem]:
    """Go through what keeps a tidied draft from being saved."""
    part = place(exercise, draft.part, draft.cell)
    if part is None:
        yield Problem(kind=ProblemKind.UNKNOWN_PLACE)
    elif not _is_uuid(draft.id) or _moved(notes.get(draft.id), draft):
        yield Problem(kind=ProblemKind.UNKNOWN_NOTE)
    else:
        yield from _value_problems(part, draft)
        yield from _room_problems(part, notes, draft)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _moved(saved: Note | None, draft: Draft) -> bool:
    return saved is not None and (saved.part, saved.cell) != (draft.part, draft.cell)


def _value_problems(part: Part, draft: Draft) -> Iterator[Problem]:
    fields = {field.id: field for field in part.fields}
    for key, value in draft.values.items():
        if key not in fields:
            yield Problem(kind=ProblemKind.UNKNOWN_FIELD)
        elif misfit := fields[key].misfit(value):
            yield Problem(kind=ProblemKind(misfit.kind), field=key, length=misfit.length, limit=misfit.limit)


def _room_problems(part: Part, notes: Mapping[str, Note], draft: Draft) -> Iterator[Problem]:
    if not draft.values:
        return
    others = [note for note in notes.values() if note.id != draft.id]
    in_cell = [note for note in others if note.values and (note.part, note.cell) == (draft.part, draft.cell)]
    if part.notes_per_cell is not None and len(in_cell) >= part.notes_per_cell:
        yield Problem(kind=ProblemKind.CELL_FULL)
    if len(others) >= MOST_NOTES:
        yield Problem(kind=ProblemKind.TOO_MANY)
