"""What many groups at their canvases cost. `make bench-workspace`

First, in this process: a poll that finds nothing, beside an empty answer under the same session. Then, over HTTP: fifty
groups of six, each person saving a note every five seconds, everybody asking what is new every two.
It is a measurement, not a test: it says whether the aims were met, and ends well either way.
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import click
from flask import Flask
from sqlalchemy import select

from lti_tool import database
from lti_tool.app import create_app
from lti_tool.clock import utc_now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.exercises import owners, store
from lti_tool.exercises.rules import Draft
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.tables import NoteRow
from lti_tool.learning.store import curriculum
from lti_tool.lti.launch.session import COOKIE
from tests.bench.crowd import FIELD, PART, Person, Tally, Written, let_work
from tests.bench.load import percentile
from tests.bench.processor import cpu_seconds
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import EXERCISE, arrange, member, poll, put_note
from tests.lti_tool.making import close_app, make_app
from tests.postgresql import find_binaries, run_postgresql
from tests.spec.tool import Tool

MOST_TIMES = 3.0
"""How much dearer a poll that finds nothing may be than an empty answer."""
MOST_SAVE = 0.2
MOST_SEEN = 3.0
NOTES = 40
"""In the workspace that is polled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    groups: int
    members: int
    seconds: float
    processes: int
    rounds: int
    notes: int
    """At each canvas before anybody begins."""


# A poll that finds nothing


def compare(url: str, rounds: int) -> Iterator[str]:
    """Measure polls and empty answers by turns, so that what else the machine does hits both."""
    database.migrate(url)
    app = make_app(url, utc_now)
    app.add_url_rule("/l/<launch_id>/nothing", view_func=lambda: ("", 204))
    person, inside = member(app)
    arrange(app, person.course_id)
    for number in range(NOTES):
        put_note(person, inside, f"Note {number}")
    news = poll(person, inside).get_json()
    has = {"version": news["version"], "people": news["people"]["version"], "stage": news["stage"]["mark"]}
    pairs = [
        (_timed(lambda: poll(person, inside, **has)), _timed(lambda: person.get("nothing"))) for _ in range(rounds)
    ]
    close_app(app)
    polls, empties = ([pair[side] * 1000 for pair in pairs] for side in (0, 1))
    times = median(polls) / median(empties)
    yield _row("a poll that finds nothing, ms", f"{median(polls):.2f}")
    yield _row("an empty answer, ms", f"{median(empties):.2f}")
    yield _row("times", f"{times:.2f}", f"at most {MOST_TIMES:g}: {_met(yes=times <= MOST_TIMES)}")


def _timed(ask: Any) -> float:
    began = time.perf_counter()
    answer = ask()
    seconds = time.perf_counter() - began
    if answer.status_code != 204:
        raise SystemExit(answer.text)
    return seconds


# Many groups at once


@contextmanager
def serving(tool: Tool, processes: int) -> Iterator[None]:
    """Run web processes until the end of the block."""
    tool.command("migrate")
    tool.start_web(processes)
    try:
        yield
    finally:
        tool.stop()


def gather(app: Flask, plan: Plan) -> tuple[list[Person], list[Written]]:
    """Let everybody in, each into their group."""
    with app.app_context():
        cells = curriculum().exercise(EXERCISE).part(PART).cells()
    people, written = [], []
    for group in range(plan.groups):
        words: Written = {}
        written.append(words)
        for place in range(plan.members):
            client, inside = member(app, f"{group}-{place}", str(group))
            people.append(_person(client, inside, cells, words))
            if len(people) == 1:
                arrange(app, client.course_id)
            if place == 0:
                fill(app, client, inside, cells, plan.notes)
            people[-1].version = plan.notes
    return people, written


def fill(app: Flask, author: Client, inside: str, cells: Sequence[str], number: int) -> None:
    """Write notes to a canvas that nobody has opened yet."""
    with app.app_context():
        key = WorkspaceKey(course_id=author.course_id, exercise=EXERCISE, owner=owners.read(inside) or owners.COURSE)
        exercise = curriculum().exercise(EXERCISE)
        drafts = [_draft(index, cells[index % len(cells)]) for index in range(number)]
        for decision in store.save(key, exercise, drafts, utc_now(), author_id=author.person_id):
            if decision.problems:
                raise SystemExit(repr(decision.problems))
        db.session.commit()


def _draft(index: int, cell: str) -> Draft:
    words = f"Number {index}: some words of about the usual length, which is that of a short sentence"
    return Draft(id=str(uuid4()), part=PART, cell=cell, values={FIELD: words}, version=0, language="en")


def _person(client: Client, inside: str, cells: Sequence[str], words: Written) -> Person:
    path = f"/l/{client.launch_id}"
    cookie = client.browser.get_cookie(COOKIE, path=path)
    headers = {
        "Cookie": f"{COOKIE}={cookie.value if cookie else ''}",
        "Origin": client.origin,
        "X-CSRF-Token": client.csrf,
        "Accept": "application/json",
    }
    return Person(path=path, inside=inside, headers=headers, cells=cells, written=words, random=Random(path))


