"""What stands on a canvas and may be brought: its notes by their places, as the page and the post name them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from content.model import Exercise, ExerciseText
from content.parts.part import Part, PartText
from content.text import pick
from lti_tool.community.carrying.rules import Passage, Said
from lti_tool.exercises import origins, pages
from lti_tool.exercises.rules import Note
from lti_tool.exercises.store import Workspace
from lti_tool.learning.store import curriculum


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of a canvas with what is written there."""

    part: Part
    cell: str
    notes: Sequence[Note]

    def name(self, text: ExerciseText) -> str:
        """Name it as pages do."""
        return pages.caption(self.part, text.parts[self.part.id], self.cell)


def find(exercise: Exercise, workspace: Workspace | None) -> Sequence[Place]:
    """Give the places in which something is written, in the order of the canvas."""
    if workspace is None:
        return ()
    barred = _barred(workspace.id)
    notes = [note for note in workspace.notes.values() if note.values and note.id not in barred]
    return list(_places(exercise, notes))


def _barred(workspace_id: int) -> Collection[str]:
    """Name the notes that were brought along from exercises of which nothing goes to the community."""
    known = curriculum().exercises
    came = origins.find(workspace_id).exercises
    return {note_id for note_id, slug in came.items() if slug in known and known[slug].stays_here}


def _places(exercise: Exercise, notes: Sequence[Note]) -> Iterator[Place]:
    for part in exercise.parts:
        for cell in part.cells():
            here = [note for note in notes if (note.part, note.cell) == (part.id, cell) and _words(part, note)]
            if here:
                yield Place(part=part, cell=cell, notes=here)


def _words(part: Part, note: Note) -> str:
    return str(note.values.get(part.fields[0].id, ""))


def ticked(places: Sequence[Place], note_ids: Collection[str]) -> Sequence[Place]:
    """Leave out what isn't ticked."""
    kept = [(place, [note for note in place.notes if note.id in note_ids]) for place in places]
    return [Place(part=place.part, cell=place.cell, notes=notes) for place, notes in kept if notes]


def languages(places: Sequence[Place]) -> Sequence[str]:
    """Give the language of each note."""
    return [note.language for place in places for note in place.notes]


def passages(exercise: Exercise, places: Sequence[Place], language: str) -> Sequence[Passage]:
    """Give what is said in some places, with the canvas's own words in this language."""
    text = pick(exercise.texts, language)[1]
    return [_passage(place, text) for place in places]


def _passage(place: Place, text: ExerciseText) -> Passage:
    words = text.parts[place.part.id]
    return Passage(
        heading=place.name(text),
        said=[_said(place.part, words, note) for note in place.notes],
        is_answer=place.part.notes_per_cell == 1,
    )


def _said(part: Part, words: PartText, note: Note) -> Said:
    more = [
        (words.fields[field.id].label, str(note.values[field.id]))
        for field in part.fields[1:]
        if field.is_prose and field.id in note.values
    ]
    return Said(words=_words(part, note), more=more)
