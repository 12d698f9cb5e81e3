"""The edge's commands: invitations, and the Moodle sites that registered."""

from datetime import timedelta

import click

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registration, registry
from lti_tool.lti.tables import State
from lti_tool.shell import opened, plainly


@click.command()
@click.option("--approve", is_flag=True, help="What is registered with it may be used at once.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 90), help="Days that it stays good.")
@plainly
def invite(*, approve: bool, days: int) -> None:
    """Print a registration URL for one Moodle site's administrator to paste in Manage tools."""
    with opened() as app:
        url = registration.invite(app.config["PUBLIC_URL"], approves=approve, lasts=timedelta(days=days), now=now())
        db.session.commit()
    click.echo(url)


@click.group()
def platforms() -> None:
    """See and approve the Moodle sites that registered."""


@platforms.command("list")
@plainly
def list_platforms() -> None:
    """List registrations: number, state, site, client id."""
    with opened():
        for row in registry.registrations():
            click.echo(f"{row.id}\t{row.state}\t{row.site.issuer}\t{row.client_id}")


def _set_state(number: int, state: State) -> None:
    with opened():
        if not registry.set_state(number, state):
            message = f"There is no registration {number}. `lti-tool platforms list` shows them."
            raise click.ClickException(message)
        db.session.commit()
    click.echo(f"Registration {number} is {state}.")


@platforms.command()
@click.argument("number", type=int)
@plainly
def approve(number: int) -> None:
    """Let a registration and its deployments be used."""
    _set_state(number, State.ACTIVE)


@platforms.command()
@click.argument("number", type=int)
@plainly
def suspend(number: int) -> None:
    """Stop a registration and its deployments from being used."""
    _set_state(number, State.SUSPENDED)
