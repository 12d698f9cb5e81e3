"""How long one worker takes with the digests of 2,000 people: `make bench-digests`

All are due in the same moment, and each tells what is new of 400 posts and 2,000 replies; a real mail server in this
process takes them. It is a measurement, not a test: it says whether the aim was met, and ends well either way.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from uuid import UUID

import click
from flask import Flask
from sqlalchemy import insert

from lti_tool.community.digest import worker
from lti_tool.community.digest.rules import Rhythm
from lti_tool.community.digest.tables import DigestRow
from lti_tool.community.posts import PostKind
from lti_tool.community.tables import CommunityRow, MemberRow, PostRow, ReplyRow
from lti_tool.database import db
from lti_tool.lti.tables import PersonRow
from tests.bench.load import percentile
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import enter_course
from tests.lti_tool.making import close_app, make_app
from tests.mail_server import Mailbox, mail_server
from tests.postgresql import find_binaries, run_postgresql

PEOPLE, POSTS, REPLIES = 2_000, 400, 2_000
MOST_SECONDS = 300.0
SEED = 18
BEGAN = datetime(2026, 12, 1, 12, tzinfo=UTC)
DUE = BEGAN + timedelta(days=1)
TEXT = "Some words of a post that somebody wrote about their work in the neighbourhood. " * 6


def fill(app: Flask, people: int) -> None:
    """Make a community in which everybody wants a digest."""
    enter_course(app, sub="first", activity="community/practice")
    random = Random(SEED)
    with app.app_context():
        home = CommunityRow(site_id=1, slug="practice")
        db.session.add(home)
        db.session.flush()
        rows = [_person(number) for number in range(people)]
        ids = list(db.session.scalars(insert(PersonRow).returning(PersonRow.id, sort_by_parameter_order=True), rows))
        of_each = [{"community_id": home.id, "person_id": id_} for id_ in ids]
        db.session.execute(insert(MemberRow), [{**one, "joined_at": BEGAN, "here_since": BEGAN} for one in of_each])
        wants = {"rhythm": Rhythm.DAILY, "weekday": 0, "told_until": BEGAN, "due_at": DUE}
        db.session.execute(insert(DigestRow), [{**one, **wants} for one in of_each])
        db.session.execute(insert(PostRow), list(_posts(home.id, ids, random)))
        db.session.execute(insert(ReplyRow), list(_replies(home.id, ids, random)))
        db.session.commit()
        db.session.connection().exec_driver_sql("ANALYZE")
        db.session.commit()


def _person(number: int) -> dict[str, object]:
    told = {
        "name": f"Person {number}",
        "email": f"person-{number}@example.org",
        "names": [],
        "mailed_since": BEGAN,
        "locale": "es",
    }
    return {"site_id": 1, "sub": f"person-{number}", "number": number + 2, "seen_at": BEGAN, **told}


def _posts(community_id: int, ids: list[int], random: Random) -> Iterator[dict[str, object]]:
    for number in range(POSTS):
        kind = PostKind.NEED if number % 20 == 0 else random.choice(list(PostKind)[1:])
        yield {**_written(community_id, number, random.choice(ids)), "kind": kind, "title": f"Post {number}"}


def _replies(community_id: int, ids: list[int], random: Random) -> Iterator[dict[str, object]]:
    for number in range(REPLIES):
        under = str(UUID(int=random.randrange(POSTS)))
        yield {**_written(community_id, POSTS + number, random.choice(ids)), "post_id": under, "helped": False}


def _written(community_id: int, number: int, author_id: int) -> dict[str, object]:
    place = {"community_id": community_id, "id": str(UUID(int=number)), "author_id": author_id, "course_id": 1}
    return {**place, "text": TEXT, "language": "es", "created_at": BEGAN + timedelta(seconds=1 + number)}


def send_all(app: Flask) -> list[float]:
    """Let the worker do all that is due; give the seconds of each slice."""
    seconds = []
    more = True
    while more:
        began = perf_counter()
        with app.app_context():
            more = worker.go_on()
        seconds.append(perf_counter() - began)
    return seconds


@contextmanager
def made(kind: str, server: str, folder: Path) -> Iterator[Flask]:
    """Give the application on a new database, at the moment at which all is due."""
    settings = {"MAIL_SERVER": server, "MAIL_FROM": "community@example.org"}
    if kind == "sqlite":
        app = make_app(new_sqlite_database(folder), lambda: DUE, **settings)
        yield app
        close_app(app)
        return
    binaries = find_binaries()
    if binaries is None:
        raise click.ClickException("PostgreSQL isn't there")  # noqa: TRY003 - said to whoever runs it
    with run_postgresql(binaries, durable=True) as socket_folder:
        app = make_app(new_postgresql_database(socket_folder), lambda: DUE, **settings)
        yield app
        close_app(app)


def measure(kind: str, people: int, mailbox: Mailbox, server: str) -> None:
    """Say how long it takes on one database."""
    mailbox.letters.clear()
    with TemporaryDirectory() as folder, made(kind, server, Path(folder)) as app:
        fill(app, people)
        worked = process_time()
        slices = send_all(app)
        worked = process_time() - worked
    total = sum(slices)
    told = "met" if total * PEOPLE / people <= MOST_SECONDS else "missed"
    click.echo(
        f"{kind}: {len(mailbox.letters)} digests in {total:.0f} s, {total * 1000 / people:.0f} ms each", nl=False
    )
    click.echo(f", {worked * 1000 / people:.0f} ms of it by this processor, mail server included", nl=False)
    click.echo(f"; a slice, for which grades wait, {percentile(slices, 95):.1f} s; the aim is {told}")


def main() -> None:
    """Measure on both databases."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    people = parser.parse_args().people
    with mail_server() as (mailbox, server):
        for kind in ("sqlite", "postgresql"):
            measure(kind, people, mailbox, server)


if __name__ == "__main__":
    main()
