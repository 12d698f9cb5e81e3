"""What the canvas says of earlier work that can be brought to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.exercises import opened
from lti_tool.exercises.bringing import rules, store
from lti_tool.exercises.bringing.store import Asked
from lti_tool.exercises.owners import Owner
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.groups.rules import Trouble
from lti_tool.learning.store import exercise as find_exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Earlier work that fits a canvas."""

    exercises: Sequence[str]
    """Slugs of those of which nothing was brought here yet."""


def asked(key: WorkspaceKey, home: Owner | Trouble) -> Asked | None:
    """Tell what may be brought to a canvas by the person who asks, and writes at `home` now; nothing where none may."""
    exercise = opened.exercise()
    if not exercise.brings:
        return None
    sources = rules.sources(key.owner, home, opened.own())
    earlier = {bringing.exercise: find_exercise(bringing.exercise) for bringing in exercise.brings}
    return Asked(key=key, exercise=exercise, earlier=earlier, sources=sources) if sources else None


def invitation(key: WorkspaceKey, home: Owner | Trouble) -> Invitation | None:
    """Give what the canvas says; nothing where there is nothing to bring."""
    where = asked(key, home)
    bundles = store.find(where) if where else ()
    if not bundles:
        return None
    chosen = {bundle.bringing.exercise for bundle in bundles if not bundle.is_new}
    named = dict.fromkeys(bundle.bringing.exercise for bundle in bundles)
    return Invitation(exercises=[slug for slug in named if slug not in chosen])
