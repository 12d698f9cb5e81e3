"""The file of groups' names that `moodle-sync groups --json` writes, and all that is wrong with one: pure.

Another program writes it, and an administrator may have changed it: what isn't known in it is refused.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from lti_tool.errors import NamesRefused
from lti_tool.lti.identifiers import Identifier

WHAT: Final = "moodle-sync groups"
VERSION: Final = 1
NO_FILE: Final = "isn't what `moodle-sync groups --json` writes"
OTHER_VERSION: Final = (
    "was written by another version of moodle-sync: write it anew with the one that comes with this tool"
)
ADVICE: Final[Mapping[str, str]] = {
    "extra_forbidden": "isn't known here: remove it or correct its name",
    "greater_than_equal": "is no number of Moodle's: they begin with 1",
    "int_type": "must be a whole number",
    "less_than_equal": "is no number of Moodle's: they have ten digits at most",
    "missing": "is missing",
    "model_type": "must be an object, in braces",
    "string_pattern_mismatch": "is empty, or holds a sign that no text has",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "is empty",
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list, in square brackets",
}

Number = Annotated[int, Field(ge=1, le=9_999_999_999)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255, pattern=r"^[^\x00]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class NamedGroup(_Part):
    """A group: Moodle's number of it, and its name there."""

    id: Number
    name: Name


class TheCourse(_Part):
    """A course by its number, which is what LTI calls it, and in the administrator's words."""

    idnumber: str
    shortname: str
    id: Number


class CourseGroups(_Part):
    """A course and its groups."""

    course: TheCourse
    groups: tuple[NamedGroup, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _require_once("groups", [group.id for group in self.groups])
        return self

    @property
    def context_id(self) -> str:
        """The course as launches name it."""
        return str(self.course.id)

    @property
    def names(self) -> Mapping[str, str]:
        """The groups' names by their numbers, as launches write them."""
        return {str(group.id): group.name for group in self.groups}


class GroupNames(_Part):
    """The whole file: what a site calls the groups of its courses."""

    what: str
    version: int
    site: Identifier
    """What the site calls itself where it opens a tool: its issuer."""
    courses: tuple[CourseGroups, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _require_once("courses", [one.course.id for one in self.courses])
        return self


def read(content: bytes) -> GroupNames:
    """Read a file.

    Raises:
        NamesRefused: naming all that is wrong with it, a line each.
    """
    try:
        text = content.decode(json.detect_encoding(content))
        head = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NamesRefused(NO_FILE) from error
    _require_ours(head)
    try:
        return GroupNames.model_validate_json(text)
    except ValidationError as error:
        raise NamesRefused("\n".join(_lines(error))) from error


def _require_ours(head: object) -> None:
    """Look first what it is: of another version's file most keys would seem wrong."""
    if not isinstance(head, dict) or head.get("what") != WHAT:
        raise NamesRefused(NO_FILE)
    if head.get("version") != VERSION:
        raise NamesRefused(OTHER_VERSION)


def _require_once(of: str, numbers: Sequence[int]) -> None:
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            message = f"{of}[{place}]: the number {number} stands here again: each needs its own"
            raise PydanticCustomError("repeated", "{message}", {"message": message})


def _lines(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_input=False):
        line = ": ".join(part for part in (_place(detail["loc"]), _advice(detail)) if part)
        yield " ".join(line.split())


def _place(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _advice(detail: ErrorDetails) -> str:
    if detail["type"] not in ADVICE:
        return detail["msg"]
    return ADVICE[detail["type"]].format_map(detail.get("ctx", {}))
