"""The classroom in a box: the tool and a miniature of Moodle, in one process with two listeners, on SQLite.

To a browser `localhost` and `127.0.0.1` are two sites, as a school's Moodle and a hosted tool are, and neither needs
a name looked up or a certificate.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from content.model import Curriculum
from lti_tool import database
from lti_tool.app import create_app
from lti_tool.clock import now
from lti_tool.community import views as community
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import worker
from lti_tool.demo import answered, at_work, conversations, rounds, talking, walk
from lti_tool.demo.filling import community_course, fill, told_groups
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.errors import ConfigurationError
from lti_tool.groups import names
from lti_tool.groups import store as groups
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.registering import registration

COMMUNITY = f"community/{community.SLUG}"
INVITATION_LASTS = timedelta(days=7)


class _QuietHandler(WSGIRequestHandler):
    """Writes no access log: addresses carry invitations and logins in their queries."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


@contextmanager
def open_classroom(folder: Path, *, port: int, tool_port: int) -> Iterator[str]:
    """Start everything, fill the miniature, register the tool, place what is to be there, and put groups to work.

    Gives the miniature's address.

    Raises:
        ConfigurationError: a port is taken.
    """
    moodle_url = f"http://localhost:{port}"
    tool = _make_tool(folder, f"http://127.0.0.1:{tool_port}")
    moodle = create_moodle(MoodleSettings(wwwroot=moodle_url, database=f"sqlite:///{folder / 'moodle.sqlite3'}"))
    with ExitStack() as running:
        running.enter_context(_listening(moodle, port))
        running.enter_context(_listening(tool, tool_port))
        running.enter_context(_delivering(tool))
        token = walk.make_token(moodle_url)
        fill(folder, moodle_url, token)
        _set_up(tool, moodle_url)
        _work(tool, moodle_url, told_groups(folder, token))
        yield moodle_url


def _make_tool(folder: Path, public_url: str) -> Flask:
    settings = Settings.from_environment(
        {
            "PUBLIC_URL": public_url,
            "KEYS_PASSPHRASE": token_urlsafe(32),
            "DATABASE_URL": f"sqlite:///{folder / 'tool.sqlite3'}",
            "ALLOW_PRIVATE_PLATFORMS": "1",
        }
    )
    database.migrate(settings.DATABASE_URL)
    app = create_app(settings)
    with app.app_context():
        tool_keys.ensure_keys(now())
        db.session.commit()
    return app


def _set_up(tool: Flask, moodle_url: str) -> None:
    with tool.app_context():
        url = registration.invite(tool.config["PUBLIC_URL"], approves=True, lasts=INVITATION_LASTS, now=now())
        db.session.commit()
    walk.register(moodle_url, url)
    _place(moodle_url, tool.extensions["curriculum"])


def _place(moodle_url: str, curriculum: Curriculum) -> None:
    """Place the training's first module in its course, and the community there and in a course of its own."""
    training = next(iter(curriculum.courses.values())).texts["en"].title
    walk.place(moodle_url, training, [*first_module(curriculum), COMMUNITY])
    walk.place(moodle_url, community_course(), [COMMUNITY])


def _work(tool: Flask, moodle_url: str, groups_file: bytes) -> None:
    """Put groups to work at an exercise, name them, and answer them."""
    curriculum: Curriculum = tool.extensions["curriculum"]
    exercise = curriculum.exercise(at_work.EXERCISE)
    title, at_stages = exercise.texts["en"].title, rounds.of(exercise)  # the title that the trainer's course shows
    at_work.put_to_work(moodle_url, title)
    answered.hand_in(moodle_url, title, at_stages)
    _name_groups(tool, groups_file)
    answered.answer(moodle_url, title, at_stages)
    _talk(tool, moodle_url)


def _talk(tool: Flask, moodle_url: str) -> None:
    """Let the community live: needs at each stage, and the other kinds of posts, in several languages."""
    curriculum: Curriculum = tool.extensions["curriculum"]
    with tool.app_context():
        [group] = community.catalogue("en")
        today = now()
    members = talking.Community(moodle_url, community_course(), group.title)
    talking.talk(members, conversations.THREADS, today)
    talking.merge(members, "trainer", conversations.TWIN)
    exercise = curriculum.exercise(conversations.GROWN.exercise)
    talking.bring(members, moodle_url, exercise.texts["en"].title, conversations.GROWN)
    talking.name_connectors(members, "trainer")


def _name_groups(tool: Flask, file: bytes) -> None:
    """Name the groups as the sync says that Moodle does."""
    said = names.read(file)
    with tool.app_context():
        for told in said.courses:
            course_id = groups.find_course(said.site, told.context_id)
            if course_id is not None:
                groups.name_as_there(course_id, told.names)
        db.session.commit()


def first_module(curriculum: Curriculum) -> list[str]:
    """Name the activities of the first course's first module, as the picker does."""
    course = next(iter(curriculum.courses.values()))
    return [f"{activity.kind}/{activity.slug}" for activity in course.modules[0].activities]


@contextmanager
def _listening(app: Flask, port: int) -> Iterator[None]:
    server = _server(app, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _server(app: Flask, port: int) -> BaseWSGIServer:
    try:
        return make_server("127.0.0.1", port, app, threaded=True, request_handler=_QuietHandler)
    except (OSError, SystemExit) as error:
        msg = f"Port {port} of 127.0.0.1 is taken. Choose others: lti-tool demo --port … --tool-port …"
        raise ConfigurationError(msg) from error


@contextmanager
def _delivering(app: Flask) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=worker.run, args=(app, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
