from typing import Any

import pytest

from lti_tool.exercises.rules import Note
from lti_tool.exercises.scoring import score
from tests.lti_tool.exercises.examples import exercise, note

ROWS = {"rule": "rows_filled", "part": "grid", "at_least": 2}
COLUMNS = {"rule": "columns_filled", "part": "grid", "at_least": 2}
WRITTEN = {"rule": "notes_written", "part": "grid", "at_least": 2}
FILLED = {"rule": "field_filled", "part": "grid", "field": "weight", "at_least": 2}
USED = {"rule": "option_used", "part": "grid", "field": "kind", "option": "good", "at_least": 1}
ANSWERED = {"rule": "questions_answered", "part": "questions", "at_least": 2, "words": 3}


def answers(*texts: str) -> list[Note]:
    return [note(cell, "questions", answer=text) for cell, text in zip(("why", "how"), texts, strict=False)]


@pytest.mark.parametrize(
    ("rule", "notes", "is_met"),
    [
        (ROWS, [note("top/left", what="a"), note("bottom/left", what="b")], True),
        (ROWS, [note("top/left", what="a"), note("top/right", what="b")], False),
        (COLUMNS, [note("top/left", what="a"), note("top/right", what="b")], True),
        (COLUMNS, [note("top/left", what="a"), note("bottom/left", what="b")], False),
        (WRITTEN, [note(what="a"), note(what="b")], True),
        (WRITTEN, [note(what="a"), note("cards", "cards", who="b")], False),
        (WRITTEN, [note(what="a"), note("top/gone", what="b")], False),
        (WRITTEN, [note(what="a"), note("x", "gone", what="b")], False),
        (WRITTEN, [note(what="a"), note(kind="good", weight=5)], False),
        (WRITTEN, [note(what="a"), note()], False),
        (FILLED, [note(what="a", weight=1), note(what="b", weight=5)], True),
        (FILLED, [note(what="a", weight=1), note(what="b")], False),
        (USED, [note(what="a", kind="good")], True),
        (USED, [note(what="a", kind="bad")], False),
        (USED, [note(kind="good")], False),
        (ANSWERED, answers("one two three", "ένα δύο τρία"), True),
        (ANSWERED, answers("واحد اثنان ثلاثة", "one two three four"), True),
        (ANSWERED, answers("one two three"), False),
        (ANSWERED, answers("one two three", "one two"), False),
        (ANSWERED, answers("one two three", "one – two …"), False),
    ],
)
def test_a_criterion_is_met_by_what_it_counts(rule: dict[str, Any], notes: list[Note], is_met: bool) -> None:  # noqa: FBT001 - a column of the table
    given = score(exercise({"id": "it", "points": 10, **rule}), notes)

    assert given.met == (("it",) if is_met else ())


def test_the_score_is_the_points_of_the_criteria_that_are_met() -> None:
    graded = exercise(
        {"id": "rows", "points": 3, **ROWS},
        {"id": "columns", "points": 4, **COLUMNS},
        {"id": "used", "points": 5, **USED},
    )

    given = score(graded, [note("top/left", what="a", kind="good"), note("top/right", what="b")])

    assert (given.given, given.maximum, given.met) == (9, 12, ("columns", "used"))


def test_an_empty_workspace_scores_nothing() -> None:
    assert score(exercise(), []).given == 0
