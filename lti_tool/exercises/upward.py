"""What a group sends to the course's canvas: how many notes, and each one once; pure decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

MOST = 5
"""Notes that a group has on the course's canvas at one time: what is to be chosen there was chosen here first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of the notes that were ticked."""

    notes: Sequence[str] = ()
    """The ids of those to be sent."""
    left: int = 0
    """How many more there can be, before these."""
    is_too_many: bool = False


def left(sent: Mapping[str, bool]) -> int:
    """Count how many notes a group can still send; `sent` tells of each that it sent whether it is still there."""
    return max(MOST - sum(sent.values()), 0)


def decide(ticked: Collection[str], here: Collection[str], sent: Mapping[str, bool]) -> Decision:
    """Decide about ticked notes; those that are gone, and those that were sent before, are left out."""
    new = [note_id for note_id in here if note_id in ticked and note_id not in sent]
    room = left(sent)
    if len(new) > room:
        return Decision(left=room, is_too_many=True)
    return Decision(notes=new, left=room)
