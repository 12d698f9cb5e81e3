"""How a part is read on paper: each kind of part gives its notes in an order of its own."""

from pathlib import Path

import pytest

from content.fields.field import Value
from content.model import Exercise
from content.parts.part import Part
from content.worked import WorkedNote
from tests.content import lanes, over_time
from tests.lti_tool.making import packaged_curriculum

Read = list[tuple[tuple[str, str] | None, list[str], int]]


def note(name: str, **values: Value) -> WorkedNote:
    return WorkedNote(id=name, part="", cell="", values=values)


def read(part: Part, **notes: list[WorkedNote]) -> Read:
    cells = {cell.replace("_", "/"): found for cell, found in notes.items()}
    return [(one.heading, [each.id for each in one.notes], one.depth) for one in part.passages(cells)]


def test_a_grid_is_read_row_by_row_and_column_by_column() -> None:
    matrix = packaged_curriculum().exercise("needs-matrix").part("matrix")

    found = read(matrix, subsistence_having=[note("a"), note("b")], protection_being=[note("c")])

    first, at_having = found[0], found.index((("columns", "having"), ["a", "b"], 1))
    assert first == (("rows", "subsistence"), [], 0)
    assert found.index((("columns", "being"), [], 1)) != at_having
    assert at_having < found.index((("rows", "protection"), [], 0)) < found.index((("columns", "being"), ["c"], 1))
    assert sum(len(notes) for _, notes, _ in found) == 3


def test_lanes_are_read_in_their_order(tmp_path: Path) -> None:
    way = lanes.curriculum(tmp_path).exercise("service-walk").part("way")

    assert read(way, after=[note("a")], before=[note("b")]) == [
        (("lanes", "before"), ["b"], 0),
        (("lanes", "at-the-door"), [], 0),
        (("lanes", "after"), ["a"], 0),
    ]


def test_a_blueprint_is_read_step_by_step_and_what_is_under_none_comes_last(tmp_path: Path) -> None:
    service = over_time.curriculum(tmp_path).exercise("over-time").part("service")
    seen = [note("a", under="second"), note("b"), note("c", under="first")]
    notes = {"steps": [note("first"), note("second")], "seen": seen}

    assert [one for one in read(service, **notes) if one[0] != ("rows", "unseen")] == [
        (("rows", "steps"), ["first"], 0),
        (("rows", "seen"), ["c"], 1),
        (("rows", "steps"), ["second"], 0),
        (("rows", "seen"), ["a"], 1),
        (None, [], 0),
        (("rows", "seen"), ["b"], 1),
    ]
    assert [one.is_rest for one in service.passages(notes)][::3] == [False, False, True]


def test_a_journal_is_read_by_its_days_and_what_has_none_comes_last(tmp_path: Path) -> None:
    journal = over_time.curriculum(tmp_path).exercise("over-time").part("journal")
    day = getattr(journal, "dated")  # noqa: B009 - only this kind has it
    entries = [note("none"), note("late", **{day: "2026-05-02"}), note("early", **{day: "2026-04-01"})]

    assert read(journal, entries=entries) == [(None, ["early", "late", "none"], 0)]


def every_part() -> list[tuple[Exercise, Part]]:
    """Give each part of each packaged exercise."""
    return [(exercise, part) for exercise in packaged_curriculum().exercises.values() for part in exercise.parts]


@pytest.mark.parametrize(("exercise", "part"), every_part(), ids=lambda one: one.id)
def test_every_note_is_read_once_in_every_part(exercise: Exercise, part: Part) -> None:
    notes = {cell: [note(f"{cell} {number}") for number in range(2)] for cell in part.cells()}

    found = [one.id for passage in part.passages(notes) for one in passage.notes]

    assert sorted(found) == sorted(one.id for cell in notes.values() for one in cell), exercise.id


def test_cards_with_axes_are_drawn_as_a_map_from_above_and_other_parts_are_not() -> None:
    actors = packaged_curriculum().exercise("power-interest-map").part("actors")
    axes = getattr(actors, "axes")  # noqa: B009 - only this kind has it
    cards = [note("a", **{axes.x: 1, axes.y: 5}), note("b"), note("c", **{axes.x: 1, axes.y: 5})]

    drawing = actors.drawing(cards)

    assert drawing
    assert (drawing.x, drawing.y) == (axes.x, axes.y)
    assert drawing.at == {(1, 5): [1, 3]}
    assert drawing.rows[0] > drawing.rows[-1]
    assert packaged_curriculum().exercise("needs-matrix").part("matrix").drawing(cards) is None
