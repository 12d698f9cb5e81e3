"""The presenter's view: what stands in one row or corner, few notes at a time, and nobody's name."""

from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool.exercises.modes import Mode
from lti_tool.exercises.rules import Note
from lti_tool.facilitation import screens
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.examples import exercise, note
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]
EXAMPLE = exercise()


def sight(named: str) -> screens.Sight:
    return next(one for one in screens.sights(EXAMPLE) if one.id == named)


def test_every_row_question_and_corner_can_be_shown() -> None:
    assert [one.id for one in screens.sights(EXAMPLE)] == [
        "grid/top",
        "grid/bottom",
        "cards",
        "cards/low-high",
        "cards/high-high",
        "cards/low-low",
        "cards/high-low",
        "questions/why",
        "questions/how",
    ]


def test_a_row_shows_its_notes_alone() -> None:
    here, there = note("top/left", what="here"), note("bottom/left", what="there")
    deleted = note("top/right")

    assert screens.pages(sight("grid/top"), [here, there, deleted]) == [[here]]


def test_a_row_is_shown_from_its_beginning_to_its_end() -> None:
    right, left = note("top/right", what="right"), note("top/left", what="left")

    assert screens.pages(sight("grid/top"), [right, left]) == [[left, right]]


def test_a_corner_shows_the_cards_that_stand_there() -> None:
    strong = note("cards", "cards", who="The council", power=5, interest=1)
    weak = note("cards", "cards", who="Neighbours", power=1, interest=5)

    assert screens.pages(sight("cards/high-low"), [strong, weak]) == [[strong]]


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [([], [0]), ([10] * 4, [4]), ([10] * 5, [4, 1]), ([200, 100], [1, 1]), ([400, 10], [1, 1]), ([10, 400], [1, 1])],
    ids=["nothing", "four", "five", "two that are long", "a very long one first", "a very long one last"],
)
def test_a_screen_holds_what_can_be_read_from_afar(lengths: list[int], pages: list[int]) -> None:
    notes: list[Note] = [note("top/left", what="x" * length) for length in lengths]

    assert [len(page) for page in screens.pages(sight("grid/top"), notes)] == pages


# The page


@pytest.fixture
def tess(enter: Enter) -> Client:
    return trainer(enter)


@pytest.fixture
def canvas(app: Flask, tess: Client, enter: Enter) -> str:
    """Let Ana write five notes in a row and one in another, with names shown; give how addresses name the canvas."""
    course, ana = Course(app=app, course_id=tess.course_id), enter(sub="ana", name="Ana Author")
    course.arrange(mode=Mode.COURSE)
    course.stage(shows_names=True)
    for number, cell in enumerate(["subsistence/being"] * 5 + ["freedom/being"]):
        words = {"part": "matrix", "cell": cell, "language": "es", "version": 0}
        answer = ana.put(f"exercise/notes/{new_id()}?in=course", {**words, "values": {"satisfier": f"Nota {number}"}})
        assert answer.status_code == 200
    return "in=course"


def test_one_row_is_shown_a_page_at_a_time_without_names(tess: Client, canvas: str) -> None:
    first = tess.get(f"live/screen?{canvas}&sight=matrix/subsistence")
    second = tess.get(f"live/screen?{canvas}&sight=matrix/subsistence&page=2")

    assert '<bdi lang="es" dir="auto">Nota 3</bdi>' in first.text
    assert "Nota 4" not in first.text
    assert "5 notes · page 1 of 2" in words_of(first)
    assert "Nota 4" in second.text
    assert "Nota 5" not in second.text
    assert "Ana Author" not in first.text + second.text


def test_a_groups_canvas_is_shown_with_the_groups_name(app: Flask, tess: Client) -> None:
    course = Course(app=app, course_id=tess.course_id)

    page = tess.get(f"live/screen?in=group/{course.group('12')}")

    assert "Group 1 · The community" in words_of(page)


def test_paging_goes_on_to_the_next_row(tess: Client, canvas: str) -> None:
    page = tess.get(f"live/screen?{canvas}&sight=matrix/subsistence&page=2").text

    assert 'rel="prev" href="' in page
    assert "sight=matrix/protection&amp;page=1" in page.split('rel="next" href="')[1].split('"')[0]


@pytest.mark.parametrize("query", ["", "&sight=nonsense", "&page=99", "&page=-1", "&page=x"])
def test_an_address_that_names_nothing_shows_the_beginning(tess: Client, canvas: str, query: str) -> None:
    page = tess.get(f"live/screen?{canvas}{query}")

    assert page.status_code == 200
    assert "Nothing is written here yet." in words_of(page)


def test_a_persons_own_canvas_is_never_shown(tess: Client, canvas: str) -> None:
    assert tess.get("live/screen?in=person/2").status_code == 404
    assert tess.get("live/screen").status_code == 404
