from collections.abc import Callable
from pathlib import Path

import pytest

from content.fields.text import TextField
from content.load import load
from content.model import Exercise
from content.parts.cards import CardsPart


@pytest.fixture
def exercise(tree: Path) -> Exercise:
    return load(tree).exercise("canvas")


@pytest.mark.parametrize(
    ("part_id", "cells"),
    [
        ("table", ("north/now", "north/later", "south/now", "south/later")),
        ("pile", ("cards",)),
        ("asked", ("why", "how")),
    ],
)
def test_every_kind_of_part_names_its_cells(exercise: Exercise, part_id: str, cells: tuple[str, ...]) -> None:
    assert exercise.part(part_id).cells() == cells


@pytest.mark.parametrize(
    ("part_id", "fields"),
    [("table", ["note", "mood"]), ("pile", ["name", "width", "height"]), ("asked", ["answer"])],
)
def test_every_kind_of_part_says_what_a_note_is_made_of(exercise: Exercise, part_id: str, fields: list[str]) -> None:
    assert [field.id for field in exercise.part(part_id).fields] == fields


def test_an_answer_may_be_as_long_as_its_questions_say(exercise: Exercise) -> None:
    [answer] = exercise.part("asked").fields

    assert isinstance(answer, TextField)
    assert answer.max_length == 500


@pytest.mark.parametrize(("part_id", "number"), [("table", None), ("pile", None), ("asked", 1)])
def test_only_a_question_holds_a_single_note(exercise: Exercise, part_id: str, number: int | None) -> None:
    assert exercise.part(part_id).notes_per_cell == number


def test_an_unknown_part_is_a_key_error(exercise: Exercise) -> None:
    with pytest.raises(KeyError):
        exercise.part("elsewhere")


def test_cards_may_go_without_a_map(tree: Path, swap: Callable[[str, str, str], None]) -> None:
    swap("exercises/canvas/exercise.yaml", "    axes: {x: width, y: height}\n", "")

    pile = load(tree).exercise("canvas").part("pile")

    assert isinstance(pile, CardsPart)
    assert pile.axes is None
