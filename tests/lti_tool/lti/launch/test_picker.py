"""The picker as a trainer uses it: looking at activities before placing them, and what the course already has."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.making import packaged_curriculum

ANSWER_TO = DeepLinking(return_url="http://localhost:8100/return", accept_multiple=True, data=None)
UNIT, MATRIX, MAP = "unit/needs-and-satisfiers", "exercise/needs-matrix", "exercise/power-interest-map"
OPENED, CHOSEN = "Already in this course", "Chosen here before"
Enter = Callable[..., Client]


@pytest.fixture
def trainer(sqlite_enter: Enter) -> Client:
    """Give a trainer who came to choose activities."""
    return sqlite_enter(sub="trainer-1", role=Role.TRAINER, activity=None, deep_linking=ANSWER_TO)


def ticked(page: TestResponse) -> list[str]:
    return re.findall(r'<input [^>]*value="([^"]+)"[^>]* checked>', page.text)


def said_of(page: TestResponse, activity: str) -> str:
    """Give what the picker says of one activity."""
    [found] = re.findall(rf'<span class="aside" id="{activity}-facts">(.*?)</div>', page.text, re.DOTALL)
    return str(found)


# Looking at an activity


def test_a_unit_is_looked_at_as_trainees_read_it(trainer: Client) -> None:
    text = packaged_curriculum().unit("needs-and-satisfiers").texts["en"]

    page = trainer.post("pick/look", look=UNIT)

    assert page.status_code == 200
    assert f"<h1>{text.title}</h1>" in page.text
    assert "Back to the choice" in page.text


def test_an_exercise_is_looked_at_without_anything_of_the_course(sqlite_enter: Enter, trainer: Client) -> None:
    place = {"part": "matrix", "cell": "subsistence/being", "version": 0, "language": "en"}
    author = sqlite_enter(sub="trainer-1", activity=MATRIX)
    saved = author.put(f"exercise/notes/{uuid4()}", json={**place, "values": {"satisfier": "A well"}})
    assert saved.status_code == 200, saved.text

    page = trainer.post("pick/look", look=MATRIX)

    assert "<h1>Needs matrix</h1>" in page.text
    assert "Back to the choice" in page.text
    assert "Back to the submissions" not in page.text
    assert "A well" not in page.text


def test_a_unit_is_looked_at_in_its_other_languages(trainer: Client) -> None:
    page = trainer.post("pick/look?text=es&awaited=1", look=UNIT, activity=[MAP])

    assert packaged_curriculum().unit("needs-and-satisfiers").texts["es"].title in page.text
    assert re.search(r'<button [^>]*form="way-back" formaction="[^"]+/pick/look\?text=en&amp;awaited=1"', page.text)


def test_what_is_ticked_goes_along_and_comes_back(trainer: Client) -> None:
    page = trainer.post("pick/look", look=UNIT, activity=[MAP, UNIT])
    along = re.findall(r'<input type="hidden" name="activity" value="([^"]+)">', page.text)

    back = trainer.post("pick/again", look=UNIT, activity=along)

    assert ticked(back) == [UNIT, MAP]


def test_a_tab_that_a_page_of_ours_waits_for_is_awaited_after_a_look_too(trainer: Client) -> None:
    pages = [
        trainer.get("pick?awaited=1"),
        trainer.post("pick/look?awaited=1", look=UNIT),
        trainer.post("pick/again?awaited=1"),
    ]

    addresses = [address for page in pages for address in re.findall(r'(?:form)?action="([^"]+/pick[^"]*)"', page.text)]
    assert addresses
    assert all("awaited=1" in address for address in addresses)


@pytest.mark.parametrize("activity", ["exercise/no-such", "community/feed", "community/main", "unit", "", "\0"])
def test_what_has_nothing_to_see_before_it_is_placed_cannot_be_looked_at(trainer: Client, activity: str) -> None:
    assert trainer.post("pick/look", look=activity).status_code == 404


def test_only_a_trainer_looks_at_activities(sqlite_enter: Enter) -> None:
    trainee = sqlite_enter(activity=None, deep_linking=ANSWER_TO)

    assert trainee.post("pick/look", look=UNIT).status_code == 403


def test_an_activitys_launch_opens_no_other_activity(sqlite_enter: Enter) -> None:
    trainer = sqlite_enter(sub="trainer-1", role=Role.TRAINER, activity=MATRIX)

    assert trainer.post("pick/look", look=UNIT).status_code == 404


# What the course has


def test_what_was_opened_in_the_course_is_said_to_be_there(sqlite_enter: Enter, trainer: Client) -> None:
    sqlite_enter(activity=MATRIX)

    page = trainer.get("pick")

    assert OPENED in said_of(page, MATRIX)
    assert OPENED not in said_of(page, MAP)
    assert "is what MedTOWN remembers" in page.text


def test_what_was_chosen_for_the_course_is_said_to_be_no_more_than_chosen(trainer: Client) -> None:
    trainer.post("pick", activity=[MATRIX, UNIT])

    page = trainer.get("pick")

    assert [CHOSEN in said_of(page, activity) for activity in (UNIT, MATRIX, MAP)] == [True, True, False]
    assert OPENED not in page.text


def test_what_another_course_has_is_not_said(sqlite_enter: Enter, trainer: Client) -> None:
    sqlite_enter(course="course-2", activity=MATRIX)
    other = {"course": "course-2", "sub": "trainer-2", "role": Role.TRAINER, "deep_linking": ANSWER_TO}
    sqlite_enter(activity=None, **other).post("pick", activity=[MAP])

    page = trainer.get("pick").text

    assert OPENED not in page
    assert CHOSEN not in page
    assert "is what MedTOWN remembers" not in page


def test_what_the_course_has_can_be_placed_again(trainer: Client) -> None:
    trainer.post("pick", activity=[MATRIX])

    answer = trainer.post("pick", activity=[MATRIX])

    assert answer.status_code == 200
    assert 'name="JWT"' in answer.text


def test_what_was_refused_was_not_chosen(trainer: Client) -> None:
    trainer.post("pick", activity=["exercise/no-such"])

    assert CHOSEN not in trainer.get("pick").text


# Modules


def test_a_module_is_a_group_with_a_box_for_all_of_it(trainer: Client) -> None:
    placed = packaged_curriculum().courses["training-of-trainers"].modules[0].activities

    [module] = re.findall(
        rf"<fieldset((?:(?!<fieldset).)*?{MATRIX}.*?)</fieldset>", trainer.get("pick").text, re.DOTALL
    )

    assert module.count("data-whole-module") == 1
    assert module.count('name="activity"') == len(placed)


def test_a_module_of_one_activity_is_that_activity_under_the_modules_name(sqlite_app: Flask, trainer: Client) -> None:
    curriculum = packaged_curriculum()
    course = curriculum.courses["training-of-trainers"]
    single = course.modules[0].model_copy(update={"activities": course.modules[0].activities[:1]})
    courses = {course.id: course.model_copy(update={"modules": (single,)})}
    sqlite_app.extensions["curriculum"] = replace(curriculum, courses=courses)

    page = trainer.get("pick").text

    assert "<fieldset" not in page
    assert "data-whole-module" not in page
    assert page.count(course.texts["en"].modules[single.id].title) == 1


def test_a_group_that_is_called_like_its_only_activity_is_named_once(trainer: Client) -> None:
    assert len(re.findall(r">\s*Community of practice\s*<", trainer.get("pick").text)) == 1


def test_the_language_of_the_titles_comes_back_after_a_look(trainer: Client) -> None:
    page = trainer.post("pick/look", look=UNIT, titles="es")
    [along] = re.findall(r'<input type="hidden" name="titles" value="([^"]+)">', page.text)

    back = trainer.post("pick/again", look=UNIT, titles=along)

    assert re.findall(r'<option value="(\w+)" lang="\w+" selected>', back.text) == ["es"]
    assert re.findall(r'<option value="(\w+)" lang="\w+" selected>', trainer.get("pick").text) == ["en"]
