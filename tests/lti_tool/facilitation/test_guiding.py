"""The facilitator's page: for a course's trainers alone, by itself and behind the blank sheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.beside import ACTIVITY, give_curriculum
from tests.lti_tool.reading import words_of

Enter = Callable[..., Client]


@pytest.fixture(autouse=True)
def curriculum(sqlite_app: Flask, tmp_path: Path) -> None:
    give_curriculum(sqlite_app, tmp_path / "curriculum")


@pytest.fixture
def trainer(sqlite_enter: Enter) -> Client:
    return sqlite_enter(sub="trainer", role=Role.TRAINER, activity=ACTIVITY)


def test_it_says_what_to_bring_what_to_do_and_what_helps(trainer: Client) -> None:
    words = words_of(trainer.get("guide"))

    assert "Themes: Streets" in words
    assert "Beforehand Bring paper . What you need Paper Step by step" in words
    assert "0:00 5 Begin. Say hello. 0:05 5 The end" in words
    assert "What to do when… Nobody speaks Wait. Afterwards Write it down." in words


@pytest.mark.parametrize(
    ("start", "begins"),
    [("14:58", "14:58 5 Begin"), ("23:58", "23:58 5 Begin"), ("soon", "0:00 5"), ("25:00", "0:00 5")],
)
def test_it_runs_on_the_clock_of_that_day(trainer: Client, start: str, begins: str) -> None:
    words = words_of(trainer.get(f"guide?start={start}"))

    assert begins in words
    assert ("15:03 5 The end" in words) is (start == "14:58")
    assert ("0:03 5 The end" in words) is (start == "23:58")


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.GUEST])
def test_nobody_else_gets_it_or_its_link(sqlite_enter: Enter, role: Role) -> None:
    ana = sqlite_enter(role=role, activity=ACTIVITY)

    assert ana.get("guide").status_code == 403
    for page in ("", "exercise", "exercise/paper?blank=1", "exercise/paper?size=poster", "exercise/example"):
        shown = ana.get(page)
        assert shown.status_code == 200
        assert "/guide" not in shown.text
        assert "Nobody speaks" not in shown.text


def test_trainers_come_there_from_their_pages_and_from_the_paper(trainer: Client) -> None:
    for page in ("", "live", "exercise/paper?blank=1", "exercise/paper?size=poster"):
        assert f"/l/{trainer.launch_id}/guide" in trainer.get(page).text, page


def test_it_is_printed_behind_the_blank_sheet_and_not_behind_the_filled_one(trainer: Client) -> None:
    blank, filled = words_of(trainer.get("exercise/paper?blank=1")), words_of(trainer.get("exercise/paper"))

    assert "For the facilitator: A canvas Beforehand" in blank
    assert "Beforehand" not in filled
