"""Yes or no."""

from typing import Literal

from content.fields.field import Field, Misfit, MisfitKind, Value


class YesNoField(Field):
    """Yes or no, in the page's own words; left open it is neither."""

    kind: Literal["yes_no"]

    def offered(self) -> tuple[str, ...]:
        """Name the two."""
        return "yes", "no"

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what is neither."""
        return None if value in self.offered() else Misfit(kind=MisfitKind.NOT_OFFERED)
