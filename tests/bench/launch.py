"""What a launch costs: login, probe and launch over HTTP, beside the least that it could cost. `make bench-launch`

Both are measured by turns in the same run, each by one worker process under load from this process, on each database.
It is a measurement, not a test: it says whether the aims were met, and ends well either way.
"""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from sqlalchemy import create_engine, text

from lti_tool.app import create_app
from lti_tool.config import Settings
from tests.bench.launching import FloorTool, Launching
from tests.bench.load import Visit, Waits, arrive, percentile, saturate
from tests.bench.processor import cpu_seconds
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.making import close_app
from tests.lti_tool.platform import Platform, serve_platform
from tests.postgresql import find_binaries, run_postgresql
from tests.spec.tool import Tool

MOST_TIMES_THE_FLOOR = 2.5
MOST_MILLISECONDS = 50.0
REQUESTS = ("login", "probe", "launch")
WARM_UP = 20
CROWD = 16
"""Connections that a proxy keeps open at half load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    rounds: int
    launches: int
    clients: int
    seconds: float


@dataclass(slots=True)
class Measuring:
    """One server under load; its visitors are numbered on."""

    tool: Tool
    visit: Visit
    visited: int = 0

    def saturate(self, launches: int, clients: int) -> tuple[float, Waits]:
        """Let it do as much as it can; give the server's processor milliseconds for each launch, and the waits."""
        before = cpu_seconds(self.tool.pid("serve"))
        waits = saturate(self.tool.port, self.visit, self._numbers(launches), clients)
        return (cpu_seconds(self.tool.pid("serve")) - before) * 1000 / launches, waits

    def arrive(self, rate: float, seconds: float) -> Waits:
        """Let people come by chance, so many a second."""
        return arrive(self.tool.port, self.visit, self._numbers(max(1, int(rate * seconds))), rate, CROWD)

    def count(self, query: str) -> int:
        """Ask the server's database how many rows there are."""
        engine = create_engine(self.tool.environment["DATABASE_URL"])
        with engine.connect() as connection:
            found: int = connection.execute(text(query)).scalar_one()
        engine.dispose()
        return found

    def _numbers(self, visitors: int) -> range:
        self.visited += visitors
        return range(self.visited - visitors, self.visited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was measured of one server."""

    cpu: list[float]
    """Processor milliseconds of the server for one launch, in each round."""
    rate: float
    """Launches a second, as many as one worker process could."""
    half: Waits
    """At half that rate."""


def measure(tool: Measuring, floor: Measuring, plan: Plan) -> tuple[Figures, Figures]:
    """Measure both by turns, so that what else the machine does hits both."""
    rounds = [[each.saturate(plan.launches, plan.clients) for each in (tool, floor)] for _ in range(plan.rounds)]
    return (
        _at_half_load(tool, [of_tool for of_tool, _ in rounds], plan),
        _at_half_load(floor, [of_floor for _, of_floor in rounds], plan),
    )


def _at_half_load(measuring: Measuring, rounds: list[tuple[float, Waits]], plan: Plan) -> Figures:
    rate = median(waits.rate for _, waits in rounds)
    return Figures(cpu=[cpu for cpu, _ in rounds], rate=rate, half=measuring.arrive(rate / 2, plan.seconds))


def report(tool: Figures, floor: Figures) -> Iterator[str]:
    """Write the table of one database."""
    ratio = median(of_tool / of_floor for of_tool, of_floor in zip(tool.cpu, floor.cpu, strict=True))
    yield _row("", "tool", "floor")
    yield _row("CPU ms per launch", f"{median(tool.cpu):.2f}", f"{median(floor.cpu):.2f}")
    yield _row("launches/s per core", f"{1000 / median(tool.cpu):.0f}", f"{1000 / median(floor.cpu):.0f}")
    yield _row("launches/s, one process", f"{tool.rate:.0f}", f"{floor.rate:.0f}")
    met = ratio <= MOST_TIMES_THE_FLOOR
    yield _row("times the floor's CPU", f"{ratio:.2f}", "", f"at most {MOST_TIMES_THE_FLOOR}: {_met(met)}")
    yield _row("at half load, ms", "median    99th", "median    99th")
    for position, name in enumerate(REQUESTS):
        yield _row(f"  {name}", _spread(tool.half.of_request(position)), _spread(floor.half.of_request(position)))
    met = percentile(tool.half.whole(), 99) * 1000 < MOST_MILLISECONDS
    aim = f"99 % under {MOST_MILLISECONDS:.0f} ms: {_met(met)}"
    yield _row("  all three", _spread(tool.half.whole()), _spread(floor.half.whole()), aim)


def _row(name: str, tool: str, floor: str, aim: str = "") -> str:
    return f"{name:<24}{tool:>18}{floor:>18}   {aim}".rstrip()


def _spread(seconds: list[float]) -> str:
    return f"{percentile(seconds, 50) * 1000:8.1f}{percentile(seconds, 99) * 1000:8.1f}"


def _met(yes: bool) -> str:  # noqa: FBT001 - reads well where it is called
    return "met" if yes else "not met"


@contextmanager
def serving(tool: Tool) -> Iterator[Tool]:
    """Run a web server until the end of the block."""
    tool.start_web()
    try:
        yield tool
    finally:
        tool.stop()


@contextmanager
def launching(tool: Tool, platform: Platform) -> Iterator[Launching]:
    """Register a platform with the tool, whose people then launch."""
    app = create_app(Settings.from_environment(tool.environment))
    platform.register(app)
    yield Launching(app=app, platform=platform, launch_url=f"{tool.public_url}/lti/launch")
    close_app(app)


def run(urls: tuple[str, str], folder: Path, plan: Plan) -> Iterator[str]:
    """Measure on one kind of database, one for the tool and one for the floor; give the lines of the report."""
    installed, bare = Tool(folder, urls[0]), FloorTool(folder, urls[1])
    installed.command("migrate")
    with ExitStack() as stack:
        platform = stack.enter_context(serve_platform())
        people = stack.enter_context(launching(installed, platform))
        tool = Measuring(stack.enter_context(serving(installed)), people.visit_tool)
        floor = Measuring(stack.enter_context(serving(bare)), people.visit_floor)
        for each in (tool, floor):
            each.saturate(WARM_UP, plan.clients)
        platform.asked.clear()
        yield from report(*measure(tool, floor, plan))
        yield _row("requests to the key set", f"{len(platform.asked)}", "", f"none: {_met(not platform.asked)}")
        yield from _written(tool, floor)


def _written(tool: Measuring, floor: Measuring) -> Iterator[str]:
    """Hold what is in the databases against what was done."""
    launches, marks = tool.count("SELECT count(*) FROM launches"), floor.count("SELECT count(*) FROM bench_marks")
    whole = launches == tool.visited and marks == 2 * floor.visited and tool.count("SELECT count(*) FROM logins") == 0
    yield _row("launches made", f"{tool.visited}", f"{floor.visited}")
    yield _row("rows written", f"{launches}", f"{marks}", f"one, and two: {_met(whole)}")


def main() -> None:
    """Measure on SQLite and PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of tool and floor by turns")
    parser.add_argument("--launches", type=int, default=250, help="launches in a round")
    parser.add_argument("--clients", type=int, default=4, help="browsers at once, at full load")
    parser.add_argument("--seconds", type=float, default=10, help="time at half load")
    plan = Plan(**vars(parser.parse_args()))
    with TemporaryDirectory() as name:
        for kind, run_on in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
            folder = Path(name) / kind
            folder.mkdir()
            click.echo(f"\n{kind}: {plan.rounds} rounds of {plan.launches} launches, {plan.clients} at once")
            for line in run_on(folder, plan):
                click.echo(line)


def on_sqlite(folder: Path, plan: Plan) -> Iterator[str]:
    """Measure on two files."""
    (folder / "floor").mkdir()
    yield from run((new_sqlite_database(folder), new_sqlite_database(folder / "floor")), folder, plan)


def on_postgresql(folder: Path, plan: Plan) -> Iterator[str]:
    """Measure on two schemas of a throw-away server that waits for the disk, as a real one does."""
    binaries = find_binaries()
    if binaries is None:
        yield "left out: apt-get install postgresql"
        return
    with run_postgresql(binaries, durable=True) as socket:
        yield from run((new_postgresql_database(socket), new_postgresql_database(socket)), folder, plan)


if __name__ == "__main__":
    main()
