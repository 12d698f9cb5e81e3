"""What trainers see of an exercise."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from lti_tool.exercises import views as exercises

blueprint = Blueprint("facilitation", __name__)


def open_exercise(slug: str) -> ResponseReturnValue:
    """Show the exercise."""
    return exercises.show()
