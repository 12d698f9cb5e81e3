"""Where a note may stand, and how the notes of a cell keep their order."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from content.fields.field import Value
from lti_tool.exercises import places, ranks, rules
from lti_tool.exercises.places import MOST_EVER, Move, Room
from lti_tool.exercises.rules import Draft, Note, ProblemKind, Verdict
from tests.lti_tool.exercises.examples import draft, exercise, note

EXERCISE = exercise()
MOST_IN_CELL = EXERCISE.part("grid").notes_per_cell
MOST_NOTES = EXERCISE.most_notes

# Room


def refusals(a_draft: Draft, *, in_cell: int = 0, in_all: int = 0, ever: int = 0) -> list[ProblemKind]:
    decision = rules.decide(EXERCISE, None, a_draft)
    fitted = places.fit(EXERCISE, decision, Room(in_cell=in_cell, in_all=in_all, ever=ever))
    return [problem.kind for problem in fitted.problems]


def test_a_question_takes_one_answer() -> None:
    assert refusals(draft("why", "questions", answer="no"), in_cell=1) == [ProblemKind.CELL_FULL]


def test_a_cell_of_a_grid_takes_many_notes_and_not_any_number() -> None:
    assert refusals(draft(what="c"), in_cell=MOST_IN_CELL - 1) == []
    assert refusals(draft(what="c"), in_cell=MOST_IN_CELL) == [ProblemKind.CELL_CROWDED]


def test_thirty_people_have_room_for_two_thousand_notes_at_one_canvas() -> None:
    assert refusals(draft(what="x"), in_cell=600, in_all=2000, ever=2000) == []


def test_a_workspace_does_not_grow_without_end() -> None:
    assert refusals(draft(what="x"), in_all=MOST_NOTES - 1, ever=MOST_EVER - 1) == []
    assert refusals(draft(what="x"), in_all=MOST_NOTES) == [ProblemKind.TOO_MANY]
    assert refusals(draft(what="x"), ever=MOST_EVER) == [ProblemKind.TOO_MANY]


SAVED = note(what="a")
DELETED = note()


@pytest.mark.parametrize(
    ("saved", "values", "takes_room"),
    [
        (None, {"what": "b"}, True),
        (None, {}, False),
        (None, {"whatever": "b"}, False),
        (SAVED, {"what": "b"}, False),
        (SAVED, {"what": "a"}, False),
        (SAVED, {}, False),
        (DELETED, {"what": "b"}, True),
    ],
    ids=["a new one", "nothing", "a refused one", "changed words", "the same words", "a deletion", "one brought back"],
)
def test_room_is_asked_for_only_by_what_puts_a_note_where_none_was(
    saved: Note | None, values: dict[str, Value], *, takes_room: bool
) -> None:
    sent = replace(draft(version=1), id=saved.id if saved else draft().id, values=values)

    assert places.takes_room(rules.decide(EXERCISE, saved, sent)) == takes_room


def test_a_refused_note_is_still_open() -> None:
    decision = rules.decide(EXERCISE, None, draft(what="x"))

    fitted = places.fit(EXERCISE, decision, Room(in_cell=0, in_all=MOST_NOTES, ever=0))

    assert (fitted.verdict, fitted.is_open) == (Verdict.REFUSED, True)


# Moves


def standing(*texts: str, cell: str = "top/left", part: str = "grid") -> list[Note]:
    """Give notes in their order; one without words is deleted."""
    return [
        replace(note(cell, part), values={"what": text} if text else {}, rank=ranks.numbered(number))
        for number, text in enumerate(texts, start=1)
    ]


def to(a_note: Note, cell: str, before: Note | None = None, version: int = 0) -> Move:
    return Move(id=a_note.id, cell=cell, before=before.id if before else None, place_version=version)


def test_a_note_goes_to_another_cell_of_its_part() -> None:
    [moved] = standing("a")

    decided = places.judge(EXERCISE, moved, to(moved, "bottom/right"), [])

    assert (decided.is_written, decided.place_version, decided.moved_meanwhile) == (True, 1, False)


@pytest.mark.parametrize("cell", ["middle/left", "cards", ""])
def test_a_note_goes_nowhere_that_its_part_does_not_have(cell: str) -> None:
    [moved] = standing("a")

    [problem] = places.judge(EXERCISE, moved, to(moved, cell), []).problems

    assert problem.kind is ProblemKind.UNKNOWN_PLACE


def test_an_answer_stays_with_its_question() -> None:
    [answer] = standing("a", cell="why", part="questions")

    decided = places.judge(EXERCISE, answer, to(answer, "how"), [])

    assert not decided.is_written
    assert [problem.kind for problem in decided.problems] == [ProblemKind.STAYS]


def test_a_full_cell_takes_no_note_from_another_and_lets_its_own_move() -> None:
    full, other = standing(*["a"] * MOST_IN_CELL), note("top/right", what="b")

    [problem] = places.judge(EXERCISE, other, to(other, "top/left"), full).problems
    inside = places.judge(EXERCISE, full[5], to(full[5], "top/left", before=full[1]), full)

    assert problem.kind is ProblemKind.CELL_CROWDED
    assert inside.is_written


def test_deleted_notes_leave_their_room_to_others() -> None:
    full, other = standing(*["a"] * (MOST_IN_CELL - 1), ""), note("top/right", what="b")

    assert places.judge(EXERCISE, other, to(other, "top/left"), full).is_written


def test_a_move_that_arrives_a_second_time_changes_nothing_and_blames_nobody() -> None:
    first, deleted, last = standing("a", "", "b")
    arrived = replace(first, place_version=1)

    decided = places.judge(EXERCISE, arrived, to(arrived, "top/left", before=last), [arrived, deleted, last])

    assert (decided.is_written, decided.place_version, decided.moved_meanwhile) == (False, 1, False)


def test_a_move_from_where_the_note_no_longer_stands_wins_and_is_told() -> None:
    first, last = standing("a", "b")
    moved = replace(first, place_version=3)

    decided = places.judge(EXERCISE, moved, to(moved, "top/left", version=2), [moved, last])

    assert (decided.is_written, decided.place_version, decided.moved_meanwhile) == (True, 4, True)


# Order


def put(cell: Sequence[Note], moved: Note, before: str | None, number: int) -> list[Note]:
    """Do what a move writes, and read the cell again."""
    keys = places.ranked(moved.id, before, cell, number)
    here = [*(each for each in cell if each.id != moved.id), moved]
    return sorted((replace(each, rank=keys.get(each.id, each.rank)) for each in here), key=lambda each: each.rank)


@given(some.lists(some.tuples(some.booleans(), some.integers(0, 9), some.integers(0, 9)), max_size=40))
def test_after_any_inserts_and_moves_each_note_is_where_it_was_put(steps: list[tuple[bool, int, int]]) -> None:
    cell, names = standing("a", "b"), list[str]()
    names = [each.id for each in cell]

    for number, (is_new, taken, place) in enumerate(steps, start=3):
        moved = note(what="x") if is_new else cell[taken % len(cell)]
        names = [name for name in names if name != moved.id]
        before = names[place] if place < len(names) else None
        names.insert(place, moved.id)
        cell = put(cell, moved, before, number)

    assert [each.id for each in cell] == names
    assert all(one.rank < other.rank for one, other in pairwise(cell))


def test_a_move_writes_one_note_and_keys_stay_short_however_often_it_is_made() -> None:
    cell, written = standing("a", "b", "c"), list[int]()

    for number in range(4, 1000):
        keys = places.ranked(cell[2].id, cell[1].id, cell, number)
        written.append(len(keys))
        cell = put(cell, cell[2], cell[1].id, number)

    assert max(len(each.rank) for each in cell) <= ranks.LONGEST
    assert set(written) == {1, 3}
    assert written.count(3) < len(written) / 50


def test_a_note_put_before_one_that_is_gone_goes_to_the_end() -> None:
    cell = standing("a", "b")
    moved = note(what="c")

    assert put(cell, moved, "gone", 3)[-1] == replace(moved, rank=ranks.numbered(3))


def test_a_deleted_note_keeps_its_place_among_the_others() -> None:
    first, deleted, last = standing("a", "", "c")
    moved = note(what="b")

    cell = put([first, deleted, last], moved, last.id, 4)

    assert [each.id for each in cell] == [first.id, deleted.id, moved.id, last.id]
