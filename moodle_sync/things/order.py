"""Brings things into an order with the fewest moves: pure."""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def misplaced(wanted: Sequence[T], there: Sequence[T], rather: Collection[T] = ()) -> list[T]:
    """Choose the fewest that must move, in the wanted order; of equal choices one of those that rather move.

    When the first of them has been moved behind what is wanted before it, the choice is what was left of this one.
    """
    places = {thing: place for place, thing in enumerate(there)}
    kept = list(wanted)
    most = _longest([places[thing] for thing in kept])
    moved: set[T] = set()
    for thing in sorted(wanted, key=lambda thing: thing not in rather):
        if len(kept) == most:
            break
        others = [other for other in kept if other != thing]
        if _longest([places[other] for other in others]) == most:
            kept = others
            moved.add(thing)
    return [thing for thing in wanted if thing in moved]


def moves(wanted: Sequence[T], there: Sequence[T], moved: Sequence[T]) -> Iterator[tuple[T, T | None, T | None]]:
    """Move each behind what is wanted before it, or to the front; who stands there already is left out.

    What it stood behind until then comes last.
    """
    line = list(there)
    for thing in moved:
        place = wanted.index(thing)
        before = wanted[place - 1] if place else None
        at = line.index(thing)
        stood = line[at - 1] if at else None
        if stood != before:
            line.remove(thing)
            line.insert(line.index(before) + 1 if before is not None else 0, thing)
            yield thing, before, stood


@dataclass(frozen=True, slots=True)
class Shift:
    """A move of a thing, from behind one to behind another, by their numbers; 0 is the front."""

    thing: int
    stood: int
    behind: int


def still_moved(line: Sequence[int], shifts: Sequence[Shift]) -> int | None:
    """Tell after how many of some moves a line is as it is; None if it is so after none of them, nor before."""
    for done in range(len(shifts), -1, -1):
        back = [Shift(shift.thing, shift.behind, shift.stood) for shift in reversed(shifts[:done])]
        if _can_be(line, back) and _can_be(line, shifts[done:]):
            return done
    return None


def _can_be(line: Sequence[int], shifts: Sequence[Shift]) -> bool:
    """Tell whether moves can be made one after the other, each from where its thing stands."""
    there = list(line)
    for shift in shifts:
        if not {shift.thing, shift.behind} <= {*there} or there[there.index(shift.thing) - 1] != shift.stood:
            return False
        there.remove(shift.thing)
        there.insert(there.index(shift.behind) + 1, shift.thing)
    return True


def _longest(places: Sequence[int]) -> int:
    """Measure the longest part that stands in order."""
    ends: list[int] = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)
