"""A course's card, as its trainers send it."""

from collections.abc import Callable
from typing import Any

from werkzeug.test import TestResponse

from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client

Enter = Callable[..., Client]

EXERCISE = "exercise/theory-of-change"
UNIT = "unit/from-idea-to-action"
FILLED = {
    "emergency.reach": "112",
    "helpline.name": "Línea Faro",
    "helpline.reach": "+34 555 010 203",
    "helpline.note": "Day and night",
    "women.name": "Casa Abierta",
    "women.reach": "Calle Invento 7, 00001 Las Eras",
    "more0.name": "Health centre",
    "more0.reach": "555 010 204",
    "languages": "Spanish, Arabic",
}


def trainer(enter: Enter, **launch: Any) -> Client:
    """Let a trainer into an exercise near violence."""
    return enter(**{"sub": "trainer", "name": "Trainer", "role": Role.TRAINER, "activity": EXERCISE, **launch})


def trainee(enter: Enter, **launch: Any) -> Client:
    """Let a trainee into an exercise near violence."""
    return enter(**{"activity": EXERCISE, **launch})


def save(client: Client, version: int = 0, *, checked: bool = True, **changes: str) -> TestResponse:
    """Send the card's form; `changes` name fields with an underscore for the dot."""
    given = {name.replace("_", "."): text for name, text in changes.items()}
    return client.post("referral", version=str(version), **FILLED | given, **{"checked": "1"} if checked else {})
