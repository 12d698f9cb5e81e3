"""Another note of the same part."""

from collections.abc import Iterator
from typing import ClassVar, Literal
from uuid import UUID

from content.fields.field import Field, Misfit, MisfitKind, Value


class PointerField(Field):
    """Another note of the same part, by its id; where that note is gone, it points nowhere."""

    is_pointer: ClassVar[bool] = True

    kind: Literal["pointer"]

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what is no id; whether there is such a note is for the page to show."""
        return None if _is_id(str(value)) else Misfit(kind=MisfitKind.NOT_OFFERED)

    def shortfalls(self, other: Field) -> Iterator[str]:
        """Hold nothing of another exercise: the note that is meant stands there."""
        yield f"points at a note of `{other.id}`'s exercise: leave it out of `fields`"


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
