"""Keys that order the notes of a cell: a new one fits between any two, so that a move writes one note.

A key is read as the digits after a point, in base 16: that is how texts compare too. None ends in 0, so there is always
room below.
"""

BASE = 16
MIDDLE = "8"
LONGEST = 40
"""Characters of a key: what goes into the same gap again and again gets longer ones, until its cell is renumbered."""


def numbered(number: int) -> str:
    """Make the key of a number, below that of every greater one."""
    return f"{number:08x}{MIDDLE}"


def between(low: str, high: str) -> str:
    """Make one of the shortest keys that come after `low`, which may be empty, and before `high`."""
    if low >= high:
        msg = f"nothing comes after {low} and before {high}"
        raise ValueError(msg)
    size = 1
    while (first := _digits(low, size) + 1) > (last := _digits(high, size) - (len(high) <= size)):
        size += 1
    return f"{(first + last) // 2:0{size}x}"


def _digits(key: str, size: int) -> int:
    """Read so many digits of a key as a whole number."""
    return int(key[:size].ljust(size, "0"), BASE)
