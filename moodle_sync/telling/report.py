"""What the administrator reads of a plan and of what came of it: lines in groups, and counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from itertools import groupby

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
from moodle_sync.applying.cost import Cost
from moodle_sync.planning.plan import Plan
from moodle_sync.site.identity import Conflict, Remark
from moodle_sync.telling.lines import line
from moodle_sync.things.state import Place

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


def plan_lines(plan: Plan, cost: Cost, zone: tzinfo = UTC) -> Iterator[str]:
    """Print a plan: its changes by kind, what they amount to, and what they cost."""
    yield from action_lines(plan.actions, zone)
    if plan.actions:
        yield f"Plan: {amounts(plan.actions)}."
        yield (
            f"Mails that Moodle may send: {cost.mails}. Taken away: {cost.removals}. "
            f"Requests that write: about {cost.requests}."
        )
    elif not plan.conflicts:
        yield NOTHING


def action_lines(actions: Sequence[Action], zone: tzinfo = UTC) -> Iterator[str]:
    """Print actions by kind, each kind under its name and count."""
    replaced = _replaced(actions)
    for kind, group in groupby(actions, type):
        same_kind = list(group)
        yield f"{NOUNS[kind].capitalize()}: {len(same_kind)}"
        yield from (f"  {_line(action, replaced, zone)}" for action in same_kind)
        yield ""


def conflict_line(conflict: Conflict) -> str:
    """Print something that is left alone."""
    return f"Left alone: {conflict.kind} {conflict.key}: {conflict.message}"


def remark_line(remark: Remark) -> str:
    """Print something that deserves a look."""
    return f"Worth a look: {remark.kind} {remark.key}: {remark.message}"


def amounts(actions: Iterable[Action]) -> str:
    """Count actions by kind, in their order: `new courses: 1, named sections: 5`."""
    return ", ".join(f"{NOUNS[kind]}: {number}" for kind, number in count(actions).items()) or "nothing"


def count(actions: Iterable[Action]) -> Counter[type[Action]]:
    """Count actions by kind, in their order."""
    return Counter(type(action) for action in actions)


def changes(number: int) -> str:
    """Count changes."""
    return "1 change" if number == 1 else f"{number} changes"


def printed(text: str) -> str:
    """Write what strangers wrote so that it can neither fake a line nor speak to the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _replaced(actions: Iterable[Action]) -> Mapping[Place, str]:
    """Tell which roles go where others come."""
    roles: dict[Place, str] = {}
    for action in actions:
        if isinstance(action, RemoveRole):
            before = roles.get((action.course, action.person))
            roles[action.course, action.person] = f"{before}, {action.role}" if before else action.role
    return roles


def _line(action: Action, replaced: Mapping[Place, str], zone: tzinfo) -> str:
    if not isinstance(action, AddRole):
        return line(action, zone)
    before = replaced.get((action.course, action.person))
    return f"{line(action)}, in place of {before}" if before else f"{line(action)} too"
