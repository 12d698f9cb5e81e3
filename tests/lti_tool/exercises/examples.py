"""A small exercise with a part of each kind, and notes in it."""

from typing import Any
from uuid import uuid4

from content.model import Exercise
from lti_tool.exercises.rules import Draft, Note

TEXT = {
    "title": "A title",
    "summary": "A summary.",
    "safety": "Write about nobody.",
    "instructions": "Do it.",
    "parts": {
        "grid": {
            "title": "Grid",
            "help": "Help.",
            "rows": {"top": {"title": "Top"}, "bottom": {"title": "Bottom"}},
            "columns": {"left": {"title": "Left"}, "right": {"title": "Right"}},
            "fields": {
                "what": {"label": "What"},
                "kind": {"label": "Kind", "options": {"good": "Good", "bad": "Bad"}},
                "weight": {"label": "Weight"},
            },
        },
        "cards": {
            "title": "Cards",
            "help": "Help.",
            "fields": {"who": {"label": "Who"}, "power": {"label": "Power"}, "interest": {"label": "Interest"}},
        },
        "questions": {"title": "Questions", "help": "Help.", "questions": {"why": "Why?", "how": "How?"}},
    },
    "checks": {"one": "One note is there."},
}

STRUCTURE = {
    "id": "example",
    "minutes": 5,
    "score_maximum": 10,
    "parts": (
        {
            "id": "grid",
            "kind": "grid",
            "rows": ("top", "bottom"),
            "columns": ("left", "right"),
            "fields": (
                {"id": "what", "kind": "text", "max_length": 20},
                {"id": "kind", "kind": "choice", "options": ("good", "bad")},
                {"id": "weight", "kind": "scale", "minimum": 1, "maximum": 5},
            ),
        },
        {
            "id": "cards",
            "kind": "cards",
            "fields": (
                {"id": "who", "kind": "text", "max_length": 20},
                {"id": "power", "kind": "scale", "minimum": 1, "maximum": 5},
                {"id": "interest", "kind": "scale", "minimum": 1, "maximum": 5},
            ),
            "axes": {"x": "power", "y": "interest"},
        },
        {"id": "questions", "kind": "questions", "questions": ("why", "how"), "max_length": 200},
    ),
    "checks": ({"id": "one", "rule": "notes_written", "part": "grid", "at_least": 1},),
    "texts": {"en": TEXT},
}


def exercise(*checks: dict[str, Any], questions: tuple[dict[str, Any], ...] = ()) -> Exercise:
    """Give the exercise, with other checks where some are named, and with questions to the author."""
    return Exercise.model_validate({**STRUCTURE, "checks": checks or STRUCTURE["checks"], "questions": questions})


def note(cell: str = "top/left", part: str = "grid", *, version: int = 1, **values: str | int) -> Note:
    """Give a saved note."""
    return Note(id=str(uuid4()), part=part, cell=cell, values=values, version=version, language="en")


def draft(cell: str = "top/left", part: str = "grid", *, version: int = 0, **values: str | int) -> Draft:
    """Give a draft of a new note."""
    return Draft(id=str(uuid4()), part=part, cell=cell, values=values, version=version, language="en")
