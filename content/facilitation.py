"""What whoever guides a group through an exercise has before them: materials, steps with minutes, what helps."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from content.findings import Finding, matched, repeated, under
from content.shape import Minutes, Shape, Slug, Text, Title


class FacilitationStep(Shape):
    """A step of the session in the room, with its minutes."""

    id: Slug
    minutes: Minutes


class FacilitationStepText(Shape):
    """A step in one language: a word or two, and what to do and to say."""

    title: Title
    task: Text


class WhenText(Shape):
    """Something that happens in groups, and what helps."""

    title: Title
    advice: Text


class FacilitationText(Shape):
    """The page in one language; `before` and `afterwards` are CommonMark without HTML."""

    before: Text
    materials: Mapping[str, Text]
    steps: Mapping[str, FacilitationStepText]
    when: Mapping[str, WhenText] = Field(default_factory=dict)
    afterwards: Text


class Facilitation(Shape):
    """What a session with paper in a room needs, and how long it takes."""

    materials: Annotated[tuple[Slug, ...], Field(min_length=1)]
    steps: Annotated[tuple[FacilitationStep, ...], Field(min_length=1)]
    when: tuple[Slug, ...] = ()

    @property
    def minutes(self) -> int:
        """Add up the minutes of the steps."""
        return sum(step.minutes for step in self.steps)

    def findings(self) -> Iterator[Finding]:
        """Find names that stand twice."""
        yield from repeated("materials[{}]", self.materials)
        yield from repeated("steps[{}].id", [step.id for step in self.steps])
        yield from repeated("when[{}]", self.when)

    def wording(self, text: FacilitationText) -> Iterator[Finding]:
        """Compare it with its words."""
        yield from under("materials", matched(self.materials, text.materials))
        yield from under("steps", matched([step.id for step in self.steps], text.steps))
        yield from under("when", matched(self.when, text.when))
