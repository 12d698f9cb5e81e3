"""The edge's commands: invitations, the Moodle sites that registered, and the tool's own keys."""

from datetime import timedelta

import click

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import RotationRefused
from lti_tool.lti import keys, registration, registry
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


@click.group("keys")
def own_keys() -> None:
    """See and rotate the keys that the tool signs with."""


@own_keys.command("list")
@plainly
def list_keys() -> None:
    """List keys: id, state, when it was made, until when it is published. Times are in UTC."""
    with opened():
        _print_keys()


@own_keys.command()
@click.option("--now", "at_once", is_flag=True, help="Don't wait until every platform can know the next key.")
@click.option("--revoke", is_flag=True, help="For keys that leaked: delete all that are there, and make new ones.")
@plainly
def rotate(*, at_once: bool, revoke: bool) -> None:
    """Sign with the next key from now on, and publish another to follow it. Nothing needs a restart."""
    with opened():
        try:
            keys.revoke(now()) if revoke else keys.rotate(now(), at_once=at_once)
        except RotationRefused as error:
            raise click.ClickException(str(error)) from error
        db.session.commit()
        _print_keys()


def _print_keys() -> None:
    for row in keys.all_keys():
        until = row.published_until.isoformat(timespec="seconds") if row.published_until else "-"
        click.echo(f"{row.kid}\t{row.state}\t{row.created_at.isoformat(timespec='seconds')}\t{until}")
