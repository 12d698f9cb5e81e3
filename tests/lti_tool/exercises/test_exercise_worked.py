"""The worked example beside an exercise: read by whoever has the exercise, written in by nobody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.beside import ACTIVITY, give_curriculum
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]
LINK = "See a worked example"


@pytest.fixture(autouse=True)
def curriculum(sqlite_app: Flask, tmp_path: Path) -> None:
    give_curriculum(sqlite_app, tmp_path / "curriculum")


def test_the_canvas_leads_to_it_and_it_says_that_it_is_invented(sqlite_enter: Enter) -> None:
    ana = sqlite_enter(activity=ACTIVITY)

    canvas, example = ana.get("exercise"), ana.get("exercise/example")

    assert f'<a href="/l/{ana.launch_id}/exercise/example">{LINK}</a>' in canvas.text
    words = words_of(example)
    assert "A worked example, invented A canvas An invented street. Theme: Trees" in words
    assert "A bench" in words
    assert "Good" in words


def test_nothing_of_it_can_be_written_in(sqlite_enter: Enter) -> None:
    page = sqlite_enter(activity=ACTIVITY).get("exercise/example").text
    example = page[page.index("<main") :]  # behind the switch of the language

    for trace in ("<form", "<textarea", "data-open", "data-add", "csrf"):
        assert trace not in example


def test_it_is_in_the_language_of_who_reads_and_says_in_which_one(sqlite_enter: Enter) -> None:
    page = sqlite_enter(activity=ACTIVITY, locale="es").get("exercise/example").text

    assert '<p class="scenario" lang="es" dir="ltr">' in page
    assert '<bdi lang="es">A bench</bdi>' in page


def test_it_can_be_looked_at_before_the_exercise_is_placed(sqlite_enter: Enter) -> None:
    picker = DeepLinking(return_url="http://localhost:8100/deep_linking", accept_multiple=True, data=None)
    trainer = sqlite_enter(role=Role.TRAINER, activity=None, deep_linking=picker)
    chosen = {"look": ACTIVITY, "activity": ACTIVITY}

    preview, example = trainer.post("pick/look", **chosen), trainer.post("pick/look?example=1", **chosen)

    assert LINK in words_of(preview)
    assert "pick/look?example=1" in preview.text
    assert "A worked example, invented" in words_of(example)
    assert f'name="activity" value="{ACTIVITY}"' in example.text


def test_near_violence_it_says_where_to_turn(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    exercises = sqlite_app.extensions["curriculum"].exercises
    exercises["canvas"] = exercises["canvas"].model_copy(update={"near_violence": True})

    assert "Where to turn here" in words_of(sqlite_enter(activity=ACTIVITY).get("exercise/example"))


def test_an_exercise_without_one_names_none(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    exercises = sqlite_app.extensions["curriculum"].exercises
    exercises["canvas"] = exercises["canvas"].model_copy(update={"example": None})
    ana = sqlite_enter(activity=ACTIVITY)

    assert LINK not in ana.get("exercise").text
    assert ana.get("exercise/example").status_code == 404
