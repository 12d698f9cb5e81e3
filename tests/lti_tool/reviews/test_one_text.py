"""One text to several: it goes into drafts, never over what a trainer wrote; to release it is another press."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.reviews.tables import DraftRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reviews.answering import typed

Enter = Callable[..., Client]
TEXT = "Say who decides."


@pytest.fixture
def people(sqlite_enter: Enter) -> Mapping[str, Client]:
    """Let three people hand in."""
    found = {name: sqlite_enter(sub=name, name=name) for name in ("ana", "ben", "cleo")}
    for one in found.values():
        hand_in(one)
    return found


@pytest.fixture
def reader(sqlite_enter: Enter, people: Mapping[str, Client]) -> Client:
    """Give a trainer of the course in which they did."""
    return trainer(sqlite_enter)


def drafted(app: Flask) -> dict[int, str | None]:
    """Give the drafts' texts by workspace."""
    with app.app_context():
        return {row.workspace_id: row.body.get("text") for row in db.session.scalars(select(DraftRow))}


def keep(app: Flask, reader: Client, number: int, text: str) -> None:
    """Keep a draft of one piece of work."""
    work = f"submissions/{submission_ids(app)[number]}"
    assert reader.post(f"{work}/draft", **typed(reader.get(work), sentence=text)).status_code == HTTPStatus.SEE_OTHER


def test_it_goes_to_those_ticked_behind_what_is_there(sqlite_app: Flask, reader: Client) -> None:
    keep(sqlite_app, reader, 0, "Well begun.")

    told = reader.post("drafts/text", text=TEXT, outcome="revise", work=["1", "2"])

    assert "The text stands in 2 drafts. Nothing is released yet." in told.text
    assert drafted(sqlite_app) == {1: f"Well begun.\n\n{TEXT}", 2: TEXT}


def test_pressed_twice_it_stands_there_once(sqlite_app: Flask, reader: Client) -> None:
    for _ in range(2):
        reader.post("drafts/text", text=TEXT, outcome="done", work=["1"])

    assert drafted(sqlite_app) == {1: TEXT}


def test_the_page_shows_which_have_a_draft_and_ticks_all(sqlite_app: Flask, reader: Client) -> None:
    keep(sqlite_app, reader, 1, "Well begun.")

    page = reader.get("drafts/text").text

    assert re.findall(r'name="work" value="(\d+)" checked', page) == ["1", "2", "3"]
    assert re.findall(r"<bdi>(\w+)</bdi>\s*<span class=\"tag is-due\">Draft begun", page) == ["ben"]


def test_where_there_is_no_room_the_draft_stays_and_the_trainer_is_told(sqlite_app: Flask, reader: Client) -> None:
    keep(sqlite_app, reader, 0, "x" * 3999)

    told = reader.post("drafts/text", text=TEXT, outcome="done", work=["1", "2"])

    assert "To these it was not added" in told.text
    assert TEXT in told.text
    assert drafted(sqlite_app) == {1: "x" * 3999, 2: TEXT}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"text": " ", "work": ["1"]}, "Write the text first."),
        ({"text": TEXT}, "Tick whose work it is for."),
        ({"text": "x" * 4001, "work": ["1"]}, "it has 4001 characters"),
    ],
)
def test_what_is_missing_is_said_with_all_that_was_typed(
    sqlite_app: Flask, reader: Client, given: dict[str, str], problem: str
) -> None:
    answer = reader.post("drafts/text", **given)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert problem in answer.text
    assert given["text"].strip() in answer.text
    assert drafted(sqlite_app) == {}


def test_those_that_are_ticked_are_released_and_the_others_stay(
    sqlite_app: Flask, reader: Client, people: Mapping[str, Client]
) -> None:
    reader.post("drafts/text", text=TEXT, outcome="done", work=["1", "2", "3"])
    versions = dict(re.findall(r'name="(version-\d+)" value="(\d+)"', reader.get("drafts").text))

    reader.post("drafts/release", **{name: value for name, value in versions.items() if name != "version-2"})

    assert {name for name, one in people.items() if TEXT in one.get().text} == {"ana", "cleo"}
    assert {number for number, text in drafted(sqlite_app).items() if text} == {2}


def test_trainees_and_trainers_of_another_course_add_nothing(
    sqlite_app: Flask, people: Mapping[str, Client], sqlite_enter: Enter
) -> None:
    other = trainer(sqlite_enter, sub="t2", course="another")

    assert people["ana"].get("drafts/text").status_code == HTTPStatus.FORBIDDEN
    assert people["ana"].post("drafts/text", text=TEXT, work=["1"]).status_code == HTTPStatus.FORBIDDEN
    other.post("drafts/text", text=TEXT, work=["1"])
    assert drafted(sqlite_app) == {}
