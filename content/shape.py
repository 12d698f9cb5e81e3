"""What the files' shapes are made of: identifiers, texts and numbers with their limits.

The limits leave room in Moodle, whose names and idnumbers are at most 255 and 100 characters long.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LONGEST_MARK = 24
"""Characters of what a note shows of an option."""

Language = Literal["en", "es", "pt", "el", "ar", "fr"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Mark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_MARK)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A text that may be empty: there is no more to say than the title does."""
Minutes = Annotated[int, Field(ge=1, le=600)]
Length = Annotated[int, Field(ge=1, le=10_000)]


class Shape(BaseModel):
    """What all shapes share: unknown keys are refused, nothing is converted, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
