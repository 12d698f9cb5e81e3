"""Which notes count at all: those that say something of their own."""

from collections.abc import Collection, Iterable
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
    silent = {cell: _silent(part, texts, cell) for cell in part.cells()}
    in_part = [note for note in notes if note.part == part.id and note.cell in silent]
    first = part.fields[0].id
    return [note for note in in_part if folded(str(note.values.get(first, ""))) not in silent[note.cell]]


def _silent(part: Part, texts: Collection[PartText], cell: str) -> set[str]:
    """Give what says nothing in a cell: no words, or those of its places."""
    titles = [text.captions[name][place].title for text in texts for name, place in part.place_of(cell).items()]
    return {"", *map(folded, titles)}
