"""What an orchestrator asks: is the process alive, and should it get requests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, text

from lti_tool import database
from lti_tool.app import create_app
from lti_tool.clock import now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.lti.keys.tables import ToolKeyRow
from lti_tool.operations import rules
from lti_tool.operations.rules import Level
from tests.lti_tool.making import PUBLIC_URL, close_app, make_app
from tests.lti_tool.ticking import Ticker

NOWHERE = "postgresql://somebody:a-password@127.0.0.1:1/nowhere"
"""A port on which no database listens."""


@pytest.fixture
def without_database() -> Flask:
    """Give the application of a process whose database went away."""
    return create_app(Settings(PUBLIC_URL=PUBLIC_URL, KEYS_PASSPHRASE="a passphrase for tests", DATABASE_URL=NOWHERE))


@pytest.fixture
def running(database_url: str, ticker: Ticker) -> Iterator[Flask]:
    """Give the application on a migrated database, with a worker that was just seen."""
    database.migrate(database_url)
    app = make_app(database_url, ticker)
    with app.app_context():
        outbox.beat("worker-1", now())
    yield app
    close_app(app)


def levels(app: Flask) -> tuple[int, dict[str, str]]:
    """Tell the status of `/readyz`, and what each check found."""
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert answer.json["ready"] is (answer.status_code == 200)
    return answer.status_code, {name: check["level"] for name, check in answer.json["checks"].items()}


def run(app: Flask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def test_a_process_is_alive_whatever_became_of_its_database(without_database: Flask) -> None:
    answer = without_database.test_client().get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_a_process_without_its_database_is_not_ready(without_database: Flask) -> None:
    assert levels(without_database) == (503, {"database": "failed"})


def test_a_stranger_learns_nothing_of_the_database(without_database: Flask) -> None:
    told = without_database.test_client().get("/readyz").text

    assert [word for word in ("127.0.0.1", "somebody", "password", "nowhere", "psycopg") if word in told] == []


def test_a_process_with_everything_in_order_is_ready(running: Flask) -> None:
    assert levels(running) == (200, dict.fromkeys(("database", "migrations", "worker", "key"), "ok"))


@pytest.mark.parametrize(
    "statement", ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '0001'"]
)
def test_tables_that_are_too_old_keep_people_away(running: Flask, statement: str) -> None:
    run(running, statement)

    assert levels(running) == (503, {"database": "ok", "migrations": "failed"})


def test_the_old_processes_serve_on_while_an_upgrade_has_migrated_and_not_yet_restarted_them(running: Flask) -> None:
    run(running, "UPDATE alembic_version SET version_num = '9999'")

    status, found = levels(running)

    assert (status, found["migrations"]) == (200, "warning")


def stop_worker(app: Flask, ticker: Ticker) -> None:
    ticker.move(minutes=3)


def never_start_worker(app: Flask, ticker: Ticker) -> None:
    run(app, "DELETE FROM workers")


@pytest.mark.parametrize("happens", [stop_worker, never_start_worker])
def test_a_missing_worker_is_told_but_keeps_nobody_away(
    running: Flask, ticker: Ticker, happens: Callable[[Flask, Ticker], None]
) -> None:
    happens(running, ticker)

    status, found = levels(running)

    assert (status, found["worker"]) == (200, "warning")


def test_a_worker_may_be_busy_for_a_minute(running: Flask, ticker: Ticker) -> None:
    ticker.move(minutes=1)

    assert levels(running)[1]["worker"] == "ok"


@pytest.mark.parametrize(("days", "level"), [(364, "ok"), (366, "warning")])
def test_a_key_older_than_a_year_is_told_but_keeps_nobody_away(
    running: Flask, ticker: Ticker, days: int, level: str
) -> None:
    ticker.move(days=days)

    status, found = levels(running)

    assert (status, found["key"]) == (200, level)


def test_without_a_key_a_process_is_not_ready(running: Flask) -> None:
    with running.app_context():
        db.session.execute(delete(ToolKeyRow))
        db.session.commit()

    assert levels(running)[0] == 503


def test_every_finding_that_is_not_in_order_says_what_to_do() -> None:
    findings = [value for value in vars(rules).values() if isinstance(value, rules.Finding)]

    assert len(findings) > 5
    assert [found for found in findings if (found.advice is None) is not (found.level is Level.OK)] == []
