"""People are shared out to groups by chance, in groups of about the same size."""

from collections import Counter
from random import Random

import pytest

from lti_tool.groups import sharing
from lti_tool.groups.sharing import Shares, Wish

SEEDS = range(20)


def sizes(shares: Shares, members: dict[int, int] | None = None) -> list[int]:
    counts = Counter((members or {}).values()) + Counter(
        shares.groups[place] or -place - 1 for place in shares.places.values()
    )
    return sorted(counts.values())


@pytest.mark.parametrize(
    ("wish", "people", "number"),
    [
        (Wish(groups=3), 10, 3),
        (Wish(groups=10), 3, 3),
        (Wish(groups=1), 10, 1),
        (Wish(people=4), 10, 3),
        (Wish(people=4), 8, 2),
        (Wish(people=4), 3, 1),
        (Wish(people=1), 3, 3),
        (Wish(people=4), 0, 0),
        (Wish(groups=4), 0, 0),
    ],
)
def test_a_wish_makes_a_number_of_groups(wish: Wish, people: int, number: int) -> None:
    assert wish.number(people) == number


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("people", "wish", "expected"), [(10, Wish(groups=3), [3, 3, 4]), (9, Wish(people=4), [3, 3, 3])]
)
def test_groups_are_of_about_the_same_size(seed: int, people: int, wish: Wish, expected: list[int]) -> None:
    assert sizes(sharing.add(range(people), {}, wish, Random(seed))) == expected
    assert sizes(sharing.mix(range(people), {}, wish, Random(seed))) == expected


def test_chance_decides_who_comes_together() -> None:
    mixes = {tuple(sharing.mix(range(6), {}, Wish(groups=2), Random(seed)).places.items()) for seed in SEEDS}

    assert len(mixes) > 1
    assert sharing.mix(range(6), {}, Wish(groups=2), Random(1)) == sharing.mix(range(6), {}, Wish(groups=2), Random(1))


def test_any_two_may_come_together_or_not() -> None:
    mixes = [sharing.mix(range(6), {}, Wish(groups=2), Random(seed)).places for seed in SEEDS]

    assert {one[0] == one[1] for one in mixes} == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_in_a_group_stays_and_who_comes_later_fills_the_smallest(seed: int) -> None:
    members = {1: 50, 2: 50, 3: 50, 4: 60}

    shares = sharing.add([1, 2, 5, 6], members, Wish(groups=2), Random(seed))

    assert shares.groups == [50, 60]
    assert shares.places == {5: 1, 6: 1}
    assert shares.out == frozenset()


@pytest.mark.parametrize("seed", SEEDS)
def test_more_groups_are_made_where_those_that_are_there_are_too_few(seed: int) -> None:
    members = {1: 50, 2: 50}

    shares = sharing.add([3, 4, 5, 6], members, Wish(people=2), Random(seed))

    assert shares.groups == [50, None, None]
    assert sizes(shares, members) == [2, 2, 2]


def test_no_group_is_made_for_nobody() -> None:
    assert sharing.add([1, 2], {1: 50, 2: 50}, Wish(groups=2), Random(1)) == Shares(groups=[50], places={})
    assert sharing.add([], {}, Wish(groups=2), Random(1)) == Shares(groups=[], places={})


@pytest.mark.parametrize("seed", SEEDS)
def test_to_mix_everybody_anew_takes_them_out_of_where_they_were(seed: int) -> None:
    members = {1: 50, 2: 50, 3: 60, 4: 60}

    shares = sharing.mix([1, 2, 3, 5], members, Wish(groups=2), Random(seed))

    assert shares.groups == [None, None]
    assert sorted(shares.places) == [1, 2, 3, 5]
    assert sizes(shares) == [2, 2]
    assert shares.out == frozenset({4})
