"""What the page shows in each cell: the notes that are saved, and what the person wrote and isn't saved yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from content.model import ExerciseText
from content.parts.part import Part
from lti_tool.exercises import rules, wording
from lti_tool.exercises.rules import Decision, Note, ProblemKind, Values, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One note as the page shows it."""

    id: str
    part: str
    cell: str
    values: Values
    version: int
    language: str
    theirs: Note | None = None
    """What is saved instead, where the person's text would overwrite it."""
    problems: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Write the note's hidden field, as the form is read again."""
        line = f"{self.id} {self.part} {self.cell} {self.version} {self.language}"
        is_saved = self.values and not self.theirs and not self.problems
        return f"{line} {rules.fingerprint(self.values)}" if is_saved else line

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here yet."""
        return not self.values and self.theirs is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All entries of a page; `strays` are unsaved texts whose place doesn't exist."""

    language: str
    notes: Mapping[str, Note] = field(default_factory=dict)
    entries: Sequence[Entry] = ()
    strays: Sequence[Entry] = ()

    def at(self, part: Part, cell: str) -> list[Entry]:
        """Give the entries of a cell."""
        return [entry for entry in self.entries if (entry.part, entry.cell) == (part.id, cell)]

    def blank(self, part: Part, cell: str) -> Entry:
        """Make an empty entry for a cell."""
        note_id = rules.blank_id(part, cell)
        deleted = self.notes.get(note_id)
        version = deleted.version if deleted else 0
        return Entry(id=note_id, part=part.id, cell=cell, values={}, version=version, language=self.language)

    @property
    def conflicts(self) -> int:
        """Count the entries that were changed elsewhere."""
        return sum(entry.theirs is not None for entry in self.entries)

    @property
    def problems(self) -> list[str]:
        """Give each thing that is wrong once, in the page's order."""
        return list(dict.fromkeys(problem for entry in (*self.entries, *self.strays) for problem in entry.problems))


def lay_out(text: ExerciseText, language: str, notes: Mapping[str, Note], decisions: Iterable[Decision] = ()) -> Sheet:
    """Put the saved notes in their places, and the drafts that could not be saved over or beside them."""
    shown = {note.id: _saved(note) for note in notes.values() if note.values}
    waiting = [_waiting(decision, text) for decision in decisions if decision.is_open]
    strays = [entry for entry, is_stray in waiting if is_stray]
    shown.update({entry.id: entry for entry, is_stray in waiting if not is_stray})
    return Sheet(language=language, notes=notes, entries=tuple(shown.values()), strays=tuple(strays))


def _saved(note: Note) -> Entry:
    return Entry(
        id=note.id, part=note.part, cell=note.cell, values=note.values, version=note.version, language=note.language
    )


def _waiting(decision: Decision, text: ExerciseText) -> tuple[Entry, bool]:
    draft, saved = decision.draft, decision.saved
    is_conflict = decision.verdict is Verdict.CONFLICT
    entry = Entry(
        id=draft.id,
        part=draft.part,
        cell=draft.cell,
        values=draft.values,
        version=saved.version if saved and is_conflict else draft.version,
        language=draft.language,
        theirs=saved if is_conflict else None,
        problems=tuple(wording.sentence(problem, text.parts.get(draft.part)) for problem in decision.problems),
    )
    strayed = (ProblemKind.UNKNOWN_PLACE, ProblemKind.UNKNOWN_NOTE)
    return entry, any(problem.kind in strayed for problem in decision.problems)
