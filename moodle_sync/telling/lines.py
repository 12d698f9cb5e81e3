"""One line for each kind of action: what becomes of what, with the old value beside the new."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
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
from moodle_sync.planning.structure import END
from moodle_sync.things.enrolment import Term

AS_IT_WAS = "active, without dates"


@singledispatch
def line(action: Action, zone: tzinfo = UTC) -> str:
    """Print an action, with its times as they are in a zone."""
    raise NotImplementedError(action, zone)


@line.register
def _(action: CreateCategory, _zone: tzinfo = UTC) -> str:
    return f'category {action.category.idnumber}: make "{action.category.name}"'


@line.register
def _(action: CreateCourse, _zone: tzinfo = UTC) -> str:
    course = action.course
    end = ", without an end" if course.ends == 0 else ""
    return f'course {course.idnumber}: make "{course.fullname}" ({course.shortname}) in {course.category}{end}'


@line.register
def _(action: ChangeCourse, zone: tzinfo = UTC) -> str:
    return f"course {action.course}: {_changes(_dated(action.changes, zone))}"


@line.register
def _(action: AddSection, _zone: tzinfo = UTC) -> str:
    return f"course {action.course}: add section {action.place}"


@line.register
def _(action: NameSection, _zone: tzinfo = UTC) -> str:
    return f'course {action.course}: name section {action.place} "{action.name}"'


@line.register
def _(action: CreatePerson, _zone: tzinfo = UTC) -> str:
    person = action.person
    return f"person {person.username}: make an account for {person.firstname} {person.lastname}, {person.email}"


@line.register
def _(action: ChangePerson, _zone: tzinfo = UTC) -> str:
    return f"person {action.person}: {_changes(action.changes)}"


@line.register
def _(action: AddRole, _zone: tzinfo = UTC) -> str:
    return f"course {action.course}: {action.person} becomes {action.role}"


@line.register
def _(action: CreateGroup, _zone: tzinfo = UTC) -> str:
    return f'course {action.group.course}: make group "{action.group.name}"'


@line.register
def _(action: AddMember, _zone: tzinfo = UTC) -> str:
    group = action.membership.group
    return f'course {group.course}: put {action.membership.person} into group "{group.name}"'


@line.register
def _(action: Enrol, zone: tzinfo = UTC) -> str:
    enrolment = action.enrolment
    return f"course {enrolment.course}: enrol {enrolment.person} as {enrolment.role}{_term(action.term, zone)}"


@line.register
def _(action: ChangeTerm, zone: tzinfo = UTC) -> str:
    return f"course {action.course}: enrolment of {action.person}: {_terms(action.before, action.after, zone)}"


@line.register
def _(action: Suspend, zone: tzinfo = UTC) -> str:
    terms = _terms(action.before, action.after, zone)
    other = "" if action.before else "; who came in by another method as well stays active: see Participants"
    return f"course {action.course}: suspend {action.person}, whom the source no longer names: {terms}{other}"


@line.register
def _(action: Unenrol, _zone: tzinfo = UTC) -> str:
    return (
        f"course {action.course}: unenrol {action.person}, with roles, groups and grades; "
        "who came in by another method as well stays active: see Participants"
    )


@line.register
def _(action: RemoveRole, _zone: tzinfo = UTC) -> str:
    return f"course {action.course}: {action.person} is {action.role} no more"


@line.register
def _(action: RemoveMember, _zone: tzinfo = UTC) -> str:
    group = action.membership.group
    return f'course {group.course}: take {action.membership.person} out of group "{group.name}"'


@line.register
def _(action: CreateCohort, _zone: tzinfo = UTC) -> str:
    return f'cohort {action.idnumber}: make "{action.idnumber}"'


@line.register
def _(action: AddCohortMember, _zone: tzinfo = UTC) -> str:
    return f"cohort {action.membership.cohort}: put {action.membership.person} into it"


@line.register
def _(action: RemoveCohortMember, _zone: tzinfo = UTC) -> str:
    return f"cohort {action.membership.cohort}: take {action.membership.person} out of it"


def _terms(before: Term | None, after: Term, zone: tzinfo) -> str:
    known = "unknown" if before is None else _term(before, zone).strip(", ") or AS_IT_WAS
    return f"was {known}; will be {_term(after, zone).strip(', ') or AS_IT_WAS}"


def _term(term: Term, zone: tzinfo) -> str:
    dates = [f", {word} {_date(at, zone)}" for word, at in (("from", term.start), ("to", term.end)) if at]
    return "".join(dates) + (", suspended" if term.suspended else "")


def _dated(changes: Iterable[Change], zone: tzinfo) -> Iterator[Change]:
    """Write a course's end as a date."""
    for change in changes:
        is_end = change.field == END
        yield Change(END, _end(change.before, zone), _end(change.after, zone)) if is_end else change


def _end(seconds: str, zone: tzinfo) -> str:
    return _date(int(seconds), zone) if int(seconds) else "none"


def _changes(changes: Iterable[Change]) -> str:
    return ", ".join(f'{change.field} from "{change.before}" to "{change.after}"' for change in changes)


def _date(seconds: int, zone: tzinfo) -> str:
    return f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%d %H:%M} {zone}"
