"""What a plan costs: mails to people, and requests to the site."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moodle_sync.actions import Action, ChangeTerm, CreatePerson, Enrol, Suspend
from moodle_sync.applying.pace import FIRST, next_size
from moodle_sync.applying.steps import STEPS, Making, Step, row
from moodle_sync.applying.waiting import Waiting
from moodle_sync.config import NewAccounts
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.encoding import BUDGET


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan may do to people and to the site."""

    mails: int
    removals: int
    requests: int


def mails(actions: Iterable[Action], new_accounts: NewAccounts) -> int:
    """Count the mails that actions may cause: a welcome whenever an enrolment is written, a password for an account."""
    welcomes = (Enrol, ChangeTerm, Suspend)
    causes = (*welcomes, CreatePerson) if new_accounts is NewAccounts.MAIL else welcomes
    return sum(isinstance(action, causes) for action in actions)


def requests(actions: Sequence[Action], new_accounts: NewAccounts, budget: int = BUDGET) -> int:
    """Count the requests that write, if all goes well and fast, with so many variables in each."""
    making = Making(_any_ids(), new_accounts)
    sizes: dict[str, int] = {}
    return sum(_batches(STEPS[kind], list(group), making, sizes, budget) for kind, group in groupby(actions, type))


def _batches(step: Step, actions: Sequence[Action], making: Making, sizes: dict[str, int], budget: int) -> int:
    """Count the requests for actions of one kind; a function's requests grow from one to the next."""
    waiting = Waiting(actions, budget)
    number, name = 0, step.function.name
    sizes[name] = min(step.most, sizes.get(name, FIRST))
    while piece := waiting.take(frozenset(), lambda _kind: sizes[name], lambda action: row(action, making)):
        sizes[name] = min(step.most, next_size(sizes[name], len(piece.batch), 0))
        number += 1
    return number


def _any_ids() -> Ids:
    """Stand in for numbers that are known only when what they belong to was made."""
    return Ids(lambda: defaultdict(_one))


def _one() -> int:
    return 1
