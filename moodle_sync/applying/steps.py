"""How each kind of action becomes a row of a request: pure, but for the passwords that nobody will know."""

import html
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    ChangeCourse,
    ChangePerson,
    ChangeTerm,
    CreateCategory,
    CreateCohort,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.config import NewAccounts
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.enrolment import Term
from moodle_sync.things.group import GROUPS
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE, PROFILE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import SECTIONS
from moodle_sync.webservice import functions
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import Function, Written

ONE, MANY = 1, 200
CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.:+!#")
"""What sites demand so many of in a password."""
EACH = 32
"""How many of each class a password has that nobody will know: Moodle takes 128 characters at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """The function that does an action, the name of its list of rows, and how many rows it may take at once.

    Without a name for its list it takes a single row as its arguments.
    """

    function: Function[Written]
    rows: str
    most: int = MANY


@dataclass(frozen=True, slots=True)
class Making:
    """What rows are made with."""

    ids: Ids
    new_accounts: NewAccounts


STEPS: Mapping[type[Action], Step] = {
    CreateCategory: Step(functions.CREATE_CATEGORIES, "categories", ONE),
    CreateCourse: Step(functions.CREATE_COURSES, "courses", 5),
    ChangeCourse: Step(functions.UPDATE_COURSES, "courses"),
    AddSection: Step(functions.UPDATE_SECTIONS, "", ONE),
    NameSection: Step(functions.NAME_SECTION, "", ONE),
    CreatePerson: Step(functions.CREATE_USERS, "users"),
    ChangePerson: Step(functions.UPDATE_USERS, "users"),
    Enrol: Step(functions.ENROL, "enrolments"),
    AddRole: Step(functions.ASSIGN_ROLES, "assignments"),
    CreateGroup: Step(functions.CREATE_GROUPS, "groups"),
    AddMember: Step(functions.ADD_MEMBERS, "members"),
    ChangeTerm: Step(functions.ENROL, "enrolments"),
    CreateCohort: Step(functions.CREATE_COHORTS, "cohorts"),
    AddCohortMember: Step(functions.ADD_COHORT_MEMBERS, "members"),
    RemoveRole: Step(functions.UNASSIGN_ROLES, "unassignments"),
    RemoveMember: Step(functions.REMOVE_MEMBERS, "members"),
    RemoveCohortMember: Step(functions.REMOVE_COHORT_MEMBERS, "members"),
    Suspend: Step(functions.ENROL, "enrolments"),
    Unenrol: Step(functions.UNENROL, "enrolments"),
}


def arguments(step: Step, rows: Sequence[Row]) -> Row:
    """Write a request's arguments."""
    return {step.rows: rows} if step.rows else rows[0]


@singledispatch
def row(action: Action, making: Making) -> Row:
    """Write an action as a row; KeyError if what it builds on isn't there.

    Each kind is registered by name, since `register` can't read hints that speak of themselves, as `Row` does.
    """
    raise NotImplementedError(action, making)


@row.register(CreateCategory)
def _(action: CreateCategory, making: Making) -> Row:
    category = action.category
    parent = making.ids[CATEGORIES][category.parent] if category.parent else 0
    return {"name": category.name, "idnumber": category.idnumber, "parent": parent}


@row.register(CreateCourse)
def _(action: CreateCourse, making: Making) -> Row:
    course = action.course
    return {
        "fullname": course.fullname,
        "shortname": course.shortname,
        "idnumber": course.idnumber,
        "categoryid": making.ids[CATEGORIES][course.category],
        "format": course.format,
        "numsections": len(course.sections),
        "enddate": course.ends,
        "summary": f"<p>{html.escape(course.summary)}</p>" if course.summary else None,
    }


@row.register(ChangeCourse)
def _(action: ChangeCourse, making: Making) -> Row:
    changes: dict[str, str | int] = {change.field: change.after for change in action.changes}
    if category := changes.pop("category", None):
        changes["categoryid"] = making.ids[CATEGORIES][str(category)]
    return {"id": making.ids[COURSES][action.course], **changes}


@row.register(AddSection)
def _(action: AddSection, making: Making) -> Row:
    return {"action": "section_add", "courseid": making.ids[COURSES][action.course]}


@row.register(NameSection)
def _(action: NameSection, making: Making) -> Row:
    return {
        "component": f"format_{action.format}",
        "itemtype": "sectionname",
        "itemid": making.ids[SECTIONS][action.course, action.place],
        "value": action.name,
    }


