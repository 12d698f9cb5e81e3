"""`lti-tool deliveries`: what is in the outbox, and sending again what did not arrive."""

from datetime import timedelta

import click

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import listing
from lti_tool.delivery.listing import Line
from lti_tool.shell import opened, plainly, printed


@click.group()
def deliveries() -> None:
    """See the grades on their way to Moodle, and send again those that failed."""


@deliveries.command("list")
@click.option("--state", type=click.Choice(listing.STATES), help="Only those in this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many at most.")
@plainly
def list_deliveries(state: str | None, limit: int) -> None:
    """List deliveries, newest first.

    A line has ten fields, separated by tabs: NUMBER, state, site, the course's id in it, activity, the person's number
    within the site, tries, when it is due (UTC), age, and what the last failed try ran into. The states are due (on its
    way), delivered, superseded (a newer score, or a later grade in Moodle, took its place), failed, and astray: it went
    by a launch's word alone, before the tool looked line items up, to one that isn't the activity's. Look at the other
    column in Moodle, and send it again with `retry`.
    """
    with opened():
        for line in listing.lines(state, limit):
            click.echo("\t".join(printed(field) for field in _fields(line)))


def _fields(line: Line) -> tuple[str, ...]:
    age = timedelta(seconds=int((now() - line.created_at).total_seconds()))
    return (
        str(line.number),
        line.state,
        line.issuer,
        line.context_id,
        line.activity or "-",
        str(line.person),
        str(line.attempts),
        line.due_at.isoformat(timespec="seconds"),
        str(age),
        line.problem or "-",
    )


@deliveries.command()
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1, type=int)
@click.option("--failed", is_flag=True, help="All that failed.")
@click.option("--site", metavar="ISSUER", help="With --failed: only those of this site, as `platforms list` shows it.")
@plainly
def retry(numbers: tuple[int, ...], *, failed: bool, site: str | None) -> None:
    """Send scores again, with a new time, as soon as a worker runs."""
    if failed == bool(numbers) or (site and not failed):
        message = "Name the deliveries by their numbers, or all that failed by --failed, which --site can narrow."
        raise click.UsageError(message)
    with opened():
        chosen = listing.failed(site) if failed else numbers
        refused = [problem for number in chosen if (problem := listing.send_again(number, now()))]
        db.session.commit()
    click.echo(f"Sent again: {len(chosen) - len(refused)}.")
    if refused:
        raise click.ClickException("\n".join(refused))
