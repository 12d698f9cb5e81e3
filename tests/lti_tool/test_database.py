"""The database: the same on SQLite and PostgreSQL, migrated, and safe between processes."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Engine, bindparam, create_engine, func, select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.orm import Session

from lti_tool import database
from lti_tool.clock import now
from lti_tool.database import UtcDateTime, db, found_or_added
from lti_tool.errors import ConfigurationError
from lti_tool.lti.keys.tables import KeyState, ToolKeyRow
from lti_tool.lti.tables import CourseRow, LoginRow, PersonRow, SiteRow
from tests.lti_tool.databases import new_postgresql_database
from tests.lti_tool.making import PUBLIC_URL

# Migrations


def test_the_migrations_make_the_tables_that_the_code_has(database_url: str) -> None:
    database.migrate(database_url)

    command.check(database.alembic_config(database_url))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    database.migrate(database_url)

    database.migrate(database_url)

    engine = create_engine(database_url)
    database.require_migrated(engine)
    engine.dispose()


def test_the_migrations_can_be_taken_back(database_url: str) -> None:
    database.migrate(database_url)

    command.downgrade(database.alembic_config(database_url), "base")
    database.migrate(database_url)

    command.check(database.alembic_config(database_url))


def test_postgresql_need_not_unpack_what_a_search_looks_through(postgresql: str) -> None:
    url = new_postgresql_database(postgresql)
    plain = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('post_words') AND attstorage = 'e'"

    database.migrate(url)

    engine = create_engine(url)
    with engine.connect() as connection:
        assert sorted(connection.scalars(text(plain))) == ["body", "replies"]
    engine.dispose()


def test_a_login_under_way_outlives_the_migration_to_limits(database_url: str) -> None:
    config, engine = database.alembic_config(database_url), create_engine(database_url)
    command.upgrade(config, "0002")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 0)"))
        connection.execute(text(REGISTRATION))
        connection.execute(text(LOGIN))

    database.migrate(database_url)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT state_hash, address_hash FROM logins")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("state", "")]


def test_a_score_on_its_way_outlives_the_migration_to_leases(database_url: str) -> None:
    config, engine = database.alembic_config(database_url), create_engine(database_url)
    command.upgrade(config, "0005")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 0)"))
        for statement in (REGISTRATION, COURSE, PERSON, PLACEMENT, DELIVERY):
            connection.execute(text(statement))

    database.migrate(database_url)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT state, leased_until FROM deliveries")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("due", None)]


COURSE = "INSERT INTO courses (id, site_id, context_id) VALUES (1, 1, '2')"
PERSON = "INSERT INTO people (id, site_id, sub, number, seen_at) VALUES (1, 1, '5', 1, '2026-07-01 12:00:00')"
PLACEMENT = """
    INSERT INTO placements (id, course_id, resource_link_id, registration_id, scopes) VALUES (1, 1, '3', 1, '[]')
"""
DELIVERY = """
    INSERT INTO deliveries (id, placement_id, person_id, score, scored_at, state, due_at, attempts, created_at)
    VALUES (1, 1, 1, '{}', '2026-07-01 12:00:00', 'due', '2026-07-01 12:00:00', 1, '2026-07-01 12:00:00')
"""
REGISTRATION = """
    INSERT INTO registrations
        (id, site_id, client_id, authorization_endpoint, token_endpoint, jwks_uri, state, created_at)
    VALUES (1, 1, 'client-1', 'auth', 'token', 'keys', 'active', '2026-07-01 12:00:00')
"""
LOGIN = """
    INSERT INTO logins (state_hash, nonce, browser_hash, registration_id, target_link_uri, login_hint, expires_at)
    VALUES ('state', 'nonce', 'browser', 1, 'target', '5', '2026-07-01 12:00:00')
