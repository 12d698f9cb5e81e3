import re
from pathlib import Path

import click

from lti_tool.cli import main
from lti_tool.config import Settings
from moodle_sync.cli import commands as sync

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_every_make_target_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"(?:^|`|STRICT=1 )make ([a-z-]+)", README, re.MULTILINE))

    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "test"} <= named <= there


def test_the_table_of_settings_is_the_settings() -> None:
    named = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)

    assert set(named) == set(Settings.model_fields)


def test_every_command_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"lti-tool ((?:platforms |keys |deliveries |person )?[a-z-]+)", README))

    there = {" ".join(path) for path in _commands(main)}
    assert {"serve", "platforms approve"} <= named <= there


def test_every_command_of_the_sync_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"^moodle-sync ([a-z]+)", README, re.MULTILINE))

    assert named == {" ".join(path) for path in _commands(sync)}


def _commands(group: click.Group) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, *rest) for rest in _commands(command)]
    return found
