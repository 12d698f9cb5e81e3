"""What every kind of part can do, so that nobody asks which kind it is: notes made of fields, in cells."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import ConfigDict, model_validator
from pydantic import Field as Limits

from content.fields.catalogue import NoteField
from content.fields.field import Field, FieldText
from content.findings import Finding, matched, repeated, under
from content.note import Noted
from content.shape import Shape, Slug, Text

N = TypeVar("N", bound=Noted)
NoteFields = Annotated[tuple[NoteField, ...], Limits(min_length=1)]


class Places(NamedTuple):
    """One side of where notes stand, such as a grid's rows: the text has a caption for each id under this name."""

    name: str
    ids: tuple[str, ...]


class Strip(NamedTuple):
    """What of a part is looked at at one time: a row of a grid, a lane, a question, or the whole."""

    places: str
    """The name of the side that it is one of; empty where it is the whole."""
    id: str
    cells: tuple[str, ...]


class Corner(NamedTuple):
    """A corner of the map that a part can be drawn as."""

    id: str
    sides: Mapping[str, range]
    """By field the numbers that lie in it."""

    def holds(self, note: Noted) -> bool:
        """Tell whether a note stands there."""
        return all(note.values.get(field) in numbers for field, numbers in self.sides.items())


class Passage(NamedTuple, Generic[N]):
    """Notes that are read together, where a part is read from its beginning to its end, as on paper."""

    heading: tuple[str, str] | None
    """The side and the id of the place whose caption stands over them; none where nothing does."""
    notes: Sequence[N]
    depth: int = 0
    """0 for a passage of its own, 1 for one within the passage before."""
    is_rest: bool = False
    """Whether they are what is left, which has no place among the others yet."""


class Drawing(NamedTuple):
    """A map that a part is drawn as: its two fields, their steps, and the numbers of the notes at each crossing."""

    x: str
    y: str
    columns: Sequence[int]
    rows: Sequence[int]
    """From above."""
    at: Mapping[tuple[int, int], Sequence[int]]
    mirrors: bool


class Caption(Shape):
    """What stands over a place; one that is only a title may be written as it is."""

    title: Text
    hint: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _entitle(cls, data: object) -> object:
        return {"title": data} if isinstance(data, str) else data

    def __str__(self) -> str:
        return self.title


class PartText(Shape):
    """The words of a part, by the ids in its structure; each kind names its places as it likes: rows, questions."""

    model_config = ConfigDict(extra="allow")

    __pydantic_extra__: dict[str, Mapping[str, Caption]] = Limits(init=False)

    title: Text
    help: Text
    fields: Mapping[str, FieldText] = Limits(default_factory=dict)

    @property
    def captions(self) -> Mapping[str, Mapping[str, Caption]]:
        """Give the captions of the places, by the places' name."""
        return self.__pydantic_extra__

    def name_of(self, strip: Strip) -> str:
        """Name a strip of the part; the whole is named as the part is."""
        return str(self.captions[strip.places][strip.id]) if strip.places else self.title


class Part(Shape):
    """A piece of a canvas: notes, made of the same fields, in cells."""

    id: Slug
    kind: str

    @property
    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """Say what a note is made of."""

    @abstractmethod
    def places(self) -> tuple[Places, ...]:
        """Name the sides of where notes stand: by one id of each, a note has its place."""

    def captioned(self) -> tuple[Places, ...]:
        """Name what has a caption in the text: the places, and what a kind draws between them."""
        return self.places()

    def cells(self) -> tuple[str, ...]:
        """Name the cells, in reading order."""
        return tuple("/".join(ids) for ids in product(*(places.ids for places in self.places())))

    def place_of(self, cell: str) -> Mapping[str, str]:
        """Give the places that make a cell, by their name."""
        return dict(zip((places.name for places in self.places()), cell.split("/"), strict=False))

    def strips(self) -> tuple[Strip, ...]:
        """Divide the part along its first side, for who looks at one thing after the other."""
        for side in self.places():
            return tuple(Strip(side.name, one, self._cells_at(side, one)) for one in side.ids)
        return (Strip("", "", self.cells()),)

    def _cells_at(self, side: Places, one: str) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells() if self.place_of(cell)[side.name] == one)

    def passages(self, notes: Mapping[str, Sequence[N]]) -> Iterator[Passage[N]]:
        """Go through notes, given by cell, in the order in which they are read on paper."""
        for strip in self.strips():
            heading = (strip.places, strip.id) if strip.places else None
            if len(strip.cells) == 1:
                yield Passage(heading, notes.get(strip.cells[0], ()))
                continue
            yield Passage(heading, ())
            for cell in strip.cells:
                yield Passage(tuple(self.place_of(cell).items())[-1], notes.get(cell, ()), depth=1)

    def drawing(self, notes: Sequence[Noted]) -> Drawing | None:
        """Give the map of these notes, which are numbered in their order; nothing where the part is none."""
        return None

    def corners(self) -> tuple[Corner, ...]:
        """Name the corners of the map, where the part can be drawn as one."""
        return ()

    @property
    @abstractmethod
    def notes_per_cell(self) -> int:
        """Say how many notes a cell may hold."""

    @property
    def labelled(self) -> Sequence[Field]:
        """Give the fields that have words of their own."""
        return self.fields

    def findings(self) -> Iterator[Finding]:
        """Find what contradicts itself in this part."""
        for places in self.places():
            yield from repeated(f"{places.name}[{{}}]", places.ids)
        yield from repeated("fields[{}].id", [field.id for field in self.fields])
        if not self.fields[0].is_prose:
            yield "fields[0].kind", "must be text in a note's first field: put a text field first"
        if not self.fields[0].asked:
            yield "fields[0].asked", "must be asked: a note is its first field"
        for index, field in enumerate(self.fields):
            yield from under(f"fields[{index}]", field.findings())

    def wording(self, text: PartText) -> Iterator[Finding]:
        """Compare the part with its words."""
        wanted = {places.name: places.ids for places in self.captioned()}
        for name in {**wanted, **text.captions}:
            yield from under(name, matched(wanted.get(name, ()), text.captions.get(name, {})))
        yield from under("fields", matched([field.id for field in self.labelled], text.fields))
        for field in self.labelled:
            if field.id in text.fields:
                yield from under(f"fields.{field.id}", field.wording(text.fields[field.id]))


class PartOfFields(Part):
    """A part whose author says what its notes are made of, under `fields`, and how many a cell may hold."""

    model_config = ConfigDict(serialize_by_alias=True)

    given: NoteFields = Limits(alias="fields")
    most_in_cell: Annotated[int, Limits(ge=1, le=2500)] = 1000

    @property
    def fields(self) -> Sequence[Field]:
        """Say what a note is made of."""
        return self.given

    @property
    def notes_per_cell(self) -> int:
        """Say how many notes a cell may hold."""
        return self.most_in_cell
