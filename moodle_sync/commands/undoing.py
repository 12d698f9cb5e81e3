"""`moodle-sync undo`."""

import click

from moodle_sync.commands.applying import show_and_do
from moodle_sync.commands.shell import Given, opened_to_undo, reading
from moodle_sync.session.plan import plan
from moodle_sync.session.plan_file import Allowed


@click.command(short_help="Take back what a run did.")
@click.argument("run")
@click.option(
    "--removals",
    metavar="N",
    type=click.IntRange(0),
    help="Let a guard pass that stops too many removals: exactly so many may happen.",
)
@click.option("--max-mails", metavar="N", type=click.IntRange(0), help="Stop where Moodle may send more mails.")
@click.option("--yes", is_flag=True, help="Don't ask; for scripts.")
@click.pass_obj
def undo(given: Given, *, run: str, removals: int | None, max_mails: int | None, yes: bool) -> int:
    """Take back what a run did, as `report` lists it, after showing what that is.

    Fields get the values again that they had, members that the run put in are taken out and those that it took out are
    put back, whom it enrolled is suspended, and courses and sections that it made are hidden. Nothing is deleted. What
    somebody changed since then, or what can't be taken back, is left alone and listed. It needs neither the file of
    people nor the curriculum, and is a run of its own: `resume` goes on with it, `report` tells of it, and it can be
    undone. The next `apply` brings back what the source still says.

    Exits with 0 where everything is as it was, 1 where the answer is no, 3 where something stays.
    """
    with opened_to_undo(given, run) as (session, client):
        with reading(client):
            planned = plan(session, None, Allowed(removals=removals, mails=max_mails))
        return show_and_do(session, client, planned, yes=yes)
