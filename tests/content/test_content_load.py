from pathlib import Path

import pytest

from content.load import ContentError, load, load_courses
from content.model import ActivityKind, UnknownActivityError
from tests.content.conftest import COURSE_TEXT


def test_the_packaged_curriculum_has_no_mistakes() -> None:
    curriculum = load()

    assert "training-of-trainers" in curriculum.courses


def test_a_course_names_its_activities_in_their_order(tree: Path) -> None:
    course = load(tree).courses["basics"]

    first, second = course.modules
    assert [activity.key for activity in first.activities] == [
        (ActivityKind.UNIT, "reading"),
        (ActivityKind.EXERCISE, "canvas"),
    ]
    assert second.activities == ()
    assert course.texts["es"].modules["second"].title == "Second"


def test_courses_alone_are_the_same_as_in_the_whole(tree: Path) -> None:
    assert load_courses(tree).courses == load(tree).courses


def test_for_courses_alone_nothing_that_they_name_need_be_right(tree: Path) -> None:
    (tree / "units/reading/en.md").write_text("no heading\n", encoding="utf-8")

    assert list(load_courses(tree).courses) == ["basics"]


def test_mistakes_in_courses_alone_are_named(tree: Path) -> None:
    (tree / "curriculum/basics/en.yaml").write_text(COURSE_TEXT.replace("first:", "fist:"), encoding="utf-8")

    with pytest.raises(ContentError, match=r"curriculum/basics/en\.yaml"):
        load_courses(tree)


def test_a_unit_is_a_title_a_lead_and_a_body(tree: Path) -> None:
    text = load(tree).unit("reading").texts["en"]

    assert text.title == "A unit"
    assert text.lead == "What it says in short."
    assert text.body == "## A heading\n\nThe body with `<code>`, <https://example.org> and a < b."


def test_an_exercise_has_the_texts_of_every_language(tree: Path) -> None:
    exercise = load(tree).exercise("canvas")

    assert sorted(exercise.texts) == ["en", "es"]
    assert exercise.texts["es"].instructions == "Do **this**.\n\nThen that."


def test_a_translation_may_grow_beside_before_its_course_names_it(tree: Path) -> None:
    (tree / "units/reading/pt.md").write_text("# Uma unidade\n\nO que diz.\n\nO texto.\n", encoding="utf-8")

    unit = load(tree).unit("reading")

    assert unit.texts["pt"].title == "Uma unidade"


def test_a_file_may_start_with_a_byte_order_mark(tree: Path) -> None:
    (tree / "units/reading/unit.yaml").write_text("id: reading\nminutes: 7\n", encoding="utf-8-sig")

    unit = load(tree).unit("reading")

    assert unit.minutes == 7


def test_hidden_files_and_pythons_own_are_passed_over(tree: Path) -> None:
    (tree / "units/reading/.en.md.swp").write_bytes(b"\xff")
    (tree / "units/__pycache__").mkdir()

    curriculum = load(tree)

    assert list(curriculum.units) == ["reading"]


def test_an_unknown_unit_is_named(tree: Path) -> None:
    curriculum = load(tree)

    with pytest.raises(UnknownActivityError, match="no unit `canvas`"):
        curriculum.unit("canvas")


def test_an_unknown_exercise_is_named(tree: Path) -> None:
    curriculum = load(tree)

    with pytest.raises(UnknownActivityError, match="no exercise `reading`"):
        curriculum.exercise("reading")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    directory = tmp_path / "nowhere"

    with pytest.raises(ContentError) as caught:
        load(directory)

    [problem] = caught.value.problems
    assert problem.file == str(directory)
    assert problem.message == "isn't a folder: name the one that holds curriculum, units and exercises"


def test_the_error_itself_tells_all_problems(tree: Path) -> None:
    (tree / "units/reading/unit.yaml").unlink()
    (tree / "units/notes.txt").touch()

    with pytest.raises(ContentError) as caught:
        load(tree)

    assert str(caught.value) == (
        "units/notes.txt: isn't a folder: remove it\nunits/reading/unit.yaml: is missing: add this file"
    )
