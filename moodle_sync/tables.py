"""The parts of the configuration that stand in it more than once, or may be left out: one class for each."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from moodle_sync.sameness import same
from moodle_sync.shown import is_blank, title_mistake


def _seen(text: str) -> str:
    if is_blank(text):
        message = "holds nothing that can be seen: write it"
        raise ValueError(message)
    return same(text)


def _title(text: str) -> str:
    if wrong := title_mistake(same(text)):
        raise ValueError(wrong)
    return same(text)


IdNumber = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_seen)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_title)]
Role = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_seen)]


class CourseFormat(StrEnum):
    """How a course's page is laid out; Moodle would take any word, and show nothing for one that it doesn't know."""

    TOPICS = "topics"
    WEEKS = "weeks"


class GroupMode(StrEnum):
    """Who sees whom in a course's activities."""

    NONE = "none"
    SEPARATE = "separate"
    VISIBLE = "visible"

    @property
    def number(self) -> int:
        """Give Moodle's own."""
        return list(GroupMode).index(self)


class Table(BaseModel):
    """A part of the file: keys that aren't known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CategoryTable(Table):
    """A category; `parent` is the idnumber of one above it in the file."""

    idnumber: IdNumber
    name: Name
    parent: str = ""
    description: str | None = None
    """Plain text; without it nobody says."""


class CourseTable(Table):
    """Which course of the curriculum goes where, and in which of its languages."""

    content: str
    language: str
    category: str
    idnumber: IdNumber
    shortname: Name
    hidden: tuple[str, ...] | None = None
    """The modules whose sections only those who teach see; the others are shown. Without it nobody says."""
    template: Name | None = None
    """The short name of the course in Moodle that a new one is copied from: every course has one, and each its own."""
    fill: bool = False
    """Fill it from the template where it is there and has no activities."""
    starts: date | None = None
    """The day, which begins at midnight in the configuration's zone."""
    ends: date | None = None
    lang: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = None
    """The language that everybody sees the course in, as Moodle calls it: its pack must be installed."""
    visible: bool | None = None
    start_hidden: bool = False
    """Make it hidden if it is new; whoever opens it then in Moodle needs no word here."""
    format: CourseFormat | None = None
    completion: bool | None = None
    """Whether Moodle keeps who has completed what."""
    groups: GroupMode | None = None


class CommunityTable(Table):
    """A course without an end, where everybody comes whom the file of people enrols in any course, and where they stay.

    `roles` says which role there somebody has for one elsewhere; without it, it is the same.
    """

    idnumber: IdNumber
    shortname: Name
    name: Name
    """The course's title."""
    category: str
    roles: Mapping[str, Role] = Field(default_factory=dict)
