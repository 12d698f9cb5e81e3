"""`lti-tool`: everything that those who run the tool do from a shell."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import update_wrapper
from threading import Event
from typing import ParamSpec, TypeVar

import click
from flask import Flask

from content.load import ContentError
from lti_tool import database
from lti_tool.app import create_app
from lti_tool.clock import now, utc_now
from lti_tool.config import Settings
from lti_tool.database import db
from lti_tool.delivery import worker as delivery
from lti_tool.demo import command as demo
from lti_tool.errors import ConfigurationError
from lti_tool.lti import keys, registration, registry
from lti_tool.lti.tables import State
from lti_tool.server import serve_forever

P = ParamSpec("P")
R = TypeVar("R")


def _plainly(function: Callable[P, R]) -> Callable[P, R]:
    """Turn what the person at the shell can mend into lines without a traceback."""

    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except ContentError as error:
            lines = [f"{problem.file}: {problem.key}: {problem.message}" for problem in error.problems]
            message = "\n".join(["The curriculum has mistakes; nothing was started.", *lines])
            raise click.ClickException(message) from error
        except ConfigurationError as error:
            raise click.ClickException(str(error)) from error

    return update_wrapper(wrapper, function)


@click.group()
def main() -> None:
    """Run MedTOWN's LTI tool for Moodle. Settings come from environment variables; see the README."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)


demo.demo.callback = _plainly(demo.demo.callback)  # type: ignore[arg-type]  # click's callback may be None
main.add_command(demo.demo)


@main.command()
@_plainly
def migrate() -> None:
    """Bring the database up to this version, and make the tool's key where there is none."""
    settings = Settings.from_environment(os.environ)
    app = create_app(settings)
    database.migrate(settings.DATABASE_URL)
    with app.app_context():
        keys.ensure_key(now())
        db.session.commit()
    click.echo("The database is up to date.")


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Web processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1), help="Threads in each.")
@_plainly
def serve(bind: str, workers: int, threads: int) -> None:
    """Answer the web. Run `lti-tool worker` beside it, or no grade leaves."""
    serve_forever(_ready_app(), bind=bind, workers=workers, threads=threads)


@main.command()
@_plainly
def worker() -> None:
    """Send grades to Moodle until stopped."""
    app = _ready_app()
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    delivery.run(app, stop)


@main.command()
@click.option("--approve", is_flag=True, help="What is registered with it may be used at once.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 90), help="Days that it stays good.")
@_plainly
def invite(*, approve: bool, days: int) -> None:
    """Print a registration URL for one Moodle site's administrator to paste in Manage tools."""
    with _opened() as app:
        url = registration.invite(app.config["PUBLIC_URL"], approves=approve, lasts=timedelta(days=days), now=utc_now())
        db.session.commit()
    click.echo(url)


@main.group()
def platforms() -> None:
    """See and approve the Moodle sites that registered."""


@platforms.command("list")
@_plainly
def list_platforms() -> None:
    """List registrations: number, state, site, client id."""
    with _opened():
        for row in registry.registrations():
            click.echo(f"{row.id}\t{row.state}\t{row.site.issuer}\t{row.client_id}")


def _set_state(number: int, state: State) -> None:
    with _opened():
        if not registry.set_state(number, state):
            message = f"There is no registration {number}. `lti-tool platforms list` shows them."
            raise click.ClickException(message)
        db.session.commit()
    click.echo(f"Registration {number} is {state}.")


@platforms.command()
@click.argument("number", type=int)
@_plainly
def approve(number: int) -> None:
    """Let a registration and its deployments be used."""
    _set_state(number, State.ACTIVE)


@platforms.command()
@click.argument("number", type=int)
@_plainly
def suspend(number: int) -> None:
    """Stop a registration and its deployments from being used."""
    _set_state(number, State.SUSPENDED)


def _ready_app() -> Flask:
    app = create_app(Settings.from_environment(os.environ))
    with app.app_context():
        database.require_migrated(db.engine)
        keys.signing_key()
    return app


@contextmanager
def _opened() -> Iterator[Flask]:
    app = _ready_app()
    with app.app_context():
        yield app
