import os
import subprocess
import sys
from pathlib import Path

HELP = """\
usage: python -m content [-h] COMMAND ...

The curriculum's own tools.

positional arguments:
  COMMAND
    check     name all mistakes in a curriculum's files
    example   write a small curriculum to begin one of your own with

options:
  -h, --help  show this help message and exit
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "content", *map(str, arguments)]
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment)


def test_a_curriculum_without_mistakes_is_summed_up_in_one_line(tree: Path) -> None:
    result = run("check", tree)

    assert result.stdout == "1 course, 2 modules, 1 unit, 1 exercise in en, es: no mistakes.\n"
    assert result.stderr == ""
    assert result.returncode == 0


def test_the_packaged_curriculum_is_checked_without_a_directory() -> None:
    result = run("check")

    assert result.stdout.endswith(": no mistakes.\n")
    assert result.returncode == 0


def test_mistakes_are_printed_sorted_one_on_a_line(tree: Path) -> None:
    (tree / "units/reading/es.md").unlink()
    (tree / "units/reading/unit.yaml").write_text("id: reading\nminutes: ten\nauthor: me\n", encoding="utf-8")

    result = run("check", tree)

    assert result.stdout == (
        "units/reading/es.md: is missing: add this file, since the course `basics` is in this language\n"
        "units/reading/unit.yaml: author: isn't known here: remove it or correct its name\n"
        "units/reading/unit.yaml: minutes: must be a whole number without quotes\n"
    )
    assert result.stderr == "3 mistakes in 2 files.\n"
    assert result.returncode == 1


def test_one_mistake_is_counted_as_one(tree: Path) -> None:
    (tree / "units/notes.txt").touch()

    result = run("check", tree)

    assert result.stdout == "units/notes.txt: isn't a folder: remove it\n"
    assert result.stderr == "1 mistake in 1 file.\n"
    assert result.returncode == 1


def test_help_names_the_command() -> None:
    result = run("--help")

    assert result.stdout == HELP
    assert result.stderr == ""
    assert result.returncode == 0


def test_wrong_usage_exits_with_2() -> None:
    result = run("chekc")

    assert result.stdout == ""
    assert "invalid choice: 'chekc'" in result.stderr
    assert result.returncode == 2


def test_no_command_is_wrong_usage() -> None:
    result = run()

    assert result.stdout == ""
    assert result.stderr == (
        "usage: python -m content [-h] COMMAND ...\n"
        "python -m content: error: the following arguments are required: COMMAND\n"
    )
    assert result.returncode == 2
