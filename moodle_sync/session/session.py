"""One sitting at a site: what is wanted, the way there, and the journal; the commands and the library work with it."""

import os
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from moodle_sync.credentials import read_token
from moodle_sync.errors import JournalError
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Record
from moodle_sync.planning.plan import Options, Plan
from moodle_sync.planning.plan import plan as decide
from moodle_sync.settings import Settings
from moodle_sync.site.observed import Observed, observe
from moodle_sync.site.reading import read
from moodle_sync.site.seen.sight import Known
from moodle_sync.source.desired import Input, read_input
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client, over_http
from moodle_sync.webservice.encoding import BUDGET, SHARE

Make: TypeAlias = Callable[[str, str], Client]
"""Makes a client for a site and a token."""
CONTENT: Final = "CONTENT_DIR"
NOTHING_APPLIED = Applied()


def first_second(settings: Settings, now: datetime) -> int:
    """Give the first second of today, as the zone of the source has it."""
    midnight = now.astimezone(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(midnight.timestamp())


def connect(site: str, token: str) -> Client:
    """Make a client that speaks with a site."""
    return Client(site, token, over_http(site))


class Session:
    """What is wanted, the way to the site, and the journal, where there is one."""

    def __init__(self, given: Input, client: Client, journal: Journal | None, *, writes: bool = False) -> None:
        self.input = given
        self.client = client
        self.writes = writes
        self._journal = journal

    @property
    def settings(self) -> Settings:
        """Give the configuration."""
        return self.input.settings

    @property
    def journal(self) -> Journal:
        """Give the journal, for those who write."""
        if self._journal is None:
            message = f"{self.settings.journal}: there is no journal yet; `moodle-sync apply` makes it"
            raise JournalError(message)
        return self._journal

    def room(self) -> int:
        """Give how many variables a request may have, as far as that is known without asking."""
        limit = self._journal.limit() if self._journal else None
        return BUDGET if limit is None else int(limit * SHARE)

    def unfinished(self) -> Record | None:
        """Give the run that was stopped, if there is one."""
        return self._journal.unfinished() if self._journal else None

    def keys(self) -> Mapping[str, Set[str]]:
        """Name the courses, people and cohorts that the source has or the journal knows."""
        desired, people = self.input.state, self._journal.people() if self._journal else {}
        return {
            "course": desired[COURSES].keys(),
            "person": desired[PEOPLE].keys() | set(people.values()),
            "cohort": desired[COHORTS].keys() | self._cohorts(),
        }

    def observe(self) -> Observed:
        """Read the site: what is wanted there, and those whom the journal knows."""
        desired, settings = self.input.state, self.settings
        others, shown = (self._journal.people(), self._journal.shown()) if self._journal else ({}, {})
        found = read(self.client, desired, self._cohorts(), others.keys())
        known = Known(roles=settings.roles, protected=frozenset(settings.protected))
        return observe(found, desired, known, others, shown)

    def _cohorts(self) -> frozenset[str]:
        """Name the cohorts that the journal knows."""
        return self._journal.cohorts() if self._journal else frozenset()

    def usual(self) -> Options:
        """Give the options of the usual plan of today."""
        settings = self.settings
        today = first_second(settings, datetime.now(UTC))
        return Options(today=today, file_wins=settings.file_wins, zone=settings.timezone)

    def decide(self, observed: Observed, options: Options) -> Plan:
        """Decide what is to be done."""
        return decide(self.input.state, observed, self.applied(observed), options)

    def decide_again(self, observed: Observed, options: Options) -> Plan:
        """Decide what is still to be done after a run."""
        return self.decide(observed, options)

    def rows(self, options: Options) -> int | None:
        """Count whom the source names; None where the plan isn't one of all of it."""
        return None if options.targets else len(self.input.state[PEOPLE])

    def applied(self, observed: Observed) -> Applied:
        """Give what the sync made or adopted."""
        if self._journal is None:
            return NOTHING_APPLIED
        keys = {number: key for key, number in observed.ids[PEOPLE].items()}
        return self._journal.applied(keys, observed.strangers)


def read_files(
    file: Path, encoding: str | None = None, environment: Mapping[str, str] = os.environ, *, whole: bool = False
) -> Input:
    """Read everything that a configuration names; InputRefused names every mistake.

    An encoding of the file of people that is said here takes the place of the configuration's. Of the curriculum only
    the courses are read, unless it is to be looked at as a whole.
    """
    content = environment.get(CONTENT)
    return read_input(file, Path(content) if content else None, datetime.now(UTC), encoding, whole=whole)


@contextmanager
def open_session(given: Input, *, to_write: bool, make: Make = connect) -> Iterator[Session]:
    """Open the site and its journal; who writes makes the journal and keeps others away meanwhile."""
    settings = given.settings
    client = make(settings.site, read_token(settings.token_file, os.environ))
    with ExitStack() as stack:
        journal = None
        if to_write or settings.journal.exists():
            journal = stack.enter_context(Journal.open(settings.journal, settings.site))
        if journal and to_write:
            stack.enter_context(journal.lock())
        yield Session(given, client, journal, writes=to_write)
