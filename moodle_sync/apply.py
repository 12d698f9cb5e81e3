"""Does what a plan says: in batches, each safe to repeat, and nothing else.

A batch that Moodle refuses is halved until the bad row is found; the others go on. After a write of which nobody
knows whether it was done, Moodle is read again and only what is still missing is sent.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from moodle_sync.actions import Action, NameSection
from moodle_sync.client import Client
from moodle_sync.encoding import Row, batches
from moodle_sync.errors import FateUnknown, NotAllowed, Refused
from moodle_sync.functions import Written
from moodle_sync.observed import Ids, Observed
from moodle_sync.plan import plan
from moodle_sync.reading import read_sections
from moodle_sync.state import State
from moodle_sync.steps import STEPS, Making, NewAccounts, Step, arguments, learn, row

TRIES = 3
"""How often in a row a write is sent whose fate stays unknown."""
TAKEN = frozenset({"categoryidnumbertaken", "courseidnumbertaken", "shortnametaken"})
"""Perhaps somebody else made it meanwhile."""
GONE = "left out, since what it builds on isn't there"
Batch: TypeAlias = Sequence[tuple[Action, Row]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An action that was not done, and why."""

    action: Action
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan; it grows while the plan is applied."""

    done: list[Action] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


class Applying:
    """One run, with the numbers that are known so far; `observe` reads the site again."""

    def __init__(
        self, client: Client, desired: State, observe: Callable[[], Observed], ids: Ids, new_accounts: NewAccounts
    ) -> None:
        self._client = client
        self._desired = desired
        self._observe = observe
        self._making = Making(ids, new_accounts)
        self.outcome = Outcome()

    def run(self, actions: Iterable[Action]) -> None:
        """Do the actions in their order; `outcome` tells what came of them, also after an exception."""
        for kind, group in groupby(actions, type):
            same_kind = list(group)
            self._find_sections({action.course for action in same_kind if isinstance(action, NameSection)})
            self._do(STEPS[kind], same_kind)

    def _do(self, step: Step, actions: Sequence[Action]) -> None:
        """Do actions of one kind; where they go singly, each may build on the one before."""
        if step.most == 1 and len(actions) > 1:
            for action in actions:
                self._do(step, [action])
            return
        rows = [(action, made) for action in actions if (made := self._row(action))]
        for batch in batches(rows, most=step.most):
            self._send(step, batch, TRIES)

    def _row(self, action: Action) -> Row | None:
        try:
            return row(action, self._making)
        except KeyError:
            self._fail(action, GONE)
            return None

    def _find_sections(self, courses: Iterable[str]) -> None:
        ids = self._making.ids
        for course in sorted(set(courses) & set(ids.courses)):
            sections = enumerate(read_sections(self._client, ids.courses[course]), 1)
            ids.unnamed |= {(course, place): section.id for place, section in sections if not section.rawtitle}

    def _send(self, step: Step, batch: Batch, tries: int) -> None:
        try:
            written = self._client.call(step.function, **arguments(step, [made for _, made in batch]))
            self._settle(step, batch, written)
        except NotAllowed:
            raise
        except Refused as refusal:
            self._halve(step, batch, refusal)
        except FateUnknown:
            if tries == 1:
                raise
            self._send_missing(step, batch, tries - 1)

    def _settle(self, step: Step, batch: Batch, written: Written) -> None:
        """Keep what was done. Fewer things than rows mean that the request was cut, or the answer."""
        if written.created is not None and len(written.created) != len(batch):
            message = f"{step.function.name}: {len(batch)} rows were sent and {len(written.created)} came back"
            raise FateUnknown(message)
        for (action, _), new in zip(batch, written.created or (), strict=False):
            learn(action, new.id, self._making.ids)
        left = {warning.itemid: f"{warning.message} ({warning.warningcode})" for warning in written.warnings}
        for action, made in batch:
            if reason := left.get(_number(made)):
                self._fail(action, reason)
            else:
                self.outcome.done.append(action)

    def _halve(self, step: Step, batch: Batch, refusal: Refused) -> None:
        """Look for the bad row: Moodle undoes the whole batch and names none."""
        if len(batch) > 1:
            middle = len(batch) // 2
            self._send(step, batch[:middle], TRIES)
            self._send(step, batch[middle:], TRIES)
        elif refusal.errorcode in TAKEN and not self._missing(batch):
            return
        else:
            self._fail(batch[0][0], str(refusal))

    def _send_missing(self, step: Step, batch: Batch, tries: int) -> None:
        missing = self._missing(batch)
        if missing:
            self._send(step, missing, tries)

    def _missing(self, batch: Batch) -> Batch:
        """Read the site again: what a new plan would not do any more is done."""
        observed = self._observe()
        self._making.ids.update(observed.ids)
        planned = set(plan(self._desired, observed).actions)
        self.outcome.done.extend(action for action, _ in batch if action not in planned)
        return [(action, made) for action, made in batch if action in planned]

    def _fail(self, action: Action, reason: str) -> None:
        self.outcome.failed.append(Failure(action, reason))


def _number(made: Row) -> int:
    """Give the number of what a row changes."""
    number = made.get("id")
    return number if isinstance(number, int) else -1
