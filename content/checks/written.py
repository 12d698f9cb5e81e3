"""Which notes count at all: those that say something of their own."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from content.note import Noted
from content.parts.part import Part, PartText
from content.words import folded

N = TypeVar("N", bound=Noted)


def written(part: Part, texts: Collection[PartText], notes: Iterable[N]) -> list[N]:
    """Choose a part's notes whose first field has words, and other words than those that stand over their place.

    A note that says "Leisure" in the row *Leisure* is no answer, and neither is a question that was copied; `texts`
    are the part's in all languages.
    """
    cells = part.cells()
    in_part = [note for note in notes if note.part == part.id and note.cell in cells]
    echoes = _echoes(part, texts)
    return [note for note in in_part if _first_words(part, note) not in _of_place(part, note, echoes)]


def _first_words(part: Part, note: Noted) -> str:
    return folded(str(note.values.get(part.fields[0].id, "")))


def _of_place(part: Part, note: Noted, echoes: Mapping[tuple[str, str], set[str]]) -> set[str]:
    """Give what says nothing in a note's place: no words, or the place's own."""
    return {""}.union(*(echoes[place] for place in part.place_of(note.cell).items()))


def _echoes(part: Part, texts: Collection[PartText]) -> Mapping[tuple[str, str], set[str]]:
    return {
        (places.name, place): {folded(text.captions[places.name][place].title) for text in texts}
        for places in part.places()
        for place in places.ids
    }
