"""A site that an administrator keeps: a miniature, and the journal of what is done to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from moodle_sync.applying.apply import Applying, Outcome
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.runs import OpenRun
from moodle_sync.planning.plan import Options, Plan, plan
from moodle_sync.settings import NewAccounts
from moodle_sync.site.observed import Observed, observe
from moodle_sync.site.reading import read
from moodle_sync.site.seen.sight import Known
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from tests.moodle_sync.examples import FULL
from tests.moodle_sync.miniature import ROLE_IDS, Miniature

KNOWN = Known(roles=ROLE_IDS, protected=frozenset({"admin"}))
NOBODY: Mapping[str, int] = {}
AS_USUAL = Options(today=1_780_000_000)


def look(client: Client, desired: State = FULL, journal: Journal | None = None) -> Observed:
    """Read a site."""
    cohorts = {member.cohort for member in journal.applied({})[COHORT_MEMBERS]} if journal else set()
    people, shown = (journal.people(), journal.shown()) if journal else ({}, {})
    found = read(client, desired, frozenset(cohorts), people.keys())
    return observe(found, desired, KNOWN, people, shown)


def kinds(actions: Iterable[Action]) -> set[type[Action]]:
    """Tell what kinds of actions there are."""
    return {type(action) for action in actions}


@dataclass(frozen=True)
class Administered:
    """What `apply` works with."""

    miniature: Miniature
    journal: Journal

    def plan(self, desired: State = FULL, options: Options = AS_USUAL) -> Plan:
        """Plan what is missing."""
        return self._plan(look(self.miniature.client(), desired, self.journal), desired, options)

    def begin(  # noqa: PLR0913  # what can be left out is named
        self,
        actions: Sequence[Action],
        client: Client | None = None,
        *,
        desired: State = FULL,
        numbers: Mapping[str, int] = NOBODY,
        clock: Callable[[], float] = lambda: 0,
        watch: Callable[[int], None] = lambda _amount: None,
    ) -> Applying:
        """Begin a run of some actions; `numbers` are accounts that nobody has read."""
        run = self.journal.begin(actions, rows=len(desired[PEOPLE]))
        ids = look(self.miniature.client(), desired, self.journal).ids
        ids[PEOPLE].update(numbers)
        return Applying(client or self.miniature.client(), run, ids, NewAccounts.QUIET, clock=clock, watch=watch)

    def go_on(self, run: str) -> Applying:
        """Open a run that was stopped."""
        client = self.miniature.client()
        observed = look(client, FULL, self.journal)
        return self._applying(client, self.journal.reopen(run), observed, NewAccounts.QUIET)

    def apply(
        self,
        desired: State = FULL,
        accounts: NewAccounts = NewAccounts.QUIET,
        options: Options = AS_USUAL,
    ) -> Outcome:
        """Do what is missing, as the command does."""
        client = self.miniature.client()
        observed = look(client, desired, self.journal)
        planned = self._plan(observed, desired, options)
        run = self.journal.begin(planned.actions, rows=len(desired[PEOPLE]))
        self.journal.forget(planned.forgotten, observed.ids[PEOPLE])
        self.journal.know(observed.ids[PEOPLE], observed.shown)
        self.journal.adopt(planned.adopted, observed.ids[PEOPLE])
        applying = self._applying(client, run, observed, accounts)
        applying.run(planned.actions)
        run.finish()
        return applying.outcome

    def lose_the_journal(self) -> None:
        """Empty the journal's tables of what was last applied, as one has them that was made anew."""
        held = self.applied()
        self.journal.forget(held, held.numbers)

    def applied(self, desired: State = FULL) -> Applied:
        """Give what the journal holds."""
        observed = look(self.miniature.client(), desired, self.journal)
        return self._held(observed)

    def _applying(self, client: Client, run: OpenRun, observed: Observed, accounts: NewAccounts) -> Applying:
        """Begin to apply where no request takes any time, on the day that the site has."""
        now = self.miniature.site.settings.clock
        return Applying(client, run, observed.ids, accounts, clock=lambda: 0, now=now)

    def _plan(self, observed: Observed, desired: State, options: Options) -> Plan:
        return plan(desired, observed, self._held(observed), options)

    def _held(self, observed: Observed) -> Applied:
        keys = {number: key for key, number in observed.ids[PEOPLE].items()}
        return self.journal.applied(keys, observed.strangers)
