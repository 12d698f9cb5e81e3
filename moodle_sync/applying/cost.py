"""What a plan costs: mails to people, and requests to the site."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moodle_sync.applying.making import Making
from moodle_sync.applying.pace import FIRST, next_size
from moodle_sync.applying.waiting import Waiting
from moodle_sync.settings import NewAccounts
from moodle_sync.things.action import Action, Mail
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
    causes = {Mail.WELCOME, Mail.PASSWORD} if new_accounts is NewAccounts.MAIL else {Mail.WELCOME}
    return sum(action.mails in causes for action in actions)


def requests(actions: Sequence[Action], new_accounts: NewAccounts, budget: int = BUDGET) -> int:
    """Count the requests that write, if all goes well and fast, with so many variables in each."""
    making = Making(_any_ids(), new_accounts)
    sizes: dict[str, int] = {}
    return sum(_batches(list(group), making, sizes, budget) for _, group in groupby(actions, type))


def _batches(actions: Sequence[Action], making: Making, sizes: dict[str, int], budget: int) -> int:
    """Count the requests for actions of one kind; a function's requests grow from one to the next."""
    waiting, step = Waiting(actions, budget), actions[0].step
    number, name = 0, step.function.name
    sizes[name] = min(step.most, sizes.get(name, FIRST))
    while piece := waiting.take(frozenset(), lambda _kind: sizes[name], lambda action: action.row(making)):
        sizes[name] = min(step.most, next_size(sizes[name], len(piece.batch), 0))
        number += 1
    return number


def _any_ids() -> Ids:
    """Stand in for numbers that are known only when what they belong to was made."""
    return Ids(lambda: defaultdict(_one))


def _one() -> int:
    return 1
