"""The blueprint and the journal: how their notes are laid out, and what is wrong in their files."""

from pathlib import Path

import pytest

from content.fields.field import Value
from content.load import ContentError, load
from content.parts.blueprint import BlueprintPart
from content.parts.entries import EntriesPart
from content.worked import WorkedNote
from tests.content import over_time
from tests.content.over_time import STRUCTURE, TEXT


@pytest.fixture
def blueprint(tmp_path: Path) -> BlueprintPart:
    part = over_time.curriculum(tmp_path).exercise("over-time").part("service")
    assert isinstance(part, BlueprintPart)
    return part


@pytest.fixture
def journal(tmp_path: Path) -> EntriesPart:
    part = over_time.curriculum(tmp_path).exercise("over-time").part("journal")
    assert isinstance(part, EntriesPart)
    return part


def note(name: str, **values: Value) -> WorkedNote:
    return WorkedNote(id=name, part="", cell="", values=values)


def columns_of(part: BlueprintPart, **notes: list[WorkedNote]) -> list[tuple[str | None, dict[str, list[str]]]]:
    return [
        (
            column.step.id if column.step else None,
            {row: [one.id for one in under] for row, under in column.under.items()},
        )
        for column in part.columns(notes)
    ]


def test_each_row_of_a_blueprint_is_a_cell(blueprint: BlueprintPart) -> None:
    assert blueprint.cells() == ("steps", "seen", "unseen")


def test_notes_stand_under_the_steps_in_the_order_of_these(blueprint: BlueprintPart) -> None:
    seen = [note("a", under="second"), note("b", under="first"), note("c", under="second")]

    columns = columns_of(blueprint, steps=[note("first"), note("second")], seen=seen, unseen=[])

    assert columns == [
        ("first", {"seen": ["b"], "unseen": []}),
        ("second", {"seen": ["a", "c"], "unseen": []}),
    ]


def test_what_is_under_no_step_that_is_there_comes_last(blueprint: BlueprintPart) -> None:
    columns = columns_of(blueprint, steps=[note("first")], seen=[note("a")], unseen=[note("b", under="gone")])

    assert columns == [("first", {"seen": [], "unseen": []}), (None, {"seen": ["a"], "unseen": ["b"]})]


def test_a_blueprint_without_notes_has_no_columns(blueprint: BlueprintPart) -> None:
    assert blueprint.columns({}) == []


def test_entries_are_listed_by_month_the_newest_first(journal: EntriesPart) -> None:
    notes = [note("a", day="2026-04-30"), note("b"), note("c", day="2026-05-02"), note("d", day="2026-04-01")]

    months = {month: [one.id for one in entries] for month, entries in journal.months(notes).items()}

    assert list(months.items()) == [("2026-05", ["c"]), ("2026-04", ["a", "d"]), ("", ["b"])]


def test_a_line_between_rows_has_words_of_its_own(tmp_path: Path) -> None:
    over_time.curriculum(tmp_path)
    for file, old, new in (
        (STRUCTURE, "    step: under\n", "    step: under\n    lines: {unseen: sight}\n"),
        (TEXT, "    help: Add a step.\n", "    help: Add a step.\n    lines: {sight: The line of sight}\n"),
    ):
        text = (tmp_path / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")

    exercise = load(tmp_path).exercise("over-time")

    assert exercise.part("service").cells() == ("steps", "seen", "unseen")
    assert str(exercise.texts["en"].parts["service"].captions["lines"]["sight"]) == "The line of sight"


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (STRUCTURE, "step: under", "step: what", "parts[0].step: `what` isn't a pointer: choose one of under"),
        (STRUCTURE, "step: under", "step: over", "parts[0].step: `over` isn't a pointer: choose one of under"),
        (STRUCTURE, "dated: day", "dated: entry", "parts[1].dated: `entry` isn't a date: choose one of day"),
        (
            STRUCTURE,
            "[steps, seen, unseen]",
            "[steps, seen, seen]",
            "parts[0].rows[2]: `seen` is already in this list: keep one or rename it",
        ),
        (
            TEXT,
            "      unseen: {title: Out of sight}\n",
            "",
            "parts.service.rows.unseen: is missing: the structure has it, so add its text",
        ),
        (
            STRUCTURE,
            "    step: under\n",
            "    step: under\n    lines: {steps: sight}\n",
            "parts[0].lines.steps: `steps` isn't a row of `service` below the steps: choose one of seen, unseen",
        ),
        (
            STRUCTURE,
            "    step: under\n",
            "    step: under\n    lines: {seen: sight, unseen: sight}\n",
            "parts[0].lines[1]: `sight` is already in this list: keep one or rename it",
        ),
        (
            STRUCTURE,
            "checks:\n",
            "checks:\n  - {id: behind, rule: notes_reached, part: service, by: what, at_least: 1}\n",
            "checks[0].by: `what` isn't a pointer: choose one of under",
        ),
        (
            STRUCTURE,
            "checks:\n",
            "checks:\n  - {id: d, rule: notes_reached, part: service, by: under, where: {given: [why]}, at_least: 1}\n",
            "checks[0].where.given: `why` isn't a field of `service`: choose one of what, under",
        ),
        (
            STRUCTURE,
            "checks:\n",
            "checks:\n  - {id: loop, rule: loop_closed, part: journal, by: day, at_least: 2}\n",
            "checks[0].by: `day` isn't a pointer: there is none to choose, so remove this",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    over_time.curriculum(tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load(tmp_path)

    assert f"{file}: {problem}" in [str(found) for found in caught.value.problems]
