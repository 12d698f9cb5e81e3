"""How many rows a request takes, by the time that the last one took: pure."""

FIRST = 50
"""Rows in a function's first request."""
AIM = 5.0
"""Seconds that a request should take."""
SLOW = 20.0
"""Seconds after which somebody on the way may hang up."""


def next_size(size: int, rows: int, seconds: float) -> int:
    """Decide how many rows are next, where `size` were allowed and `rows` of them took so long."""
    if seconds > SLOW:
        return max(1, rows // 2)
    if seconds > AIM:
        return max(1, int(rows * AIM / seconds))
    return size if rows < size else int(min(2 * size, rows * AIM / max(seconds, 0.001)))
