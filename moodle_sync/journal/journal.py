"""The journal: what the sync is doing, did, and so may change again; one SQLite file for each site.

    with Journal.open(settings.journal, settings.site) as journal, journal.lock():
        others = journal.people()                       # Moodle's account numbers -> usernames of the source
        observed = observe(found, desired, known, others, journal.shown())
        settle(journal, client, observed.ids)           # moodle_sync.resume: an earlier run that was stopped
        applied = journal.applied(keys, observed.strangers)  # keys: account numbers -> keys of the desired state
        planned = plan(desired, observed, applied, options)
        run = journal.begin(planned.actions, rows=len(desired.people), options={...})
        journal.forget(planned.forgotten, observed.ids.people)  # first: what was a stranger's is adopted anew
        journal.know(observed.ids.people, observed.shown)
        journal.adopt(planned.adopted, observed.ids.people)
        applying = Applying(client, run, observed.ids, new_accounts)
        applying.run(planned.actions)
        run.finish()

Readers (`plan`, `report`) need no lock, and leave a journal of a former version as it is. Without a journal nothing is
lost but the dates: what is in Moodle is adopted as it stands. It holds people's names and addresses, and neither tokens
nor passwords.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from moodle_sync.documents import read_action, write_action
from moodle_sync.errors import JournalError
from moodle_sync.journal import holdings
from moodle_sync.journal.records import Ending, Fate, Item, Record, Send, Sending
from moodle_sync.journal.runs import OpenRun
from moodle_sync.journal.storage import locked, open_file, transaction, upgrade, version
from moodle_sync.site.identity import Shown
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied

Clock = Callable[[], datetime]
FRESH = timedelta(days=1)
"""How long a limit that was measured holds."""
NOBODY: Set[int] = frozenset()
KEEPS_LEFT = 3
"""The version of journals that keep what runs left alone."""
KEEPS_CAUSES = 5
"""The version of journals that keep what runs remarked, and what refusals have in common."""
KEPT, KEPT_FOR = 30, timedelta(days=90)
"""How many runs are kept, and how long those before them: they name people."""


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


class Journal:
    """One site's journal, open; whoever writes holds its lock."""

    def __init__(self, db: sqlite3.Connection, file: Path, clock: Clock) -> None:
        self._db = db
        self._file = file
        self._clock = clock

    @classmethod
    def open(cls, file: Path, site: str, clock: Clock = utc_now) -> Self:
        """Open a site's journal, and make it if it isn't there; JournalError if it is another's or broken."""
        return cls(open_file(file, site), file, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other run away for the length of a block; JournalError if one is at work.

        A journal of a former version is upgraded then: not before, since a former program may be writing.
        """
        with locked(self._file):
            upgrade(self._db, self._file)
            yield

    # What was last applied

    def people(self) -> dict[int, str]:
        """Give the username of everybody of whom something is held, by their account's number."""
        return holdings.people(self._db)

    def everybody(self) -> dict[int, str]:
        """Give the username of everybody who was ever seen, by their account's number."""
        return holdings.everybody(self._db)

    def shown(self) -> dict[int, Shown]:
        """Give what Moodle showed of their accounts, as far as it is known."""
        return holdings.shown(self._db)

    def applied(self, keys: Mapping[int, str], strangers: Set[int] = NOBODY) -> Applied:
        """Give what is held, under the keys of the desired state; of others under their usernames.

        What is held under the number of a stranger is nobody's.
        """
        return replace(holdings.read(self._db, keys, strangers), rows=self._rows())

    def cohorts(self) -> frozenset[str]:
        """Name the cohorts of which somebody is held."""
        return frozenset(name for (name,) in self._db.execute("SELECT DISTINCT cohort FROM cohort_members"))

    def adopt(self, applied: Applied, numbers: Mapping[str, int]) -> None:
        """Keep what a plan adopts; `numbers` are the accounts of its people."""
        with transaction(self._db):
            holdings.adopt(self._db, applied, numbers)

    def forget(self, applied: Applied, numbers: Mapping[str, int]) -> None:
        """Forget what a plan found to be neither in Moodle nor wanted, and what is held under strangers' numbers."""
        with transaction(self._db):
            holdings.forget(self._db, applied, numbers)

    def know(self, numbers: Mapping[str, int], shown: Mapping[int, Shown]) -> None:
        """Keep what the source and Moodle call everybody; strangers must be forgotten before."""
        with transaction(self._db):
            holdings.know(self._db, numbers, shown)

    # Runs

    def begin(
        self,
        actions: Iterable[Action],
        *,
        rows: int,
        options: Mapping[str, object] | None = None,
        left_alone: Sequence[str] = (),
        remarks: Sequence[str] = (),
    ) -> OpenRun:
        """Begin a run of a plan; one that was stopped before is superseded."""
        now = self._clock()
        run = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        planned = list(actions)
        documents = (json.dumps(write_action(action), ensure_ascii=False) for action in planned)
        with transaction(self._db):
            self._forget_runs(now - KEPT_FOR)
            self._db.execute(
                "UPDATE runs SET ended = ?, outcome = ? WHERE outcome IS NULL", [now.isoformat(), Ending.SUPERSEDED]
            )
            self._db.execute(
                "INSERT INTO runs (id, started, rows, options, left_alone, remarks) VALUES (?, ?, ?, ?, ?, ?)",
                [run, now.isoformat(), rows, json.dumps(options or {}), _lines(left_alone), _lines(remarks)],
            )
            self._db.executemany(
                "INSERT INTO actions (run, place, document, fate, reason) VALUES (?, ?, ?, ?, '')",
                ((run, place, document, Fate.PLANNED) for place, document in enumerate(documents)),
            )
        return OpenRun(self._db, run, planned, self._clock)

    def reopen(self, run: str) -> OpenRun:
        """Open a run that was stopped, to go on with it."""
        items = self.run(run).items
        given_up = [item.action for item in items if item.fate in (Fate.QUARANTINED, Fate.LEFT_OUT)]
        return OpenRun(self._db, run, [item.action for item in items], self._clock, given_up)

    def unfinished(self) -> Record | None:
        """Give the run that was stopped, if there is one."""
        found = self._db.execute("SELECT id FROM runs WHERE outcome IS NULL ORDER BY started DESC").fetchone()
        return self.run(found[0]) if found else None

    def record(self, run: OpenRun) -> Record:
        """Give a run that goes on, with the very actions that it has in hand: there may be very many."""
        return self._run(run.id, run.actions)

    def run(self, run: str) -> Record:
        """Give a run with its actions and its requests."""
        return self._run(run, None)

    def _run(self, run: str, known: Sequence[Action] | None) -> Record:
        found = next(self._records("WHERE id = ?", run), None)
        if found is None:
            message = f"{self._file}: there is no run {run}; `moodle-sync report` lists them"
            raise JournalError(message)
        items = tuple(self._items(run, known))
        return replace(found, items=items, sends=tuple(self._sends(run, [item.action for item in items])))

    def runs(self) -> tuple[Record, ...]:
        """List the runs, the latest first, without their actions and requests."""
        return tuple(self._records("ORDER BY started DESC, id DESC"))

    # The site

    def limit(self) -> int | None:
        """Give how many variables the site takes in a request, as measured within a day."""
        since = (self._clock() - FRESH).isoformat()
        found = self._db.execute("SELECT variables FROM limits WHERE measured > ?", [since]).fetchone()
        return int(found[0]) if found else None

    def keep_limit(self, variables: int) -> None:
        """Keep how many variables the site takes in a request."""
        with transaction(self._db):
            self._db.execute("DELETE FROM limits")
            self._db.execute("INSERT INTO limits VALUES (?, ?)", [self._clock().isoformat(), variables])

    def _forget_runs(self, until: datetime) -> None:
        """Forget runs that are old and not among the last ones, with what they name."""
        last = "SELECT id FROM runs ORDER BY rowid DESC LIMIT ?"
        self._db.execute(
            f"DELETE FROM runs WHERE ended < ? AND id NOT IN ({last})",  # noqa: S608  # written here
            [until.isoformat(), KEPT],
        )
        for table in ("actions", "sends"):
            self._db.execute(f"DELETE FROM {table} WHERE run NOT IN (SELECT id FROM runs)")  # noqa: S608  # our own names

    def _rows(self) -> int | None:
        """Ask the latest run of everything, by its place and not by a clock that may have been wrong."""
        everything = (
            "coalesce(json_array_length(options, '$.targets'), 0) = 0 AND json_extract(options, '$.undoes') IS NULL"
        )
        which = f"outcome IN (?, ?) AND {everything}"
        found = self._db.execute(
            f"SELECT rows FROM runs WHERE {which} ORDER BY rowid DESC LIMIT 1",  # noqa: S608  # written here
            [Ending.DONE, Ending.PARTLY],
        ).fetchone()
        return int(found[0]) if found else None

    def _records(self, which: str, *values: str) -> Iterator[Record]:
        left = self._column("left_alone", KEEPS_LEFT, "[]")
        remarked = self._column("remarks", KEEPS_CAUSES, "[]")
        columns = f"id, started, ended, outcome, stopped, rows, options, {left}, {remarked}"
        rows = self._db.execute(f"SELECT {columns} FROM runs {which}", values)  # noqa: S608  # written here
        for run, started, ended, outcome, stopped, count, options, alone, remarks in rows.fetchall():
            yield Record(
                id=run,
                started=started,
                ended=ended,
                outcome=Ending(outcome) if outcome else None,
                stopped=stopped,
                rows=count,
                options=json.loads(options),
                left_alone=tuple(json.loads(alone)),
                remarks=tuple(json.loads(remarks)),
            )

    def _column(self, name: str, since: int, nothing: str) -> str:
        """Name a column that a journal of a former version doesn't have until it is upgraded."""
        return name if version(self._db) >= since else f"'{nothing}'"

    def _items(self, run: str, known: Sequence[Action] | None) -> Iterator[Item]:
        columns = f"place, document, fate, reason, {self._column('cause', KEEPS_CAUSES, '')}"
        rows = self._db.execute(f"SELECT {columns} FROM actions WHERE run = ? ORDER BY place", [run])  # noqa: S608  # as above
        for place, document, fate, reason, cause in rows:
            action = read_action(json.loads(document)) if known is None else known[place]
            yield Item(action=action, fate=Fate(fate), reason=reason, cause=cause)

    def _sends(self, run: str, actions: list[Action]) -> Iterator[Send]:
        columns = "number, function, places, state, reason, intended, sent, ended"
        rows = self._db.execute(f"SELECT {columns} FROM sends WHERE run = ? ORDER BY number", [run])  # noqa: S608  # as above
        for number, function, places, state, reason, intended, sent, ended in rows:
            yield Send(
                number=number,
                function=function,
                actions=tuple(actions[place] for place in json.loads(places)),
                state=Sending(state),
                reason=reason,
                intended=intended,
                sent=sent,
                ended=ended,
            )


def _lines(lines: Sequence[str]) -> str:
    return json.dumps(lines, ensure_ascii=False)
