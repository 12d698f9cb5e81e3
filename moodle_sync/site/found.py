"""Everything that was read from Moodle, as it answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from moodle_sync.errors import Refused
from moodle_sync.site.identity import Account
from moodle_sync.webservice.replies import (
    CategoryReply,
    CohortReply,
    CourseReply,
    GroupingReply,
    GroupReply,
    SectionReply,
    StateReply,
)

EMPTY: Final = StateReply(section=())


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFound:
    """A course with what is in it, by the numbers of accounts and groups."""

    course: CourseReply
    sections: tuple[SectionReply, ...] = ()
    state: StateReply = EMPTY
    inside: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Everybody who is in the course, with the short names of their roles."""
    groups: tuple[GroupReply, ...] = ()
    members: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Accounts by group."""
    groupings: tuple[GroupingReply, ...] = ()
    """With the groups in them, where the source has any in this course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFound:
    """A course that others are copied from."""

    course: CourseReply
    state: StateReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that was read; courses stand under the idnumber that they should have."""

    owner: int
    """The account of the token."""
    version: int = 0
    """Moodle's own number of it; 0 where nobody knows."""
    categories: tuple[CategoryReply, ...] = ()
    courses: Mapping[str, CourseFound] = field(default_factory=dict)
    closed: Mapping[str, Refused] = field(default_factory=dict)
    """Why those courses that are there weren't read."""
    templates: Mapping[str, TemplateFound | Refused] = field(default_factory=dict)
    """By short name; those that aren't there are left out."""
    accounts: Mapping[int, Account] = field(default_factory=dict)
    """Everybody in the courses, and those who were looked up."""
    roles: Mapping[str, int] = field(default_factory=dict)
    """The numbers of all roles that somebody has."""
    cohorts: Mapping[str, CohortReply] = field(default_factory=dict)
    cohort_places: Mapping[int, int] = field(default_factory=dict)
    """The categories of those that the configuration describes, by number; 0 is the whole site."""
    cohort_members: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
