"""The settings of courses that are kept, by Moodle's names: a new one is a line here, and a field of the course."""

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Annotated, Final

from pydantic import Field

from moodle_sync.things.change import Change, in_words, moment
from moodle_sync.webservice.replies import CourseReply

LONGEST: Final = 60
"""Letters of a text that a line shows."""
Later = Field(exclude_if=lambda value: value is None)
"""What courses of former versions don't have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course with the names of its sections, the general one left out; an empty name is a section without one.

    None is what nobody manages, or nobody is told.
    """

    idnumber: str
    shortname: str
    fullname: str
    category: str
    """The category's idnumber; empty for one that is none of ours."""
    sections: tuple[str, ...] = ()
    summary: str = field(default="", compare=False)
    """Plain text, as the source has it."""
    format: str = field(default="topics", compare=False)
    ends: int | None = field(default=None, compare=False)
    """When, in seconds since 1970, or 0 for never."""
    starts: Annotated[int | None, Later] = None
    page: Annotated[str | None, Later] = field(default=None, compare=False)
    """The summary as Moodle has it: HTML."""
    kept_format: Annotated[str | None, Later] = None
    """The format, where somebody says which one it shall be."""
    lang: Annotated[str | None, Later] = None
    """The language that everybody sees the course in."""
    visible: Annotated[bool | None, Later] = None
    completion: Annotated[bool | None, Later] = None
    group_mode: Annotated[int | None, Later] = None
    hidden_at_first: Annotated[bool | None, Later] = None
    """Whether a new course is hidden, until somebody shows it in Moodle."""
    template: Annotated[str | None, Later] = None
    """The short name of the course that a new one is copied from."""
    fill: Annotated[bool | None, Later] = field(default=None, compare=False)
    """Whether it is filled from its template where it is there without activities."""


def as_page(summary: str) -> str | None:
    """Write a summary as Moodle has it."""
    return f"<p>{html.escape(summary)}</p>" if summary else None


def as_description(text: str | None) -> str | None:
    """Write a description as Moodle has it, an empty one too; None where nobody says."""
    return None if text is None else as_page(text) or ""


def _number(value: int | None) -> str | None:
    return None if value is None else str(int(value))


SETTINGS: Final[Mapping[str, Callable[[Course], str | None]]] = {
    "idnumber": lambda course: course.idnumber,
    "shortname": lambda course: course.shortname,
    "fullname": lambda course: course.fullname,
    "category": lambda course: course.category,
    "enddate": lambda course: _number(course.ends),
    "startdate": lambda course: _number(course.starts),
    "summary": lambda course: course.page,
    "format": lambda course: course.kept_format,
    "lang": lambda course: course.lang,
    "visible": lambda course: _number(course.visible),
    "enablecompletion": lambda course: _number(course.completion),
    "groupmode": lambda course: _number(course.group_mode),
}
"""In the order in which changes are told."""
DATES: Final = frozenset({"startdate", "enddate"})
TEXTS: Final = frozenset({"summary"})
"""What nobody asked for by a key of the configuration: what was there before the journal knew is left."""


def values(course: Course) -> Iterator[tuple[str, str]]:
    """Give what is wanted of a course's settings, as texts."""
    return ((name, value) for name, of in SETTINGS.items() if (value := of(course)))


def as_course(reply: CourseReply, categories: Mapping[int, str], sections: tuple[str, ...] = ()) -> Course:
    """Say in our words what Moodle tells of a course; `categories` are ours by their numbers."""
    return Course(
        idnumber=reply.idnumber,
        shortname=reply.shortname,
        fullname=reply.fullname,
        category=categories.get(reply.categoryid, ""),
        sections=sections,
        format=reply.format,
        ends=reply.enddate,
        starts=reply.startdate,
        page=reply.summary,
        kept_format=reply.format or None,
        lang=reply.lang,
        visible=reply.visible,
        completion=reply.enablecompletion,
        group_mode=reply.groupmode,
    )


def told(change: Change, zone: tzinfo) -> Change:
    """Write dates as dates, and long texts short."""
    if change.field in DATES:
        return Change(change.field, _date(change.before, zone), _date(change.after, zone))
    if change.field in TEXTS:
        return in_words(change, LONGEST)
    return in_words(change)


def _date(seconds: str, zone: tzinfo) -> str:
    return moment(int(seconds), zone) if int(seconds) else "none"
