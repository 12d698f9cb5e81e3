"""Each exercise of the packaged curriculum can be done in each language, from opening it to a file of it.

It is written as its example, handed in, printed, answered and exported.
"""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

import pytest
from flask import Flask

from content.model import Exercise
from lti_tool.exercises.checks import state
from lti_tool.exercises.rules import Note
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import arrange, member
from tests.lti_tool.exports.exporting import fetched, table
from tests.lti_tool.exports.paper import words_of as made_of
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.answering import answer, note_ids

EXERCISES = [each for each in packaged_curriculum().exercises.values() if each.replaced_by is None]
LANGUAGES = ("en", "es")


def id_of(name: str) -> str:
    """Give a note of the example an id as pages make them."""
    return str(uuid5(NAMESPACE_URL, name))


def notes_of(exercise: Exercise, language: str) -> list[Note]:
    """Give the example's notes, its pointers by the notes' ids."""
    assert exercise.example
    told = exercise.example.told(exercise.example.texts[language])
    names = {note.id for note in told}
    pointers = {part.id: {field.id for field in part.fields if field.is_pointer} for part in exercise.parts}
    return [
        Note(
            id=id_of(note.id),
            part=note.part,
            cell=note.cell,
            values={
                field: id_of(str(value)) if field in pointers[note.part] and value in names else value
                for field, value in note.values.items()
            },
            version=0,
            language=language,
        )
        for note in told
    ]


def write(person: Client, notes: list[Note], inside: str = "") -> None:
    """Write notes as the page's script does: a cell that holds one note has the id ready."""
    page = person.get(f"exercise{inside}").text
    for note in notes:
        body = {"part": note.part, "cell": note.cell, "values": note.values, "version": 0, "language": note.language}
        answer = person.put(f"exercise/notes/{ready_id(page, note)}{inside}", json=body)
        assert answer.status_code == 200, (note, answer.text)


def ready_id(page: str, note: Note) -> str:
    """Give the id under which a note is begun."""
    place = (
        page.split(f'data-part="{note.part}"')[1]
        .split(f'data-cell="{note.cell}"')[1]
        .split("data-cell=", maxsplit=1)[0]
    )
    blank = place.split('data-blank="')
    return blank[1].split('"')[0] if len(blank) > 1 else note.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_it_is_done_alone_in_each_language(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client], exercise: Exercise, language: str
) -> None:
    trainee = sqlite_enter(activity=f"exercise/{exercise.id}", locale=language)
    notes = notes_of(exercise, language)

    write(trainee, notes)
    handed_in = trainee.post("exercise/submissions")

    assert handed_in.status_code == 303
    shown = words_of(trainee.get("exercise"))
    printed = words_of(trainee.get("exercise/paper"))
    first = {note.id: str(note.values[exercise.part(note.part).fields[0].id]) for note in notes}
    for words in first.values():
        assert " ".join(words.split()) in shown
        assert " ".join(words.split()) in printed
    assert not state(exercise, notes).open

    said = f"said of {exercise.id}"
    trainer = sqlite_enter(sub="trainer", role=Role.TRAINER, activity=f"exercise/{exercise.id}", locale=language)
    answer(sqlite_app, trainer, sentence=said, comments={note_ids(sqlite_app)[0]: "said of a note"})
    assert said in words_of(trainee.get("exercise"))

    paper = squeezed(made_of(fetched(sqlite_app, trainee).data))
    rows = table(fetched(sqlite_app, trainer, "csv", "submissions/export").data)
    assert squeezed(said) in paper
    assert paper.count(squeezed("said of a note")) == 1
    for words in first.values():
        assert squeezed(words) in paper
        assert words in {row[WORDS[language]].removeprefix("'") for row in rows}
    assert len(rows) == len(notes) + 1


WORDS = {"en": "Words", "es": "Texto"}
"""The column of a note's first words."""


def squeezed(text: str) -> str:
    """Leave out what a page may break a line at."""
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_it_is_done_in_a_group(sqlite_app: Flask, exercise: Exercise) -> None:
    ana, inside = member(sqlite_app, "ana", activity=f"exercise/{exercise.id}")
    arrange(sqlite_app, ana.course_id, exercise.id)
    ben, _ = member(sqlite_app, "ben", activity=f"exercise/{exercise.id}")
    half, rest = notes_of(exercise, "en")[::2], notes_of(exercise, "en")[1::2]

    write(ana, half, f"?in={inside}")
    write(ben, rest, f"?in={inside}")

    assert ben.post(f"exercise/submissions?in={inside}").status_code == 303
    shown = words_of(ana.get("exercise"))
    for note in (*half, *rest):
        assert " ".join(str(note.values[exercise.part(note.part).fields[0].id]).split()) in shown
