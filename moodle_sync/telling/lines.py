"""One line for each kind of action: what becomes of what, with the old value beside the new."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import singledispatch

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    AddSection,
    Change,
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
from moodle_sync.state import Term

AS_IT_WAS = "active, without dates"


@singledispatch
def line(action: Action) -> str:
    """Print an action."""
    raise NotImplementedError(action)


@line.register
def _(action: CreateCategory) -> str:
    return f'category {action.category.idnumber}: make "{action.category.name}"'


@line.register
def _(action: CreateCourse) -> str:
    course = action.course
    return f'course {course.idnumber}: make "{course.fullname}" ({course.shortname}) in {course.category}'


@line.register
def _(action: ChangeCourse) -> str:
    return f"course {action.course}: {_changes(action.changes)}"


@line.register
def _(action: AddSection) -> str:
    return f"course {action.course}: add section {action.place}"


@line.register
def _(action: NameSection) -> str:
    return f'course {action.course}: name section {action.place} "{action.name}"'


@line.register
def _(action: CreatePerson) -> str:
    person = action.person
    return f"person {person.username}: make an account for {person.firstname} {person.lastname}, {person.email}"


@line.register
def _(action: ChangePerson) -> str:
    return f"person {action.person}: {_changes(action.changes)}"


@line.register
def _(action: AddRole) -> str:
    return f"course {action.course}: {action.person} becomes {action.role}"


@line.register
def _(action: CreateGroup) -> str:
    return f'course {action.group.course}: make group "{action.group.name}"'


@line.register
def _(action: AddMember) -> str:
    group = action.membership.group
    return f'course {group.course}: put {action.membership.person} into group "{group.name}"'


@line.register
def _(action: Enrol) -> str:
    enrolment = action.enrolment
    return f"course {enrolment.course}: enrol {enrolment.person} as {enrolment.role}{_term(action.term)}"


@line.register
def _(action: ChangeTerm) -> str:
    return f"course {action.course}: enrolment of {action.person}: {_terms(action.before, action.after)}"


@line.register
def _(action: Suspend) -> str:
    terms = _terms(action.before, action.after)
    other = "" if action.before else "; who came in by another method as well stays active: see Participants"
    return f"course {action.course}: suspend {action.person}, whom the source no longer names: {terms}{other}"


@line.register
def _(action: Unenrol) -> str:
    return (
        f"course {action.course}: unenrol {action.person}, with roles, groups and grades; "
        "who came in by another method as well stays active: see Participants"
    )


@line.register
def _(action: RemoveRole) -> str:
    return f"course {action.course}: {action.person} is {action.role} no more"


@line.register
def _(action: RemoveMember) -> str:
    group = action.membership.group
    return f'course {group.course}: take {action.membership.person} out of group "{group.name}"'


@line.register
def _(action: CreateCohort) -> str:
    return f'cohort {action.idnumber}: make "{action.idnumber}"'


@line.register
def _(action: AddCohortMember) -> str:
    return f"cohort {action.membership.cohort}: put {action.membership.person} into it"


@line.register
def _(action: RemoveCohortMember) -> str:
    return f"cohort {action.membership.cohort}: take {action.membership.person} out of it"


def _terms(before: Term | None, after: Term) -> str:
    known = "unknown" if before is None else _term(before).strip(", ") or AS_IT_WAS
    return f"was {known}; will be {_term(after).strip(', ') or AS_IT_WAS}"


def _term(term: Term) -> str:
    dates = [f", {word} {_date(at)}" for word, at in (("from", term.start), ("to", term.end)) if at]
    return "".join(dates) + (", suspended" if term.suspended else "")


def _changes(changes: Iterable[Change]) -> str:
    return ", ".join(f'{change.field} from "{change.before}" to "{change.after}"' for change in changes)


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
