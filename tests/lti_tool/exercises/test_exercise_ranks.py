from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lti_tool.exercises import ranks

GAPS = some.lists(some.integers(0, 60), max_size=60)


def put(keys: list[str], place: int) -> None:
    """Put a new key before the one that stands there, or at the end, by the number of keys so far."""
    if place >= len(keys):
        keys.append(ranks.numbered(len(keys) + 1))
    else:
        keys.insert(place, ranks.between(keys[place - 1] if place else "", keys[place]))


@given(some.integers(0, 10**9), some.integers(0, 10**9))
def test_numbers_order_their_keys(one: int, other: int) -> None:
    assert (ranks.numbered(one) < ranks.numbered(other)) == (one < other)


@given(GAPS)
def test_a_key_stands_where_it_was_put_and_leaves_room_on_both_sides(gaps: list[int]) -> None:
    keys: list[str] = []

    for gap in gaps:
        put(keys, gap)

    assert all(low < high for low, high in pairwise(keys))
    assert not any(key.endswith("0") for key in keys)


@pytest.mark.parametrize("gap", [0, 1], ids=["in front", "in the middle"])
def test_a_hundred_notes_put_before_the_same_one_keep_short_keys(gap: int) -> None:
    keys = [ranks.numbered(1), ranks.numbered(2)]

    for _ in range(100):
        put(keys, gap)

    assert max(map(len, keys)) <= ranks.LONGEST


@pytest.mark.parametrize(("low", "high", "key"), [("", "8", "4"), ("1", "3", "2"), ("1", "2", "18"), ("11", "2", "18")])
def test_a_key_is_as_short_as_its_gap_allows(low: str, high: str, key: str) -> None:
    assert ranks.between(low, high) == key


@pytest.mark.parametrize(("low", "high"), [("1", "1"), ("2", "1"), ("", "")])
def test_nothing_fits_where_no_gap_is(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="nothing comes after"):
        ranks.between(low, high)
