"""What a plan is made of: each action is a value that can be printed, compared and done again without harm."""

from dataclasses import dataclass, field
from typing import TypeAlias

from moodle_sync.things.category import Category
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.course import Course
from moodle_sync.things.enrolment import Term
from moodle_sync.things.group import Group
from moodle_sync.things.membership import Membership
from moodle_sync.things.person import Person
from moodle_sync.things.role import Enrolment


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
    term: Term = field(default_factory=Term)


@dataclass(frozen=True, slots=True)
class ChangeTerm:
    """Write the dates and the status of an enrolment that is there; Moodle may send its welcome message once more.

    `role` is one that the person has or shall have: Moodle wants one named. `before` is None where nobody knows.
    """

    course: str
    person: str
    role: str
    before: Term | None
    after: Term


@dataclass(frozen=True, slots=True)
class Suspend:
    """Suspend the enrolment of somebody whom the source no longer names; the dates are written as they are known."""

    course: str
    person: str
    role: str
    before: Term | None
    after: Term


@dataclass(frozen=True, slots=True)
class Unenrol:
    """Unenrol somebody whom the source no longer names: Moodle forgets roles, groups and grades."""

    course: str
    person: str


@dataclass(frozen=True, slots=True)
class AddRole:
    """Give somebody who is in the course one more role; no mail, and the dates stay."""

    course: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class RemoveRole:
    """Take a role away that the sync gave or adopted; the enrolment stays."""

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


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Take somebody out of a group where the sync put or adopted them."""

    membership: Membership


@dataclass(frozen=True, slots=True)
class CreateCohort:
    """Make a cohort of the whole site; its name is its idnumber at first."""

    idnumber: str


@dataclass(frozen=True, slots=True)
class AddCohortMember:
    """Put somebody into a cohort."""

    membership: CohortMembership


@dataclass(frozen=True, slots=True)
class RemoveCohortMember:
    """Take somebody out of a cohort where the sync put or adopted them."""

    membership: CohortMembership


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
    | ChangeTerm
    | CreateGroup
    | AddMember
    | CreateCohort
    | AddCohortMember
    | RemoveRole
    | RemoveMember
    | RemoveCohortMember
    | Suspend
    | Unenrol
)
"""In the order in which a plan holds them."""
