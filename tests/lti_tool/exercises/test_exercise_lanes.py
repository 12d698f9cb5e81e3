"""Lanes on the pages, with a field of each kind: what no page knows of is shown, written and handed in all the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from content.fields.field import Value
from lti_tool.lti.roles import Role
from tests.content import lanes
from tests.lti_tool.entering import Client, enter_course

OTHER = str(uuid4())
ALL: dict[str, Value] = {
    "step": "Rings twice",
    "feeling": "bad",
    "actors": ["user", "family"],
    "ease": 2,
    "paid": "yes",
    "since": "2026-02-28",
    "hours": 3.5,
    "leads-to": OTHER,
}


@pytest.fixture
def trainee(sqlite_app: Flask, tmp_path: Path) -> Client:
    sqlite_app.extensions["curriculum"] = lanes.curriculum(tmp_path / "content")
    return enter_course(sqlite_app, activity="exercise/service-walk")


@pytest.fixture
def put(trainee: Client) -> Callable[..., Any]:
    """Give a function that saves a note as the script does."""

    def save(values: dict[str, Value], cell: str = "before", note_id: str | None = None) -> Any:
        body = {"part": "way", "cell": cell, "values": values, "version": 0, "language": "en"}
        return trainee.put(f"exercise/notes/{note_id or uuid4()}", json=body)

    return save


def marks_of(page: str) -> list[str]:
    """Give what the notes' marks say."""
    found = re.findall(r"<li data-field[^>]*>(.*?)</li>", page, flags=re.DOTALL)
    return [re.sub(r"<[^>]+>", "", mark).strip() for mark in found]


def test_a_note_with_every_kind_of_field_is_saved_and_shown(trainee: Client, put: Callable[..., Any]) -> None:
    put({"step": "Asks"}, "after", OTHER)
    assert put(ALL).status_code == 200

    page = trainee.get("exercise").text

    assert marks_of(page.split("<template")[0]) == [
        "Bad",
        "A user",
        "Family",
        "Ease: 2",
        "Is it paid? Yes",
        "Since: \u20682026-02-28\u2069",
        "Hours: 3.5",
        "Leads to: Asks",
    ]
    assert f'href="#note-{OTHER}"' in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("actors", ["user", "council"], "“Who is there”: choose one of the answers that are offered."),
        ("since", "2026-02-30", "“Since”: write a date that exists, such as 2026-05-31."),
        ("hours", "many", "“Hours”: write a number, such as 12.5."),
        ("hours", 61, "“Hours”: write a number from 0 to 60."),
    ],
)
def test_what_a_field_cannot_hold_is_said(put: Callable[..., Any], field: str, value: Value, sentence: str) -> None:
    answer = put({"step": "Asks", field: value})

    assert (answer.status_code, answer.json["problems"]) == (422, [sentence])


def test_the_editor_without_script_writes_every_kind_of_field(trainee: Client, put: Callable[..., Any]) -> None:
    put({"step": "Asks"}, "after", OTHER)
    note_id = uuid4()
    where = {"part": "way", "cell": "before", "version": "0", "language": "en", "place": "before", "before": ""}
    about = {f"note.{name}": value for name, value in where.items()}
    written = {**ALL, "ease": "2", "hours": "3,5"}

    answer = trainee.post(f"exercise/notes/{note_id}", **about, **written)

    assert answer.status_code == 303, answer.text
    page = trainee.get(f"exercise/notes/{note_id}").text
    assert re.findall(r'name="actors" value="(\w+)"[^>]*checked', page) == ["user", "family"]
    assert re.findall(r'name="hours" value="([^"]+)"', page) == ["3.5"]
    assert re.findall(r'<option value="([^"]+)" selected>Asks', page) == [OTHER]


def test_a_lane_takes_as_many_notes_as_the_content_says(put: Callable[..., Any]) -> None:
    for number in range(5):
        assert put({"step": f"Step {number}"}).status_code == 200

    assert put({"step": "One more"}).status_code == 422
    assert put({"step": "One more"}, "after").status_code == 200


def test_the_list_says_what_is_there_and_asks_about_contradictions(trainee: Client, put: Callable[..., Any]) -> None:
    put(ALL)

    answer = trainee.get("exercise/ready").json

    assert answer == {
        "met": [],
        "questions": ["unpaid"],
        "ready": "2 things on the list are still open. You can hand in all the same.",
    }


@pytest.mark.parametrize("address", ["exercise/paper", "exercise/paper?blank=1"])
def test_lanes_are_on_paper(trainee: Client, address: str) -> None:
    page = trainee.get(address).text

    assert page.count('class="lane"') == 3


def test_on_paper_a_note_says_at_which_other_one_it_points(trainee: Client, put: Callable[..., Any]) -> None:
    put({"step": "Asks"}, "after", OTHER)
    put(ALL)

    assert "Leads to: Asks" in marks_of(trainee.get("exercise/paper").text)


def test_what_is_handed_in_is_shown_to_the_trainer(sqlite_app: Flask, trainee: Client, put: Callable[..., Any]) -> None:
    put(ALL)
    trainee.post("exercise/submissions")
    trainer = enter_course(sqlite_app, activity="exercise/service-walk", sub="trainer", role=Role.TRAINER)

    page = trainer.get("submissions/1").text

    assert "Rings twice" in page
    assert "Hours: 3.5" in marks_of(page)
