"""A part of a canvas as a large sheet for a wall: divided over pages of A4, which are glued together in their order.

A page ends where boxes end, so that nothing on it is cut and nothing overlaps: four boxes each, or one corner of a map.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from content.model import Exercise
from content.parts.part import Corner, Part

BESIDE = 2
"""Boxes on a page beside each other, and one below the other."""
T = TypeVar("T")
Box = str | Corner
"""A cell, or a corner of the map that a part is drawn as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on one page, and where it is in the whole; both count from 1."""

    row: int
    column: int
    boxes: Sequence[Sequence[Box]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """The pages of one part, in reading order."""

    part: Part
    pages: Sequence[Page]

    @property
    def rows(self) -> int:
        """Count the pages one below the other."""
        return self.pages[-1].row

    @property
    def columns(self) -> int:
        """Count the pages beside each other."""
        return self.pages[-1].column


def of(exercise: Exercise) -> Sequence[Poster]:
    """Make the posters of an exercise, of each part that has several boxes."""
    boards = ((part, *_board(part)) for part in exercise.parts)
    return [
        Poster(part=part, pages=list(_pages(board, each))) for part, board, each in boards if sum(map(len, board)) > 1
    ]


def _board(part: Part) -> tuple[Sequence[Sequence[Box]], int]:
    """Lay out a part's boxes as they hang on the wall, and say how many of them go on a page beside each other."""
    corners = part.corners()
    if corners:
        return _by(corners, BESIDE), 1
    return [strip.cells for strip in part.strips()], BESIDE


def _pages(board: Sequence[Sequence[Box]], each: int) -> Iterator[Page]:
    for row, band in enumerate(_by(board, each), start=1):
        for column, left in enumerate(range(0, len(band[0]), each), start=1):
            yield Page(row=row, column=column, boxes=[line[left : left + each] for line in band])


def _by(things: Sequence[T], number: int) -> Sequence[Sequence[T]]:
    return [things[first : first + number] for first in range(0, len(things), number)]
