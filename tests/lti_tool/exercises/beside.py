"""A small curriculum whose exercise has a worked example and a facilitator's page, for the application."""

from pathlib import Path

from flask import Flask

from content.load import load
from tests.content.conftest import FILES

ACTIVITY = "exercise/canvas"


def give_curriculum(app: Flask, folder: Path) -> None:
    """Let the application have it."""
    for file, text in FILES.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    app.extensions["curriculum"] = load(folder)
