"""Does what a plan says, and nothing else: in batches, two at a time, each written into the journal before and after.

What is made for people goes side by side, each action once that is there which it builds on; nothing is taken away
before all of it is done. A batch that Moodle refuses is cut until the bad row is found; it is quarantined, what builds
on it is left out, and the others go on. After a write of which nobody knows whether it was done, what it concerns is
read back, and only what is missing is sent. Whatever ends a run halfway leaves a journal with which `resume` goes on.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import groupby

from moodle_sync.applying.looking import Looking
from moodle_sync.applying.making import Making
from moodle_sync.applying.readback import read_back, read_back_patiently
from moodle_sync.applying.reasons import cause, said, warned, why
from moodle_sync.applying.sending import Flight, Sending
from moodle_sync.applying.waiting import Piece, Waiting, stage
from moodle_sync.errors import (
    Blocked,
    FateUnknown,
    JournalError,
    MoodleError,
    NotAllowed,
    Refused,
    RightMissing,
    SyncError,
)
from moodle_sync.journal.records import Fate
from moodle_sync.journal.runs import Failure, OpenRun
from moodle_sync.settings import NewAccounts
from moodle_sync.things.action import Action, Creation, Name
from moodle_sync.things.ids import Ids
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import BUDGET, Row
from moodle_sync.webservice.functions import WarningReply, Written

WRITERS = 2
COURSE_WIDE = frozenset({"errorcoursecontextnotvalid", "wscannotenrol", "wsnoinstance"})
"""Errors of a whole course: looking for a bad row would find that all of them are."""
HANDFUL = 5
"""Rows of a function that something before Moodle may refuse one after the other before it is taken to refuse all."""
GONE = "left out, since what it builds on isn't there"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan; it grows while the plan is applied."""

    done: list[Action] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


def _unwatched(_amount: int) -> None:
    pass


def _made(actions: Iterable[Action]) -> set[Name]:
    """Give what others can't build on where actions are given up."""
    return {made for action in actions if (made := action.makes())}


