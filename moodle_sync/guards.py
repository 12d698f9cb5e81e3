"""A stand-in for the guards."""

from collections.abc import Iterable
from dataclasses import dataclass

from moodle_sync.actions import Action, RemoveCohortMember, RemoveMember, RemoveRole, Suspend, Unenrol
from moodle_sync.applied import Applied
from moodle_sync.plan import Plan


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a plan is not applied."""

    message: str


def stops(
    plan: Plan, applied: Applied, rows: int, allowed: int | None, max_mails: int | None, mails: int
) -> tuple[Stop, ...]:
    """Tell what stands in the way of a plan."""
    del applied, rows
    found = []
    if max_mails is not None and mails > max_mails:
        found.append(Stop(f"{mails} mails may be sent, and {max_mails} are allowed"))
    if removals(plan.actions) > 5 and allowed != removals(plan.actions):
        found.append(Stop(f"{removals(plan.actions)} things would be taken away"))
    return tuple(found)


def removals(actions: Iterable[Action]) -> int:
    """Count what is taken away."""
    return sum(isinstance(a, (Suspend, Unenrol, RemoveRole, RemoveMember, RemoveCohortMember)) for a in actions)
