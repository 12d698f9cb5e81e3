"""Which notes of a part are meant: the filter that checks share."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator
from pydantic import Field as Limits

from content.fields.field import Field, Value
from content.findings import Finding, unknown
from content.note import Noted
from content.parts.part import Part
from content.shape import Shape, Slug
from content.words import words

Option = Annotated[Slug, BeforeValidator(lambda option: str(option) if type(option) is int else option)]
"""An option's id; a step of a scale is its number."""


class Which(Shape):
    """Notes that stand in one of these places, have chosen one of these options, and have these fields given."""

    places: Mapping[Slug, tuple[Slug, ...]] = Limits(default_factory=dict)
    """By the places' name, such as `columns`."""
    chosen: Mapping[Slug, tuple[Option, ...]] = Limits(default_factory=dict)
    """By the field's id."""
    given: tuple[Slug, ...] = ()

    def among(self, part: Part, notes: Iterable[Noted]) -> list[Noted]:
        """Choose the notes of the part that are meant."""
        fields = {field.id: field for field in part.fields}
        chosen = [(fields[name], options) for name, options in self.chosen.items()]
        return [
            note
            for note in notes
            if self._stands_there(part, note)
            and all(_has_chosen(field, note, options) for field, options in chosen)
            and all(_says_something(note.values.get(name, "")) for name in self.given)
        ]

    def _stands_there(self, part: Part, note: Noted) -> bool:
        place = part.place_of(note.cell) if self.places else {}
        return all(place[name] in ids for name, ids in self.places.items())

    def findings(self, part: Part) -> Iterator[Finding]:
        """Find places, fields and options that the part doesn't have."""
        fields = {field.id: field for field in part.labelled if field.asked}
        yield from self._place_findings(part)
        yield from self._option_findings(part, fields)
        for name in self.given:
            yield from unknown("given", name, list(fields), f"a field of `{part.id}`")

    def _place_findings(self, part: Part) -> Iterator[Finding]:
        known = dict(part.places())
        for name, ids in self.places.items():
            yield from unknown("places", name, list(known), f"what `{part.id}` has places for")
            for one in ids if name in known else ():
                yield from unknown(f"places.{name}", one, known[name], f"in the {name} of `{part.id}`")

    def _option_findings(self, part: Part, fields: Mapping[str, Field]) -> Iterator[Finding]:
        for name, options in self.chosen.items():
            yield from unknown("chosen", name, list(fields), f"a field of `{part.id}`")
            for option in options if name in fields else ():
                yield from unknown(f"chosen.{name}", option, fields[name].offered(), f"an option of `{name}`")


def _has_chosen(field: Field, note: Noted, options: tuple[str, ...]) -> bool:
    return field.id in note.values and not set(options).isdisjoint(field.chosen(note.values[field.id]))


def _says_something(value: Value) -> bool:
    """Tell whether a field is given: a text by a word at least, and not by a dash or a question mark."""
    return bool(words(value)) if isinstance(value, str) else True
