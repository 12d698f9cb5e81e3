"""Every kind of field, part and check is whole: a room of its own, and its line in the catalogue."""

from inspect import isabstract
from pathlib import Path
from typing import get_args

import pytest

import content
from content.checks.catalogue import CanvasCheck
from content.checks.check import Check
from content.fields.catalogue import NoteField
from content.fields.field import Field
from content.parts.catalogue import CanvasPart
from content.parts.part import Part
from content.shape import Shape

PACKAGE = Path(content.__file__).parent
SHARED = {"__init__", "catalogue", "field", "part"}
FIELDS: tuple[type[Field], ...] = get_args(get_args(NoteField)[0])
PARTS: tuple[type[Part], ...] = get_args(get_args(CanvasPart)[0])
CHECKS: tuple[type[Check], ...] = get_args(get_args(CanvasCheck)[0])


def kind_of(member: type[Shape], key: str = "kind") -> str:
    """Give what a file writes to choose this kind."""
    [kind] = get_args(member.model_fields[key].annotation)
    return str(kind)


def source_of(folder: str, kind: str) -> str:
    return (PACKAGE / folder / f"{kind}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("member", [*FIELDS, *PARTS, *CHECKS])
def test_a_kind_can_do_all_that_is_asked_of_it(member: type[Shape]) -> None:
    assert not isabstract(member)


@pytest.mark.parametrize(("folder", "members"), [("fields", FIELDS), ("parts", PARTS)])
def test_every_kind_has_the_room_of_its_name_and_every_room_its_line(
    folder: str, members: tuple[type[Shape], ...]
) -> None:
    rooms = {path.stem for path in (PACKAGE / folder).glob("*.py")} - SHARED

    assert {kind_of(member): member.__module__ for member in members} == {
        room: f"content.{folder}.{room}" for room in rooms
    }


@pytest.mark.parametrize(("folder", "members"), [("fields", FIELDS), ("parts", PARTS)])
def test_no_kind_knows_another_of_its_sort(folder: str, members: tuple[type[Shape], ...]) -> None:
    kinds = {kind_of(member) for member in members}

    known = {
        kind: {other for other in kinds - {kind} if f"content.{folder}.{other} import" in source_of(folder, kind)}
        for kind in kinds
    }

    assert known == {kind: set() for kind in kinds}


def test_every_rule_has_a_name_of_its_own() -> None:
    rules = [kind_of(member, "rule") for member in CHECKS]

    assert len(rules) == len(set(rules)) > 0
