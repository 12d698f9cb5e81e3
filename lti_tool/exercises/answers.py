"""What trainers answer to a piece of work: reviews stand above exercises, so the application brings both together."""

from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass

from flask import Flask, current_app
from markupsafe import Markup

from lti_tool.exercises.store import WorkspaceKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that trainers released, as whoever did the work may read it: without the mark, which Moodle may hide."""

    submission_id: int
    """What the trainer had read who released last."""
    is_marked: bool
    asks_to_revise: bool
    """Whether the last one asks to revise what was handed in last."""
    at_notes: Mapping[str, Markup]
    """What stands at the notes, by their ids."""
    number: int
    """How many releases there were when this was read."""
    listed: Markup
    """All of it, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Where answers are found."""

    of_work: Callable[[WorkspaceKey, Collection[str]], Answer | None]
    """Gives what was released of a piece of work, for a page on which these notes stand."""
    count: Callable[[int], int]
    """Tells how many releases there are of the work in a workspace."""
    is_marked: Callable[[WorkspaceKey], bool]
    """Tells whether a trainer gave a piece of work a mark."""
    marked: Callable[[int, str, Collection[int]], Set[int]]
    """Chooses, of people, those who have a mark of a trainer for an exercise in a course, whichever work it was for."""


def init_app(app: Flask, answers: Answers) -> None:
    """Tell the application where answers are found."""
    app.extensions["answers"] = answers


def find(key: WorkspaceKey, present: Collection[str]) -> Answer | None:
    """Give what was released of a piece of work, for a page on which these notes stand."""
    return _answers().of_work(key, present)


def count(workspace_id: int) -> int:
    """Tell how many releases there are of the work in a workspace."""
    return _answers().count(workspace_id)


def is_marked(key: WorkspaceKey) -> bool:
    """Tell whether a trainer gave a piece of work a mark."""
    return _answers().is_marked(key)


def marked(key: WorkspaceKey, people: Collection[int]) -> Set[int]:
    """Choose those who have a mark of a trainer for a workspace's exercise in its course, whichever work it was for."""
    return _answers().marked(key.course_id, key.exercise, people)


def _answers() -> Answers:
    answers: Answers = current_app.extensions["answers"]
    return answers