"""


def test_a_database_without_tables_is_refused_with_the_command_to_run(database_url: str) -> None:
    engine = create_engine(database_url)

    with pytest.raises(ConfigurationError, match=r"is at migration none and needs \d+\. Run: lti-tool migrate"):
        database.require_migrated(engine)

    engine.dispose()


def test_a_database_that_another_version_migrated_is_refused(database_url: str) -> None:
    database.migrate(database_url)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    with pytest.raises(ConfigurationError, match="is at migration 0000 and needs"):
        database.require_migrated(engine)

    engine.dispose()


UNREACHABLE = ["sqlite:////no/such/folder/tool.sqlite3", "postgresql+psycopg://tests:pass-word@/tool?host=/no/such"]


@pytest.mark.parametrize("url", UNREACHABLE)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(url: str) -> None:
    engine = create_engine(url)

    with pytest.raises(ConfigurationError, match="The database can't be used") as caught:
        database.require_migrated(engine)

    assert "DATABASE_URL" in str(caught.value)
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize("url", UNREACHABLE)
def test_a_database_that_cannot_be_reached_is_not_migrated(url: str) -> None:
    with pytest.raises(ConfigurationError, match="The database can't be used"):
        database.migrate(url)


def test_the_key_of_a_database_without_rotation_becomes_the_active_one(database_url: str) -> None:
    """Of two keys, which two processes may have made at the same time, it is the newer one: that one signed."""
    config = database.alembic_config(database_url)
    command.upgrade(config, "0002")
    engine = create_engine(database_url)
    insert = "INSERT INTO tool_keys (kid, encrypted_pem, public_jwk, created_at) VALUES (:kid, :pem, '{}', :at)"
    with engine.begin() as connection:
        for kid, hour in (("older", 10), ("newer", 12)):
            moment = datetime(2026, 7, 1, hour, tzinfo=UTC)
            connection.execute(
                text(insert).bindparams(bindparam("at", type_=UtcDateTime)), {"kid": kid, "pem": b"", "at": moment}
            )

    database.migrate(database_url)

    with Session(engine) as session:
        found = [(row.kid, row.state, row.published_until) for row in session.scalars(select(ToolKeyRow))]
    engine.dispose()
    assert sorted(found) == [
        ("newer", KeyState.ACTIVE, None),
        ("older", KeyState.RETIRING, datetime(2026, 7, 1, 12, tzinfo=UTC)),
    ]


# Moments


def test_a_moment_comes_back_in_utc_whatever_its_zone_was(app: Flask) -> None:
    moment = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))

    with app.app_context():
        person = PersonRow(site_id=_site().id, sub="5", number=1, seen_at=moment)
        db.session.add(person)
        db.session.commit()
        db.session.expire_all()

        assert person.seen_at == moment
        assert person.seen_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    with app.app_context():
        db.session.add(PersonRow(site_id=_site().id, sub="5", number=1, seen_at=datetime(2026, 7, 1)))  # noqa: DTZ001

        with pytest.raises(StatementError, match="names no time zone"):
            db.session.flush()


def test_no_moment_is_no_moment() -> None:
    kind, dialect = UtcDateTime(), create_engine("sqlite://").dialect

    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


# Rows that are found, or added where they are not there


def _site(issuer: str = "https://moodle.example.org") -> SiteRow:
    return found_or_added(SiteRow, {"issuer": issuer}, {})


def test_a_row_is_added_once_and_found_after(app: Flask) -> None:
    with app.app_context():
        key = {"site_id": _site().id, "context_id": "2"}

        added = found_or_added(CourseRow, key, {"title": "First"})
        found = found_or_added(CourseRow, key, {"title": "Second"})

        assert found is added
        assert found.title == "First"


def test_what_was_added_is_not_there_when_its_transaction_is_taken_back(app: Flask) -> None:
    with app.app_context():
        _site()

        db.session.rollback()

        assert db.session.scalar(select(func.count()).select_from(SiteRow)) == 0


def test_what_was_written_before_goes_with_it(app: Flask) -> None:
    with app.app_context():
        db.session.add(SiteRow(issuer="https://one.example.org"))
        db.session.flush()
        _site("https://two.example.org")

        db.session.rollback()

        assert db.session.scalars(select(SiteRow.issuer)).all() == []


def test_of_many_that_add_the_same_row_one_does_and_all_have_it(app: Flask) -> None:
    together = Barrier(8)

    def add(_: int) -> int:
        with app.app_context():
            db.session.execute(select(SiteRow))
            together.wait(timeout=30)
            course = found_or_added(CourseRow, {"site_id": _site().id, "context_id": "2"}, {})
            course_id = course.id
            db.session.commit()
            return course_id

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(add, range(8)))

    assert len(found) == 1


# Connections that the server ended


@pytest.fixture
def postgresql_url(postgresql: str) -> str:
    """Give the address of an empty schema on PostgreSQL; a file hangs up on nobody."""
    return new_postgresql_database(postgresql)


@dataclass
class Seconds:
    """A clock of seconds that a test moves."""

    passed: float = 0.0

    def __call__(self) -> float:
        """Tell how many passed."""
        return self.passed


@contextmanager
def two_connections_that_ended(url: str, seconds: Seconds) -> Iterator[Engine]:
    """Let two connections lie in the pool and the server end them, as it does when it is restarted."""
    app = Flask(__name__)
    database.init_app(app, url, seconds)
    with app.app_context():
        engine = db.engine
        with engine.connect() as one, engine.connect() as other:
            ended = [connection.scalar(text("SELECT pg_backend_pid()")) for connection in (one, other)]
        server = create_engine(url)
        with server.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid, 5000) FROM unnest(:ended) pid"), {"ended": ended})
        server.dispose()
        yield engine
        engine.dispose()


def test_a_connection_that_rested_is_made_anew_where_the_server_ended_it(postgresql_url: str) -> None:
    seconds = Seconds()

    with two_connections_that_ended(postgresql_url, seconds) as engine:
        seconds.passed += database.PING_AFTER
        with engine.connect() as one, engine.connect() as other:
            answers = [connection.scalar(text("SELECT 1")) for connection in (one, other)]

    assert answers == [1, 1]


def test_one_that_is_found_ended_has_all_the_others_made_anew(postgresql_url: str) -> None:
    """Whoever comes a moment later is not asked to pay for the second connection too."""
    seconds = Seconds()

    with two_connections_that_ended(postgresql_url, seconds) as engine:
        seconds.passed += database.PING_AFTER
        with engine.connect():
            seconds.passed = 0.0
            with engine.connect() as other:
                answer = other.scalar(text("SELECT 1"))

    assert answer == 1


def test_a_connection_that_was_used_a_moment_ago_is_not_asked(postgresql_url: str) -> None:
    with two_connections_that_ended(postgresql_url, Seconds()) as engine, engine.connect() as connection:
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
        connection.rollback()

        assert connection.scalar(text("SELECT 1")) == 1


# What must not be seen


def test_an_error_of_the_database_does_not_repeat_what_was_written(app: Flask) -> None:
    with app.app_context():
        for _ in range(2):
            db.session.add(
                LoginRow(
                    state_hash="a" * 64,
                    nonce="secret-nonce",
                    browser_hash="b" * 64,
                    registration_id=1,
                    target_link_uri=PUBLIC_URL,
                    login_hint="secret-hint",
                    expires_at=now(),
                )
            )

        with pytest.raises(Exception, match="logins") as caught:
            db.session.commit()

    assert "secret" not in str(caught.value)


def test_sqlite_is_in_wal_mode_and_holds_to_its_foreign_keys(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")

    with engine.connect() as connection:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")]

    engine.dispose()
    assert found == ["wal", 1]


def test_every_name_in_the_schema_follows_one_convention() -> None:
    tables = database.Base.metadata.tables.values()
    names = [str(found.name) for table in tables for found in table.constraints]
    names += [str(found.name) for table in tables for found in table.indexes]

    assert [name for name in names if not re.fullmatch("(pk|fk|uq|ix|ck)_[a-z_0-9]+", name)] == []
