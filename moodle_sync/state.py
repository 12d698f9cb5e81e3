"""What a site holds, or should hold: frozen values, keyed by idnumber where Moodle has one.

Both sides of a sync have this shape. A person's key is the username in the administrator's file; what was found in
Moodle stands under the key of whom it was found to be.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody's account; None is a field that nobody manages."""

    username: str
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    idnumber: str | None = None
    lang: str | None = None
    """The interface's language, for new accounts only: it can't be read in a course."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Enrolment:
    """A person's role in a course; the dates are seconds since 1970, and what Moodle holds of them can't be read."""

    course: str
    person: str
    role: str
    start: int | None = field(default=None, compare=False)
    end: int | None = field(default=None, compare=False)
    suspended: bool = field(default=False, compare=False)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything in the sync's scope; among the categories, parents come before their children."""

    categories: Mapping[str, Category] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    enrolments: frozenset[Enrolment] = frozenset()
    groups: frozenset[Group] = frozenset()
    memberships: frozenset[Membership] = frozenset()


def same(text: str) -> str:
    """Write a text so that what looks the same is the same: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Write a username or an e-mail address so that capitals make no difference."""
    return same(text).lower()
