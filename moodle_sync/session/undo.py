"""A sitting in which a run is taken back: it needs the journal, the site and the configuration, and no source.

Of the site it reads what the run's actions name: the courses, cohorts and categories, and the accounts by the numbers
that the journal has of them.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from moodle_sync.config import read_settings
from moodle_sync.credentials import read_token
from moodle_sync.errors import InputRefused, JournalError
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Record
from moodle_sync.planning.plan import Options, Plan
from moodle_sync.planning.undoing import built_upon, its_own, undo
from moodle_sync.session.session import Make, Session, connect
from moodle_sync.settings import Settings
from moodle_sync.site.identity import Shown
from moodle_sync.site.lookup import by_number
from moodle_sync.site.observed import Observed
from moodle_sync.site.recognition import is_renamed
from moodle_sync.source.circles import with_circles
from moodle_sync.source.desired import Input
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action, Name
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.described_group import DESCRIBED
from moodle_sync.things.group import GROUPS
from moodle_sync.things.grouping import GROUPINGS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client


class UndoSession(Session):
    """A sitting in which a run is taken back; what is wanted is only what is looked at."""

    def __init__(self, scope: Input, client: Client, journal: Journal, run: str) -> None:
        super().__init__(scope, client, journal, writes=True)
        self._run = run

    def usual(self) -> Options:
        """Give the options of a plan of today that takes the run back."""
        return replace(super().usual(), undoes=self._run)

    def decide(self, observed: Observed, options: Options) -> Plan:
        """Decide what takes the run back, and say what came after it."""
        made = self._undo(observed, options)
        record = self.journal.run(self._run)
        return replace(made, remarks=(*made.remarks, *built_upon(record.effects, self._later(record))))

    def decide_again(self, observed: Observed, options: Options) -> Plan:
        """Decide what isn't as it was before the run."""
        return self._undo(observed, options, insists=True)

    def rows(self, options: Options) -> int | None:
        """Count nobody: there is no source."""
        del options
        return None

    def _undo(self, observed: Observed, options: Options, *, insists: bool = False) -> Plan:
        record, lasting = self.journal.run(self._run), self.input.state.lasting
        done = its_own(record.effects, self._later(record))
        return undo(done, observed, self.applied(observed), options, lasting=lasting, insists=insists)

    def _cohorts(self) -> frozenset[str]:
        """Name no cohorts but those of the run."""
        return frozenset()

    def _later(self, record: Record) -> Mapping[str, tuple[Action, ...]]:
        """Give what later runs did, but for those that were taken back, and those that took one of them back."""
        later = [self.journal.run(run.id) for run in self.journal.runs() if run.started > record.started]
        stands = standing([run for run in later if run.effects], record.id)
        return {run.id: run.effects for run in reversed(stands)}


def standing(later: Sequence[Record], first: str) -> list[Record]:
    """Leave out runs that were taken back, and those that took them or the first one back; the latest come first."""
    names = {first, *(run.id for run in later)}
    gone: set[str] = set()
    found = []
    for run in later:
        if run.id not in gone and run.undoes in names:
            gone.add(run.undoes)
        elif run.id not in gone:
            found.append(run)
    return found


@contextmanager
def open_undo(file: Path, run: str, make: Make = connect) -> Iterator[UndoSession]:
    """Open the site and its journal to take a run back; the file of people and the curriculum aren't read.

    `plan` and `apply` do with it what they do with a session of the source.
    """
    settings, problems = read_settings(file)
    if problems:
        raise InputRefused(problems)
    if not settings.journal.exists():
        message = f"{settings.journal}: there is no journal, so nobody knows what was done"
        raise JournalError(message)
    client = make(settings.site, read_token(settings.token_file, os.environ))
    with Journal.open(settings.journal, settings.site) as journal, journal.lock():
        scope = Input(settings=settings, state=_scope(settings, journal, client, run), warnings=())
        yield UndoSession(scope, client, journal, run)


def taken_back(file: Path) -> str:
    """Name the run that a run that was stopped was taking back; empty: there is none such."""
    settings, _ = read_settings(file)
    if not settings.journal.exists():
        return ""
    with Journal.open(settings.journal, settings.site) as journal:
        record = journal.unfinished()
    return record.undoes if record else ""


def _scope(settings: Settings, journal: Journal, client: Client, run: str) -> State:
    """Name all that the run is about, and a run that was stopped: what became of that is found out first."""
    records = [journal.run(run), *filter(None, [journal.unfinished()])]
    names = dict.fromkeys(name for record in records for item in record.items for name in item.action.names())
    courses = {key: _course(key, settings) for key in _keys(names, "course")}
    categories = {table.idnumber: Category(**table.model_dump(include=TREE)) for table in settings.categories}
    categories |= {key: Category(idnumber=key, name=key) for key in _keys(names, "category") if key not in categories}
    made = {Shown(*one) for record in records for item in record.items if (one := item.action.newcomer())}
    people = _people(journal, client, {*_keys(names, "person")}, made)
    lasting = frozenset({settings.community.idnumber} if settings.community else ())
    state = State(lasting=lasting).having(CATEGORIES, categories).having(COURSES, courses).having(PEOPLE, people)
    return _circles(state, settings, {*_keys(names, "cohort")})


def _circles(state: State, settings: Settings, cohorts: set[str]) -> State:
    """Add what the configuration says of groups and cohorts, as far as the run is about them."""
    said, courses = with_circles(State(), settings), state[COURSES]
    described = {key: one for key, one in said[DESCRIBED].items() if key[0] in courses}
    return (
        state.having(GROUPS, frozenset(group for group in said[GROUPS] if group.course in courses))
        .having(DESCRIBED, described)
        .having(GROUPINGS, {key: one for key, one in said[GROUPINGS].items() if key[0] in courses})
        .having(COHORTS, {key: said[COHORTS].get(key, Cohort(idnumber=key)) for key in sorted(cohorts)})
    )


TREE = {"idnumber", "name", "parent"}


def _keys(names: Iterable[Name], kind: str) -> Iterator[str]:
    return (name[1] for name in names if name[0] == kind and name[1])


def _course(key: str, settings: Settings) -> Course:
    """Describe a course; one that the configuration names no longer is found by its idnumber alone."""
    shortname = next((course.shortname for course in settings.places if course.idnumber == key), "")
    return Course(idnumber=key, shortname=shortname, fullname="", category="")


def _people(journal: Journal, client: Client, names: set[str], newcomers: set[Shown]) -> dict[str, Person]:
    """Give those whose accounts are still theirs, by the names that the source had for them.

    An account that the run made is known also by what it was made with: the source may call them otherwise now.
    That the status of accounts is wanted makes all of them be read, and not only what lists of participants tell.
    """
    numbers, shown = {n: name for n, name in journal.everybody().items() if name in names}, journal.shown()
    renamed = {made for made in newcomers if made.username not in numbers.values()}
    numbers |= {number: one.username for number, one in shown.items() if one in renamed}
    return {
        numbers[number]: Person(username=account.username, suspended=False)
        for number, account in by_number(client, numbers.keys()).items()
        if not is_renamed(account, shown.get(number))
    }
