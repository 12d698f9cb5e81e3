"""The worked example of an exercise: an invented one, to be read beside one's own and printed; nobody writes in it."""

from collections.abc import Sequence

from flask import Blueprint

from content.model import Exercise
from content.text import pick
from content.worked import WorkedExample
from lti_tool.errors import NotFound
from lti_tool.exercises import opened, pages
from lti_tool.exercises.rules import Note
from lti_tool.learning.store import reader_language, theme
from lti_tool.lti.launch.activities import Looking
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("worked", __name__)


@blueprint.get(PREFIX + "/exercise/example")
def show() -> str:
    """Show the worked example of the exercise that the launch opened."""
    return page(opened.exercise())


def page(exercise: Exercise, looking: Looking | None = None) -> str:
    """Show an exercise's worked example; `looking` is for a trainer who thinks about placing the exercise.

    Raises:
        NotFound: it has none.
    """
    if exercise.example is None:
        raise NotFound("no_example")
    language, notes = _notes(exercise.example)
    theme_language, name = theme(exercise.example.theme)
    return pages.example(
        exercise,
        notes,
        scenario=exercise.example.texts[language].scenario,
        language_of_example=language,
        theme=name,
        theme_language=theme_language,
        looking=looking,
    )


def _notes(example: WorkedExample) -> tuple[str, Sequence[Note]]:
    """Give the example's notes in the reader's language, and which one that is."""
    language, text = pick(example.texts, reader_language())
    notes = [
        Note(id=one.id, part=one.part, cell=one.cell, values=dict(one.values), version=1, language=language)
        for one in example.told(text)
    ]
    return language, notes
