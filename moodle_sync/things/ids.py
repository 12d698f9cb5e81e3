"""Moodle's numbers of things, by our keys."""

from collections.abc import Callable, Mapping
from typing import cast

from moodle_sync.things.kind import C, K, Kind, Readable


class Ids:
    """The numbers that are known, by kind; `apply` adds those of what it makes and needs."""

    def __init__(self, make: Callable[[], dict[object, int]] = dict) -> None:
        self._make = make
        self._numbers: dict[object, dict[object, int]] = {}

    def __getitem__(self, kind: Readable[K, C]) -> dict[K, int]:
        """Give the numbers of a kind's things, to read and to add to."""
        if kind not in self._numbers:
            self._numbers[kind] = self._make()
        return cast("dict[K, int]", self._numbers[kind])

    def knowing(self, kind: Kind[K, C], numbers: Mapping[K, int]) -> "Ids":
        """Learn the numbers of a kind's things."""
        self[kind].update(numbers)
        return self
