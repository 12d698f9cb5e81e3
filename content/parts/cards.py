"""A pile of cards, and the map that it can be drawn as."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from content.findings import Finding, choose, under
from content.note import Noted
from content.parts.part import PartOfFields, Places
from content.shape import Shape, Slug


class Axes(Shape):
    """The two scale fields by which cards are drawn as a map."""

    x: Slug
    y: Slug


class Pin(NamedTuple):
    """A card on the map: its number in the list, its first words, and where it stands."""

    number: int
    label: str
    x: int
    y: int


class CardsPart(PartOfFields):
    """A pile of cards in one cell, named `cards`; with `axes` the page draws them as a map too."""

    kind: Literal["cards"]
    axes: Axes | None = None

    def places(self) -> tuple[Places, ...]:
        """Name no place: a pile has one."""
        return ()

    def cells(self) -> tuple[str, ...]:
        """Name the only cell."""
        return ("cards",)

    def findings(self) -> Iterator[Finding]:
        """Find axes that can't be drawn, beside what every part checks."""
        yield from super().findings()
        if self.axes:
            yield from under("axes", self._axes_findings(self.axes))

    def _axes_findings(self, axes: Axes) -> Iterator[Finding]:
        scales = [field.id for field in self.fields if field.steps()]
        for axis, name in (("x", axes.x), ("y", axes.y)):
            if name not in scales:
                yield axis, f"`{name}` isn't a scale: {choose(scales)}"
        if axes.x == axes.y:
            yield "y", "is the same field as x: choose another"

    def pins(self, notes: Iterable[Noted]) -> Iterator[Pin]:
        """Find the cards that say where they stand on both axes, in their order."""
        if self.axes is None:
            return
        for number, note in enumerate(notes, start=1):
            x, y = note.values.get(self.axes.x), note.values.get(self.axes.y)
            if isinstance(x, int) and isinstance(y, int):
                yield Pin(number, str(note.values.get(self.fields[0].id, "")), x, y)

    def steps(self, axis: str) -> range:
        """Give the numbers along an axis, by its field's id."""
        return next(field.steps() for field in self.fields if field.id == axis)
