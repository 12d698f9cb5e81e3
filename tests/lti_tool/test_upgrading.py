"""An upgrade under way: the tables are this version's, and processes of the one before go on writing as they did."""

from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import OperationalError

from lti_tool import database
from lti_tool.database import db
from lti_tool.lti.launch.session import COOKIE
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import PersonRow
from tests.lti_tool.entering import enter_course
from tests.lti_tool.making import close_app, make_app, new_postgresql_database
from tests.lti_tool.ticking import Ticker

# Sessions and names


@pytest.fixture
def migrated(database_url: str, ticker: Ticker) -> Iterator[Flask]:
    """Give the application on migrated tables, with the columns' defaults that other versions rely on."""
    database.migrate(database_url)
    app = make_app(database_url, ticker)
    yield app
    close_app(app)


LAUNCH = """
    INSERT INTO launches
        (id, secret_hash, registration_id, deployment_id, person_id, course_id, placement_id, role, began_at, ends_at)
    SELECT
        :id, :secret_hash, registration_id, deployment_id, person_id, course_id, placement_id, role, began_at, ends_at
    FROM launches
"""
PERSON = "UPDATE people SET name = 'Ana', email = 'ana@example.org', names = '[]'"


def arrive_at_the_version_before(app: Flask) -> None:
    """Leave the rows that a launch leaves there: it names no activity, and a name without who told it."""
    enter_course(app, sub="5")
    with app.app_context():
        db.session.execute(text(LAUNCH), {"id": "before", "secret_hash": hashed("secret")})
        db.session.execute(text("DELETE FROM launches WHERE id <> 'before'"))
        db.session.execute(text(PERSON))
        db.session.commit()


def test_a_session_of_the_version_before_opens_what_it_opened_there(migrated: Flask) -> None:
    arrive_at_the_version_before(migrated)
    browser = migrated.test_client()
    browser.set_cookie(COOKIE, "secret", path="/l/before", secure=False)

    answer = browser.get("/l/before/exercise")

    assert answer.status_code == 200
    assert "Needs matrix" in answer.text


@pytest.mark.parametrize(("client_id", "kept"), [("client-1", None), ("client-2", "Ana")])
def test_a_name_that_the_version_before_kept_goes_where_its_own_registration_withholds_it(
    migrated: Flask, client_id: str, kept: str | None
) -> None:
    arrive_at_the_version_before(migrated)

    enter_course(migrated, sub="5", name=None, client_id=client_id)

    with migrated.app_context():
        assert db.session.scalars(select(PersonRow.name)).one() == kept


# Migrations

WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def wait_for_lock(connection: Connection) -> None:
    """Wait until somebody waits for a table."""
    while not connection.scalar(WAITS):
        connection.rollback()


@pytest.mark.parametrize(("first", "second"), [("placements", "registrations"), ("people", "launches")])
def test_a_migration_that_collides_with_whoever_serves_is_made_all_the_same(
    postgresql: str, first: str, second: str
) -> None:
    """A launch reads people and places, and writes then; where each waits for the other, PostgreSQL ends one."""
    url = new_postgresql_database(postgresql)
    command.upgrade(database.alembic_config(url), "0008")
    engine = create_engine(url)
    migration = Thread(target=database.migrate, args=(url,))

    with engine.connect() as onlooker, engine.connect() as serving:
        serving.execute(text(f"SELECT 1 FROM {first}"))
        migration.start()
        wait_for_lock(onlooker)
        with suppress(OperationalError):  # on a slow machine it is this one that PostgreSQL ends
            serving.execute(text(f"SELECT 1 FROM {second}"))
    migration.join()

    database.require_migrated(engine)
    engine.dispose()
