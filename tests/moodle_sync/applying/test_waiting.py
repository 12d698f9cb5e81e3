"""What goes next, and what two requests never do at once."""

from collections.abc import Sequence
from typing import get_args

import pytest

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    ChangePerson,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreatePerson,
    Enrol,
)
from moodle_sync.applying.waiting import TRIES, Piece, Touch, Waiting, touches
from moodle_sync.state import CohortMembership, Enrolment
from moodle_sync.webservice.encoding import OVERHEAD, Row
from tests.moodle_sync.every_action import EVERY_ACTION
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, MEMBER

FREE: frozenset[Touch] = frozenset()
ROOMY = 1000


def role(course: str, person: str) -> Action:
    return AddRole(course, person, "student")


def row(action: Action) -> Row:
    return {"action": str(action)}


def piece(*actions: Action) -> Piece:
    return Piece(tuple((action, row(action)) for action in actions))


def taken(waiting: Waiting, busy: frozenset[Touch] = FREE, most: int = 100) -> list[Action]:
    found = waiting.take(busy, most, row)
    return found.actions if found else []


def test_rows_go_in_their_order_and_no_more_than_may() -> None:
    actions = [role("tot", str(number)) for number in range(5)]
    waiting = Waiting(actions, ROOMY)

    assert [taken(waiting, most=2) for _ in range(4)] == [actions[:2], actions[2:4], actions[4:], []]


def test_a_request_stays_within_the_budget_of_variables_and_no_row_is_cut() -> None:
    actions = [role("tot", str(number)) for number in range(5)]
    waiting = Waiting(actions, OVERHEAD + 7)

    pieces = [waiting.take(FREE, 100, lambda _: {"a": 1, "b": 2, "c": 3}) for _ in range(3)]

    assert [len(found.batch) for found in pieces if found] == [2, 2, 1]


def test_a_row_that_is_more_than_the_budget_goes_alone() -> None:
    waiting = Waiting([role("tot", "ana"), role("tot", "sami")], OVERHEAD)

    assert [len(taken(waiting)) for _ in range(3)] == [1, 1, 0]


def test_what_touches_a_busy_course_or_person_waits_and_the_others_go() -> None:
    actions = [role("one", "ana"), role("two", "ana"), role("two", "sami"), role("three", "eleni")]
    waiting = Waiting(actions, ROOMY)

    first = taken(waiting, frozenset({("course", "one"), ("person", "ana")}))
    second = taken(waiting)

    assert first == actions[2:]
    assert second == actions[:2]


def test_an_action_without_a_row_is_dropped() -> None:
    waiting = Waiting([role("tot", "ana"), role("tot", "sami")], ROOMY)

    found = waiting.take(FREE, 100, lambda action: None if action == role("tot", "ana") else row(action))

    assert found == piece(role("tot", "sami"))
    assert taken(waiting) == []


def test_a_piece_that_must_go_again_goes_first_and_as_it_is() -> None:
    waiting = Waiting([role("tot", "eleni")], ROOMY)
    waiting.put_first(piece(role("tot", "ana"), role("one", "sami")).halves())

    assert [taken(waiting) for _ in range(3)] == [[role("tot", "ana")], [role("one", "sami")], [role("tot", "eleni")]]


def test_a_piece_that_touches_something_busy_waits() -> None:
    waiting = Waiting([], ROOMY)
    waiting.put_first(piece(role("tot", "ana"), role("one", "sami")).halves())

    assert taken(waiting, frozenset({("course", "tot")})) == [role("one", "sami")]
    assert taken(waiting) == [role("tot", "ana")]


def test_a_course_that_is_given_up_is_taken_out_everywhere() -> None:
    kept, gone = role("two", "ana"), [role("one", "ana"), role("one", "sami")]
    waiting = Waiting([gone[1], kept], ROOMY)
    waiting.put_first([piece(gone[0], role("two", "sami")), piece(role("one", "eleni"))])

    assert waiting.drop("one") == [gone[0], role("one", "eleni"), gone[1]]
    assert [taken(waiting), taken(waiting), taken(waiting)] == [[role("two", "sami")], [kept], []]


def test_what_is_left_of_a_piece_may_be_sent_once_less() -> None:
    left = piece(role("tot", "ana"), role("tot", "sami")).without([role("tot", "ana")])

    assert (left.actions, left.tries) == ([role("tot", "sami")], TRIES - 1)


def test_a_piece_is_cut_by_courses() -> None:
    one, two, three = role("one", "ana"), role("two", "ana"), role("one", "sami")

    assert piece(one, two, three).by_course() == {"one": piece(one, three), "two": piece(two)}


@pytest.mark.parametrize(
    ("action", "touched"),
    [
        (CreateCategory(CATEGORY), {("category", "")}),
        (CreateCourse(COURSE), {("course", "tot"), ("category", "medtown")}),
        (CreatePerson(ANA), {("person", "ana")}),
        (ChangePerson("ana", ()), {("person", "ana")}),
        (Enrol(Enrolment(course="tot", person="ana", role="student")), {("course", "tot"), ("person", "ana")}),
        (AddMember(MEMBER), {("course", "tot"), ("person", "sami")}),
        (CreateCohort("c1"), {("cohort", "c1")}),
        (AddCohortMember(CohortMembership(cohort="c1", person="ana")), {("cohort", "c1"), ("person", "ana")}),
    ],
)
def test_every_action_says_what_it_works_on(action: Action, touched: set[Touch]) -> None:
    assert touches(action) == touched


def test_no_kind_of_action_works_on_nothing() -> None:
    untouched: Sequence[Action] = [action for action in EVERY_ACTION if ("course", "") in touches(action)]

    assert untouched == []
    assert {type(action) for action in EVERY_ACTION} == set(get_args(Action))
