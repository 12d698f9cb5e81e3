"""An upgrade under way: the tables are this version's, and processes of the one before go on writing as they did."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import OperationalError

from lti_tool import database
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import astray, listing, worker
from lti_tool.exercises import owners
from lti_tool.exercises import store as exercises
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.launch.session import COOKIE
from lti_tool.lti.secrets import hashed
from lti_tool.lti.tables import PersonRow, PlacementRow
from tests.chaos.school import STEP, School, open_school
from tests.lti_tool.databases import new_postgresql_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.making import close_app, make_app
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


# Grades


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A school whose tables are this version's, and of which nothing is confirmed yet."""

    school: School
    is_asked: Event
    """Set whenever Moodle is asked something."""

    def deliver_as_before(self) -> None:
        """Hand in, and end it as the worker of the version before does, which tells nobody where it went."""
        self.school.hand_in(self.school.desks[0], 45)
        with self.school.tool.app_context():
            ended = text("UPDATE deliveries SET state = 'delivered', attempts = 1, ended_at = :now")
            db.session.execute(ended, {"now": now()})
            db.session.commit()

    def claim(self, url: str | None) -> None:
        """Let the newest launch of the first activity claim a line item."""
        with self.school.tool.app_context():
            db.session.get_one(PlacementRow, self.school.desks[0].placement_id).line_item_url = url
            db.session.commit()

    def start_worker(self) -> None:
        """Let a worker of this version begin, and send the score of somebody else."""
        self.school.pass_time(STEP)
        self.school.hand_in(self.school.desks[1], 40)
        self.is_asked.clear()
        worker.run(self.school.tool, self.is_asked)

    def listed(self) -> list[str]:
        """Give the states that `deliveries list` shows, once the worker has looked."""
        with self.school.tool.app_context():
            astray.look_at_one()
            return [line.state for line in listing.lines(None, 10)]


@contextmanager
def upgraded(database_url: str, ticker: Ticker) -> Iterator[Upgraded]:
    database.migrate(database_url)
    with open_school(database_url, ticker) as school:
        is_asked = Event()
        school.moodle.before_request(is_asked.set)
        yield Upgraded(school, is_asked)


def test_a_score_of_the_version_before_arrives_once_its_line_item_is_confirmed(
    database_url: str, ticker: Ticker
) -> None:
    with upgraded(database_url, ticker) as found:
        desk = found.school.desks[0]
        found.school.hand_in(desk, 45)

        found.school.sweep()

        assert found.school.grades()[desk] == 45
        assert found.listed() == ["delivered"]


def test_a_grade_that_a_worker_of_the_version_before_sent_astray_since_is_named(
    database_url: str, ticker: Ticker
) -> None:
    with upgraded(database_url, ticker) as found:
        found.claim(found.school.site.url("/mod/lti/services.php/2/lineitems/999/lineitem?type_id=1"))
        found.deliver_as_before()

        found.start_worker()
        found.claim(None)

        assert found.listed() == ["delivered", "astray"]


def test_a_grade_that_this_version_sent_is_never_taken_for_one_of_before(database_url: str, ticker: Ticker) -> None:
    with upgraded(database_url, ticker) as found:
        found.school.hand_in(found.school.desks[0], 45)
        found.school.sweep()
        found.claim(found.school.site.url("/mod/lti/services.php/2/lineitems/999/lineitem?type_id=1"))

        found.start_worker()

        assert found.listed() == ["delivered", "delivered"]


# Notes

WORKSPACE = """
    INSERT INTO workspaces (id, course_id, exercise, person_id, version, created_at, changed_at)
    VALUES (1, :course, 'needs-matrix', :person, 0, '2026-07-01 12:00:00', '2026-07-01 12:00:00')
"""
NOTE = """
    INSERT INTO notes
        (workspace_id, id, part, cell, "values", language, author_id, version, position, created_at, updated_at,
        deleted)
    VALUES
        (1, :id, 'matrix', 'subsistence/being', :values, 'en', :person, 1,
        (SELECT version FROM workspaces) + 1, '2026-07-01 12:00:00', '2026-07-01 12:00:00', FALSE)
"""
BODY = {"part": "matrix", "cell": "subsistence/being", "language": "en"}
COUNTED = "UPDATE workspaces SET version = version + 1"


