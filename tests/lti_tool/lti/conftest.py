"""A platform that the tool knows, and what a launch from it leaves."""

from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.lti.tables import LaunchRow
from tests.lti_tool.platform import Platform, begin, sign

IN_ADDRESSES = {
    "version": "any",
    "filename": "icon.svg",
    "note_id": UUID(int=1),
    "post_id": UUID(int=1),
    "piece_id": UUID(int=1),
    "meeting_id": UUID(int=1),
    "sort": "posts",
    "submission_id": 1,
    "person_id": 1,
    "which": "failed",
    "writing": "freeze",
    "names": "shown",
    "number": 1,
    "question": "mine",
    "feedback_id": 1,
    "press": "add",
    "stack_id": UUID(int=1),
    "digest": "0" * 64,
    "size": "small",
    "export_id": 1,
    "token": "any",
    "file_id": UUID(int=1),
    "translation_id": UUID(int=1),
    "offer_id": UUID(int=1),
    "outcome_id": UUID(int=1),
}
"""A value for each variable of the tool's addresses."""


@pytest.fixture
def known(app: Flask, platform: Platform) -> Platform:
    """Give a platform that the tool knows, on each database."""
    platform.register(app)
    return platform


@pytest.fixture
def sqlite_known(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a platform that the tool on SQLite knows."""
    platform.register(sqlite_app)
    return platform


def cookies_of(answer: TestResponse) -> list[dict[str, str]]:
    """Read the cookies that an answer sets, with their attributes."""
    found = []
    for line in answer.headers.getlist("Set-Cookie"):
        (name, value), *attributes = [part.strip().partition("=")[::2] for part in line.split(";")]
        found.append({"name": name, "value": value, **{key.lower(): text for key, text in attributes}})
    return found


def launch_row(app: Flask, platform: Platform, **changes: object) -> LaunchRow:
    """Launch, and give what is kept of it."""
    login = begin(app, platform)
    answer = login.launch(sign(platform.claims(app, login.nonce, **changes)))
    assert answer.status_code == 303, answer.text
    with app.app_context():
        return db.session.get_one(LaunchRow, answer.location.split("/")[2])
