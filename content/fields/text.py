"""Words that a person writes."""

from typing import ClassVar, Literal

from content.fields.field import Field, Misfit, MisfitKind, Value
from content.shape import Length


class TextField(Field):
    """Words that a person writes, at most `max_length` characters."""

    is_prose: ClassVar[bool] = True

    kind: Literal["text"]
    max_length: Length = 400

    @property
    def room(self) -> int:
        """Say how many characters a person may write here."""
        return self.max_length

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what is too long."""
        if not isinstance(value, str):
            return Misfit(kind=MisfitKind.NOT_OFFERED)
        if len(value) > self.max_length:
            return Misfit(kind=MisfitKind.TOO_LONG, told={"length": len(value), "limit": self.max_length})
        return None
