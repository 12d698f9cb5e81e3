"""What a meeting holds, who may plan and change it, and what is wrong with one that is typed: pure decisions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lti_tool.community.posts import Author, Post, Reader
from lti_tool.community.rules import can_edit, can_moderate
from lti_tool.local_times import Unclear

LONGEST_TITLE = 150
LONGEST_PLACE = 300
LONGEST_TEXT = 2_000
MINUTES = range(5, 481)
USUAL_MINUTES = 45
"""What a peer assist takes."""
FURTHEST = timedelta(days=366)
"""How far ahead a meeting is planned; a later moment is a slip of the year."""

MOST_COMING = 5
"""Meetings still to come that one person planned who is no trainer: more of them would fill everybody's calendar."""


class Field(StrEnum):
    """What the form asks for."""

    TITLE = "title"
    STARTS_AT = "starts_at"
    MINUTES = "minutes"
    PLACE = "place"
    TEXT = "text"
    LANGUAGE = "language"


class Wrong(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_MOMENT = "no_moment"
    SKIPPED = "skipped"
    PAST = "past"
    TOO_FAR = "too_far"
    NO_LENGTH = "no_length"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a field; a text that is too long has these lengths."""

    field: Field
    kind: Wrong
    length: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A meeting as the form sends it."""

    id: str
    title: str
    starts_at: datetime | Unclear | None
    minutes: int | None
    place: str
    text: str
    language: str
    post_id: str | None = None
    version: int = 0
    """The version that the form showed; 0 for a meeting that is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting that is planned, took place, or was called off."""

    id: str
    planner: Author
    course_id: int
    post_id: str | None
    title: str
    starts_at: datetime
    minutes: int
    place: str
    text: str
    language: str
    version: int
    is_cancelled: bool
    is_nameless: bool
    """Whether its planner's name would tell who wrote the need, whose author isn't named."""
    notes_id: str | None
    is_told: bool = True
    """Whether everybody can read the need that it is about, if any; where not, its own words are left out."""
    is_need_deleted: bool = False

    @property
    def ends_at(self) -> datetime:
        """Tell when it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


# Who may do what


def can_plan(reader: Reader, post: Post | None) -> bool:
    """Tell whether the reader may plan a meeting: a trainer any, and whoever wrote a need one about it."""
    if post is None:
        return reader.is_trainer
    return post.kind.takes_help and post.is_up and (can_edit(reader, post) or reader.is_trainer)


def can_change(reader: Reader, meeting: Meeting) -> bool:
    """Tell whether the reader may change a meeting or call it off."""
    is_theirs = reader.person_id == meeting.planner.person_id
    teaches = reader.is_trainer and reader.course_id == meeting.course_id
    return (is_theirs or teaches) and not meeting.is_cancelled


def sees_planner(reader: Reader, meeting: Meeting) -> bool:
    """Tell whether the reader learns who planned it: of a nameless need's author only trainers of the course do."""
    teaches = reader.is_trainer and reader.course_id == meeting.course_id
    return not meeting.is_nameless or teaches or reader.person_id == meeting.planner.person_id


def can_bring_notes(reader: Reader, meeting: Meeting, post: Post, now: datetime) -> bool:
    """Tell whether the reader may put notes of a meeting that began into the thread of its need."""
    return has_notes(reader, meeting, post, now) and post.takes_replies


def has_notes(reader: Reader, meeting: Meeting, post: Post, now: datetime) -> bool:
    """Tell whether the notes are the reader's to bring, be the thread closed meanwhile or not."""
    is_theirs = can_change(reader, meeting) or can_edit(reader, post) or can_moderate(reader, post)
    return is_theirs and not meeting.is_cancelled and meeting.starts_at <= now


# What is wrong with a draft


def problems(
    draft: Draft, languages: Collection[str], now: datetime, saved: Meeting | None = None
) -> Iterator[Problem]:
    """Go through what keeps a tidied draft from being saved; a moment that stays as it is may be past."""
    yield from _length(Field.TITLE, draft.title, LONGEST_TITLE)
    yield from _moment(draft.starts_at, now, saved)
    if draft.minutes not in MINUTES:
        yield Problem(field=Field.MINUTES, kind=Wrong.NO_LENGTH)
    yield from _length(Field.PLACE, draft.place, LONGEST_PLACE)
    if len(draft.text) > LONGEST_TEXT:
        yield from _length(Field.TEXT, draft.text, LONGEST_TEXT)
    if draft.language not in languages:
        yield Problem(field=Field.LANGUAGE, kind=Wrong.MISSING)


def _length(field: Field, text: str, limit: int) -> Iterator[Problem]:
    if not text:
        yield Problem(field=field, kind=Wrong.MISSING)
    elif len(text) > limit:
        yield Problem(field=field, kind=Wrong.TOO_LONG, length=len(text), limit=limit)


def _moment(given: datetime | Unclear | None, now: datetime, saved: Meeting | None) -> Iterator[Problem]:
    if given is None:
        yield Problem(field=Field.STARTS_AT, kind=Wrong.MISSING)
    elif isinstance(given, Unclear):
        yield Problem(field=Field.STARTS_AT, kind=Wrong(given))
    elif saved is None or given != saved.starts_at:
        if given <= now:
            yield Problem(field=Field.STARTS_AT, kind=Wrong.PAST)
        elif given > now + FURTHEST:
            yield Problem(field=Field.STARTS_AT, kind=Wrong.TOO_FAR)


def says_the_same(saved: Meeting, draft: Draft) -> bool:
    """Tell whether a draft changes nothing."""
    names = ("title", "starts_at", "minutes", "place", "text", "language")
    return all(getattr(saved, name) == getattr(draft, name) for name in names)
