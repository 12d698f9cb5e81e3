"""What every check can do: count something in the notes of a part."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field as Limits

from content.findings import Finding
from content.note import Noted
from content.parts.part import Part
from content.shape import Shape, Slug


class Check(Shape):
    """Something that the computer can count in a part's notes, of which there must be so much.

    As a question to the author it is the other way round: what it finds is worth a second look.
    """

    id: Slug
    rule: str
    part: Slug
    at_least: Annotated[int, Limits(ge=1)]

    @abstractmethod
    def findings(self, part: Part) -> Iterator[Finding]:
        """Find why the check can't be met in its part."""

    @abstractmethod
    def count(self, part: Part, notes: Sequence[Noted]) -> int:
        """Count in the written notes of the part."""

    def is_met(self, part: Part, notes: Sequence[Noted]) -> bool:
        """Tell whether the written notes of the part are enough."""
        return self.count(part, notes) >= self.at_least
