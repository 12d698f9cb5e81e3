"""What a save costs by the number of notes: a changed note, a new one and a moved one. `make bench-save`

Requests go to the application in this process, to workspaces of each size by turns, so that what else the machine does
hits all. Of the notes of a workspace 400 are there and the rest deleted, since an exercise takes no more than 500.
It is a measurement, not a test: it says whether the aims were met, and ends well either way.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

import click
from flask import Flask
from sqlalchemy import event, insert, select, update

from lti_tool import database
from lti_tool.clock import now, utc_now
from lti_tool.database import db
from lti_tool.exercises import owners, ranks, store
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.learning.store import curriculum
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import close_app, make_app
from tests.postgresql import find_binaries, run_postgresql

SIZES = (24, 200, 1_000, 2_000)
EXERCISE, PART = "needs-matrix", "matrix"
LIVING = 400
WAYS = ("change", "new", "move")
MOST_TIMES = 2.0
"""How much dearer a save may be with the most notes than with the fewest."""
MOST_MILLISECONDS = 2.0
"""Inside the lock."""
Request = tuple[str, object]
"""Where to, and the JSON."""
Costs = Mapping[tuple[str, int], Sequence[float]]
"""Milliseconds of each request, by what it does and the notes that there are."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Watches how long the application keeps other writers out: from its first write to the end of the transaction."""

    spans: list[float] = field(default_factory=list)
    since: list[float] = field(default_factory=list)

    def write(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        """Take note of a statement."""
        if not self.since and statement.startswith(("UPDATE", "INSERT")):
            self.since.append(perf_counter())

    def end(self, *_of: object) -> None:
        """Take note of a connection that is given back, which is right after the commit."""
        if self.since:
            self.spans.append((perf_counter() - self.since.pop()) * 1000)


@contextmanager
def watching(app: Flask) -> Iterator[Locked]:
    """Watch an application's database until the end of the block."""
    locked = Locked()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", locked.write)
    event.listen(engine, "checkin", locked.end)
    yield locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One person and their workspace of so many notes."""

    app: Flask
    person: Client
    cells: tuple[str, ...]
    notes: list[str]
    """Ids of those that are there."""

    def prepare(self, way: str, number: int) -> Request:
        """Make the request that changes, adds or moves a note."""
        note_id = str(uuid4()) if way == "new" else self.notes[number % len(self.notes)]
        return self._move(note_id) if way == "move" else self._words(note_id, number)

    def send(self, request: Request) -> None:
        """Send it, and insist that it was done."""
        answer = self.person.put(*request)
        if answer.status_code != 200:
            raise SystemExit(answer.text)

    def _words(self, note_id: str, number: int) -> Request:
        with self.app.app_context():
            version = getattr(store.find_note(self._key, note_id), "version", 0)
        note = {"part": PART, "cell": self.cells[number % len(self.cells)], "values": {"satisfier": f"Words {number}"}}
        return f"exercise/notes/{note_id}", {**note, "version": version, "language": "en"}

    def _move(self, note_id: str) -> Request:
        """Let a note go before the first one of the next cell, or wherever that is by now."""
        with self.app.app_context():
            note = store.find_note(self._key, note_id)
        cell = self.cells[(self.cells.index(note.cell) + 1) % len(self.cells)] if note else ""
        place = note.place_version if note else 0
        return f"exercise/notes/{note_id}/place", {"cell": cell, "before": self.notes[0], "place": place}

    @property
    def _key(self) -> store.WorkspaceKey:
        return store.WorkspaceKey(
            course_id=self.person.course_id, exercise=EXERCISE, owner=owners.person(self.person.person_id)
        )


def fill(app: Flask, size: int) -> Bench:
    """Let a person in and give them so many notes, some of them deleted where they are many."""
    person = enter_course(app, sub=str(size))
    with app.app_context():
        cells = curriculum().exercise(EXERCISE).part(PART).cells()
        bench = Bench(app=app, person=person, cells=cells, notes=[str(uuid4()) for _ in range(min(size, LIVING))])
        bench.send(bench.prepare("change", 0))
        workspace_id = db.session.scalars(select(WorkspaceRow.id).filter_by(person_id=person.person_id)).one()
        others = [*bench.notes[1:], *(str(uuid4()) for _ in range(size - LIVING))]
        rows = [_row(workspace_id, bench, note_id, number) for number, note_id in enumerate(others, start=2)]
        db.session.execute(insert(NoteRow), rows)
        db.session.execute(update(WorkspaceRow).filter_by(id=workspace_id).values(version=size))
        db.session.commit()
    return bench


def _row(workspace_id: int, bench: Bench, note_id: str, number: int) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "id": note_id,
        "part": PART,
        "cell": bench.cells[number % len(bench.cells)],
        "values": {"satisfier": f"Some words of about the usual length, which is that of a sentence: {number}"},
        "language": "en",
        "author_id": bench.person.person_id,
        "version": 1,
        "position": number,
        "rank": ranks.numbered(number),
        "created_at": now(),
        "updated_at": now(),
        "deleted": number > LIVING,
    }


def measure(app: Flask, rounds: int) -> tuple[Costs, Costs]:
    """Save in workspaces of all sizes by turns; give what the requests took, and what of it was inside the lock."""
    benches = {size: fill(app, size) for size in SIZES}
    whole: dict[tuple[str, int], list[float]] = defaultdict(list)
    inside: dict[tuple[str, int], list[float]] = defaultdict(list)
    with watching(app) as locked:
        for number in range(1, rounds + 1):
            for way, (size, bench) in ((way, each) for way in WAYS for each in benches.items()):
                request = bench.prepare(way, number)
                locked.spans.clear()
                began = perf_counter()
                bench.send(request)
                whole[way, size].append((perf_counter() - began) * 1000)
                inside[way, size].extend(locked.spans)
    return whole, inside


def report(whole: Costs, inside: Costs) -> Iterator[str]:
    """Write the table of one database."""
    yield _row_of("notes", [f"{size:,}" for size in SIZES])
    for way in WAYS:
        costs = [median(whole[way, size]) for size in SIZES]
        times = costs[-1] / costs[0]
        aim = f"{times:.2f} times, at most {MOST_TIMES:g}: {_met(yes=times <= MOST_TIMES)}"
        yield _row_of(f"{way}: whole request, ms", [f"{cost:.2f}" for cost in costs], aim)
    for way in WAYS:
        spans = [inside[way, size] for size in SIZES]
        met = all(median(each) < MOST_MILLISECONDS for each in spans)
        aim = f"median under {MOST_MILLISECONDS:g} ms: {_met(yes=met)}"
        yield _row_of(f"{way}: in the lock, ms", [_spread(each) for each in spans], aim)


def _spread(spans: Sequence[float]) -> str:
    """Write the median, and between what nine of ten were: where others keep the machine busy, that is far apart."""
    twentieths = quantiles(spans, n=20)
    return f"{median(spans):.2f} ({twentieths[0]:.1f}-{twentieths[-1]:.1f})"


def _row_of(name: str, cells: Sequence[str], aim: str = "") -> str:
    return f"{name:<28}{''.join(f'{cell:>18}' for cell in cells)}   {aim}".rstrip()


def _met(*, yes: bool) -> str:
    return "met" if yes else "not met"


def run(name: str, url: str, rounds: int) -> None:
    """Measure on one database and print its table."""
    database.migrate(url)
    app = make_app(url, utc_now)
    click.echo(f"\n{name}: {rounds} saves of each kind and size")
    for line in report(*measure(app, rounds)):
        click.echo(line)
    close_app(app)


def main() -> None:
    """Measure on SQLite and on a PostgreSQL that waits for the disk, as a real one does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=90, help="saves of each kind and size")
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder:
        run("SQLite", new_sqlite_database(Path(folder)), rounds)
    if (binaries := find_binaries()) is None:
        click.echo("\nPostgreSQL left out: apt-get install postgresql")
        return
    with run_postgresql(binaries, durable=True) as socket:
        run("PostgreSQL", new_postgresql_database(socket), rounds)


if __name__ == "__main__":
    main()
