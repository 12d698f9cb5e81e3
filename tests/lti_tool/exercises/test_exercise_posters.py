"""A large sheet for the wall, divided over pages of A4 where its boxes end."""

from pathlib import Path

from flask import Flask

from content.parts.part import Corner
from lti_tool.exercises import posters
from tests.lti_tool.entering import enter_course
from tests.lti_tool.exercises.beside import ACTIVITY, give_curriculum
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reading import words_of


def test_every_box_of_a_grid_is_on_one_page_four_to_a_page() -> None:
    found = {poster.part.id: poster for poster in posters.of(packaged_curriculum().exercise("needs-matrix"))}
    matrix = found["matrix"]

    assert (matrix.rows, matrix.columns) == (5, 2)
    first, last = matrix.pages[0], matrix.pages[-1]
    assert first.boxes == [
        ("subsistence/being", "subsistence/having"),
        ("protection/being", "protection/having"),
    ]
    assert (last.row, last.column, last.boxes) == (5, 2, [("freedom/doing", "freedom/interacting")])
    boxes = [box for page in matrix.pages for line in page.boxes for box in line]
    assert sorted(map(str, boxes)) == sorted(matrix.part.cells())
    assert found["reflection"].columns == 1


def test_a_map_has_a_page_for_each_corner_and_one_box_alone_none(sqlite_app: Flask, tmp_path: Path) -> None:
    give_curriculum(sqlite_app, tmp_path)
    exercise = sqlite_app.extensions["curriculum"].exercise("canvas")

    found = {poster.part.id: poster for poster in posters.of(exercise)}

    pile = found["pile"]
    assert [(page.row, page.column) for page in pile.pages] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert all(isinstance(box, Corner) for page in pile.pages for line in page.boxes for box in line)


def test_the_page_says_what_each_box_is_and_in_which_order_to_glue(sqlite_app: Flask, tmp_path: Path) -> None:
    give_curriculum(sqlite_app, tmp_path)
    ana = enter_course(sqlite_app, activity=ACTIVITY)

    page = ana.get("exercise/paper?size=poster")

    words = words_of(page)
    assert "A pile 1 2 3 4" in words
    assert "North · Now North · Later South · Now South · Later A table · page 1 of 1" in words
    assert "Width: 1–2 · Height: 2–3 A pile · page 1 of 4" in words
