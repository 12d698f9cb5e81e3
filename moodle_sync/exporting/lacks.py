"""What the files of an export don't hold of a site, told in lines: only what is really there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 5
"""How many names a line shows."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that isn't carried: what it is and what to do, and of which things."""

    what: str
    names: Sequence[str]

    def __str__(self) -> str:
        """Write it as a line."""
        more = f" and {len(self.names) - SHOWN:,} more" if len(self.names) > SHOWN else ""
        return f"{self.what} ({len(self.names):,}): {', '.join(self.names[:SHOWN])}{more}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A thing of which nothing at all is carried, and why."""

    kind: str
    name: str
    why: str

    def __str__(self) -> str:
        """Write it as a line."""
        return f"{self.kind} {self.name}: {self.why}"


def lacks(*found: tuple[str, Iterable[str]]) -> Iterator[Lack]:
    """Tell of what there is something, each with the names of those whose it is."""
    for what, names in found:
        if listed := list(dict.fromkeys(names)):
            yield Lack(what, listed)
