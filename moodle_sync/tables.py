"""The parts of the configuration that stand in it more than once, or may be left out: one class for each."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints

from moodle_sync.sameness import same
from moodle_sync.series import TITLE, unknown_in
from moodle_sync.shown import is_blank, title_mistake

UNFILTERED: Final = (
    "takes multilang = true, and in Moodle the filter Multi-Language Content switched on for content and headings: "
    "without it everybody sees all languages at once"
)


def _seen(text: str) -> str:
    if is_blank(text):
        message = "holds nothing that can be seen: write it"
        raise ValueError(message)
    return same(text)


def _title(text: str) -> str:
    if wrong := title_mistake(same(text)):
        raise ValueError(wrong)
    return same(text)


def _pattern(text: str) -> str:
    if wrong := unknown_in(text, (TITLE,)):
        raise ValueError(wrong)
    return _title(text)


NEVER: Final = "never"
"""When a course ends that has no end."""


def _day(value: object) -> date:
    day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-10-01") else value
    if not isinstance(day, date):
        message = "must be a day such as 2026-10-01, or a moment such as 2026-10-01T09:00:00, without quotes"
        raise ValueError(message)  # noqa: TRY004  # pydantic makes a finding of it
    return day


def _end(value: object) -> date | Literal["never"]:
    return NEVER if value == NEVER else _day(value)


IdNumber = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_seen)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_title)]
FullName = Annotated[str, StringConstraints(min_length=1), AfterValidator(_pattern)]
"""Where it says `{title}`, the curriculum's stands."""
ShortName = Annotated[str, StringConstraints(min_length=1, max_length=254), AfterValidator(_title)]
"""What Moodle has a letter less room for."""
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
    language: str = ""
    """That of its titles."""
    languages: tuple[str, ...] = ()
    """Several of them instead, the main one first, where `multilang` says that the site shows each reader one."""
    multilang: bool = False
    category: str
    idnumber: IdNumber
    shortname: Name
    fullname: FullName = "{title}"
    hidden: tuple[str, ...] | None = None
    """The modules whose sections only those who teach see; the others are shown. Without it nobody says."""
    template: Name | None = None
    """The short name of the course in Moodle that a new one is copied from: every course has one, and each its own."""
    fill: bool = False
    """Fill it from the template where it is there and has no activities."""
    starts: Annotated[date, PlainValidator(_day)] | None = None
    """The day, which begins at midnight in the configuration's zone, or a moment."""
    ends: Annotated[date | Literal["never"], PlainValidator(_end)] | None = None
    lang: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = None
    """The language that everybody sees the course in, as Moodle calls it: its pack must be installed."""
    visible: bool | None = None
    start_hidden: bool = False
    """Make it hidden if it is new; whoever opens it then in Moodle needs no word here."""
    format: CourseFormat | None = None
    completion: bool | None = None
    """Whether Moodle keeps who has completed what."""
    groups: GroupMode | None = None

    @property
    def spoken(self) -> tuple[str, ...]:
        """Give the languages of its titles; none where they aren't said."""
        return self.languages or tuple(filter(None, [self.language]))

    @property
    def main(self) -> str:
        """Give the language that stands first."""
        return self.spoken[0]

    @property
    def language_key(self) -> str:
        """Name the key that says them."""
        return "languages" if self.languages else "language"

    def language_mistakes(self) -> Iterator[tuple[str, str]]:
        """Find what is said wrongly of its languages, by key."""
        if not self.language and not self.languages:
            yield "language", "is missing: add it"
        if self.language and self.languages:
            yield "languages", "stands beside language: keep one of the two"
        if len(set(self.languages)) < len(self.languages):
            yield "languages", "names one twice: keep it once"
        if len(self.languages) > 1 and not self.multilang:
            yield "languages", UNFILTERED
        if self.multilang and len(self.languages) <= 1:
            yield "multilang", 'takes several languages, the main one first, such as languages = ["en", "ar"]'
        if self.multilang and self.lang:
            yield "lang", "would show the course in this language to everybody: take it out, or multilang"


class CohortTable(Table):
    """A cohort; without a category it is one of the whole site."""

    idnumber: IdNumber
    name: ShortName
    description: str | None = None
    """Plain text; without it nobody says."""
    category: str = ""


class GroupTable(Table):
    """A group of a course, which people are put into by its name or its idnumber."""

    course: str
    """The course's idnumber."""
    idnumber: IdNumber
    name: ShortName
    description: str | None = None
    """Plain text; without it nobody says."""


class GroupingTable(Table):
    """A grouping of a course; `groups` are the idnumbers of those of its groups that are in it."""

    course: str
    """The course's idnumber."""
    idnumber: IdNumber
    name: Name
    description: str | None = None
    """Plain text; without it nobody says."""
    groups: tuple[str, ...] = ()


def seconds(day: date | Literal["never"], zone: tzinfo) -> int:
    """Give a day's beginning in a zone, or a moment, in seconds since 1970; never is 0."""
    if isinstance(day, str):
        return 0
    at = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, tzinfo=zone)
    return int(at.replace(tzinfo=at.tzinfo or zone).timestamp())


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
