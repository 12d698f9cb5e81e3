"""What may be released, and which score counts then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from content.rubric import Criterion
from lti_tool.exercises.marking import Marking, sends_at_hand_in
from lti_tool.reviews import rules
from lti_tool.reviews.rules import LONGEST_COMMENT, LONGEST_TEXT, Draft, Outcome, Problem, Review, Score, Seen

FULL = Score(given=100, maximum=100)


REVISE = Outcome.REVISE


def draft(mark: str = "80", text: str = "", outcome: Outcome = Outcome.DONE, comment: str = "") -> Draft:
    comments = {"note": comment} if comment else {}
    return Draft(mark=mark, text=text, seen=Seen(), outcome=outcome, comments=comments)


def review(given: float) -> Review:
    return Review(
        number=1,
        submission_id=1,
        score=Score(given=given, maximum=100),
        sentence="",
        language="en",
        reviewer_name=None,
        reviewer_number=1,
        released_at=datetime(2027, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("0", 0), ("80", 80), ("7.5", 7.5), ("7,5", 7.5), ("100.0", 100), ("٧٫٥", 7.5), ("007", 7)],
)
def test_a_mark_is_a_whole_number_or_has_one_decimal_place(typed: str, mark: float) -> None:
    assert draft(typed).given == mark
    assert list(rules.find_problems(draft(typed), 100)) == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.NOTHING),
        ("good", Problem.NO_NUMBER),
        ("-1", Problem.NO_NUMBER),
        ("7.25", Problem.NO_NUMBER),
        ("7.", Problem.NO_NUMBER),
        ("1e2", Problem.NO_NUMBER),
        ("80 %", Problem.NO_NUMBER),
        ("100.1", Problem.TOO_HIGH),
        ("9999999", Problem.NO_NUMBER),
    ],
)
def test_what_is_no_mark_of_this_exercise_is_told(typed: str, problem: Problem) -> None:
    assert list(rules.find_problems(draft(typed), 100)) == [problem]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        (draft("", "Go on."), []),
        (draft("", comment="Who says so?"), []),
        (draft("", "Go on.", REVISE), []),
        (draft("60", outcome=REVISE), [Problem.NOTHING_TO_REVISE]),
        (draft(text="x" * LONGEST_TEXT, comment="x" * LONGEST_COMMENT), []),
        (draft(text="x" * (LONGEST_TEXT + 1)), [Problem.TOO_LONG]),
        (draft(comment="x" * (LONGEST_COMMENT + 1)), [Problem.COMMENT_TOO_LONG]),
    ],
)
def test_an_answer_says_something_within_limits(given: Draft, problems: list[Problem]) -> None:
    assert list(rules.find_problems(given, 100)) == problems


@pytest.mark.parametrize(("outcome", "problems"), [(Outcome.DONE, []), (Outcome.REVISE, [Problem.NOTHING_TO_REVISE])])
def test_levels_alone_say_something_and_not_what_is_to_be_revised(outcome: Outcome, problems: list[Problem]) -> None:
    given = replace(draft("", outcome=outcome), levels={"clear": "begun"})

    assert given.is_begun
    assert list(rules.find_problems(given, 100)) == problems


@pytest.mark.parametrize(
    ("levels", "problems"),
    [
        ({}, []),
        ({"clear": "begun"}, []),
        ({"clear": "halfway"}, [Problem.LEVELS_GONE]),
        ({"fair": "begun"}, [Problem.LEVELS_GONE]),
    ],
)
def test_levels_that_are_no_longer_there_are_not_released_in_silence(
    levels: dict[str, str], problems: list[Problem]
) -> None:
    rubric = [Criterion(id="clear", levels=("begun", "whole"))]

    assert list(rules.find_gone(replace(draft(), levels=levels), rubric)) == problems


def test_a_text_goes_to_moodle_in_one_line_shortened_at_a_word() -> None:
    assert rules.sentence_of("Well\n\ndone.") == "Well done."
    assert rules.sentence_of("word " * 70) == "word " * 59 + "word…"
    assert rules.sentence_of("x" * 400) == "x" * 299 + "…"


def test_a_text_keeps_its_lines() -> None:
    assert rules.tidy_lines(" One\x00 \r\n\r\n\r\n\r\ntwo  words ") == "One\n\ntwo words"


def test_what_was_typed_becomes_one_line_and_keeps_what_joins_letters() -> None:
    joined = "می‌خواهم"

    assert rules.tidy(f" two\r\nlines\x00 and {joined} ") == f"two lines and {joined}"


@pytest.mark.parametrize(
    ("marking", "released", "counts"),
    [
        (Marking.HANDED_IN, None, FULL),
        (Marking.BY_TRAINER, None, None),
        (Marking.HANDED_IN, review(80), Score(given=80, maximum=100)),
        (Marking.BY_TRAINER, review(0), Score(given=0, maximum=100)),
    ],
)
def test_a_released_mark_counts_else_full_points_where_handing_in_gives_them(
    marking: Marking, released: Review | None, counts: Score | None
) -> None:
    assert rules.what_counts(marking, released, 100) == counts


@pytest.mark.parametrize("marking", Marking)
@pytest.mark.parametrize("is_marked", [False, True])
def test_handing_in_gives_points_by_itself_only_where_so_chosen_and_before_a_mark(
    marking: Marking,
    is_marked: bool,  # noqa: FBT001 - a column of the table
) -> None:
    sends = sends_at_hand_in(marking, is_marked=is_marked)

    assert sends is (marking is Marking.HANDED_IN and not is_marked)
