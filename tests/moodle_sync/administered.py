"""A site that an administrator keeps: a miniature, and the journal of what is done to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from moodle_sync.actions import Action
from moodle_sync.apply import Applying, Outcome
from moodle_sync.client import Client
from moodle_sync.journal import Journal
from moodle_sync.observed import Known, Observed, observe
from moodle_sync.plan import Plan, plan
from moodle_sync.reading import read
from moodle_sync.state import State
from moodle_sync.steps import NewAccounts
from tests.moodle_sync.examples import DESIRED
from tests.moodle_sync.miniature import ROLES, Miniature

KNOWN = Known(roles=ROLES, protected=frozenset({"admin"}))


def look(client: Client, desired: State = DESIRED) -> Observed:
    """Read a site."""
    return observe(read(client, desired), desired, KNOWN)


@dataclass(frozen=True)
class Administered:
    """What `apply` works with."""

    miniature: Miniature
    journal: Journal

    def plan(self, desired: State = DESIRED) -> Plan:
        """Plan what is missing."""
        return plan(desired, look(self.miniature.client(), desired))

    def begin(
        self, actions: Sequence[Action], client: Client | None = None, accounts: NewAccounts = NewAccounts.QUIET
    ) -> Applying:
        """Begin a run of some actions."""
        client = client or self.miniature.client()
        run = self.journal.begin(actions, rows=0)
        return Applying(client, run, look(client).ids, accounts)

    def apply(self, desired: State = DESIRED, accounts: NewAccounts = NewAccounts.QUIET) -> Outcome:
        """Do what is missing."""
        actions = self.plan(desired).actions
        applying = self.begin(actions, accounts=accounts)
        applying.run(actions)
        return applying.outcome
