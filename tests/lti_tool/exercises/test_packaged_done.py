"""Each exercise of the packaged curriculum can be done in each language, from opening it to a file of it.

It is written as its example, handed in, printed, answered and exported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

import pytest
from flask import Flask

from content.model import Exercise
from content.text import direction
from lti_tool.exercises.checks import state
from lti_tool.exercises.rules import Note
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises import by_turns
from tests.lti_tool.exercises.by_turns import EXERCISES
from tests.lti_tool.exercises.grouping import arrange, member
from tests.lti_tool.exports.exporting import fetched, table
from tests.lti_tool.exports.paper import words_of as made_of
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.answering import answer, note_ids

Enter = Callable[..., Client]


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


@dataclass(frozen=True, slots=True)
class Done:
    """An exercise that was done alone and answered."""

    trainee: Client
    trainer: Client
    notes: list[Note]
    first: list[str]
    """Each note's first words."""
    said: str


def done(app: Flask, enter: Enter, exercise: Exercise, language: str) -> Done:
    """Do an exercise as its example does, and let a trainer answer."""
    trainee = enter(activity=f"exercise/{exercise.id}", locale=language)
    notes, said = notes_of(exercise, language), f"said of {exercise.id}"
    write(trainee, notes)
    assert trainee.post("exercise/submissions").status_code == 303
    trainer = enter(sub="trainer", role=Role.TRAINER, activity=f"exercise/{exercise.id}", locale=language)
    answer(app, trainer, sentence=said, comments={note_ids(app)[0]: "said of a note"})
    first = [str(note.values[exercise.part(note.part).fields[0].id]) for note in notes]
    return Done(trainee, trainer, notes, first, said)


@pytest.mark.parametrize(
    ("exercise", "language"),
    [pytest.param(each, code, id=f"{each.id}-{code}") for each in EXERCISES for code in each.texts],
)
def test_it_is_done_alone_in_each_language(
    sqlite_app: Flask, sqlite_enter: Enter, exercise: Exercise, language: str
) -> None:
    work = done(sqlite_app, sqlite_enter, exercise, language)

    shown = words_of(work.trainee.get("exercise"))
    rows = table(fetched(sqlite_app, work.trainer, "csv", "submissions/export").data)

    assert not state(exercise, work.notes).open
    assert {" ".join(words.split()) for words in work.first if " ".join(words.split()) not in shown} == set()
    assert work.said in shown
    assert {*work.first} <= {text.removeprefix("'") for row in rows for text in row.values()}
    assert len(rows) == len(work.notes) + 1


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_it_is_printed_and_made_a_file(sqlite_app: Flask, sqlite_enter: Enter, exercise: Exercise) -> None:
    _, language = by_turns.languages_of(exercise)
    work = done(sqlite_app, sqlite_enter, exercise, language)

    printed = words_of(work.trainee.get("exercise/paper"))
    paper = squeezed(made_of(fetched(sqlite_app, work.trainee).data))

    assert squeezed(work.said) in paper
    assert paper.count(squeezed("said of a note")) == 1
    assert [words for words in work.first if " ".join(words.split()) not in printed] == []
    is_legible = direction(language) == "ltr"  # a PDF gives Arabic back in the order in which it is drawn
    assert [words for words in work.first if is_legible and squeezed(words) not in paper] == []


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
