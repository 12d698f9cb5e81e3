"""What the community costs at 20,000 posts with 200,000 replies, on SQLite a tenth of it. `make bench-community`

Requests go to the application in this process: to one community of the whole size and one of a tenth, by turns, so that
what else the machine does hits both. Each asks for something else: the list and its later pages, threads as people find
them, and words as they look for them, common ones too.
It is a measurement, not a test: it says whether the aims were met, and ends well either way.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from urllib.parse import quote_plus

import click
from flask import Flask
from sqlalchemy import select

from lti_tool import database
from lti_tool.clock import utc_now
from lti_tool.community.places import Place
from lti_tool.community.posts import PostKind
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from tests.bench.load import percentile
from tests.bench.talk import LANGUAGES, SEED, Size, fill, spoken, stretch
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import Client
from tests.lti_tool.making import close_app, make_app
from tests.postgresql import find_binaries, run_postgresql

WHOLE = Size(posts=20_000, replies=200_000, members=2_000)
MOST_MILLISECONDS = 100.0
"""Of the server's time, at the 95th percentile."""
TIMES = 10
"""What the data grows by between the two sizes."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A community to ask, and what there is in it to ask for."""

    app: Flask
    reader: Client
    """In their first visit, in which nothing is new."""
    regular: Client
    """Who comes back after a week, and follows much."""
    needs: Sequence[str]
    threads: Sequence[str]
    """One for each reply: who follows an activity opens the threads in which there is much."""
    places: Sequence[str]
    """Where later pages of the list begin."""


Ask = Callable[[Hall, Random], str]
"""Makes an address to ask for."""


def _words(random: Random, count: int) -> str:
    return "+".join(stretch(random, random.choice(LANGUAGES), 1, 1) for _ in range(count))


def _neighbours(random: Random) -> str:
    return stretch(random, random.choice(LANGUAGES), 2, 3).replace(" ", "+")


def _short(random: Random) -> str:
    return random.choice([word for word in spoken(random.choice(LANGUAGES)) if len(word) <= 2])


def _common(random: Random) -> str:
    return random.choice(("coproducción", "services", "people", "المجتمع", "κοινωνική", "public", "social"))


NEWS = "the list, with what is new"
"""Asked for by who comes back: the count on the way in, what they follow, and the marks at the posts."""
ASKED: Mapping[str, Ask] = {
    NEWS: lambda _hall, _random: "community",
    "the list": lambda _hall, _random: "community",
    "the list of a kind": lambda _hall, random: f"community?kind={random.choice(list(PostKind))}",
    "a later page of the list": lambda hall, random: f"community?after={random.choice(hall.places)}",
    "a thread": lambda hall, random: f"community/posts/{random.choice(hall.threads)}",
    "a need, with who has been there": lambda hall, random: f"community/posts/{random.choice(hall.needs)}",
    "a word": lambda _hall, random: f"community/search?q={_words(random, 1)}",
    "words that follow each other": lambda _hall, random: f"community/search?q={_neighbours(random)}",
    "two words of anywhere": lambda _hall, random: f"community/search?q={_words(random, 2)}",
    "a word of one or two letters": lambda _hall, random: f"community/search?q={_short(random)}",
    "a common word": lambda _hall, random: f"community/search?q={_common(random)}",
}


def open_hall(app: Flask, size: Size) -> Hall:
    """Make a community, and look what is in it."""
    reader, regular = fill(app, size)
    with app.app_context():
        up = select(PostRow.id).where(PostRow.hidden_at.is_(None))
        needs = db.session.scalars(up.where(PostRow.kind == PostKind.NEED)).all()
        threads = db.session.scalars(select(ReplyRow.post_id).where(ReplyRow.post_id.in_(up))).all()
        rows = db.session.execute(select(PostRow.urgency, PostRow.active_at, PostRow.id).order_by(PostRow.id)).all()
        places = [str(Place(part=str(row[0]), active_at=row[1], id=row[2])) for row in rows]
    return Hall(app, reader, regular, needs, threads, [quote_plus(place) for place in places])


Costs = dict[tuple[str, int], list[tuple[float, float]]]
"""Milliseconds of processor and of waiting of each request, by what was asked, of a tenth and of the whole."""


def measure(halls: Sequence[Hall], rounds: int) -> Costs:
    """Ask both for everything by turns, and for the same in each run."""
    randoms = [Random(SEED) for _ in halls]
    costs: Costs = {(name, side): [] for name in ASKED for side in range(len(halls))}
    for number in range(rounds + 1):
        for name, ask in ASKED.items():
            for side, hall in enumerate(halls):
                spent = _timed(hall.regular if name == NEWS else hall.reader, ask(hall, randoms[side]))
                if number:  # the first one compiles templates and queries
                    costs[name, side].append(spent)
    return costs


def _timed(reader: Client, path: str) -> tuple[float, float]:
    began, spent = perf_counter(), process_time()
    answer = reader.get(path)
    took = (process_time() - spent) * 1000, (perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(answer.text)
    return took


def report(costs: Costs, sizes: Sequence[Size]) -> Iterator[str]:
    """Write the table of one database."""
    yield _row("posts", [f"{size.posts:,}" for size in sizes])
    for name in ASKED:
        few, many = (percentile([waited for _, waited in costs[name, side]], 95) for side in range(len(sizes)))
        median = percentile([waited for _, waited in costs[name, 1]], 50)
        met = [many < MOST_MILLISECONDS, many / few < TIMES]
        said = f"{many / few:.1f} times for {TIMES} times the posts; half took {median:.1f} ms"
        yield _row(name, [f"{few:.1f}", f"{many:.1f}"], f"{said}; {'met' if all(met) else 'NOT MET'}")


def _row(name: str, cells: Sequence[str], said: str = "") -> str:
    return f"{name:<34}{''.join(f'{cell:>10}' for cell in cells)}   {said}".rstrip()


def run(name: str, urls: Sequence[str], whole: Size, rounds: int) -> None:
    """Measure on one database and print its table."""
    sizes, halls = (whole.tenth, whole), []
    for url, size in zip(urls, sizes, strict=True):
        database.migrate(url)
        began = perf_counter()
        halls.append(open_hall(make_app(url, utc_now), size))
        click.echo(f"{name}: {size.posts:,} posts made in {perf_counter() - began:.0f} s")
    click.echo(f"\n{name}: {rounds} requests each, 95th percentile, ms (under {MOST_MILLISECONDS:g} wanted)")
    for line in report(measure(halls, rounds), sizes):
        click.echo(line)
    for hall in halls:
        close_app(hall.app)


def main() -> None:
    """Measure on SQLite and on a PostgreSQL that waits for the disk, as a real one does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="requests of each sort and size")
    parser.add_argument("--posts", type=int, default=WHOLE.posts, help="posts on PostgreSQL; ten times the replies")
    given = parser.parse_args()
    whole = Size(posts=given.posts, replies=given.posts * 10, members=given.posts // 10)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / "tenth", Path(folder) / "whole"]
        for file in files:
            file.mkdir()
        run("SQLite", [new_sqlite_database(file) for file in files], whole.tenth, given.rounds)
    if (binaries := find_binaries()) is None:
        click.echo("\nPostgreSQL left out: apt-get install postgresql")
        return
    with run_postgresql(binaries, durable=True) as socket:
        run("PostgreSQL", [new_postgresql_database(socket) for _ in range(2)], whole, given.rounds)


if __name__ == "__main__":
    main()
