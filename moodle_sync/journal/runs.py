"""Writes into the journal what a run is about to do, did, and what that makes true: each step before the next.

Every request that writes goes: `intend`, `sent`, the request, and then `confirm`, `refuse` or `lose`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from moodle_sync.journal import holdings
from moodle_sync.journal.records import Ending, Fate, Sending
from moodle_sync.journal.storage import transaction
from moodle_sync.things.action import Action
from moodle_sync.things.ids import Ids


@dataclass(frozen=True, slots=True)
class Failure:
    """An action that was not done, and why."""

    action: Action
    reason: str
    fate: Fate = Fate.QUARANTINED
    cause: str = ""
    """What others have in common that were not done for the same; empty: the reason."""


class OpenRun:
    """A run that goes on; only one thread writes."""

    def __init__(
        self,
        db: sqlite3.Connection,
        run: str,
        actions: Iterable[Action],
        clock: Callable[[], datetime],
        given_up: Sequence[Action] = (),
    ) -> None:
        self.id = run
        self.given_up = given_up
        """The actions that were refused or left out before it was opened."""
        self._db = db
        self._places = {action: place for place, action in enumerate(actions)}
        self._clock = clock

    @property
    def actions(self) -> Sequence[Action]:
        """Give the actions of its plan, in their order."""
        return tuple(self._places)

    def intend(self, function: str, actions: Sequence[Action]) -> int:
        """Write that a request is to be sent, and give its number."""
        places = json.dumps([self._places[action] for action in actions])
        with transaction(self._db):
            last = self._db.execute("SELECT max(number) FROM sends WHERE run = ?", [self.id]).fetchone()[0]
            number = (last or 0) + 1
            self._db.execute(
                "INSERT INTO sends (run, number, function, places, state, reason, intended) VALUES (?,?,?,?,?,'',?)",
                [self.id, number, function, places, Sending.INTENT, self._clock().isoformat()],
            )
        return number

    def sent(self, number: int) -> None:
        """Write that a request goes out now."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE sends SET state = ?, sent = ? WHERE run = ? AND number = ?",
                [Sending.SENT, self._clock().isoformat(), self.id, number],
            )

    def confirm(self, number: int, done: Iterable[Action], failed: Iterable[Failure], ids: Ids) -> None:
        """Write what a request did, and what that makes true, at once; `ids` are the numbers that are known."""
        with transaction(self._db):
            self._end(number, Sending.CONFIRMED)
            for action in done:
                self._fate(action, Fate.DONE)
                holdings.record(self._db, action, ids)
            self._fail(failed)

    def refuse(self, number: int, reason: str, failed: Iterable[Failure] = ()) -> None:
        """Write that nothing of a request was done, and which of its actions are given up."""
        with transaction(self._db):
            self._end(number, Sending.REFUSED, reason)
            self._fail(failed)

    def lose(self, number: int, reason: str) -> None:
        """Write that nobody knows what became of a request."""
        with transaction(self._db):
            self._end(number, Sending.UNKNOWN, reason)

    def give_up(self, failed: Iterable[Failure]) -> None:
        """Write which actions aren't even tried."""
        with transaction(self._db):
            self._fail(failed)

    def stop(self, reason: str) -> None:
        """Write what stopped the run; it can be resumed."""
        with transaction(self._db):
            self._db.execute("UPDATE runs SET stopped = ? WHERE id = ?", [reason, self.id])

    def finish(self) -> None:
        """Write that the run came to its end."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE runs SET ended = ?, outcome = ?, stopped = NULL WHERE id = ?",
                [self._clock().isoformat(), self._outcome(), self.id],
            )

    def correct(self, failed: Iterable[Failure]) -> None:
        """Write what turned out afterwards not to be as Moodle had said."""
        with transaction(self._db):
            self._fail(failed)
            self._db.execute("UPDATE runs SET outcome = ? WHERE id = ?", [self._outcome(), self.id])

    def _outcome(self) -> Ending:
        query = (
            "SELECT 1 FROM actions WHERE run = ?1 AND fate != ?2 "
            "UNION SELECT 1 FROM runs WHERE id = ?1 AND left_alone != '[]'"
        )
        return Ending.PARTLY if self._db.execute(query, [self.id, Fate.DONE]).fetchone() else Ending.DONE

    def _end(self, number: int, state: Sending, reason: str = "") -> None:
        self._db.execute(
            "UPDATE sends SET state = ?, reason = ?, ended = ? WHERE run = ? AND number = ?",
            [state, reason, self._clock().isoformat(), self.id, number],
        )

    def _fail(self, failed: Iterable[Failure]) -> None:
        for failure in failed:
            self._fate(failure.action, failure.fate, failure.reason, failure.cause)

    def _fate(self, action: Action, fate: Fate, reason: str = "", cause: str = "") -> None:
        self._db.execute(
            "UPDATE actions SET fate = ?, reason = ?, cause = ? WHERE run = ? AND place = ?",
            [fate, reason, cause, self.id, self._places[action]],
        )
