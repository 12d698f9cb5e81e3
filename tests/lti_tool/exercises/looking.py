"""People who look at their own work before they hand it in."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranged import arrange

PAGE = "exercise/self-review"


def want(app: Flask, course_id: int, **how: Any) -> None:
    """Let a course's trainers want it."""
    arrange(app, course_id, self_review=True, **how)


def sent(page: TestResponse, sentence: str = "", **levels: str) -> dict[str, str]:
    """Give what the form sends as a page shows it, with what is chosen and written."""
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found is not None, page.text
    return {"version": found[1], "sentence": sentence, **{f"level-{one}": level for one, level in levels.items()}}


def say(client: Client, sentence: str = "", where: str = "", **levels: str) -> None:
    """Choose levels of one's own work and insist that they were kept."""
    path = PAGE + where
    answer = client.post(path, **sent(client.get(path), sentence, **levels))
    assert answer.status_code == 303, answer.text
