"""A step on a scale."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.fields.field import Field, Misfit, MisfitKind, Value, trimmed
from content.findings import Finding


class ScaleField(Field):
    """A whole number from `minimum` to `maximum`, both included."""

    kind: Literal["scale"]
    minimum: Annotated[int, Limits(ge=0, le=10)]
    maximum: Annotated[int, Limits(ge=0, le=10)]

    def steps(self) -> range:
        """Give the numbers of the scale."""
        return range(self.minimum, self.maximum + 1)

    def offered(self) -> tuple[str, ...]:
        """Name the steps."""
        return tuple(map(str, self.steps()))

    def tidy(self, raw: Value) -> Value:
        """Read the number that a form sends as words."""
        words = trimmed(raw)
        return next((step for step in self.steps() if str(step) == words), words)

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what isn't a step."""
        is_step = isinstance(value, int) and value in self.steps()
        return None if is_step else Misfit(kind=MisfitKind.NOT_OFFERED)

    def findings(self) -> Iterator[Finding]:
        """Find a scale without steps."""
        if self.minimum >= self.maximum:
            yield "maximum", f"must be more than the minimum, {self.minimum}: raise it"
