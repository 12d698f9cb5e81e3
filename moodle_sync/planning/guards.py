"""What stops a plan that would take away too much, or mail too many: pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moodle_sync.planning.plan import Plan
from moodle_sync.planning.scopes import losses, managed
from moodle_sync.things.action import SITE, Action, Scope
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS

FEW, SHARE = 5, 0.05
"""So many of a kind, or this part of them, may go without a question."""
FEW_ROWS, SHARE_OF_ROWS = 10, 0.1
"""So many rows, or this part of them, a source may lose without a question."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why nothing is done, and what to do about it."""

    message: str


def removals(actions: Iterable[Action], today: int) -> int:
    """Count all that is taken away or suspended: the number that lets a stopped plan go on."""
    return losses(actions, today).total()


def stops(  # noqa: PLR0913, PLR0917  # a run's few numbers, each from somewhere else
    plan: Plan, applied: Applied, rows: int | None, allowed: int | None, max_mails: int | None, mails: int
) -> tuple[Stop, ...]:
    """Say what stops a plan.

    `rows` is how many people the source names, or None where the plan is for some targets only; `allowed` is the count
    that the administrator gave, `mails` what the plan may send.
    """
    count = removals(plan.actions, plan.today)
    found = [] if allowed == count else [*_losses(plan, applied), *_emptied(plan), *_rows(applied, rows)]
    messages = [*found, _way_out(count, allowed, plan)] if found else []
    unseen = [] if max_mails is not None else [*_unseen(plan, applied, mails)]
    return tuple(map(Stop, [*messages, *unseen, *_mails(mails, max_mails)]))


def _unseen(plan: Plan, applied: Applied, mails: int) -> Iterator[str]:
    """Count by course whom the sync had enrolled and Moodle no longer shows: perhaps they are only hidden from it."""
    for one in (one for thing in THINGS for one in thing.unseen(plan.actions, applied)):
        if one.count > FEW and one.count > SHARE * one.held:
            yield (
                f"course {one.course}: {one.count:,} of {one.held:,} people seem to have been taken out in Moodle and "
                f"would be enrolled again. Look whether the token still sees them; if all are to come back, "
                f"add --max-mails {mails}"
            )


def _way_out(count: int, allowed: int | None, plan: Plan) -> str:
    look = "look first at what would be taken back" if plan.undoes else "look at the source first"
    if allowed is None:
        return f"Nothing was done: {look}; if all of the plan is meant, add --removals {count}"
    return (
        f"--removals {allowed} was given, and the plan takes away or suspends {count}: {look}; then --removals {count}"
    )


def _losses(plan: Plan, applied: Applied) -> Iterator[str]:
    """Count by course and cohort, and over the site."""
    lost, held = losses(plan.actions, plan.today), managed(applied)
    sums, all_held = _over_the_site(lost), _over_the_site(held)
    scopes = {**sums, **lost}
    for scope, kind in sorted(scopes):
        gone = scopes[scope, kind]
        of = all_held[scope, kind] if scope == SITE else held[scope, kind]
        if gone > FEW and gone > SHARE * of:
            yield f"{scope}: {gone:,} of {of:,} {kind} would be taken away or suspended (more than {SHARE:.0%})"


def _over_the_site(counts: Counter[Scope]) -> Counter[Scope]:
    sums: Counter[Scope] = Counter()
    for (_, kind), count in counts.items():
        sums[SITE, kind] += count
    return sums


def _emptied(plan: Plan) -> Iterator[str]:
    return (f"{scope}: the source names nobody any more, and everybody would go" for scope in plan.emptied)


def _rows(applied: Applied, rows: int | None) -> Iterator[str]:
    if rows is None or not applied.rows:
        return
    lost = applied.rows - rows
    if rows == 0 or (lost > FEW_ROWS and lost > SHARE_OF_ROWS * applied.rows):
        yield f"{SITE}: the source names {rows:,} people, and {applied.rows:,} when it was last applied"


def _mails(mails: int, most: int | None) -> Iterator[str]:
    if most is not None and mails > most:
        amount = "1 mail" if mails == 1 else f"{mails:,} mails"
        yield f"the plan may send {amount}, and --max-mails allows {most:,}: raise it if they are meant"
