"""A trainer on the page where an exercise is arranged."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.groups import made
from lti_tool.groups.rules import Group
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranged import EXERCISE


def version_of(page: TestResponse) -> str:
    """Give how often something had been changed when a page was shown."""
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found is not None, page.text
    return found[1]


def send(trainer: Client, form: str = "", **given: Any) -> TestResponse:
    """Send one of the page's forms as the page is now, unless another version is said to have been seen."""
    seen = {"version": version_of(trainer.get("arrangement"))}
    return trainer.post(f"arrangement{form}", **{**seen, **given})


def settings(**changes: Any) -> dict[str, Any]:
    """Give what the form of settings sends where nothing was chosen yet, but for some changes."""
    moments = dict.fromkeys(("opens_at", "due_at", "closes_at", "together_at"), "")
    return {"mode": "alone", "source": "platform", **moments, **changes}


def groups_made(app: Flask, course_id: int) -> list[Group]:
    """Give the groups that were made for the exercise."""
    with app.app_context():
        return list(made.find(course_id, EXERCISE))


def members(app: Flask, course_id: int) -> dict[int, int]:
    """Tell in which of these groups people are."""
    with app.app_context():
        found = dict(made.members(course_id, EXERCISE))
        db.session.rollback()
        return found
