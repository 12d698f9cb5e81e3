"""What the administrator reads: one line for each change, and counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
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
from moodle_sync.identity import Conflict
from moodle_sync.plan import Plan
from moodle_sync.runs import Failure
from moodle_sync.state import Term
from moodle_sync.steps import NewAccounts

NOTHING = "Nothing to do: Moodle is as it should be."
NOUNS = {
    CreateCategory: "new categories",
    CreateCourse: "new courses",
    ChangeCourse: "changed courses",
    AddSection: "new sections",
    NameSection: "named sections",
    CreatePerson: "new accounts",
    ChangePerson: "changed accounts",
    Enrol: "enrolments",
    AddRole: "added roles",
    CreateGroup: "new groups",
    AddMember: "new group members",
    ChangeTerm: "changed enrolments",
    CreateCohort: "new cohorts",
    AddCohortMember: "new cohort members",
    RemoveRole: "roles taken away",
    RemoveMember: "group members taken out",
    RemoveCohortMember: "cohort members taken out",
    Suspend: "suspended enrolments",
    Unenrol: "unenrolments",
}


def plan_lines(plan: Plan, new_accounts: NewAccounts) -> Iterator[str]:
    """Print a plan: its changes, what they amount to, and the mails that Moodle may send."""
    yield from map(line, plan.actions)
    if plan.actions:
        yield f"Plan: {amounts(plan.actions)}. Mails that Moodle may send: {mails(plan.actions, new_accounts)}."
    elif not plan.conflicts:
        yield NOTHING


def conflict_line(conflict: Conflict) -> str:
    """Print something that is left alone."""
    return f"{conflict.kind} {conflict.key}: {conflict.message}"


def failure_line(failure: Failure) -> str:
    """Print an action that was not done."""
    return f"{line(failure.action)}: {failure.reason}"


def amounts(actions: Iterable[Action]) -> str:
    """Count actions by kind, in their order: `new courses: 1, named sections: 5`."""
    counts = Counter(type(action) for action in actions)
    return ", ".join(f"{NOUNS[kind]}: {number}" for kind, number in counts.items()) or "nothing"


def mails(actions: Iterable[Action], new_accounts: NewAccounts) -> int:
    """Count the mails that actions may cause: a welcome whenever an enrolment is written, a password for an account."""
    welcomes = (Enrol, ChangeTerm, Suspend)
    causes = (*welcomes, CreatePerson) if new_accounts is NewAccounts.MAIL else welcomes
    return sum(isinstance(action, causes) for action in actions)


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
    return f"course {action.course}: {action.person} becomes {action.role} too"


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
    before = "unknown" if action.before is None else _term(action.before).strip(", ") or "active, without dates"
    after = _term(action.after).strip(", ") or "active, without dates"
    return f"course {action.course}: enrolment of {action.person} from {before} to {after}"


@line.register
def _(action: Suspend) -> str:
    return f"course {action.course}: suspend {action.person}, whom the source no longer names"


@line.register
def _(action: Unenrol) -> str:
    return f"course {action.course}: unenrol {action.person}, with roles, groups and grades"


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


def _term(term: Term) -> str:
    dates = [f", {word} {_date(at)}" for word, at in (("from", term.start), ("to", term.end)) if at]
    return "".join(dates) + (", suspended" if term.suspended else "")


def _changes(changes: Iterable[Change]) -> str:
    return ", ".join(f'{change.field} from "{change.before}" to "{change.after}"' for change in changes)


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
