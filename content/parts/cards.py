"""A pile of cards, and the map that it can be drawn as."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from content.findings import Finding, choose, under, unknown
from content.note import Noted
from content.parts.part import Corner, Drawing, PartOfFields, Places
from content.shape import Shape, Slug


class Marked(Shape):
    """The option by which a card has another shape on the map."""

    field: Slug
    option: Slug


class Axes(Shape):
    """The two scale fields by which cards are drawn as a map."""

    x: Slug
    y: Slug
    marked: Marked | None = None
    mirrors: bool = True
    """Whether it begins at the other side where the script does: a map of places doesn't, since west stays left."""


class Pin(NamedTuple):
    """A card on the map: its number in the list, its first words, where it stands, and whether by another shape."""

    id: str
    number: int
    label: str
    x: int
    y: int
    is_marked: bool


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
        if axes.marked:
            yield from under("marked", self._marked_findings(axes.marked))

    def _marked_findings(self, marked: Marked) -> Iterator[Finding]:
        offered = {field.id: field.offered() for field in self.fields}
        yield from unknown("field", marked.field, list(offered), f"a field of `{self.id}`")
        if marked.field in offered:
            yield from unknown("option", marked.option, offered[marked.field], f"an option of `{marked.field}`")

    def pins(self, notes: Iterable[Noted]) -> list[Pin]:
        """Find the cards that say where they stand on both axes, in their order."""
        if self.axes is None:
            return []
        pins = (self._pin(self.axes, number, note) for number, note in enumerate(notes, start=1))
        return [pin for pin in pins if pin]

    def _pin(self, axes: Axes, number: int, note: Noted) -> Pin | None:
        x, y = note.values.get(axes.x), note.values.get(axes.y)
        if not isinstance(x, int) or not isinstance(y, int):
            return None
        is_marked = axes.marked is not None and self._has_chosen(axes.marked, note)
        return Pin(note.id, number, str(note.values.get(self.fields[0].id, "")), x, y, is_marked)

    def _has_chosen(self, marked: Marked, note: Noted) -> bool:
        field = next(field for field in self.fields if field.id == marked.field)
        return field.id in note.values and marked.option in field.chosen(note.values[field.id])

    def drawing(self, notes: Sequence[Noted]) -> Drawing | None:
        """Give the map of the cards, numbered as in their list."""
        if self.axes is None:
            return None
        at: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for pin in self.pins(notes):
            at[pin.x, pin.y].append(pin.number)
        columns, rows = self.steps(self.axes.x), self.steps(self.axes.y)[::-1]
        return Drawing(self.axes.x, self.axes.y, columns, rows, at, self.axes.mirrors)

    def corners(self) -> tuple[Corner, ...]:
        """Name the four corners of the map, from above as it is read; a middle step is with the higher ones."""
        if self.axes is None:
            return ()
        across, upwards = self._halves(self.axes.x), self._halves(self.axes.y)
        return tuple(
            Corner(f"{x}-{y}", {self.axes.x: across[x], self.axes.y: upwards[y]})
            for y in ("high", "low")
            for x in ("low", "high")
        )

    def _halves(self, axis: str) -> Mapping[str, range]:
        steps = self.steps(axis)
        middle = len(steps) // 2
        return {"low": steps[:middle], "high": steps[middle:]}

    def steps(self, axis: str) -> range:
        """Give the numbers along an axis, by its field's id."""
        return next(field.steps() for field in self.fields if field.id == axis)
