"""What a plan is made of: each action is a value that can be printed, compared and done again without harm."""

from dataclasses import dataclass
from typing import TypeAlias

from moodle_sync.state import Category, Course, Enrolment, Group, Membership, Person


@dataclass(frozen=True, slots=True)
class Change:
    """A field's old and new value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CreateCategory:
    """Make a category."""

    category: Category


@dataclass(frozen=True, slots=True)
class CreateCourse:
    """Make a course with as many sections as it shall have, all without names."""

    course: Course


@dataclass(frozen=True, slots=True)
class ChangeCourse:
    """Change a course's settings."""

    course: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class AddSection:
    """Add a section without a name at the end of a course; `place` is its number then."""

    course: str
    place: int


@dataclass(frozen=True, slots=True)
class NameSection:
    """Give a section that has no name its name."""

    course: str
    place: int
    name: str
    format: str = "topics"
    """The course's format, which keeps the names of its sections."""


@dataclass(frozen=True, slots=True)
class CreatePerson:
    """Make an account."""

    person: Person


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change an account's fields."""

    person: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Enrol:
    """Enrol somebody who isn't in the course; Moodle may send them its welcome message."""

    enrolment: Enrolment


@dataclass(frozen=True, slots=True)
class AddRole:
    """Give somebody who is in the course one more role; no mail, and the dates stay."""

    course: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """Make a group."""

    group: Group


@dataclass(frozen=True, slots=True)
class AddMember:
    """Put somebody into a group."""

    membership: Membership


Action: TypeAlias = (
    CreateCategory
    | CreateCourse
    | ChangeCourse
    | AddSection
    | NameSection
    | CreatePerson
    | ChangePerson
    | Enrol
    | AddRole
    | CreateGroup
    | AddMember
)
