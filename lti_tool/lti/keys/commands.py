"""The commands for the tool's own keys."""

import click

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import RotationRefused
from lti_tool.lti.keys import tool_keys
from lti_tool.shell import opened, plainly


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
            tool_keys.revoke(now()) if revoke else tool_keys.rotate(now(), at_once=at_once)
        except RotationRefused as error:
            raise click.ClickException(str(error)) from error
        db.session.commit()
        _print_keys()


def _print_keys() -> None:
    for row in tool_keys.all_keys():
        until = row.published_until.isoformat(timespec="seconds") if row.published_until else "-"
        click.echo(f"{row.kid}\t{row.state}\t{row.created_at.isoformat(timespec='seconds')}\t{until}")
