"""What the administrator reads: one line for each change, and counts."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import singledispatch

from moodle_sync.actions import (
    Action,
    AddMember,
    AddRole,
    AddSection,
    Change,
    ChangeCourse,
    ChangePerson,
    CreateCategory,
    CreateCourse,
    CreateGroup,
    CreatePerson,
    Enrol,
    NameSection,
)
from moodle_sync.apply import Failure
from moodle_sync.identity import Conflict
from moodle_sync.plan import Plan
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
    """Count the mails that actions may cause: a welcome for each enrolment, a password for each account."""
    causes = (Enrol, CreatePerson) if new_accounts is NewAccounts.MAIL else (Enrol,)
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
    dates = [f"{word} {_date(at)}" for word, at in (("from", enrolment.start), ("to", enrolment.end)) if at]
    suspended = ["suspended"] if enrolment.suspended else []
    return ", ".join([f"course {enrolment.course}: enrol {enrolment.person} as {enrolment.role}", *dates, *suspended])


def _changes(changes: Iterable[Change]) -> str:
    return ", ".join(f'{change.field} from "{change.before}" to "{change.after}"' for change in changes)


def _date(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
