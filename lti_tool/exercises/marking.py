"""Who says how good a piece of work is: pure decisions."""

from enum import StrEnum


class Marking(StrEnum):
    """How an exercise is marked in a course, as its trainers chose."""

    HANDED_IN = "handed_in"
    """Done when handed in: full points, whatever was written."""
    BY_TRAINER = "by_trainer"
    """Nothing is sent before a trainer releases a mark."""


def sends_at_hand_in(marking: Marking, *, is_marked: bool) -> bool:
    """Tell whether handing in gives points by itself: a mark that a trainer released is never overwritten by it."""
    return marking is Marking.HANDED_IN and not is_marked
