from typing import Any

import pytest

from lti_tool.exercises.checks import state
from lti_tool.exercises.rules import Note
from tests.lti_tool.exercises import sample
from tests.lti_tool.exercises.examples import exercise, note
from tests.lti_tool.making import packaged_curriculum

ROWS = {"rule": "places_filled", "part": "grid", "places": "rows", "at_least": 2}
COLUMNS = {"rule": "places_filled", "part": "grid", "places": "columns", "at_least": 2}
GOOD_COLUMNS = {**COLUMNS, "where": {"chosen": {"kind": ("good",)}}}
WRITTEN = {"rule": "notes_written", "part": "grid", "at_least": 2}
DISTINCT = {**WRITTEN, "distinct": True}
WEIGHED = {**WRITTEN, "where": {"given": ("weight",)}}
LEFT = {**WRITTEN, "where": {"places": {"columns": ("left",)}}}
HEAVY = {**WRITTEN, "where": {"chosen": {"weight": (4, 5)}}, "at_least": 1}
USED = {**WRITTEN, "where": {"chosen": {"kind": ("good",)}}, "at_least": 1}
EVERY = {"rule": "every_note", "part": "grid", "where": {"chosen": {"kind": ("bad",)}}, "has": {"given": ("weight",)}}
EVERY_OF_TWO = {**EVERY, "at_least": 2}
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
        (GOOD_COLUMNS, [note("top/left", what="a", kind="good"), note("top/right", what="b", kind="good")], True),
        (GOOD_COLUMNS, [note("top/left", what="a", kind="good"), note("top/right", what="b", kind="bad")], False),
        (WRITTEN, [note(what="a"), note(what="b")], True),
        (WRITTEN, [note(what="a"), note(what="a")], True),
        (WRITTEN, [note(what="a"), note("cards", "cards", who="b")], False),
        (WRITTEN, [note(what="a"), note("top/gone", what="b")], False),
        (WRITTEN, [note(what="a"), note("x", "gone", what="b")], False),
        (WRITTEN, [note(what="a"), note(kind="good", weight=5)], False),
        (WRITTEN, [note(what="a"), note()], False),
        (WRITTEN, [note(what="a"), note(what="?")], False),
        (WRITTEN, [note("top/left", what="a"), note("top/left", what="Top")], False),
        (WRITTEN, [note("top/left", what="a"), note("top/left", what="(LEFT)")], False),
        (WRITTEN, [note("top/left", what="a"), note("bottom/left", what="Top")], True),
        (DISTINCT, [note("top/left", what="Bla"), note("top/right", what="bla!")], False),
        (DISTINCT, [note("top/left", what="كلام"), note("top/right", what="كلامٌ")], False),
        (DISTINCT, [note(what="a"), note(what="b")], True),
        (WEIGHED, [note(what="a", weight=1), note(what="b", weight=5)], True),
        (WEIGHED, [note(what="a", weight=1), note(what="b")], False),
        (LEFT, [note("top/left", what="a"), note("bottom/left", what="b")], True),
        (LEFT, [note("top/left", what="a"), note("top/right", what="b")], False),
        (HEAVY, [note(what="a", weight=5)], True),
        (HEAVY, [note(what="a", weight=3)], False),
        (USED, [note(what="a", kind="good")], True),
        (USED, [note(what="a", kind="bad")], False),
        (USED, [note(kind="good")], False),
        (EVERY, [], True),
        (EVERY, [note(what="a", kind="good"), note(what="b")], True),
        (EVERY, [note(what="a", kind="bad", weight=1), note(what="b", kind="good")], True),
        (EVERY, [note(what="a", kind="bad", weight=1), note(what="b", kind="bad")], False),
        (EVERY_OF_TWO, [note(what="a", kind="bad", weight=1)], False),
        (EVERY_OF_TWO, [note(what="a", kind="bad", weight=1), note(what="b", kind="bad", weight=2)], True),
        (ANSWERED, answers("one two three", "ένα δύο τρία"), True),
        (ANSWERED, answers("واحد اثنان ثلاثة", "one two three four"), True),
        (ANSWERED, answers("one two three"), False),
        (ANSWERED, answers("one two three", "one two"), False),
        (ANSWERED, answers("one two three", "one – two …"), False),
        (ANSWERED, answers("one two three", "bla bla bla bla"), False),
        (ANSWERED, answers("one two three", "One, two: three!"), False),
    ],
)
def test_a_check_is_met_by_what_it_counts(rule: dict[str, Any], notes: list[Note], is_met: bool) -> None:  # noqa: FBT001 - a column of the table
    found = state(exercise({"id": "it", **rule}), notes)

    assert (found.met, found.open) == ((("it",), ()) if is_met else ((), ("it",)))


def test_a_copied_question_is_no_answer() -> None:
    asked = exercise({"id": "it", **ANSWERED, "at_least": 1, "words": 1})

    assert state(asked, [note("why", "questions", answer="why")]).met == ()
    assert state(asked, [note("why", "questions", answer="because")]).met == ("it",)


def test_a_question_to_the_author_is_asked_where_it_is_found() -> None:
    asking = exercise(questions=({"id": "sure", **HEAVY},))

    assert state(asking, [note(what="a", weight=3)]).questions == ()
    assert state(asking, [note(what="a", weight=5)]).questions == ("sure",)


def test_the_sample_which_is_honest_work_has_all_that_is_counted() -> None:
    found = state(packaged_curriculum().exercise(sample.EXERCISE), sample.notes())

    assert (found.open, found.questions) == ((), ())