class Applying:
    """One run, with the numbers that are known so far.

    `budget` is how many variables a request may have, `clock` counts seconds, `now` gives those since 1970, and `watch`
    is told of every amount of actions that were done or given up.
    """

    def __init__(  # noqa: PLR0913  # what can be left out is named
        self,
        client: Client,
        run: OpenRun,
        ids: Ids,
        new_accounts: NewAccounts,
        *,
        budget: int = BUDGET,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        watch: Callable[[int], None] = _unwatched,
    ) -> None:
        self._client = client
        self._run = run
        self._making = Making(ids, new_accounts)
        self._budget = budget
        self._sending = Sending(client, clock)
        self._now = now
        self._watch = watch
        self._lost = _made(run.given_up)
        self._left_out: list[Failure] = []
        self._denied: dict[str, RightMissing] = {}
        self._allowed: set[str] = set()
        self._turned_away: Counter[str] = Counter()
        self._waiting = Waiting((), budget)
        self._flying: dict[Future[tuple[Written, float]], Flight] = {}
        self._stopped: SyncError | None = None
        self.outcome = Outcome()

    @property
    def denied(self) -> RightMissing | None:
        """Give what was refused in every course where it was tried, since the token's account lacks a right."""
        everywhere = self._denied.keys() - self._allowed
        return next((refusal for name, refusal in self._denied.items() if name in everywhere), None)

    def run(self, actions: Iterable[Action]) -> None:
        """Do the actions in their order; `outcome` tells what came of them, also after an exception."""
        try:
            with ThreadPoolExecutor(WRITERS) as pool:
                for _, group in groupby(actions, stage):
                    self._do(list(group), pool)
        except SyncError as error:
            self._run.stop(str(error))
            raise

    def _do(self, actions: Sequence[Action], pool: ThreadPoolExecutor) -> None:
        """Do actions that may go together; when something stops the run, what is on its way is still waited for."""
        looking = Looking(self._client, self._making.ids, self._now(), actions)
        for action in actions:
            action.prepare(looking)
        self._waiting = Waiting(actions, self._budget)
        self._launch(pool)
        while self._flying:
            for future in wait(self._flying, return_when=FIRST_COMPLETED).done:
                self._land(self._flying.pop(future), future)
            self._launch(pool)
        if self._stopped:
            raise self._stopped

    def _launch(self, pool: ThreadPoolExecutor) -> None:
        while not self._stopped and len(self._flying) < WRITERS:
            busy: frozenset[Name] = frozenset().union(*(flight.piece.touches for flight in self._flying.values()))
            piece = self._waiting.take(busy, self._sending.size, self._row)
            self._write_left_out()
            if piece is None:
                return
            step = piece.kind.step
            number = self._run.intend(step.function.name, piece.actions)
            self._run.sent(number)
            self._flying[pool.submit(self._sending.send, step, piece)] = Flight(piece, number)

    def _row(self, action: Action) -> Row | None:
        try:
            if action.builds_on() not in self._lost:
                return action.row(self._making)
        except KeyError:
            pass  # it is left out as well
        self._left_out.append(Failure(action, GONE, Fate.LEFT_OUT))
        self._forgo([action])
        return None

    def _write_left_out(self) -> None:
        """Write all at once that nothing could be made of: a course that isn't there may have very many."""
        if self._left_out:
            self._run.give_up(self._left_out)
            self._tell([], self._left_out)
            self._left_out.clear()

    def _land(self, flight: Flight, future: Future[tuple[Written, float]]) -> None:
        try:
            self._judge(flight, future)
        except JournalError as error:  # what became of the request can't be written, so it stays open
            self._stop(error)
        except SyncError as error:
            self._run.refuse(flight.number, str(error))
            self._stop(error)

    def _stop(self, error: SyncError) -> None:
        """Send nothing more; what nobody knows is told before everything else."""
        if self._stopped is None or isinstance(error, FateUnknown):
            self._stopped = error

    def _judge(self, flight: Flight, future: Future[tuple[Written, float]]) -> None:
        try:
            written, seconds = future.result()
            self._sending.pace(flight, seconds)
            self._settle(flight, written)
        except FateUnknown as error:
            self._look(flight, error)
        except Refused as refusal:
            self._refused(flight, refusal)
        except Blocked as error:
            self._blocked(flight, error)

    def _settle(self, flight: Flight, written: Written) -> None:
        """Keep what was done. Fewer things than rows mean that the request was cut, or the answer."""
        batch = flight.piece.batch
        if written.created is not None and len(written.created) != len(batch):
            message = f"{flight.step.function.name}: {len(batch)} rows were sent and {len(written.created)} came back"
            raise FateUnknown(message)
        for (action, _), new in zip(batch, written.created or (), strict=False):
            if isinstance(action, Creation):
                action.learn(new.id, self._making.ids)
        self._allowed.add(flight.step.function.name)
        self._turned_away[flight.step.function.name] = 0
        failures = self._left(flight.piece, written.warnings) if written.warnings else []
        left = {failure.action for failure in failures}
        self._confirm(flight, [action for action in flight.piece.actions if action not in left], failures)

    def _left(self, piece: Piece, warnings: Sequence[WarningReply]) -> list[Failure]:
        """Tell which rows were left out: warnings name them by their number, or what is done is read back."""
        by_row = warned(piece, warnings)
        if by_row is not None:
            name = piece.kind.step.function.name
            return [Failure(action, said(one), cause=f"{name} {one.warningcode}") for action, one in by_row.items()]
        try:
            done = self._read_back(piece)
        except SyncError as error:
            raise FateUnknown(str(error)) from error
        reason = "; ".join(dict.fromkeys(map(said, warnings)))
        return [Failure(action, reason) for action in piece.actions if action not in done]

    def _look(self, flight: Flight, error: FateUnknown) -> None:
        """Read back what a request concerns, keep what is done, and send the rest again."""
        self._run.lose(flight.number, str(error))
        try:
            done = self._read_back(flight.piece, patiently=error.unanswered)
        except SyncError as unread:
            message = f"{error}; whether it was done can't be read either: {unread}"
            self._stop(FateUnknown(message))
            return
        self._confirm(flight, done, [])
        missing = flight.piece.without(done)
        if missing.batch and missing.kind.doubt:
            message = f"{error}; {missing.kind.doubt}, and then `moodle-sync resume`"
            self._stop(FateUnknown(message))
        elif missing.batch and missing.tries:
            self._waiting.put_first([missing])
        elif missing.batch:
            self._stop(error)

    def _refused(self, flight: Flight, refusal: Refused) -> None:
        """Look for the bad row: Moodle undoes the whole batch and names none."""
        piece = flight.piece
        courses = piece.by_course()
        if isinstance(refusal, NotAllowed):
            if "" in courses or not isinstance(refusal, RightMissing):
                raise refusal
            self._denied.setdefault(flight.step.function.name, refusal)
        of_course = refusal.errorcode in COURSE_WIDE or isinstance(refusal, RightMissing)
        if of_course and len(courses) > 1:
            self._cut(flight, refusal, list(courses.values()))
        elif of_course:
            left = [action for course in courses for action in self._waiting.drop(piece.kind, course)]
            self._give_up(flight, refusal, [*piece.actions, *left])
        elif len(piece.batch) > 1:
            self._cut(flight, refusal, piece.halves())
        elif isinstance(piece.actions[0], Creation) and self._read_back(piece):
            self._confirm(flight, piece.actions, [])  # somebody else made it meanwhile
        else:
            self._give_up(flight, refusal, piece.actions)

    def _blocked(self, flight: Flight, error: Blocked) -> None:
        """Look for the row that a firewall doesn't like; where it likes none, there is nothing to look for."""
        piece, name = flight.piece, flight.step.function.name
        if len(piece.batch) > 1:
            self._cut(flight, error, piece.halves())
            return
        self._give_up(flight, error, piece.actions)
        self._turned_away[name] += 1
        if self._turned_away[name] == HANDFUL:
            message = f"{error}; {HANDFUL} rows one after the other were refused so, and no more are sent"
            self._stop(Blocked(message))

    def _cut(self, flight: Flight, refusal: MoodleError, pieces: Sequence[Piece]) -> None:
        self._run.refuse(flight.number, str(refusal))
        self._waiting.put_first(pieces)

    def _give_up(self, flight: Flight, refusal: MoodleError, actions: Iterable[Action]) -> None:
        failures = [Failure(action, why(action, refusal), cause=cause(action, refusal)) for action in actions]
        self._run.refuse(flight.number, str(refusal), failures)
        self._keep([], failures)

    def _read_back(self, piece: Piece, *, patiently: bool = False) -> list[Action]:
        if patiently:
            return read_back_patiently(self._client, piece.actions, self._making.ids, self._now)
        return read_back(self._client, piece.actions, self._making.ids, self._now())

    def _confirm(self, flight: Flight, done: Sequence[Action], failures: Sequence[Failure]) -> None:
        self._run.confirm(flight.number, done, failures, self._making.ids)
        self._keep(done, failures)

    def _keep(self, done: Sequence[Action], failures: Sequence[Failure]) -> None:
        self._waiting.settle(done)
        self._forgo(failure.action for failure in failures)
        self._tell(done, failures)

    def _forgo(self, actions: Iterable[Action]) -> None:
        """Let what waits for actions that are given up have its turn, to be left out itself."""
        given_up = list(actions)
        self._lost |= _made(given_up)
        self._waiting.settle(given_up)

    def _tell(self, done: Sequence[Action], failures: Sequence[Failure]) -> None:
        self.outcome.done.extend(done)
        self.outcome.failed.extend(failures)
        self._watch(len(done) + len(failures))
