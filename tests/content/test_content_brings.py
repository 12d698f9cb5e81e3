"""What an exercise brings along from another: every rule, and a broken tree for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.fields.field import Value
from content.load import load

LATER = "exercises/later/exercise.yaml"
TEXT = """\
title: Later
summary: What it brings.
safety: Write about nobody.
instructions: Do this.
parts:
  begin: {title: Begin, help: Answer., questions: {why: Why?, what: What?}}
  walls:
    title: Walls
    help: Fill them.
    rows: {north: North, south: South}
    columns: {now: Now, later: Later}
    fields:
      note: {label: A note}
      mood: {label: A mood, options: {good: Good, bad: Bad, mixed: Mixed}}
      tone: {label: A tone, options: {good: Good, mixed: Mixed}}
  heap:
    title: A heap
    help: Add cards.
    fields:
      name: {label: A name}
      about: {label: About it}
      width: {label: Width}
      price: {label: Price}
      after: {label: After}
checks:
  answers: A question is answered.
"""
FILES = {
    LATER: """\
id: later
minutes: 20
score_maximum: 10
parts:
  - {id: begin, kind: questions, questions: [why, what], max_length: 500}
  - id: walls
    kind: grid
    rows: [north, south]
    columns: [now, later]
    fields:
      - {id: note, kind: text, max_length: 400}
      - {id: mood, kind: choice, options: [good, bad, mixed]}
      - {id: tone, kind: choice, options: [good, mixed]}
  - id: heap
    kind: cards
    fields:
      - {id: name, kind: text, max_length: 100}
      - {id: about, kind: text, max_length: 500}
      - {id: width, kind: scale, minimum: 1, maximum: 6}
      - {id: price, kind: number, maximum: 50}
      - {id: after, kind: pointer}
checks:
  - {id: answers, rule: questions_answered, part: begin, at_least: 1, words: 5}
brings:
  - {exercise: canvas, part: asked, cell: why, to: begin, at: what}
  - {exercise: canvas, part: table, to: walls}
  - {exercise: canvas, part: pile, to: heap, at: cards, fields: {name: name, width: width}}
""",
    "exercises/later/en.yaml": TEXT,
    "exercises/later/es.yaml": TEXT,
}
CANVAS = "exercises/canvas/exercise.yaml"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

# name: what stands in the later exercise, what is put there, what is reported
MISTAKES: dict[str, tuple[str, ...]] = {
    "an unknown exercise": (
        "exercise: canvas, part: asked",
        "exercise: canvass, part: asked",
        "brings[0].exercise: `canvass` isn't another exercise: choose one of canvas",
    ),
    "the exercise itself": (
        "exercise: canvas, part: asked",
        "exercise: later, part: asked",
        "brings[0].exercise: `later` isn't another exercise: choose one of canvas",
    ),
    "an unknown part there": (
        "part: asked",
        "part: begin",
        "brings[0].part: `begin` isn't a part of `canvas`: choose one of table, pile, asked",
    ),
    "an unknown part here": (
        "to: begin",
        "to: asked",
        "brings[0].to: `asked` isn't a part of this exercise: choose one of begin, walls, heap",
    ),
    "an unknown cell there": (
        "cell: why",
        "cell: what",
        "brings[0].cell: `what` isn't a cell of `asked` in `canvas`: choose one of why, how",
    ),
    "an unknown cell here": (
        "at: what",
        "at: how",
        "brings[0].at: `how` isn't a cell of `begin`: choose one of why, what",
    ),
    "cells without their like": (
        "{exercise: canvas, part: asked, cell: why, to: begin, at: what}",
        "{exercise: canvas, part: asked, to: begin}",
        "brings[0].at: is missing, and `begin` has no cell `how`: choose one of why, what",
    ),
    "notes that are meant by an unknown option": (
        "part: table, to: walls",
        "part: table, to: walls, where: {chosen: {mood: [fine]}}",
        "brings[1].where.chosen.mood: `fine` isn't an option of `mood`: choose one of good, bad",
    ),
    "an unknown field there": (
        "{name: name, width: width}",
        "{name: name, weight: width}",
        "brings[2].fields.weight: `weight` isn't a field of `pile` in `canvas`: choose one of name, width, height",
    ),
    "an unknown field here": (
        "{name: name, width: width}",
        "{name: name, width: weight}",
        (
            "brings[2].fields.width: `weight` isn't a field that `heap` asks for: "
            "choose one of name, about, width, price, after"
        ),
    ),
    "a field that isn't asked any more": (
        "id: width, kind: scale, minimum: 1, maximum: 6",
        "id: width, kind: scale, minimum: 1, maximum: 6, asked: false",
        "brings[2].fields.width: `width` isn't a field that `heap` asks for: choose one of name, about, price, after",
    ),
    "a first field that stays empty": (
        "{name: name, width: width}",
        "{name: about, width: width}",
        "brings[2].fields: leaves `name` empty, a note's first field: say which field becomes it",
    ),
    "first fields of other names": (
        "part: asked, cell: why, to: begin, at: what",
        "part: asked, cell: why, to: heap",
        "brings[0].fields: leaves `name` empty, a note's first field: say which field becomes it",
    ),
    "a field of another kind": (
        "{name: name, width: width}",
        "{name: name, width: about}",
        "brings[2].fields.width: becomes `about`, a text, and is a scale: choose a field of the same kind",
    ),
    "two fields that become one": (
        "{name: name, width: width}",
        "{name: name, width: width, height: width}",
        "brings[2].fields.height: becomes `width`, which another field does: keep one",
        "brings[2].fields.height: becomes `width`, which has no option `0`: add it there",
    ),
    "options that aren't there": (
        "part: table, to: walls",
        "part: table, to: walls, fields: {note: note, mood: tone}",
        "brings[1].fields.mood: becomes `tone`, which has no option `bad`: add it there",
    ),
    "steps that aren't there": (
        "minimum: 1, maximum: 6",
        "minimum: 1, maximum: 4",
        "brings[2].fields.width: becomes `width`, which has no option `5`: add it there",
    ),
    "a text without room": (
        "id: name, kind: text, max_length: 100",
        "id: name, kind: text, max_length: 60",
        "brings[2].fields.name: may have 80 characters and becomes `name`, which has room for 60: raise it",
    ),
    "an answer without room": (
        "max_length: 500}\n  - id: walls",
        "max_length: 100}\n  - id: walls",
        "brings[0].fields.answer: may have 500 characters and becomes `answer`, which has room for 100: raise it",
    ),
    "the same twice": (
        "  - {exercise: canvas, part: table, to: walls}\n",
        "  - {exercise: canvas, part: table, to: walls}\n" * 2,
        "brings[2]: brings notes to `walls` that brings[1] does: keep one",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A note of the first exercise's table."""

    cell: str
    values: Mapping[str, Value]
    id: str = "1"
    part: str = "table"


