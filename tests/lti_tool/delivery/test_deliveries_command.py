"""`lti-tool deliveries`, and the worker as a process: exit code and whole output."""

import signal
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery import store
from lti_tool.delivery.commands import deliveries
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.giving import give
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.ticking import Ticker
from tests.spec.tool import Tool

PROBLEM = "http://localhost:8100/scores answered 404\nx"


@pytest.fixture
def people(app: Flask) -> list[Client]:
    """Give three people of two sites whose scores failed, failed, and wait."""
    known = [enter_course(app), enter_course(app, sub="2", issuer="http://localhost:8200"), enter_course(app, sub="3")]
    for person in known:
        give(app, person)
    with app.app_context():
        for row in db.session.scalars(select(DeliveryRow).where(DeliveryRow.id < 3)):
            row.state, row.problem, row.attempts = DeliveryState.FAILED, PROBLEM, 2
        db.session.commit()
    return known


def run(app: Flask, *arguments: str) -> Result:
    return CliRunner().invoke(deliveries, arguments, obj=lambda: app)


def states(app: Flask) -> list[str]:
    with app.app_context():
        return [str(state) for state in db.session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id))]


@pytest.mark.usefixtures("people")
def test_deliveries_are_listed_newest_first_in_fields_and_without_names(app: Flask, ticker: Ticker) -> None:
    due = ticker.time.isoformat(timespec="seconds")
    ticker.move(days=1, seconds=5)

    result = run(app, "list")

    when = f"{due}\t1 day, 0:00:05"
    problem = r"http://localhost:8100/scores answered 404\nx"
    assert result.output.splitlines() == [
        f"3\tdue\thttp://localhost:8100\tcourse-1\texercise/needs-matrix\t2\t0\t{when}\t-",
        f"2\tfailed\thttp://localhost:8200\tcourse-1\texercise/needs-matrix\t1\t2\t{when}\t{problem}",
        f"1\tfailed\thttp://localhost:8100\tcourse-1\texercise/needs-matrix\t1\t2\t{when}\t{problem}",
    ]


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [(["--state", "failed"], ["2", "1"]), (["--limit", "1"], ["3"]), (["--state", "delivered"], [])],
)
@pytest.mark.usefixtures("people")
def test_the_list_can_be_narrowed(app: Flask, arguments: list[str], numbers: list[str]) -> None:
    result = run(app, "list", *arguments)

    assert [line.split("\t")[0] for line in result.output.splitlines()] == numbers


@pytest.mark.parametrize(
    ("arguments", "again"),
    [(["1"], 1), (["1", "2"], 2), (["3"], 1), (["--failed"], 2), (["--failed", "--site", "http://localhost:8200"], 1)],
)
@pytest.mark.usefixtures("people")
def test_scores_are_sent_again(app: Flask, arguments: list[str], again: int) -> None:
    result = run(app, "retry", *arguments)

    assert (result.exit_code, result.output) == (0, f"Sent again: {again}.\n")
    assert states(app)[3:] == ["due"] * again


def test_what_a_newer_score_followed_or_has_arrived_or_never_was_is_refused_and_the_rest_sent(
    app: Flask, people: list[Client]
) -> None:
    give(app, people[0])
    with app.app_context():
        db.session.get_one(DeliveryRow, 3).state = DeliveryState.DELIVERED
        db.session.commit()

    result = run(app, "retry", "1", "3", "99", "2")

    assert result.exit_code == 1
    assert result.output == (
        "Sent again: 1.\n"
        "Error: Delivery 1 was followed by 4, which has a newer score for the same grade.\n"
        "Delivery 3 has arrived.\n"
        "There is no delivery 99.\n"
    )


def test_a_failure_that_a_newer_score_followed_is_none_of_all_that_failed(app: Flask, people: list[Client]) -> None:
    give(app, people[0])

    assert run(app, "retry", "--failed").output == "Sent again: 1.\n"


@pytest.mark.parametrize("arguments", [[], ["1", "--failed"], ["--site", "x"], ["1", "--site", "x"]])
def test_what_to_retry_must_be_said_in_one_way(app: Flask, arguments: list[str]) -> None:
    result = run(app, "retry", *arguments)

    assert result.exit_code == 2
    assert "Name the deliveries by their numbers, or all that failed by --failed" in result.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_end_ends_in_order(tmp_path: Path, number: signal.Signals) -> None:
    tool = Tool(tmp_path)
    tool.command("migrate")
    app = make_app(tool.environment["DATABASE_URL"], Ticker())
    line = [*tool._line("worker")]  # noqa: SLF001 - a process that the test itself ends
    with subprocess.Popen(line, env=tool.environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        with app.app_context():
            while store.newest_beat() is None:
                assert process.poll() is None
                db.session.rollback()

        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    close_app(app)

    assert (process.returncode, errors) == (0, "")
