"""Where an action takes something away, and from how many: what the guards count."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeAlias

from moodle_sync.actions import (
    Action,
    ChangePerson,
    ChangeTerm,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.planning.comparison import Comparison
from moodle_sync.planning.terms import OPEN
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.enrolment import DAY, ENROLMENTS, Term
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.role import ROLES

SITE = "the site"


class Loss(StrEnum):
    """What can be taken away; each kind is counted for itself."""

    ENROLMENTS = "enrolments"
    ROLES = "roles"
    GROUPS = "group members"
    COHORTS = "cohort members"
    ACCOUNTS = "accounts"


Scope: TypeAlias = tuple[str, Loss]
"""A course, a cohort or the site, with what is taken away there."""


def losses(actions: Iterable[Action], today: int) -> Counter[Scope]:
    """Count what is taken away or suspended, in each course and cohort; accounts belong to the site."""
    return Counter(scope for action in actions if (scope := loss(action, today)))


def loss(action: Action, today: int) -> Scope | None:
    """Tell where an action takes something away, and what."""
    match action:
        case Suspend() | Unenrol():
            return f"course {action.course}", Loss.ENROLMENTS
        case ChangeTerm() if _shuts_out(action.before or OPEN, action.after, today):
            return f"course {action.course}", Loss.ENROLMENTS
        case ChangePerson() if any(change.field == "suspended" and change.after == "1" for change in action.changes):
            return SITE, Loss.ACCOUNTS
        case _:
            return _removal(action)


def _shuts_out(before: Term, after: Term, today: int) -> bool:
    """Tell whether somebody is suspended, or has no access any more because of the dates."""
    suspended = after.suspended and not before.suspended
    return suspended or (_counts(before, today) and not _counts(after, today))


def _counts(term: Term, today: int) -> bool:
    ended = 0 < term.end <= today
    return not term.suspended and not ended and term.start < today + DAY


def _removal(action: Action) -> Scope | None:
    match action:
        case RemoveRole():
            return f"course {action.course}", Loss.ROLES
        case RemoveMember():
            return f"course {action.membership.group.course}", Loss.GROUPS
        case RemoveCohortMember():
            return f"cohort {action.membership.cohort}", Loss.COHORTS
        case _:
            return None


def managed(applied: Applied) -> Counter[Scope]:
    """Count what the sync gave or adopted, in each course and cohort, and whom the source named last time."""
    counts: Counter[Scope] = Counter(
        (f"course {course}", Loss.ENROLMENTS) for (course, _), held in applied[ENROLMENTS].items() if not held.gone
    )
    counts.update((f"course {role.course}", Loss.ROLES) for role in applied[ROLES])
    counts.update((f"course {member.group.course}", Loss.GROUPS) for member in applied[MEMBERSHIPS])
    counts.update((f"cohort {member.cohort}", Loss.COHORTS) for member in applied[COHORT_MEMBERS])
    counts[SITE, Loss.ACCOUNTS] = applied.rows or 0
    return counts


def emptied(sides: Comparison, actions: Iterable[Action]) -> Iterator[str]:
    """Name the courses and cohorts that held people, lose some now, and have nobody left in the source."""
    named = {f"course {enrolment.course}" for enrolment in sides.desired[ROLES]}
    named |= {f"cohort {member.cohort}" for member in sides.desired[COHORT_MEMBERS]}
    losing = {scope for scope, kind in losses(actions, sides.options.today) if kind in (Loss.ENROLMENTS, Loss.COHORTS)}
    yield from sorted(losing - named)
