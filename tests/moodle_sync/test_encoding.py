"""Requests as PHP reads them."""

import pytest

from moodle_sync.encoding import BUDGET, OVERHEAD, Row, Value, batches, count, flatten


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        ({"courseid": 7}, [("courseid", "7")]),
        ({"values": ["a", "b"]}, [("values[0]", "a"), ("values[1]", "b")]),
        (
            {"users": [{"lang": "es", "custom": [{"type": "x"}]}]},
            [("users[0][lang]", "es"), ("users[0][custom][0][type]", "x")],
        ),
        ({"yes": True, "no": False}, [("yes", "1"), ("no", "0")]),
        ({"users": [{"idnumber": None, "id": 3}]}, [("users[0][id]", "3")]),
        ({"empty": ""}, [("empty", "")]),
        ({"nothing": []}, []),
    ],
)
def test_values_are_written_with_brackets(arguments: Row, variables: list[tuple[str, str]]) -> None:
    assert list(flatten(arguments)) == variables


def test_a_row_costs_what_it_takes_in_variables() -> None:
    row: Value = {"username": "ana", "idnumber": None, "preferences": [{"type": "a", "value": 1}]}

    assert count(row) == 3


def test_a_batch_stays_within_the_budget_and_no_row_is_cut() -> None:
    rows: list[tuple[int, Row]] = [(number, dict.fromkeys("abcdefg", "x")) for number in range(300)]

    cut = list(batches(rows, most=200))

    assert [item for batch in cut for item, _ in batch] == list(range(300))
    assert [len(batch) for batch in cut] == [127, 127, 46]
    assert all(OVERHEAD + sum(count(row) for _, row in batch) <= BUDGET for batch in cut)


def test_a_batch_has_no_more_rows_than_it_may() -> None:
    rows: list[tuple[int, Row]] = [(number, {"id": number}) for number in range(7)]

    assert [len(batch) for batch in batches(rows, most=3)] == [3, 3, 1]


def test_no_rows_are_no_batch() -> None:
    assert list(batches([], most=3)) == []
