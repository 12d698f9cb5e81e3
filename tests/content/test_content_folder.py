from collections.abc import Callable
from pathlib import Path

import pytest

COURSE = "curriculum/basics/course.yaml"
UNIT = "units/reading/unit.yaml"
UNIT_EN = "units/reading/en.md"
CANVAS = "exercises/canvas/exercise.yaml"
CANVAS_EN = "exercises/canvas/en.yaml"

MISSING_LANGUAGE = "is missing: add this file, since the course `basics` is in this language"
UNKNOWN_LANGUAGE = "isn't known here: name a text by its language, one of en, es, pt, el, ar, fr, or remove the file"

Swap = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]


def test_a_missing_structure_file_is_reported(tree: Path, problems: Problems) -> None:
    (tree / UNIT).unlink()

    assert problems() == [f"{UNIT}: is missing: add this file"]


@pytest.mark.parametrize("file", ["curriculum/basics/es.yaml", "units/reading/es.md", "exercises/canvas/es.yaml"])
def test_a_language_of_the_course_is_due_in_all_it_uses(tree: Path, problems: Problems, file: str) -> None:
    (tree / file).unlink()

    assert problems() == [f"{file}: {MISSING_LANGUAGE}"]


def test_a_file_of_an_unknown_language_is_reported(tree: Path, problems: Problems) -> None:
    (tree / CANVAS_EN).rename(tree / "exercises/canvas/ed.yaml")

    assert problems() == [
        f"exercises/canvas/ed.yaml: {UNKNOWN_LANGUAGE}",
        f"{CANVAS_EN}: {MISSING_LANGUAGE}",
    ]


def test_a_file_where_folders_belong_is_reported(tree: Path, problems: Problems) -> None:
    (tree / "exercises/canvas.yaml").touch()

    assert problems() == ["exercises/canvas.yaml: isn't a folder: remove it"]


def test_another_encoding_is_reported(tree: Path, problems: Problems) -> None:
    (tree / UNIT_EN).write_bytes("# Título".encode("latin-1"))

    assert problems() == [f"{UNIT_EN}: isn't UTF-8: save it in that encoding"]


def test_a_folder_for_a_file_is_reported(tree: Path, problems: Problems) -> None:
    (tree / UNIT_EN).unlink()
    (tree / UNIT_EN).mkdir()

    assert problems() == [f"{UNIT_EN}: can't be read: Is a directory"]


@pytest.mark.parametrize("text", ["", "- a\n", "a\n"])
def test_a_file_that_holds_no_keys_is_reported(tree: Path, problems: Problems, text: str) -> None:
    (tree / UNIT).write_text(text, encoding="utf-8")

    assert problems() == [f"{UNIT}: must hold keys with their values, one on each line"]


def test_a_unit_that_does_not_exist_is_reported(swap: Swap, problems: Problems) -> None:
    swap(COURSE, "- unit: reading", "- unit: reading\n      - unit: canvas")

    assert problems() == [
        f"{COURSE}: modules[0].activities[1].unit: there is no unit `canvas`: add its folder or correct the name"
    ]


def test_an_exercise_that_does_not_exist_is_reported(swap: Swap, problems: Problems) -> None:
    swap(COURSE, "- exercise: canvas", "- exercise: canvas\n      - exercise: reading")

    advice = "there is no exercise `reading`: add its folder or correct the name"
    assert problems() == [f"{COURSE}: modules[0].activities[2].exercise: {advice}"]


@pytest.mark.parametrize(
    ("activity", "folder"), [("unit: reading", "units/reading"), ("exercise: canvas", "exercises/canvas")]
)
def test_a_folder_that_no_course_uses_is_reported(swap: Swap, problems: Problems, activity: str, folder: str) -> None:
    swap(COURSE, f"      - {activity}\n", "")

    assert problems() == [f"{folder}: is in no course: place it in one or remove it"]


def test_no_course_at_all_is_the_only_problem(tree: Path, problems: Problems) -> None:
    (tree / "curriculum").rename(tree / "courses")

    assert problems() == ["curriculum: has no course: add a folder with a course.yaml"]


def test_a_course_that_cannot_be_read_makes_nothing_unused(swap: Swap, problems: Problems) -> None:
    swap(COURSE, "id: basics", "id: Basics")

    assert problems() == [f"{COURSE}: id: must be small letters, digits and single hyphens: `like-this`"]


def test_a_unit_that_cannot_be_read_is_there_all_the_same(swap: Swap, problems: Problems) -> None:
    swap(UNIT, "minutes: 5", "minutes: five")

    assert problems() == [f"{UNIT}: minutes: must be a whole number without quotes"]


def test_all_mistakes_of_all_files_are_reported_at_once(swap: Swap, problems: Problems) -> None:
    swap(COURSE, "- unit: reading", "- unit: writing")
    swap(UNIT_EN, "# A unit", "A unit")
    swap(CANVAS, "part: asked, at_least: 2", "part: asked, at_least: 3")
    swap(CANVAS_EN, "title: A canvas", "title: true")

    places = [problem.split(": ")[:2] for problem in problems()]

    assert places == [
        [COURSE, "modules[0].activities[0].unit"],
        [CANVAS_EN, "title"],
        [CANVAS, "checks[6].at_least"],
        ["units/reading", "is in no course"],
        [UNIT_EN, "title"],
    ]


def test_a_problem_stays_on_one_line_whatever_a_file_says(swap: Swap, problems: Problems) -> None:
    swap(UNIT, "minutes: 5", 'minutes: 5\n"two\\nlines": 1')

    assert problems() == [f"{UNIT}: two lines: isn't known here: remove it or correct its name"]
