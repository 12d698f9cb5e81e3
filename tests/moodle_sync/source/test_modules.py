"""The modules of a course, as they shall be sections."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.desired import Input, read_input
from moodle_sync.things.section import MODULES

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def read(folder: Path, *lines: str) -> Input:
    file = folder / "moodle-sync.toml"
    file.write_text("\n".join([file.read_text(encoding="utf-8"), *lines]), encoding="utf-8")
    return read_input(file, folder / "content", NOW)


def test_whether_sections_are_shown_is_nobodys_to_say_at_first(folder: Path) -> None:
    modules = read(folder).state[MODULES]["basics"]

    assert [(module.id, module.name, module.visible) for module in modules] == [
        ("one", "First things", None),
        ("two", "Second things", None),
    ]


def test_who_names_hidden_modules_says_it_of_all(folder: Path) -> None:
    modules = read(folder, 'hidden = ["two"]').state[MODULES]["basics"]

    assert [module.visible for module in modules] == [True, False]


def test_a_hidden_module_that_the_course_does_not_have_is_refused(folder: Path) -> None:
    with pytest.raises(InputRefused, match=r"hidden.*the course has no module three: it has one, two"):
        read(folder, 'hidden = ["three"]')
