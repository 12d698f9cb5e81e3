"""Actions as JSON: in files of plans, and in the journal."""

from collections.abc import Mapping
from typing import TypeAlias, get_args

from pydantic import TypeAdapter, ValidationError

from moodle_sync.actions import Action

Document: TypeAlias = dict[str, object]
ADAPTERS: Mapping[str, TypeAdapter[Action]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Action)}


def write_action(action: Action) -> Document:
    """Write an action as what a JSON file holds: its kind under `action`, and its parts."""
    kind = type(action).__name__
    return {"action": kind, **ADAPTERS[kind].dump_python(action, mode="json")}


def read_action(document: Mapping[str, object]) -> Action:
    """Read an action; ValueError if it is none."""
    parts = dict(document)
    adapter = ADAPTERS.get(str(parts.pop("action", "")))
    if adapter is None:
        message = "there is no such action"
        raise ValueError(message)
    try:
        return adapter.validate_python(parts)
    except ValidationError as error:
        message = "an action has other parts than expected"
        raise ValueError(message) from error
