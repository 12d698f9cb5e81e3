"""A number that a person writes."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field as Limits

from content.fields.field import Field, Misfit, MisfitKind, Value, trimmed
from content.findings import Finding

WRITTEN: Final = re.compile(r"[+-]?\d{1,12}([.,٫]\d{1,6})?")
"""As people write it: digits of any script, and the comma of theirs; nothing between thousands, which could be one."""


class NumberField(Field):
    """A number from `minimum` to `maximum`, both included, with at most so many decimals."""

    kind: Literal["number"]
    minimum: int = 0
    maximum: int = 1_000_000
    decimals: Annotated[int, Limits(ge=0, le=3)] = 0

    def tidy(self, raw: Value) -> Value:
        """Read the number that a form sends as words."""
        words = trimmed(raw)
        if isinstance(words, str) and WRITTEN.fullmatch(words):
            words = float(re.sub("[,٫]", ".", words))
        return int(words) if isinstance(words, float) and words.is_integer() else words

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what is no number, or too small, too large or too exact a one."""
        if not isinstance(value, int | float) or round(value, self.decimals) != value:
            return Misfit(kind=MisfitKind.NO_NUMBER, told={"example": "12.5" if self.decimals else "12"})
        if not self.minimum <= value <= self.maximum:
            return Misfit(kind=MisfitKind.OUT_OF_RANGE, told={"minimum": self.minimum, "maximum": self.maximum})
        return None

    def shortfalls(self, other: Field) -> Iterator[str]:
        """Miss what is smaller, larger or more exact, beside what every field lacks."""
        yield from super().shortfalls(other)
        if isinstance(other, NumberField) and not self._spans(other):
            yield f"becomes `{self.id}`, whose numbers are fewer: widen its minimum, maximum or decimals"

    def _spans(self, other: "NumberField") -> bool:
        is_as_exact = self.decimals >= other.decimals
        return is_as_exact and self.minimum <= other.minimum and other.maximum <= self.maximum

    def findings(self) -> Iterator[Finding]:
        """Find limits between which there is no number."""
        if self.minimum >= self.maximum:
            yield "maximum", f"must be more than the minimum, {self.minimum}: raise it"
