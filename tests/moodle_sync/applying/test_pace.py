"""How many rows are next."""

import pytest

from moodle_sync.applying.pace import FIRST, next_size


@pytest.mark.parametrize(
    ("case", "size", "rows", "seconds", "following"),
    [
        ("fast: twice as many", 50, 50, 0.4, 100),
        ("so fast that no time was seen", 50, 50, 0.0, 100),
        ("nearly as long as it should take", 50, 50, 4.0, 62),
        ("a full one took too long: what takes five seconds", 50, 50, 10.0, 25),
        ("one that the budget of variables cut took too long", 200, 90, 15.0, 30),
        ("a short one that was fast tells nothing", 200, 3, 0.5, 200),
        ("somebody may hang up: half", 50, 50, 21.0, 25),
        ("somebody may hang up: half of what was sent", 200, 90, 300.0, 45),
        ("one row that is slow stays one row", 1, 1, 60.0, 1),
        ("one row that takes eight seconds stays one row", 1, 1, 8.0, 1),
    ],
)
def test_the_time_of_a_request_decides_the_next_ones_size(
    case: str, size: int, rows: int, seconds: float, following: int
) -> None:
    assert next_size(size, rows, seconds) == following, case


def test_where_a_row_takes_a_tenth_of_a_second_requests_come_to_take_five() -> None:
    size = FIRST

    for _ in range(3):
        size = next_size(size, size, size * 0.1)

    assert size == 50


def test_where_a_row_takes_little_requests_grow_until_they_take_five_seconds() -> None:
    sizes = [FIRST]

    for _ in range(6):
        sizes.append(next_size(sizes[-1], sizes[-1], sizes[-1] * 0.01))

    assert sizes == [50, 100, 200, 400, 500, 500, 500]
