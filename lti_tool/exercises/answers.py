"""What trainers answer to a piece of work: reviews stand above exercises, so the application brings both together."""

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from lti_tool.exercises.store import WorkspaceKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a trainer released, as whoever did the work may read it: without the mark, which Moodle may hide."""

    sentence: str
    """Empty where the trainer gave nothing but a mark."""
    language: str
    released_at: datetime
    submission_id: int
    """What the trainer had read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Where answers are found."""

    of_work: Callable[[WorkspaceKey], Answer | None]
    """Gives what was released last of a piece of work."""
    marked: Callable[[int, str, Collection[int]], Set[int]]
    """Chooses, of people, those who have a mark of a trainer for an exercise in a course, whichever work it was for."""


def init_app(app: Flask, answers: Answers) -> None:
    """Tell the application where answers are found."""
    app.extensions["answers"] = answers


def find(key: WorkspaceKey) -> Answer | None:
    """Give what was released last of a piece of work."""
    return _answers().of_work(key)


def marked(key: WorkspaceKey, people: Collection[int]) -> Set[int]:
    """Choose those who have a mark of a trainer for a workspace's exercise in its course, whichever work it was for."""
    return _answers().marked(key.course_id, key.exercise, people)


def _answers() -> Answers:
    answers: Answers = current_app.extensions["answers"]
    return answers
