"""Many of the same, told in one line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodle_sync.telling.alike import FEW, Told, in_few

WHERE = "elsewhere"


def told(name: str, cause: str = "is refused", text: str = "is refused") -> Told:
    """Make what is told of one person."""
    return Told(line=f"{name}: {text}", title="New accounts", name=name, text=text, cause=cause)


def test_few_of_the_same_are_told_one_by_one() -> None:
    few = [told(f"person {number}") for number in range(FEW)]

    assert list(in_few(few, WHERE)) == [one.line for one in few]


def test_many_of_the_same_are_one_line_with_their_number_and_examples_and_where_to_read_each() -> None:
    many = [told(f"person {number}") for number in range(1200)]

    assert list(in_few(many, WHERE)) == [
        "New accounts, 1,200 times: person 0, person 1, person 2 and 1,197 more: is refused",
        WHERE,
    ]


def test_of_many_whose_texts_differ_the_first_is_told() -> None:
    many = [told(f"person {number}", "an address", f"has the address {number}") for number in range(6)]

    assert next(in_few(many, WHERE)).endswith(" and 3 more: has the address 0 (said of person 0)")


def test_what_is_told_several_times_of_the_same_is_named_once() -> None:
    assert next(in_few([told("course tot")] * 9, WHERE)) == "New accounts, 9 times: course tot: is refused"


def test_one_that_has_a_cause_of_its_own_is_not_lost_among_many() -> None:
    lines = list(in_few([*map(told, "abcdef"), told("g", "is protected", "is protected")], WHERE))

    assert lines[1:] == ["g: is protected", WHERE]


@given(st.lists(st.tuples(st.integers(), st.sampled_from("abc"))))
def test_the_numbers_add_up(drawn: list[tuple[int, str]]) -> None:
    lines = [
        line for line in in_few((told(f"person {name}", cause, cause) for name, cause in drawn), WHERE) if line != WHERE
    ]

    counts = [re.search(r", ([\d,]+) times: ", line) for line in lines]
    assert sum(int(count[1].replace(",", "")) if count else 1 for count in counts) == len(drawn)


@pytest.mark.parametrize(("number", "said"), [(FEW, False), (FEW + 1, True)])
def test_where_each_is_told_is_said_only_where_it_is_needed(number: int, *, said: bool) -> None:
    assert (WHERE in list(in_few(map(told, "abcdefghi"[:number]), WHERE))) is said
