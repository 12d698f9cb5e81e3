"""Any number of several options."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Limits

from content.fields.field import Field, Misfit, MisfitKind, Value, trimmed
from content.findings import Finding, repeated
from content.shape import Slug


class ChoicesField(Field):
    """Any number of several options: their ids, in the order in which they are offered."""

    kind: Literal["choices"]
    options: Annotated[tuple[Slug, ...], Limits(min_length=2)]

    def offered(self) -> tuple[str, ...]:
        """Name the options."""
        return self.options

    def worded(self) -> tuple[str, ...]:
        """Give each option words."""
        return self.options

    def chosen(self, value: Value) -> tuple[str, ...]:
        """Name the options that are ticked."""
        return tuple(option for option in self.options if isinstance(value, list) and option in value)

    def tidy(self, raw: Value) -> Value:
        """Put what was ticked in order, each once; a form sends one tick as a word."""
        ticked = raw if isinstance(raw, list) else [str(raw)]
        words = [str(trimmed(one)) for one in ticked]
        return [*self.chosen(words), *(word for word in words if word and word not in self.options)]

    def misfit(self, value: Value) -> Misfit | None:
        """Refuse what isn't one of the options."""
        is_offered = isinstance(value, list) and set(value) <= set(self.options)
        return None if is_offered else Misfit(kind=MisfitKind.NOT_OFFERED)

    def findings(self) -> Iterator[Finding]:
        """Find options that stand twice."""
        yield from repeated("options[{}]", self.options)