@dataclass(frozen=True, slots=True)
class Shared:
    """A workspace that processes of both versions write in."""

    app: Flask
    person: Client

    def write_as_before(self, words: str) -> str:
        """Write a new note as the version before does; give its id."""
        note_id = new_id()
        values = {"id": note_id, "values": f'{{"satisfier": "{words}"}}', "person": self.person.person_id}
        with self.app.app_context():
            db.session.execute(text(NOTE), values)
            db.session.execute(text(COUNTED))
            db.session.commit()
        return note_id

    def write(self, words: str, before: str | None = None) -> str:
        """Write a new note as this version does; give its id."""
        body = {"part": "matrix", "cell": "subsistence/being", "values": {"satisfier": words}, "version": 0}
        answer = self.person.put(
            f"exercise/notes/{(note_id := new_id())}", {**body, "language": "en", "before": before}
        )
        assert answer.json == {"version": 1, "place": 0}
        return note_id

    def move(self, note_id: str, before: str) -> None:
        """Move a note as this version does."""
        place = {"cell": "subsistence/being", "before": before, "place": 0}
        answer = self.person.put(f"exercise/notes/{note_id}/place", place)
        assert answer.json == {"place": 1, "said": None}

    def words(self) -> list[object]:
        """Give what stands in the notes, in their order."""
        with self.app.app_context():
            workspace = exercises.find_workspace(self.key)
            return [note.values["satisfier"] for note in workspace.notes.values()] if workspace else []

    @property
    def key(self) -> WorkspaceKey:
        """Name the workspace."""
        return WorkspaceKey(
            course_id=self.person.course_id, exercise="needs-matrix", owner=owners.person(self.person.person_id)
        )


@pytest.fixture
def shared(migrated: Flask) -> Shared:
    person = enter_course(migrated)
    with migrated.app_context():
        db.session.execute(text(WORKSPACE), {"course": person.course_id, "person": person.person_id})
        db.session.commit()
    return Shared(migrated, person)


def test_notes_of_both_versions_stand_in_the_order_in_which_they_were_written(shared: Shared) -> None:
    shared.write_as_before("a")
    shared.write("b")
    shared.write_as_before("c")
    shared.write("d")

    assert shared.words() == ["a", "b", "c", "d"]


def test_notes_of_the_version_before_are_moved_and_others_put_between_them(shared: Shared) -> None:
    first, second, third = (shared.write_as_before(words) for words in "abc")

    shared.move(third, before=first)
    shared.write("d", before=second)
    shared.write_as_before("e")

    assert shared.words() == ["c", "a", "d", "b", "e"]


def test_a_submission_of_this_version_holds_what_the_version_before_reads(shared: Shared) -> None:
    shared.write("a")

    shared.person.post("exercise/submissions")

    with shared.app.app_context():
        [[note]] = db.session.scalars(select(SubmissionRow.notes))
    assert set(note) == {"id", "part", "cell", "values", "version", "language"}


def line(note_id: str, version: int = 0, began_as: str = "") -> str:
    """Say of a note what the hidden field of a page of the version before says."""
    return f"{note_id} matrix subsistence/being {version} en {began_as}".strip()


@pytest.mark.parametrize("path", ["exercise/notes", "exercise/submissions"])
def test_what_is_written_in_a_page_of_the_version_before_arrives_without_script(shared: Shared, path: str) -> None:
    note_id, other = new_id(), new_id()
    words = {f"{note_id}.satisfier": "a", f"{note_id}.effect": "", f"{other}.satisfier": ""}

    answer = shared.person.post(path, note=[line(note_id), line(other)], **words)

    assert answer.status_code == 303
    assert shared.words() == ["a"]


def test_a_page_of_the_version_before_leaves_alone_what_nobody_touched_there(shared: Shared) -> None:
    note_id = shared.write_as_before("a")
    shared.person.put(f"exercise/notes/{note_id}", {**BODY, "values": {"satisfier": "b"}, "version": 1})
    untouched = line(note_id, version=1, began_as="258c35b42687")

    answer = shared.person.post("exercise/submissions", note=untouched, **{f"{note_id}.satisfier": "a"})

    assert answer.status_code == 303
    assert shared.words() == ["b"]


def test_what_a_page_of_the_version_before_cannot_save_is_shown_and_not_handed_in(shared: Shared) -> None:
    note_id = shared.write_as_before("a")
    shared.person.put(f"exercise/notes/{note_id}", {**BODY, "values": {"satisfier": "b"}, "version": 1})

    answer = shared.person.post("exercise/submissions", note=line(note_id, 1), **{f"{note_id}.satisfier": "<b>c"})

    assert answer.status_code == 409
    assert "Copy it from here: &lt;b&gt;c</p>" in answer.text
    with shared.app.app_context():
        assert db.session.scalars(select(SubmissionRow)).all() == []


# Migrations


def test_taking_the_migrations_back_and_making_them_again_loses_no_row(database_url: str, ticker: Ticker) -> None:
    with upgraded(database_url, ticker) as found:
        found.school.hand_in(found.school.desks[0], 45)
        found.school.sweep()
        config = database.alembic_config(database_url)

        command.downgrade(config, "0008")
        database.migrate(database_url)

        found.school.hand_in(found.school.desks[0], 40)
        found.school.pass_time(STEP)
        found.school.sweep()
        assert found.listed() == ["delivered", "delivered"]


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
