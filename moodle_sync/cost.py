"""What a plan costs: mails to people, and requests to the site."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moodle_sync.actions import Action, ChangeTerm, CreatePerson, Enrol, Suspend
from moodle_sync.encoding import batches
from moodle_sync.observed import Ids
from moodle_sync.steps import STEPS, Making, NewAccounts, row


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


def requests(actions: Sequence[Action], new_accounts: NewAccounts) -> int:
    """Count the requests that write, if all goes well: the batches that rows of these sizes make."""
    making = Making(_any_ids(), new_accounts)
    same_kind = ((STEPS[kind], list(group)) for kind, group in groupby(actions, type))
    return sum(
        sum(1 for _ in batches([(action, row(action, making)) for action in group], most=step.most))
        for step, group in same_kind
    )


def _any_ids() -> Ids:
    """Stand in for numbers that are known only when what they belong to was made."""
    return Ids(
        categories=defaultdict(_one),
        courses=defaultdict(_one),
        unnamed=defaultdict(_one),
        people=defaultdict(_one),
        groups=defaultdict(_one),
        cohorts=defaultdict(_one),
        roles=defaultdict(_one),
    )


def _one() -> int:
    return 1
