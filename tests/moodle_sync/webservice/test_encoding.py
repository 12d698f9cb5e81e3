"""Requests as PHP reads them."""

import pytest

from moodle_sync.webservice.encoding import Row, Value, count, flatten


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
