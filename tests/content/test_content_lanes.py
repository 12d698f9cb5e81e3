"""Lanes: a kind of part that touches no other."""

from pathlib import Path

import pytest

from content.load import ContentError, load
from content.model import Exercise
from tests.content import lanes

STRUCTURE = "exercises/service-walk/exercise.yaml"
TEXT = "exercises/service-walk/en.yaml"


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    return lanes.curriculum(tmp_path).exercise("service-walk")


def test_each_lane_is_a_cell_in_its_order(exercise: Exercise) -> None:
    assert exercise.part("way").cells() == ("before", "at-the-door", "after")


def test_a_lane_holds_as_many_notes_as_its_part_says(exercise: Exercise) -> None:
    assert exercise.part("way").notes_per_cell == 5


def test_it_is_read_again_from_json_with_every_kind_of_field(exercise: Exercise) -> None:
    assert Exercise.model_validate_json(exercise.model_dump_json()) == exercise


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (STRUCTURE, "before, at-the-door, after", "before, after, before, at-the-door", "parts[0].lanes[2]"),
        (STRUCTURE, "[before, at-the-door, after]", "[before]", "parts[0].lanes"),
        (STRUCTURE, "places: lanes, at_least: 3", "places: lanes, at_least: 4", "checks[0].at_least"),
        (STRUCTURE, "most_in_cell: 5", "most_in_cell: 0", "parts[0].most_in_cell"),
        (STRUCTURE, "most_notes: 40", "most_notes: 0", "most_notes"),
        (STRUCTURE, '["yes"]', "[yes]", "questions[0].where.chosen.paid[0]"),
        (STRUCTURE, "actors: [user, family]", "actors: [user, council]", "questions[0].where.chosen.actors"),
        (STRUCTURE, "maximum: 60", "maximum: -1", "parts[0].fields[6].maximum"),
        (STRUCTURE, "kind: date", "kind: day", "parts[0].fields[5]"),
        (TEXT, "      after: {title: After}\n", "", "parts.way.lanes.after"),
        (TEXT, "    lanes:", "    rows:", "parts.way.lanes.before"),
        (TEXT, "        marks: {family: Family}\n", "", "parts.way.fields.actors.marks.family"),
        (
            TEXT,
            "{label: Is it paid?}",
            "{label: Is it paid?, options: {'yes': Yes}}",
            "parts.way.fields.paid.options.yes",
        ),
        (
            TEXT,
            "hours: {label: Hours",
            "hours: {label: Hours, minimum_label: None",
            "parts.way.fields.hours.minimum_label",
        ),
    ],
)
def test_every_mistake_is_told_with_its_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    lanes.curriculum(tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load(tmp_path)

    assert (file, problem) in [(found.file, found.key) for found in caught.value.problems]
