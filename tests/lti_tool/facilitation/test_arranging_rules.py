"""What a trainer typed becomes what holds, or it is said what stands in the way."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement, Dates, Mode
from lti_tool.facilitation import arranging_rules as rules
from lti_tool.facilitation.arranging_rules import Problem, Typed, Wrong
from lti_tool.groups.rules import Counting, Source
from lti_tool.local_times import Unclear

TUNIS = ZoneInfo("Africa/Tunis")
DAY = "2026-10-0{}T09:00"
SAVED = Arrangement(
    marking=Marking.BY_TRAINER,
    mode=Mode.GROUP,
    alone_first=True,
    self_review=True,
    counting=Counting(source=Source.MADE, ticked=frozenset({"7"})),
    dates=Dates(
        opens_at=datetime(2026, 10, 1, 8, 0, 7, tzinfo=UTC),
        due_at=datetime(2026, 10, 2, 8, tzinfo=UTC),
        closes_at=datetime(2026, 10, 3, 8, tzinfo=UTC),
        together_at=datetime(2026, 10, 1, 9, tzinfo=UTC),
    ),
)


def typed(**days: int) -> Typed:
    moments = {name: DAY.format(days[name]) if name in days else "" for name in rules.MOMENTS}
    return Typed(mode=Mode.GROUP, alone_first=True, source=Source.PLATFORM, ticked=frozenset(), moments=moments)


def test_what_holds_is_shown_so_that_sending_it_back_changes_nothing() -> None:
    assert rules.read(rules.typed_of(SAVED, TUNIS), SAVED, TUNIS) == (SAVED, [])


def test_what_is_typed_holds_from_now_on_and_the_marking_stays() -> None:
    wanted, problems = rules.read(typed(opens_at=1, due_at=2, closes_at=3), replace(SAVED, dates=Dates()), TUNIS)

    assert problems == []
    assert wanted == Arrangement(
        marking=Marking.BY_TRAINER,
        mode=Mode.GROUP,
        alone_first=True,
        dates=Dates(
            opens_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
            due_at=datetime(2026, 10, 2, 8, tzinfo=UTC),
            closes_at=datetime(2026, 10, 3, 8, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"opens_at": 2, "due_at": 1}, [("due_at", Wrong.DUE_BEFORE_OPENING)]),
        ({"opens_at": 2, "closes_at": 1}, [("closes_at", Wrong.CLOSES_BEFORE_OPENING)]),
        ({"opens_at": 2, "closes_at": 2}, [("closes_at", Wrong.CLOSES_BEFORE_OPENING)]),
        ({"due_at": 2, "closes_at": 1}, [("closes_at", Wrong.CLOSES_BEFORE_DUE)]),
        ({"opens_at": 2, "together_at": 1}, [("together_at", Wrong.TOGETHER_BEFORE_OPENING)]),
        ({"closes_at": 1, "together_at": 2}, [("together_at", Wrong.TOGETHER_AFTER_CLOSING)]),
        ({"closes_at": 1}, []),
        ({"opens_at": 1, "due_at": 1}, []),
        ({"due_at": 1, "closes_at": 1}, []),
        ({"opens_at": 1, "together_at": 1, "closes_at": 2}, []),
    ],
)
def test_moments_that_come_in_the_wrong_order_are_told(days: dict[str, int], wrong: list[tuple[str, Wrong]]) -> None:
    _, problems = rules.read(typed(**days), Arrangement(), TUNIS)

    assert [(problem.field, problem.kind) for problem in problems] == wrong


def test_everything_that_is_wrong_is_told_at_once() -> None:
    moments = {"opens_at": "soon", "due_at": DAY.format(2), "closes_at": DAY.format(1), "together_at": ""}
    given = Typed(mode=Mode.ALONE, alone_first=False, source=Source.PLATFORM, ticked=frozenset(), moments=moments)

    _, problems = rules.read(given, Arrangement(), TUNIS)

    assert problems == [
        Problem(field="opens_at", kind=Unclear.NO_MOMENT),
        Problem(field="closes_at", kind=Wrong.CLOSES_BEFORE_DUE),
    ]


def test_a_moment_to_come_together_needs_somebody_who_writes_alone_first() -> None:
    moments = {**typed().moments, "together_at": DAY.format(1)}
    given = Typed(mode=Mode.GROUP, alone_first=False, source=Source.PLATFORM, ticked=frozenset(), moments=moments)

    _, problems = rules.read(given, Arrangement(), TUNIS)

    assert [problem.kind for problem in problems] == [Wrong.TOGETHER_UNASKED]


ALONE_FIRST = {"mode": Mode.GROUP, "alone_first": True}


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        ({}, ALONE_FIRST, True),
        ({"mode": Mode.GROUP}, ALONE_FIRST, True),
        (ALONE_FIRST, ALONE_FIRST, False),
        (ALONE_FIRST, {"mode": Mode.COURSE, "alone_first": True}, False),
        (ALONE_FIRST, {"mode": Mode.GROUP}, False),
        ({}, {"alone_first": True}, False),
        ({"alone_first": True}, ALONE_FIRST, True),
    ],
)
def test_who_is_to_write_alone_first_from_now_on_is_not_together_by_what_was_before(
    before: dict[str, Any],
    after: dict[str, Any],
    anew: bool,  # noqa: FBT001
) -> None:
    assert rules.begins_alone(Arrangement(**before), Arrangement(**after)) is anew
