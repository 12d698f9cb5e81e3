"""One of several options."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.fields.field import Field, Misfit, MisfitKind, Value
from content.findings import Finding, repeated
from content.shape import Slug


class ChoiceField(Field):
    """One of several options, by its id."""

    kind: Literal["choice"]
    options: Annotated[tuple[Slug, ...], Limits(min_length=2)]

    def offered(self) -> tuple[str, ...]:
        """Name the options."""
        return self.options

    def worded(self) -> tuple[str, ...]:
        """Give each option words."""
        return self.options

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what isn't one of the options."""
        return None if value in self.options else Misfit(kind=MisfitKind.NOT_OFFERED)

    def findings(self) -> Iterator[Finding]:
        """Find options that stand twice."""
        yield from repeated("options[{}]", self.options)
