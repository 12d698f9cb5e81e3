"""What a check of the files finds: (dotted key, message), and the few sentences that many checks say.

Every key is relative to what the check was given; `under` puts it in its place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

Finding: TypeAlias = tuple[str, str]


def under(path: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Put what was found inside something under its key."""
    for key, message in findings:
        yield f"{path}.{key}", message


def repeated(key: str, names: Sequence[str]) -> Iterator[Finding]:
    """Find names that stand twice; `key` has a place for the index."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield key.format(index), f"`{name}` is already in this list: keep one or rename it"


def matched(expected: Collection[str], texts: Mapping[str, object]) -> Iterator[Finding]:
    """Find names without their text, and texts without their name."""
    for name in expected:
        if name not in texts:
            yield name, "is missing: the structure has it, so add its text"
    for name in texts:
        if name not in expected:
            yield name, "isn't in the structure: remove it or correct its name"


def at_most(asked: int, available: int) -> Iterator[Finding]:
    """Find a number that can't be reached."""
    if asked > available:
        yield "at_least", f"asks for {asked} where there are {available}: ask for at most {available}"


def unknown(key: str, name: str, names: Sequence[str], what: str) -> Iterator[Finding]:
    """Find a name that isn't one of those that are there."""
    if name not in names:
        yield key, f"`{name}` isn't {what}: {choose(names)}"


def choose(names: Sequence[str]) -> str:
    """Advise which name to write instead."""
    return f"choose one of {', '.join(names)}" if names else "there is none to choose, so remove this"
