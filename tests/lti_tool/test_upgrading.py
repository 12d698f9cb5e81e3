"""An upgrade under way: the tables are this version's, and processes of the one before go on writing as they did."""

from contextlib import suppress
from threading import Thread

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from lti_tool import database
from tests.lti_tool.making import new_postgresql_database

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
