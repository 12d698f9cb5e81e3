"""What a site holds, or should hold: frozen values, keyed by idnumber where Moodle has one.

Both sides of a sync have this shape. A person's key is the username in the administrator's file; what was found in
Moodle stands under the key of whom it was found to be.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from moodle_sync.shown import without_unseen

DAY = 24 * 60 * 60
BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""What doesn't fit in sixteen bits, which some databases tell from letters, and not from each other."""
PROFILE = "profile_field_"
"""How the site's own profile fields are told from the others, as in Moodle's upload: `profile_field_city`."""
Place: TypeAlias = tuple[str, str]
"""A course and a person, by their keys."""


class Kind(StrEnum):
    """What of people's places a source can say, and what it then manages."""

    ENROLMENTS = "enrolments"
    GROUPS = "groups"
    COHORTS = "cohorts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category; `parent` is another one's idnumber, or empty at the top."""

    idnumber: str
    name: str
    parent: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody's account; None is a field that nobody manages, an empty text one that is to be empty."""

    username: str
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    idnumber: str | None = None
    lang: str | None = None
    auth: str | None = None
    suspended: bool | None = None
    """Whether the account itself is suspended; enrolments have a status of their own."""
    profile: tuple[tuple[str, str], ...] = ()
    """The site's own profile fields that are managed, by short name, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When an enrolment counts: seconds since 1970, and 0 for no such limit; Moodle tells nobody."""

    start: int = 0
    end: int = 0
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Enrolment:
    """A person's role in a course; of its term, None is what nobody manages.

    A term belongs to course and person: where they have several roles, all say the same.
    """

    course: str
    person: str
    role: str
    start: int | None = field(default=None, compare=False)
    """Seconds since 1970; 0: from the beginning."""
    days: int | None = field(default=None, compare=False)
    """How long from the start, or from the day that it was made; 0: without end."""
    suspended: bool | None = field(default=None, compare=False)

    @property
    def place(self) -> Place:
        """Give course and person."""
        return self.course, self.person


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Group:
    """A group of a course; its name is its identity, as for Moodle."""

    course: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Membership:
    """A person in a group."""

    group: Group
    person: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CohortMembership:
    """A person in a cohort of the whole site; the cohort's idnumber is its identity."""

    cohort: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything in the sync's scope; among the categories, parents come before their children."""

    categories: Mapping[str, Category] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    enrolments: frozenset[Enrolment] = frozenset()
    groups: frozenset[Group] = frozenset()
    memberships: frozenset[Membership] = frozenset()
    cohorts: frozenset[str] = frozenset()
    cohort_members: frozenset[CohortMembership] = frozenset()
    lasting: frozenset[str] = frozenset()
    """The courses from which nobody is suspended or taken out, whatever the source says of them no longer."""
    manages: frozenset[Kind] = frozenset(Kind)
    """What the source has columns for; of the rest nothing is ever taken away."""
    silent: frozenset[tuple[Kind, Place]] = frozenset()
    """Where the source has a person and an empty cell: what is there stays.

    The place's course is empty where a whole person is meant: no course in their row, or no cohort.
    """


def same(text: str) -> str:
    """Write a text so that what looks the same is the same: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Write a username or an e-mail address so that capitals make no difference."""
    return same(text).lower()


def loosely(text: str) -> str:
    """Write a text as many databases compare it: capitals, accents and letters unseen make no difference."""
    parts = unicodedata.normalize("NFKD", same(without_unseen(text)))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def most_loosely(text: str) -> str:
    """Write a text as some databases compare it: of signs such as smileys, any is as good as another."""
    return BEYOND.sub("\ufffd", loosely(text))