@row.register(CreatePerson)
def _(action: CreatePerson, making: Making) -> Row:
    person = action.person
    fields = {
        "username": person.username,
        "firstname": person.firstname,
        "lastname": person.lastname,
        "email": person.email,
        "idnumber": person.idnumber or None,
        "lang": person.lang or None,
        "auth": person.auth or None,
        "customfields": [{"type": name, "value": value} for name, value in person.profile if value],
    }
    if making.new_accounts is NewAccounts.MAIL:
        return {**fields, "createpassword": True}
    must_change: Row = {"type": "auth_forcepasswordchange", "value": True}
    return {**fields, "password": _password(), "preferences": [must_change]}


def _password() -> str:
    """Make one that passes whatever a site demands: no two of a class stand side by side, so no two are the same."""
    return "".join(secrets.choice(letters) for _ in range(EACH) for letters in CLASSES)


@row.register(ChangePerson)
def _(action: ChangePerson, making: Making) -> Row:
    own = {change.field: change.after for change in action.changes if not change.field.startswith(PROFILE)}
    profile = [
        {"type": change.field.removeprefix(PROFILE), "value": change.after}
        for change in action.changes
        if change.field.startswith(PROFILE)
    ]
    return {"id": making.ids[PEOPLE][action.person], **own, "customfields": profile}


@row.register(Enrol)
def _(action: Enrol, making: Making) -> Row:
    enrolment = action.enrolment
    return _enrolment(making.ids, enrolment.course, enrolment.person, enrolment.role, action.term)


@row.register(ChangeTerm)
@row.register(Suspend)
def _(action: ChangeTerm | Suspend, making: Making) -> Row:
    return _enrolment(making.ids, action.course, action.person, action.role, action.after)


def _enrolment(ids: Ids, course: str, person: str, role: str, term: Term) -> Row:
    """Write the whole term: what is left out Moodle takes for 0 and active."""
    return {
        "roleid": ids[ROLES][role],
        "userid": ids[PEOPLE][person],
        "courseid": ids[COURSES][course],
        "timestart": term.start,
        "timeend": term.end,
        "suspend": term.suspended,
    }


@row.register(Unenrol)
def _(action: Unenrol, making: Making) -> Row:
    return {"userid": making.ids[PEOPLE][action.person], "courseid": making.ids[COURSES][action.course]}


@row.register(AddRole)
@row.register(RemoveRole)
def _(action: AddRole | RemoveRole, making: Making) -> Row:
    return {
        "roleid": making.ids[ROLES][action.role],
        "userid": making.ids[PEOPLE][action.person],
        "contextlevel": "course",
        "instanceid": making.ids[COURSES][action.course],
    }


@row.register(CreateGroup)
def _(action: CreateGroup, making: Making) -> Row:
    return {"courseid": making.ids[COURSES][action.group.course], "name": action.group.name, "description": ""}


@row.register(AddMember)
@row.register(RemoveMember)
def _(action: AddMember | RemoveMember, making: Making) -> Row:
    membership = action.membership
    return {"groupid": making.ids[GROUPS][membership.group], "userid": making.ids[PEOPLE][membership.person]}


@row.register(CreateCohort)
def _(action: CreateCohort, _making: Making) -> Row:
    of_the_site: Row = {"type": "system", "value": ""}
    return {"categorytype": of_the_site, "name": action.idnumber, "idnumber": action.idnumber}


@row.register(AddCohortMember)
def _(action: AddCohortMember, making: Making) -> Row:
    membership = action.membership
    return {
        "cohorttype": {"type": "id", "value": making.ids[COHORTS][membership.cohort]},
        "usertype": {"type": "id", "value": making.ids[PEOPLE][membership.person]},
    }


@row.register(RemoveCohortMember)
def _(action: RemoveCohortMember, making: Making) -> Row:
    membership = action.membership
    return {"cohortid": making.ids[COHORTS][membership.cohort], "userid": making.ids[PEOPLE][membership.person]}


def learn(action: Action, number: int, ids: Ids) -> None:
    """Keep the number of what was made."""
    match action:
        case CreateCategory(category):
            ids[CATEGORIES][category.idnumber] = number
        case CreateCourse(course):
            ids[COURSES][course.idnumber] = number
        case CreatePerson(person):
            ids[PEOPLE][person.username] = number
        case CreateGroup(group):
            ids[GROUPS][group] = number
        case CreateCohort(idnumber):
            ids[COHORTS][idnumber] = number
        case _:
            pass
