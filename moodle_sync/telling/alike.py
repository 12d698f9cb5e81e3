"""What is the same of many, told in one line with examples instead of in very many lines."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

FEW: Final = 5
"""So many of the same are told one by one."""
SHOWN: Final = 3
"""How many examples the line of many has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one thing."""

    line: str
    """All of it, where it is told alone."""
    title: str
    """What begins the line of many."""
    name: str
    text: str
    """What follows the names there."""
    cause: Hashable
    """The same for all that are told together."""


def in_few(told: Iterable[Told], where: str) -> Iterator[str]:
    """Tell few of the same one by one, and many in one line; `where` says where each of these is told."""
    groups: dict[Hashable, list[Told]] = {}
    for one in told:
        groups.setdefault((one.title, one.cause), []).append(one)
    for group in groups.values():
        yield from [one.line for one in group] if len(group) <= FEW else [_line(group)]
    if any(len(group) > FEW for group in groups.values()):
        yield where


def _line(group: Sequence[Told]) -> str:
    """Tell many in one line: how often, of whom, and what; that is what is said of the first where it differs."""
    first = group[0]
    names = list(dict.fromkeys(one.name for one in group))
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    said_of = "" if len({one.text for one in group}) == 1 else f" (said of {first.name})"
    return f"{first.title}, {len(group):,} times: {', '.join(names[:SHOWN])}{more}: {first.text}{said_of}"
