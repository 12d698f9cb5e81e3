"""Requests as PHP reads them: form variables with brackets, and only so many of them.

REST takes no JSON, and past `max_input_vars` PHP drops the rest in silence; 1000 is its default, so a request with
fewer arrives whole on nearly every site.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Scalar: TypeAlias = str | int | bool | None
Value: TypeAlias = Scalar | Mapping[str, "Value"] | Sequence["Value"]
Row: TypeAlias = Mapping[str, Value]

BUDGET = 900
"""Variables in one request, the few of the protocol included, where a site's limit isn't known."""
SHARE = 0.8
"""How much of a limit that is known is used."""
OVERHEAD = 8
"""Variables that the protocol takes: token, function, format, settings."""


def flatten(arguments: Row) -> Iterator[tuple[str, str]]:
    """Write arguments as form variables: `users[0][lang]`, 1 and 0; what is None is left out."""
    for name, value in arguments.items():
        yield from _flatten(name, value)


def count(value: Value) -> int:
    """Count the variables that a value takes."""
    return sum(1 for _ in _flatten("", value))


def _flatten(name: str, value: Value) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flatten(f"{name}[{key}]", part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, part in enumerate(value):
            yield from _flatten(f"{name}[{place}]", part)
    elif value is not None:
        yield name, str(int(value)) if isinstance(value, bool) else str(value)
