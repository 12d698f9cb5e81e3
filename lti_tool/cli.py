"""`lti-tool`: everything that those who run the tool do from a shell."""

import logging
import os
import signal
import sys
from threading import Event

import click
from flask import Flask

from lti_tool import database
from lti_tool.app import create_app
from lti_tool.clock import now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import commands as deliveries
from lti_tool.delivery import worker as delivery
from lti_tool.demo import command as demo
from lti_tool.lti import commands, key_commands, keys
from lti_tool.server import THREADS, WORKERS, serve_forever
from lti_tool.shell import plainly


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Run MedTOWN's LTI tool for Moodle. Settings come from environment variables; see the README."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    context.obj = _ready_app


for command in (demo.demo, commands.invite, commands.platforms, deliveries.deliveries, key_commands.own_keys):
    main.add_command(command)


@main.command()
@plainly
def migrate() -> None:
    """Bring the database up to this version, and make the tool's keys where there are none."""
    settings = Settings.from_environment(os.environ)
    app = create_app(settings)
    database.migrate(settings.DATABASE_URL)
    with app.app_context():
        keys.ensure_keys(now())
        db.session.commit()
    click.echo("The database is up to date.")


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port to listen on.")
@click.option("--workers", default=WORKERS, show_default=True, type=click.IntRange(1), help="Web processes.")
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1), help="Threads in each.")
@plainly
def serve(bind: str, workers: int, threads: int) -> None:
    """Answer the web. Run `lti-tool worker` beside it, or no grade leaves."""
    serve_forever(_signing_app(), bind=bind, workers=workers, threads=threads)


@main.command()
@plainly
def worker() -> None:
    """Send grades to Moodle until stopped."""
    app = _signing_app()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    delivery.run(app, stop)


def _ready_app() -> Flask:
    app = create_app(Settings.from_environment(os.environ))
    with app.app_context():
        database.require_migrated(db.engine)
    return app


def _signing_app() -> Flask:
    """Find out now whether the passphrase opens the key, and not at the first grade."""
    app = _ready_app()
    with app.app_context():
        keys.signing_key()
    return app
