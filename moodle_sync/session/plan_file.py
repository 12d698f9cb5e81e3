"""A plan as a file: written by `plan`, read by `apply`, and for programs.

It names people, so only its owner may read it. The fingerprint tells whether somebody changed it afterwards.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from moodle_sync.applying.cost import Cost
from moodle_sync.documents import Document, read_action, write_action
from moodle_sync.errors import PlanRefused
from moodle_sync.planning.plan import Options
from moodle_sync.telling.report import count
from moodle_sync.things.action import Action
from moodle_sync.things.finding import Conflict, Remark

OPTIONS: Final = TypeAdapter(Options)
WHAT: Final = "moodle-sync plan"
VERSION: Final = 1
SIGNED: Final = ("site", "options", "allowed", "actions")
"""What the fingerprint is made of: everything that decides what apply does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What guards let pass because somebody said so: exactly so many removals, and at most so many mails."""

    removals: int | None = None
    mails: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan with all that it was made from."""

    site: str
    made: datetime
    options: Options
    allowed: Allowed
    actions: tuple[Action, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]
    cost: Cost


class _Shape(BaseModel):
    """The parts of the file that are read again."""

    model_config = ConfigDict(frozen=True)

    what: str
    version: int
    site: str
    made: datetime
    options: Options
    allowed: Allowed
    actions: tuple[dict[str, object], ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...] = ()
    """Which files of former versions don't have."""
    mails: int
    removals: int
    requests: int
    fingerprint: str


def write_options(options: Options) -> Document:
    """Write options, with what has no order in a fixed one."""
    parts: Document = OPTIONS.dump_python(options, mode="json")
    return {name: sorted(value) if isinstance(value, list) else value for name, value in parts.items()}


def read_options(parts: Mapping[str, object]) -> Options:
    """Read options that were written; those that a former version didn't have are as usual."""
    return OPTIONS.validate_python(parts)


def document(file: PlanFile) -> Document:
    """Write a plan as what its JSON holds."""
    parts: Document = {
        "what": WHAT,
        "version": VERSION,
        "site": file.site,
        "made": file.made.isoformat(timespec="seconds"),
        "options": write_options(file.options),
        "allowed": TypeAdapter(Allowed).dump_python(file.allowed, mode="json"),
        "actions": [write_action(action) for action in file.actions],
        "conflicts": TypeAdapter(tuple[Conflict, ...]).dump_python(file.conflicts, mode="json"),
        "remarks": TypeAdapter(tuple[Remark, ...]).dump_python(file.remarks, mode="json"),
        "counts": {kind.noun: number for kind, number in count(file.actions).items()},
        "mails": file.cost.mails,
        "removals": file.cost.removals,
        "requests": file.cost.requests,
    }
    return {**parts, "fingerprint": _fingerprint(parts)}


def text(file: PlanFile) -> str:
    """Write a plan as JSON, in lines that can be compared."""
    return json.dumps(document(file), ensure_ascii=False, indent=1) + "\n"


def save(file: PlanFile, path: Path) -> None:
    """Write a plan for its owner only; whoever reads at the same time sees the old file or the new one, whole."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text(file))
        Path(name).replace(path)
    except OSError as error:
        message = f"{path}: can't be written: {error.strerror}"
        raise PlanRefused(message) from error


def load(path: Path, site: str) -> PlanFile:
    """Read a plan for a site; PlanRefused says what is wrong with it."""
    parts = _parts(path)
    if parts.get("what") != WHAT:
        raise _refusal(path, "is no plan: make one with `moodle-sync plan -o FILE`")
    if parts.get("version") != VERSION:
        raise _refusal(path, "was written by another version of moodle-sync: make the plan again")
    try:
        shape = _Shape.model_validate(parts)
        actions = tuple(map(read_action, shape.actions))
    except (ValidationError, ValueError) as error:
        raise _refusal(path, "is damaged: make the plan again") from error
    if shape.fingerprint != _fingerprint(parts):
        raise _refusal(path, "was changed after it was made: make the plan again")
    if shape.site != site:
        raise _refusal(path, f"is a plan for {shape.site}, and the configuration names {site}")
    return PlanFile(
        site=shape.site,
        made=shape.made,
        options=shape.options,
        allowed=shape.allowed,
        actions=actions,
        conflicts=shape.conflicts,
        remarks=shape.remarks,
        cost=Cost(mails=shape.mails, removals=shape.removals, requests=shape.requests),
    )


def _parts(path: Path) -> Document:
    try:
        parts: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refusal(path, f"can't be read: {error.strerror}") from error
    except ValueError as error:
        raise _refusal(path, "is no plan: it isn't JSON") from error
    return parts if isinstance(parts, dict) else {}


def _fingerprint(parts: Mapping[str, object]) -> str:
    signed = json.dumps([parts.get(name) for name in SIGNED], sort_keys=True)
    return hashlib.sha256(signed.encode()).hexdigest()


def _refusal(path: Path, message: str) -> PlanRefused:
    return PlanRefused(f"{path}: {message}")
