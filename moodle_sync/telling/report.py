"""What the administrator reads of a plan and of what came of it: lines in groups, and counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import groupby

from moodle_sync.applying.cost import Cost
from moodle_sync.planning.plan import Plan
from moodle_sync.telling.alike import Told, in_few
from moodle_sync.things.action import Action
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.finding import Conflict, Remark

NOTHING = "Nothing to do: Moodle is as it should be."
EACH = (
    "Each of those that are told together has a line of its own with `moodle-sync plan --each`, and after a run with "
    "`moodle-sync report RUN`."
)
EACH_BACK = (
    "Each of those that are told together has a line of its own with `moodle-sync report RUN`, once this is done."
)
NOTHING_BACK = "Nothing to take back: Moodle is as it was before that run."


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
        yield NOTHING_BACK if plan.undoes else _nothing(sum(remark.differs for remark in plan.remarks))


def action_lines(actions: Sequence[Action], zone: tzinfo = UTC) -> Iterator[str]:
    """Print actions by kind, each kind under its name and count."""
    words = {action: more for thing in THINGS for action, more in thing.words(actions).items()}
    for _, group in groupby(actions, type):
        same_kind = list(group)
        yield f"{same_kind[0].noun.capitalize()}: {len(same_kind)}"
        yield from (f"  {action.line(zone)}{words.get(action, '')}" for action in same_kind)
        yield ""


def conflict_line(conflict: Conflict) -> str:
    """Print something that is left alone."""
    return f"Left alone: {conflict.kind} {conflict.key}: {conflict.message}"


def remark_line(remark: Remark) -> str:
    """Print something that deserves a look."""
    return f"Worth a look: {remark.kind} {remark.key}: {remark.message}"


def finding_lines(plan: Plan, *, each: bool = False) -> Iterator[str]:
    """Print what a plan leaves alone and what deserves a look: many of the same in one line, or each in its own."""
    if each:
        yield from map(conflict_line, plan.conflicts)
        yield from map(remark_line, plan.remarks)
    else:
        left = (_told("Left alone", conflict_line(one), one) for one in plan.conflicts)
        seen = (_told("Worth a look", remark_line(one), one) for one in plan.remarks)
        yield from in_few((*left, *seen), EACH_BACK if plan.undoes else EACH)


def _told(title: str, line: str, found: Conflict | Remark) -> Told:
    cause = found.kind, found.cause or found.message
    return Told(line=line, title=title, name=f"{found.kind} {found.key}", text=found.message, cause=cause)


def _nothing(differing: int) -> str:
    """Say that there is nothing to do, and what stays other than the file has it."""
    if not differing:
        return NOTHING
    stays = "1 thing stays" if differing == 1 else f"{differing:,} things stay"
    return f"Nothing to do: {stays} in Moodle other than the file says, see below."


def amounts(actions: Iterable[Action]) -> str:
    """Count actions by kind, in their order: `new courses: 1, named sections: 5`."""
    return ", ".join(f"{kind.noun}: {number}" for kind, number in count(actions).items()) or "nothing"


def count(actions: Iterable[Action]) -> Counter[type[Action]]:
    """Count actions by kind, in their order."""
    return Counter(type(action) for action in actions)


def changes(number: int) -> str:
    """Count changes."""
    return "1 change" if number == 1 else f"{number} changes"


def printed(text: str) -> str:
    """Write what strangers wrote so that it can neither fake a line nor speak to the terminal."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