def work(folder: Path, url: str, plan: Plan) -> Iterator[str]:
    """Let all groups work; give the lines of the report."""
    tool = Tool(folder, url)
    with ExitStack() as stack:
        stack.enter_context(serving(tool, plan.processes))
        app = create_app(Settings.from_environment(tool.environment))
        stack.callback(close_app, app)
        people, written = gather(app, plan)
        server, own, began = cpu_seconds(tool.pid("serve")), time.process_time(), time.perf_counter()
        tally = let_work(tool.port, people, plan.seconds)
        seconds = time.perf_counter() - began
        yield from _report(tally, seconds)
        yield _row("server's processor, of a second", f"{(cpu_seconds(tool.pid('serve')) - server) / seconds:.2f}")
        yield _row("load generator's processor", f"{(time.process_time() - own) / seconds:.2f}")
        yield _there(app, written)


def _report(tally: Tally, seconds: float) -> Iterator[str]:
    is_quick = percentile(tally.saves, 99) < MOST_SAVE
    is_seen = percentile(tally.seen, 99) < MOST_SEEN
    yield _row(f"saves, {len(tally.saves) / seconds:.0f} a second, ms", _spread(tally.saves), _aim(is_quick, "200 ms"))
    yield _row("changes seen after, ms", _spread(tally.seen), _aim(is_seen, "3 s"))
    yield _row(f"polls, {len(tally.polls) / seconds:.0f} a second, ms", _spread(tally.polls))
    yield _row("  of them empty", f"{100 * tally.empty / len(tally.polls):.0f} %")
    yield _row(f"presence, {len(tally.beats) / seconds:.0f} a second, ms", _spread(tally.beats))


def _aim(met: bool, what: str) -> str:  # noqa: FBT001 - reads well where it is called
    return f"99 % under {what}: {_met(yes=met)}"


def _there(app: Flask, written: Sequence[Written]) -> str:
    """Hold what is in the database against what was saved."""
    with app.app_context():
        found = {row.id: row.values[FIELD] for row in db.session.scalars(select(NoteRow))}
    sent = {note_id: words for group in written for note_id, (words, _) in group.items()}
    found = {note_id: words for note_id, words in found.items() if note_id in sent}  # without those from before
    return _row("notes written", f"{len(sent):,}", f"every one there, with its last words: {_met(yes=found == sent)}")


def _row(name: str, cells: str, aim: str = "") -> str:
    return f"{name:<36}{cells:>22}   {aim}".rstrip()


def _spread(seconds: Sequence[float]) -> str:
    return f"{percentile(seconds, 50) * 1000:10,.1f}{percentile(seconds, 99) * 1000:10,.1f}"


def _met(*, yes: bool) -> str:
    return "met" if yes else "not met"


def run(name: str, urls: tuple[str, str], folder: Path, plan: Plan) -> None:
    """Measure on one kind of database and print its table."""
    click.echo(f"\n{name}: {plan.rounds} polls and {plan.rounds} empty answers by turns")
    for line in compare(urls[0], plan.rounds):
        click.echo(line)
    before = f" at {plan.notes:,} notes each" if plan.notes else ""
    people = f"{plan.groups} groups of {plan.members}{before} for {plan.seconds:g} s, {plan.processes} web processes"
    click.echo(_row(f"\n{name}: {people}", ""))
    click.echo(_row("", f"{'median':>10}{'99th':>10}"))
    for line in work(folder, urls[1], plan):
        click.echo(line)


def main() -> None:
    """Measure on SQLite and on a PostgreSQL that waits for the disk, as a real one does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=50, help="groups at once")
    parser.add_argument("--members", type=int, default=6, help="people in each")
    parser.add_argument("--notes", type=int, default=0, help="notes at each canvas before they begin")
    parser.add_argument("--seconds", type=float, default=40, help="how long they work")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="web processes")
    parser.add_argument("--rounds", type=int, default=300, help="polls beside empty answers")
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"], help="one kind of database alone")
    given = vars(parser.parse_args())
    only = given.pop("only")
    plan = Plan(**given)
    if only != "PostgreSQL":
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "poll").mkdir()
            run("SQLite", (new_sqlite_database(folder / "poll"), new_sqlite_database(folder)), folder, plan)
    if only != "SQLite":
        _on_postgresql(plan)


def _on_postgresql(plan: Plan) -> None:
    if (binaries := find_binaries()) is None:
        click.echo("\nPostgreSQL left out: apt-get install postgresql")
        return
    with TemporaryDirectory() as name, run_postgresql(binaries, durable=True) as socket:
        urls = (new_postgresql_database(socket), new_postgresql_database(socket))
        run("PostgreSQL", urls, Path(name), plan)


if __name__ == "__main__":
    main()
