"""Actions as JSON: in files of plans, and in the journal."""

from collections.abc import Mapping
from functools import cache
from typing import Final, TypeAlias

from pydantic import TypeAdapter, ValidationError

from moodle_sync.things.action import Action
from moodle_sync.things.catalogue import ACTIONS

Document: TypeAlias = dict[str, object]
KINDS: Final[Mapping[str, type[Action]]] = {kind.__name__: kind for kind in ACTIONS}


def write_action(action: Action) -> Document:
    """Write an action as what a JSON file holds: its kind under `action`, and its parts."""
    kind = type(action).__name__
    return {"action": kind, **_adapter(kind).dump_python(action, mode="json")}


def read_action(document: Mapping[str, object]) -> Action:
    """Read an action; ValueError if it is none."""
    parts = dict(document)
    kind = str(parts.pop("action", ""))
    if kind not in KINDS:
        message = "there is no such action"
        raise ValueError(message)
    try:
        return _adapter(kind).validate_python(parts)
    except ValidationError as error:
        message = "an action has other parts than expected"
        raise ValueError(message) from error


@cache
def _adapter(kind: str) -> TypeAdapter[Action]:
    """Make it when the first action of a kind is met: most nights have none."""
    return TypeAdapter(KINDS[kind])
