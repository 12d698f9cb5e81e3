"""What the board costs a trainer: 200 people by 30 exercises, and twice as many people. `make bench-board`

Requests go to the application in this process, to a course of each size by turns, so that what else the machine does
hits both. A generator with a fixed seed makes the work: six of seven have begun, most handed in, most were answered.
It is a measurement, not a test: it says whether the aim was met, and ends well either way.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import click
from flask import Flask
from sqlalchemy import insert, select

from content.model import Curriculum
from lti_tool import database
from lti_tool.clock import now, utc_now
from lti_tool.database import db
from lti_tool.exercises import arrangements
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Arrangement
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import AttendanceRow, CourseRow, PersonRow
from lti_tool.reviews.tables import FeedbackRow
from lti_tool.roster.tables import MemberRow, RosterRow
from lti_tool.server import set_apart
from tests.bench.load import percentile
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import close_app, make_app
from tests.postgresql import find_binaries, run_postgresql

SIZES = (200, 400)
EXERCISES = 30
MOST_MILLISECONDS = 100.0
"""Of processor or of waiting, at the 95th percentile, with the fewer people."""
PAGES = {"the whole table": "board?shown=people", "one exercise": "board?shown=people&activity=exercise-1"}
NOTES = [{"id": "0", "part": "matrix", "cell": "a", "values": {"satisfier": "Some words. " * 8}, "version": 1}] * 20
"""What is handed in each time: the board has to step over it."""
SEED = 16
Costs = dict[tuple[str, int], list[tuple[float, float]]]
"""Milliseconds of processor and of waiting of each request, by page and people."""


def grown(curriculum: Curriculum) -> Curriculum:
    """Give a curriculum of as many exercises as are measured, all alike."""
    one = curriculum.exercise("needs-matrix")
    names = [f"exercise-{number}" for number in range(1, EXERCISES + 1)]
    return Curriculum(courses={}, units={}, exercises={name: one.model_copy(update={"id": name}) for name in names})


def fill(app: Flask, size: int) -> Client:
    """Make a course of so many people, each with work on most exercises; let its trainer in."""
    trainer = enter_course(
        app,
        sub=f"trainer-{size}",
        role=Role.TRAINER,
        course=f"c{size}",
        activity="exercise/exercise-1",
        roster="http://localhost:8100/roster",
    )
    random = Random(SEED)
    with app.app_context():
        course = db.session.get_one(CourseRow, trainer.course_id)
        people = _people(course, size)
        db.session.execute(insert(WorkspaceRow), list(_workspaces(course.id, people, random)))
        db.session.execute(insert(SubmissionRow), list(_submissions(course.id, trainer.placement_id or 0, random)))
        db.session.execute(insert(FeedbackRow), list(_answers(course.id, trainer.person_id, random)))
        for number in range(1, EXERCISES + 1):
            arrangements.choose(course.id, f"exercise-{number}", Arrangement(marking=Marking.BY_TRAINER))
        db.session.commit()
        db.session.connection().exec_driver_sql("ANALYZE")
        db.session.commit()
    return trainer


def _people(course: CourseRow, size: int) -> Sequence[int]:
    known: list[dict[str, Any]] = [
        {"site_id": course.site_id, "sub": f"{size}-{number}", "number": size * 10 + number, "name": f"Person {number}"}
        for number in range(size)
    ]
    db.session.execute(insert(PersonRow), [{**one, "seen_at": now(), "names": []} for one in known])
    subs = [one["sub"] for one in known]
    people = db.session.scalars(select(PersonRow.id).where(PersonRow.sub.in_(subs)).order_by(PersonRow.id)).all()
    came = [
        {"course_id": course.id, "person_id": one, "role": Role.TRAINEE, "seen_at": now(), "group_ids": [str(one % 6)]}
        for one in people
    ]
    db.session.execute(insert(AttendanceRow), came)
    db.session.execute(insert(RosterRow), [{"course_id": course.id, "fetched_at": now(), "asked_at": now()}])
    members = [{"course_id": course.id, "sub": one["sub"], "name": one["name"], "role": Role.TRAINEE} for one in known]
    db.session.execute(insert(MemberRow), members)
    return people


def _workspaces(course_id: int, people: Sequence[int], random: Random) -> Iterator[dict[str, Any]]:
    for number in range(1, EXERCISES + 1):
        for person in people:
            if random.random() < 6 / 7:
                yield {
                    "course_id": course_id,
                    "exercise": f"exercise-{number}",
                    "person_id": person,
                    "version": 1,
                    "created_at": now(),
                    "changed_at": now(),
                }


def _submissions(course_id: int, placement_id: int, random: Random) -> Iterator[dict[str, Any]]:
    for workspace in db.session.scalars(select(WorkspaceRow.id).where(WorkspaceRow.course_id == course_id)):
        for number in range(1, random.choice((0, 1, 1, 1, 2)) + 1):
            yield {
                "workspace_id": workspace,
                "placement_id": placement_id,
                "number": number,
                "version": number,
                "submitted_at": now() - timedelta(minutes=random.randrange(10_000)),
                "notes": NOTES,
                "score_given": 0,
                "score_maximum": 100,
                "met": [],
                "language": "en",
            }


def _answers(course_id: int, reviewer: int, random: Random) -> Iterator[dict[str, Any]]:
    query = select(SubmissionRow.id, SubmissionRow.workspace_id, SubmissionRow.number).join(
        WorkspaceRow, WorkspaceRow.id == SubmissionRow.workspace_id
    )
    for row in db.session.execute(query.where(WorkspaceRow.course_id == course_id)):
        if random.random() < 2 / 3:
            yield {
                "workspace_id": row.workspace_id,
                "submission_id": row.id,
                "number": row.number,
                "outcome": random.choice(("done", "revise")),
                "text": "Some words.",
                "language": "en",
                "reviewer_id": reviewer,
                "released_at": now(),
            }


def measure(app: Flask, rounds: int) -> Costs:
    """Ask for each page of each course by turns."""
    trainers = {size: fill(app, size) for size in SIZES}
    ways = [(page, path, size) for page, path in PAGES.items() for size in SIZES]
    costs: Costs = {(page, size): [] for page, _, size in ways}
    for number in range(rounds + 1):
        for page, path, size in ways:
            spent = _timed(trainers[size], path)
            if number:  # the first one compiles templates and queries
                costs[page, size].append(spent)
    return costs


def _timed(trainer: Client, path: str) -> tuple[float, float]:
    began, spent = perf_counter(), process_time()
    answer = trainer.get(path)
    took = (process_time() - spent) * 1000, (perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(answer.text)
    return took


def report(costs: Costs) -> Iterator[str]:
    """Write the table of one database."""
    yield _row("people", [f"{size:,}" for size in SIZES])
    for page in PAGES:
        for name, side in (("processor", 0), ("waiting", 1)):
            few, many = (percentile([one[side] for one in costs[page, size]], 95) for size in SIZES)
            is_met = "met" if few < MOST_MILLISECONDS else "not met"
            aim = f"{many / few:.2f} times; under {MOST_MILLISECONDS:g} ms with {SIZES[0]}: {is_met}"
            yield _row(f"{page}: {name}, ms", [f"{few:.1f}", f"{many:.1f}"], aim)


def _row(name: str, cells: Sequence[str], aim: str = "") -> str:
    return f"{name:<36}{''.join(f'{cell:>10}' for cell in cells)}   {aim}".rstrip()


def run(name: str, url: str, rounds: int) -> None:
    """Measure on one database and print its table."""
    database.migrate(url)
    app = make_app(url, utc_now)
    app.extensions["curriculum"] = grown(app.extensions["curriculum"])
    set_apart()  # as before serving
    click.echo(f"\n{name}: {rounds} requests each, {EXERCISES} exercises, 95th percentile")
    for line in report(measure(app, rounds)):
        click.echo(line)
    close_app(app)


def main() -> None:
    """Measure on SQLite and on a PostgreSQL that waits for the disk, as a real one does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="requests for each page and size")
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
