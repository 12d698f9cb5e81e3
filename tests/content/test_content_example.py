"""The small curriculum that somebody begins their own with."""

import subprocess
import sys
from pathlib import Path

import pytest

from content.load import load


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "content", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("make", [False, True], ids=["a new folder", "an empty one"])
def test_it_is_written_without_mistakes_and_what_to_do_next_is_said(tmp_path: Path, *, make: bool) -> None:
    folder = tmp_path / "courses" / "ours"
    if make:
        folder.mkdir(parents=True)

    result = run("example", folder)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        f"6 files are in {folder}: a course, a unit and an exercise. Change them, and add others.\n"
        f"Check them with: {sys.executable} -m content check {folder}\n"
        f"Let the tool and moodle-sync read them with: export CONTENT_DIR={folder}\n"
    )
    curriculum = load(folder)
    assert (list(curriculum.courses), list(curriculum.units), list(curriculum.exercises)) == (
        ["first-course"],
        ["welcome"],
        ["first-steps"],
    )


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    result = run("example", tmp_path)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{tmp_path}: isn't empty: name a folder that is, or that isn't there yet.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("below", ["", "inside"])
def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.touch()

    result = run("example", file / below)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{file / below}: can't be written there: Not a directory.\n"
