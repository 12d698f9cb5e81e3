"""Requests as PHP reads them: form variables with brackets, and only so many of them.

REST takes no JSON, and past `max_input_vars` PHP drops the rest in silence; 1000 is its default, so a request with
fewer arrives whole on every site.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Scalar: TypeAlias = str | int | bool | None
Value: TypeAlias = Scalar | Mapping[str, "Value"] | Sequence["Value"]
Row: TypeAlias = Mapping[str, Value]

BUDGET = 900
"""Variables in one request, the few of the protocol included."""
OVERHEAD = 8
"""Variables that the protocol takes: token, function, format, settings."""


def flatten(arguments: Row) -> Iterator[tuple[str, str]]:
    """Write arguments as form variables: `users[0][lang]`, 1 and 0; what is None is left out."""
    for name, value in arguments.items():
        yield from _flatten(name, value)


def count(value: Value) -> int:
    """Count the variables that a value takes."""
    return sum(1 for _ in _flatten("", value))


def batches(rows: Iterable[tuple[T, Row]], *, most: int) -> Iterator[list[tuple[T, Row]]]:
    """Cut rows into batches of at most so many, each within the budget of variables; a row is never cut."""
    batch: list[tuple[T, Row]] = []
    room = BUDGET - OVERHEAD
    for item, row in rows:
        cost = count(row)
        if batch and (cost > room or len(batch) == most):
            yield batch
            batch, room = [], BUDGET - OVERHEAD
        batch.append((item, row))
        room -= cost
    if batch:
        yield batch


def _flatten(name: str, value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flatten(f"{name}[{key}]", part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, part in enumerate(value):
            yield from _flatten(f"{name}[{place}]", part)
    elif value is not None:
        yield name, str(int(value)) if isinstance(value, bool) else str(value)
