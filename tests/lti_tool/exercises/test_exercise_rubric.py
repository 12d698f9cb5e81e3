"""What a trainer looks at is before people from the beginning, and stays with what they handed in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from content.load import load
from content.model import Exercise
from lti_tool.exercises import editions
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.beside import ACTIVITY, give_curriculum
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]

CRITERIA = "Is it clear? Some of it is. All of it is. Is it fair? To some. To all."


@pytest.fixture(autouse=True)
def exercise(sqlite_app: Flask, tmp_path: Path) -> Exercise:
    give_curriculum(sqlite_app, tmp_path / "curriculum")
    return load(tmp_path / "curriculum").exercise("canvas")


@pytest.mark.parametrize(
    ("role", "page", "title"),
    [
        (Role.TRAINEE, "", "What your trainer looks at"),
        (Role.TRAINER, "guide", "What to look at in the work"),
        (Role.TRAINER, "exercise/paper?blank=1", "What to look at in the work"),
    ],
)
def test_it_is_shown_with_all_levels_in_their_order(sqlite_enter: Enter, role: Role, page: str, title: str) -> None:
    words = words_of(sqlite_enter(role=role, activity=ACTIVITY).get(page))

    assert CRITERIA in words[words.index(title) :]


def test_it_is_folded_away_on_the_canvas(sqlite_enter: Enter) -> None:
    assert '<details class="rubric">' in sqlite_enter(activity=ACTIVITY).get().text


def test_what_was_handed_in_keeps_the_rubric_that_was_before_people(sqlite_app: Flask, exercise: Exercise) -> None:
    later = exercise.model_copy(update={"rubric": exercise.rubric[:1]})

    with sqlite_app.app_context():
        kept = editions.give(editions.keep(exercise), later)

    assert kept.rubric == exercise.rubric
    assert kept.texts["es"].rubric == exercise.texts["es"].rubric
