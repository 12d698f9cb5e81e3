"""What changed between two hand-ins: which notes came, went, moved or say something else, in reading order."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.model import Exercise
from lti_tool.exercises.rules import Note
from lti_tool.reviews.changes import Change, Changes, HandedIn, Kind, compare
from tests.lti_tool.exercises.examples import exercise

EXERCISE = exercise()


def note(note_id: str, cell: str = "top/left", part: str = "grid", **values: Any) -> Note:
    return Note(id=note_id, part=part, cell=cell, values=values or {"what": note_id}, version=1, language="en")


def changed(before: list[Note], after: list[Note], earlier: Exercise = EXERCISE, later: Exercise = EXERCISE) -> Changes:
    return compare(HandedIn(exercise=earlier, notes=before), HandedIn(exercise=later, notes=after))


def told(change: Change) -> str:
    return f"{change.note.id}: {' '.join(change.kinds)}"


A, B, C, D = (note(name) for name in "abcd")
IN_RIGHT = note("a", "top/right")
CASES = {
    "nothing": ([A, B], [A, B], []),
    "one came": ([A], [A, B], ["b: added"]),
    "one came in front": ([A], [B, A], ["b: added"]),
    "one went": ([A, B], [B], ["a: gone"]),
    "one that went is told where it stood": ([A, B, C], [A, D, C], ["b: gone", "d: added"]),
    "one moved to another cell": ([A, B], [B, IN_RIGHT], ["a: moved"]),
    "one moved in its cell": ([A, B, C, D], [D, A, B, C], ["d: moved"]),
    "two changed their places": ([A, B], [B, A], ["b: moved"]),
    "others moved up where one went": ([A, B, C], [B, C], ["a: gone"]),
    "other words": ([A], [note("a", what="other")], ["a: changed"]),
    "other space alone": ([note("a", what="one two")], [note("a", what="one\n two ")], []),
    "another choice": ([note("a", what="a", kind="good")], [note("a", what="a", kind="bad")], ["a: changed"]),
    "a choice taken back": ([note("a", what="a", kind="good")], [A], ["a: changed"]),
    "moved and changed": ([A], [note("a", "top/right", what="other")], ["a: changed moved"]),
    "in reading order": (
        [note("why", "why", "questions", answer="Because"), note("z", "bottom/right")],
        [note("why", "why", "questions", answer="So"), note("card", "cards", "cards", who="She"), B],
        ["b: added", "z: gone", "card: added", "why: changed"],
    ),
    "an empty note counts as none": ([A, note("b", what="b")], [A, replace(B, values={})], ["b: gone"]),
}


@pytest.mark.parametrize("case", CASES)
def test_each_note_that_is_not_as_it_was_is_told(case: str) -> None:
    before, after, expected = CASES[case]

    assert [told(change) for change in changed(before, after).all] == expected


def test_notes_are_counted_by_what_became_of_them() -> None:
    found = changed([A, B, C], [note("a", "top/right", what="other"), B, D])

    assert found.counts == {Kind.ADDED: 1, Kind.CHANGED: 1, Kind.MOVED: 1, Kind.GONE: 1}
    assert list(found.counts) == [Kind.ADDED, Kind.CHANGED, Kind.MOVED, Kind.GONE]
    assert found.stayed == 1


def test_of_a_note_that_came_all_is_told_and_of_one_that_changed_only_what_changed() -> None:
    came, says_more = changed([A], [note("a", what="a", weight=3), note("b", what="b", kind="good")]).all[::-1]

    assert [(one.field.id, one.before, one.after) for one in came.said] == [("what", None, "b"), ("kind", None, "good")]
    assert [(one.field.id, one.before, one.after) for one in says_more.said] == [("weight", None, 3)]


def test_a_moved_note_tells_where_it_stood() -> None:
    assert [change.came_from for change in changed([A], [IN_RIGHT]).all] == ["top/left"]
    assert [change.came_from for change in changed([A, B], [B, A]).all] == [None]


# Where the exercise changed meanwhile


def without_part(part: str) -> Exercise:
    body = json.loads(EXERCISE.model_dump_json(by_alias=True))
    body["parts"] = [one for one in body["parts"] if one["id"] != part]
    del body["texts"]["en"]["parts"][part]
    return Exercise.model_validate_json(json.dumps(body))


def without_field(field: str) -> Exercise:
    body = json.loads(EXERCISE.model_dump_json(by_alias=True))
    body["parts"][0]["fields"] = [one for one in body["parts"][0]["fields"] if one["id"] != field]
    return Exercise.model_validate_json(json.dumps(body))


def test_what_stood_in_a_part_that_is_no_more_is_gone_and_keeps_its_part() -> None:
    of_part = note("why", "why", "questions", answer="Because")

    (change,) = changed([A, of_part], [A, of_part], later=without_part("questions")).all

    assert told(change) == "why: gone"
    assert change.part == EXERCISE.part("questions")


def test_what_a_field_said_that_is_no_more_is_told_with_that_field() -> None:
    (change,) = changed(
        [note("a", what="a", weight=3)], [note("a", what="a", weight=3)], later=without_field("weight")
    ).all

    assert [(one.field.id, one.before, one.after, one.is_there) for one in change.said] == [("weight", 3, None, False)]


def test_all_texts_together_cost_no_more_than_is_allowed() -> None:
    before = [note(str(number), what="one two three") for number in range(100)]
    after = [note(str(number), what="one 2 three") for number in range(100)]

    found = compare(HandedIn(exercise=EXERCISE, notes=before), HandedIn(exercise=EXERCISE, notes=after), most=1000)

    compared = [one.words for change in found.all for one in change.said if one.words]
    assert len(compared) == 100
    assert sum(one.work for one in compared) <= 1000
    assert [one.is_whole for one in compared].count(False) > 10
    assert compared[-1].is_whole
