"""What came out of a canvas, to be copied: its notes by their places, and which got most votes; pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lti_tool.exercises.owners import Owner
from lti_tool.exercises.rules import Note
from lti_tool.exercises.sheet import Pile, Sheet
from lti_tool.groups.rules import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A note, or alike notes under their heading, with the votes that they got together."""

    pile: Pile
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What came out of one canvas."""

    owner: Owner
    sheet: Sheet
    group: Group | None = None
    """Whose canvas it is, where it is a group's."""
    totals: Mapping[str, int] | None = None
    """Votes by the notes' ids, where they may be shown."""

    @property
    def most_voted(self) -> Sequence[Ranked]:
        """Give what got votes, the most first; what got as many stays in the order of the canvas."""
        piles = [pile for piles in self.sheet.places.values() for pile in piles]
        ranked = [Ranked(pile=pile, votes=self.votes(pile)) for pile in piles]
        return sorted((one for one in ranked if one.votes), key=lambda one: -one.votes)

    def votes(self, pile: Pile) -> int:
        """Count the votes of notes that are shown together."""
        return sum(self.votes_on(note) for note in pile.notes)

    def votes_on(self, note: Note) -> int:
        """Count the votes of a note."""
        return (self.totals or {}).get(note.id, 0)
