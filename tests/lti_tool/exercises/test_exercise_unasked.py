"""A field that an exercise no longer asks: the notes that have it show it, and lose it by nothing that is written."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from content.load import load
from tests.content import lanes
from tests.lti_tool.entering import Client, enter_course

STRUCTURE = "exercises/service-walk/exercise.yaml"
ASKED, UNASKED = "options: [good, bad]}", "options: [good, bad], asked: false}"


@pytest.fixture
def note(sqlite_app: Flask, tmp_path: Path) -> tuple[Client, str]:
    """Write a note, and then ask for one of its fields no longer; give its author and its address."""
    sqlite_app.extensions["curriculum"] = lanes.curriculum(tmp_path)
    author, address = enter_course(sqlite_app, activity="exercise/service-walk"), f"exercise/notes/{uuid4()}"
    body = {"part": "way", "cell": "before", "values": {"step": "Rings", "feeling": "bad"}, "version": 0}
    assert author.put(address, {**body, "language": "en"}).status_code == 200
    file = tmp_path / STRUCTURE
    file.write_text(file.read_text(encoding="utf-8").replace(ASKED, UNASKED, 1), encoding="utf-8")
    sqlite_app.extensions["curriculum"] = load(tmp_path)
    return author, address


def test_the_note_shows_it(note: tuple[Client, str]) -> None:
    author, _ = note

    shown = author.get("exercise").text.split("<template")[0]

    assert re.search(r"<li data-field=\"feeling\"[^>]*>\s*(<[^>]+>)*Bad", shown)


def test_the_editor_does_not_offer_it_and_keeps_it(note: tuple[Client, str]) -> None:
    author, address = note
    page = author.get(address).text
    hidden = re.search(r"<div hidden>(.*?)</div>", page, flags=re.DOTALL)

    assert hidden
    assert re.search(r'name="feeling" value="bad"[^>]* checked', hidden[1])
    assert 'name="step"' not in hidden[1]
