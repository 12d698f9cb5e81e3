"""Courses and their settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from moodle_sync.things.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course with the names of its sections, the general one left out; an empty name is a section without one."""

    idnumber: str
    shortname: str
    fullname: str
    category: str
    """The category's idnumber; empty for one that is none of ours."""
    sections: tuple[str, ...] = ()
    summary: str = field(default="", compare=False)
    """Plain text, for new courses only."""
    format: str = field(default="topics", compare=False)
    ends: int | None = field(default=None, compare=False)
    """When, in seconds since 1970, or 0 for never; None is what nobody manages, or nobody is told."""


COURSES: Final[Kind[str, Mapping[str, Course]]] = Kind("course", {})
"""By idnumber."""
