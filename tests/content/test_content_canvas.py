from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.fields.field import Value
from content.fields.text import TextField
from content.load import load
from content.model import Exercise
from content.parts.cards import Axes, CardsPart, Marked, Pin


@dataclass(frozen=True)
class Card:
    id: str
    values: dict[str, Value]
    part: str = "pile"
    cell: str = "cards"


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
    ("part_id", "strips"),
    [
        ("table", [("North", ("north/now", "north/later")), ("South", ("south/now", "south/later"))]),
        ("pile", [("A pile", ("cards",))]),
        ("asked", [("Why?", ("why",)), ("How?", ("how",))]),
    ],
)
def test_every_kind_of_part_is_looked_at_one_thing_after_the_other(
    exercise: Exercise, part_id: str, strips: list[tuple[str, tuple[str, ...]]]
) -> None:
    text = exercise.texts["en"].parts[part_id]

    assert [(text.name_of(strip), strip.cells) for strip in exercise.part(part_id).strips()] == strips


def test_a_map_has_four_corners_in_which_every_pinned_card_stands_once(exercise: Exercise) -> None:
    corners = exercise.part("pile").corners()
    cards = {
        (width, height): [
            corner.id for corner in corners if corner.holds(Card("a", {"width": width, "height": height}))
        ]
        for width, height in [(2, 3), (3, 2), (1, 0), (5, 1)]
    }

    assert [corner.id for corner in corners] == ["low-high", "high-high", "low-low", "high-low"]
    assert cards == {(2, 3): ["low-high"], (3, 2): ["high-high"], (1, 0): ["low-low"], (5, 1): ["high-low"]}
    assert not any(corner.holds(Card("b", {"width": 5})) for corner in corners)


def test_what_is_no_map_has_no_corners(exercise: Exercise) -> None:
    assert exercise.part("table").corners() == ()


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


@pytest.mark.parametrize(("part_id", "number"), [("table", 1000), ("pile", 1000), ("asked", 1)])
def test_a_cell_holds_a_thousand_notes_unless_it_is_a_question(exercise: Exercise, part_id: str, number: int) -> None:
    assert exercise.part(part_id).notes_per_cell == number


def test_an_exercise_that_is_written_as_json_is_read_as_the_same(exercise: Exercise) -> None:
    assert Exercise.model_validate_json(exercise.model_dump_json()) == exercise


def test_cards_are_pinned_where_their_scales_say(exercise: Exercise) -> None:
    pile = exercise.part("pile")
    assert isinstance(pile, CardsPart)
    marked = pile.model_copy(update={"axes": Axes(x="width", y="height", marked=Marked(field="width", option="5"))})
    cards = [
        Card("a", {"name": "Wide", "width": 5, "height": 0}),
        Card("b", {"name": "Nowhere", "width": 5}),
        Card("c", {"name": "Narrow", "width": 1, "height": 3}),
    ]

    assert marked.pins(cards) == [
        Pin(id="a", number=1, label="Wide", x=5, y=0, is_marked=True),
        Pin(id="c", number=3, label="Narrow", x=1, y=3, is_marked=False),
    ]


def test_an_unknown_part_is_a_key_error(exercise: Exercise) -> None:
    with pytest.raises(KeyError):
        exercise.part("elsewhere")


def test_cards_may_go_without_a_map(tree: Path, swap: Callable[[str, str, str], None]) -> None:
    swap("exercises/canvas/exercise.yaml", "    axes: {x: width, y: height}\n", "")

    pile = load(tree).exercise("canvas").part("pile")

    assert isinstance(pile, CardsPart)
    assert pile.axes is None
