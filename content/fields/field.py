"""What every kind of field can do, so that nobody asks which kind it is."""

import unicodedata
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, TypeAlias

from pydantic import Field as Default

from content.findings import Finding, matched, under
from content.shape import LONGEST_MARK, Mark, Shape, Slug, Text, Title

Value: TypeAlias = str | int | float | list[str]
"""What a note holds of one field, as JSON has it; "" or an empty list is a field that was left open."""


class MisfitKind(StrEnum):
    """Why a field can't hold a value."""

    TOO_LONG = "too_long"
    NOT_OFFERED = "not_offered"
    NO_DATE = "no_date"
    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A value that a field can't hold, with what is told of it, by the placeholders of the sentence that tells it."""

    kind: MisfitKind
    told: Mapping[str, str | int] = field(default_factory=dict)


class FieldText(Shape):
    """The words of a field; `options` and their short `marks` for a choice, the two end labels for a scale."""

    label: Title
    hint: Text | None = None
    options: Mapping[str, Title] = Default(default_factory=dict)
    marks: Mapping[str, Mark] = Default(default_factory=dict)
    minimum_label: Title | None = None
    maximum_label: Title | None = None

    def mark(self, option: str) -> str:
        """Say an option shortly, as a note shows it: by its mark, else by its label up to the first colon."""
        return self.marks.get(option) or self.options.get(option, option).split(":")[0]


class Field(Shape):
    """One thing that a note says; a note is its first field, and the others may be left open."""

    is_prose: ClassVar[bool] = False
    """Whether it is words to read, and no mark on a note: a note begins with such a field."""
    is_pointer: ClassVar[bool] = False
    """Whether its value names another note."""
    is_day: ClassVar[bool] = False
    """Whether its value is a day."""

    id: Slug
    kind: str
    asked: bool = True
    """Whether it is still asked: one that no longer is stays readable on the notes that have it."""

    def tidy(self, raw: Value) -> Value:
        """Make of what a page sends what is kept."""
        return trimmed(raw)

    @property
    def room(self) -> int:
        """Say how many characters a person may write here."""
        return 0

    @abstractmethod
    def misfit(self, value: Value) -> Misfit | None:
        """Say why this field can't hold a tidied value, if it can't."""

    def offered(self) -> tuple[str, ...]:
        """Name the options among which a person chooses; nothing where they write."""
        return ()

    def worded(self) -> tuple[str, ...]:
        """Name the options that have words of their own in the text."""
        return ()

    def chosen(self, value: Value) -> tuple[str, ...]:
        """Name the options that a value chooses."""
        return tuple(option for option in self.offered() if option == str(value))

    def steps(self) -> range:
        """Give the numbers on which a map can be drawn; none where there are no steps."""
        return range(0)

    def shortfalls(self, other: "Field") -> Iterator[str]:
        """Say what it lacks to hold all that a field of another exercise may say."""
        if other.kind != self.kind:
            yield f"becomes `{self.id}`, a {self.kind}, and is a {other.kind}: choose a field of the same kind"
            return
        for option in other.offered():
            if option not in self.offered():
                yield f"becomes `{self.id}`, which has no option `{option}`: add it there"
        if other.room > self.room:
            yield f"may have {other.room} characters and becomes `{self.id}`, which has room for {self.room}: raise it"

    def findings(self) -> Iterator[Finding]:
        """Find what contradicts itself in this field."""
        yield from ()

    def wording(self, text: FieldText) -> Iterator[Finding]:
        """Compare the field with its words."""
        yield from under("options", matched(self.worded(), text.options))
        yield from under("marks", self._mark_findings(text))
        for key in ("minimum_label", "maximum_label"):
            if getattr(text, key) is not None and not self.steps():
                yield key, "belongs to a scale: remove it"

    def _mark_findings(self, text: FieldText) -> Iterator[Finding]:
        for option in text.marks:
            if option not in self.worded():
                yield option, "isn't in the structure: remove it or correct its name"
        for option in text.options:
            if len(text.mark(option)) > LONGEST_MARK:
                yield option, f"is missing: its label is long, so say it in at most {LONGEST_MARK} characters"


def trimmed(raw: Value) -> Value:
    """Trim words, and drop from them what no keyboard writes and a database may refuse."""
    return _printable(raw).strip() if isinstance(raw, str) else raw


def _printable(text: str) -> str:
    """Drop control characters and half surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