@pytest.fixture
def later(tree: Path, swap: Swap) -> Path:
    """Place another exercise, which brings along what was asked in the first."""
    for file, text in FILES.items():
        path = tree / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    swap("curriculum/basics/course.yaml", "- exercise: canvas", "- exercise: canvas\n      - exercise: later")
    return tree


def test_what_is_brought_has_its_cell_and_its_fields(later: Path) -> None:
    curriculum = load(later)

    canvas, exercise = curriculum.exercise("canvas"), curriculum.exercise("later")
    answer, notes, cards = exercise.brings
    asked, table, pile = (canvas.part(part) for part in ("asked", "table", "pile"))
    assert answer.cells(asked) == ("why",)
    assert answer.place("why", exercise.part("begin")) == "what"
    assert answer.pairs(asked, exercise.part("begin")) == {"answer": "answer"}
    assert notes.cells(table) == table.cells()
    assert notes.place("south/now", exercise.part("walls")) == "south/now"
    assert notes.pairs(table, exercise.part("walls")) == {"note": "note", "mood": "mood"}
    assert cards.pairs(pile, exercise.part("heap")) == {"name": "name", "width": "width"}


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_what_cannot_be_brought_is_reported_with_its_place(
    swap: Swap, problems: Problems, mistake: tuple[str, ...]
) -> None:
    old, new, *expected = mistake

    swap(LATER, old, new)

    assert problems() == [f"{LATER}: {problem}" for problem in expected]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("{id: price, kind: number, maximum: 60}", "becomes `price`, whose numbers are fewer: "),
        ("{id: price, kind: number, maximum: 50, decimals: 1}", "becomes `price`, whose numbers are fewer: "),
        ("{id: after, kind: pointer}", "points at a note of `after`'s exercise: "),
    ],
)
def test_a_number_that_is_too_exact_and_a_pointer_cannot_be_brought(
    swap: Swap, problems: Problems, field: str, expected: str
) -> None:
    name = field.split(",", maxsplit=1)[0].removeprefix("{id: ")
    swap(CANVAS, "maximum: 3}\n", f"maximum: 3}}\n      - {field}\n")
    for language in ("en", "es"):
        height = "      height: {label: Height}\n"
        swap(f"exercises/canvas/{language}.yaml", height, f"{height}      {name}: {{label: It}}\n")

    swap(LATER, "{name: name, width: width}", f"{{name: name, {name}: {name}}}")

    [problem] = problems()
    assert problem.startswith(f"{LATER}: brings[2].fields.{name}: {expected}")


def test_an_exercise_that_has_left_the_course_can_still_be_brought_from(later: Path, swap: Swap) -> None:
    swap(CANVAS, "minutes: 20", "minutes: 20\nreplaced_by: later")
    swap("curriculum/basics/course.yaml", "      - exercise: canvas\n", "")

    assert {one.exercise for one in load(later).exercise("later").brings} == {"canvas"}


def test_only_the_notes_that_are_meant_are_brought(later: Path, swap: Swap) -> None:
    swap(LATER, "part: table, to: walls", "part: table, to: walls, where: {chosen: {mood: [good]}}")

    curriculum = load(later)

    bringing = curriculum.exercise("later").brings[1]
    table = curriculum.exercise("canvas").part("table")
    good, bad, elsewhere = (
        Said(cell=cell, values={"note": "A well", "mood": mood})
        for cell, mood in (("north/now", "good"), ("north/now", "bad"), ("gone/now", "good"))
    )
    assert [bringing.is_meant(table, note) for note in (good, bad, elsewhere)] == [True, False, False]


@pytest.mark.usefixtures("later")
def test_an_exercise_that_cannot_be_read_is_not_compared(tree: Path, problems: Problems) -> None:
    (tree / CANVAS).write_text("id: canvas\n", encoding="utf-8")

    assert not [problem for problem in problems() if "brings" in problem]
