"""What may be released, and which score counts then."""

from datetime import UTC, datetime

import pytest

from lti_tool.exercises.marking import Marking, sends_at_hand_in
from lti_tool.reviews import rules
from lti_tool.reviews.rules import LONGEST_SENTENCE, Draft, Problem, Review, Score, Seen

FULL = Score(given=100, maximum=100)


def draft(mark: str = "80", sentence: str = "") -> Draft:
    return Draft(mark=mark, sentence=sentence, seen=Seen())


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
        ("", Problem.NO_MARK),
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


@pytest.mark.parametrize(("length", "problems"), [(LONGEST_SENTENCE, []), (LONGEST_SENTENCE + 1, [Problem.TOO_LONG])])
def test_a_sentence_has_a_limit(length: int, problems: list[Problem]) -> None:
    assert list(rules.find_problems(draft(sentence="x" * length), 100)) == problems


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
