"""`lti-tool`: everything that those who run the tool do from a shell."""

import os
import signal
from collections.abc import Sequence
from threading import Event

import click
from flask import Flask

from content.model import Curriculum
from lti_tool import database, logs
from lti_tool.app import create_app
from lti_tool.clock import now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import commands as deliveries
from lti_tool.delivery import worker as delivery
from lti_tool.demo import command as demo
from lti_tool.groups import commands as groups
from lti_tool.lti.keys import commands as own_keys
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.registering import commands as platforms
from lti_tool.operations import metrics
from lti_tool.privacy import commands as people
from lti_tool.server import THREADS, WORKERS, serve_forever
from lti_tool.shell import plainly

NOTHING_TO_LEARN = Curriculum(courses={}, units={}, exercises={})


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Run MedTOWN's LTI tool for Moodle. Settings come from environment variables; see the README."""
    logs.set_up(None)
    context.obj = _shell_app


for command in (
    demo.demo,
    platforms.invite,
    platforms.platforms,
    groups.groups,
    deliveries.deliveries,
    people.person,
    own_keys.own_keys,
):
    main.add_command(command)


@main.command()
@plainly
def migrate() -> None:
    """Bring the database up to this version, and make the tool's keys where there are none."""
    settings = _settings()
    app = create_app(settings)
    database.migrate(settings.DATABASE_URL)
    with app.app_context():
        tool_keys.ensure_keys(now())
        db.session.commit()
    click.echo("The database is up to date.")


@main.command()
@click.option(
    "--bind", default=["127.0.0.1:8000"], multiple=True, show_default=True, help="Address and port to listen on."
)
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1), help="Web processes.")
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1), help="Threads in each.")
@plainly
def serve(bind: Sequence[str], workers: int, threads: int) -> None:
    """Answer the web. Run `lti-tool worker` beside it, or no grade leaves."""
    app = _signing_app()
    shared = metrics.share_between_processes(app)
    serve_forever(app, bind=bind, workers=workers, threads=threads, shared=shared)


@main.command()
@plainly
def worker() -> None:
    """Send grades to Moodle until stopped."""
    app = _signing_app()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    delivery.run(app, stop)


def _settings() -> Settings:
    settings = Settings.from_environment(os.environ)
    logs.set_up(settings.LOG_FORMAT)
    return settings


def _shell_app() -> Flask:
    """Make what commands need that read no curriculum: to read it in all languages takes a second."""
    return _ready_app(NOTHING_TO_LEARN)


def _ready_app(curriculum: Curriculum | None = None) -> Flask:
    app = create_app(_settings(), curriculum=curriculum)
    with app.app_context():
        database.require_migrated(db.engine)
    return app


def _signing_app() -> Flask:
    """Find out now whether the passphrase opens the key, and not at the first grade."""
    app = _ready_app()
    with app.app_context():
        tool_keys.signing_key()
        db.session.close()
        db.engine.dispose()  # processes that are forked from this one must not share its connections
    return app
