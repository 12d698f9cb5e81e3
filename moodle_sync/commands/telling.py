"""`moodle-sync report`."""

import click

from moodle_sync.commands.shell import Given, echo
from moodle_sync.config import read_settings
from moodle_sync.errors import Exit
from moodle_sync.journal.journal import Journal
from moodle_sync.telling import history


@click.command(short_help="Tell what a run did.")
@click.argument("run", required=False)
@click.pass_obj
def report(given: Given, run: str | None) -> int:
    """Tell what a run did, and what became of each change; without RUN, list the runs.

    It asks the journal only, and not the site.
    """
    settings, _ = read_settings(given.file)
    if not settings.journal.exists():
        click.echo(f"No runs yet: {settings.journal} isn't there.")
        return Exit.WRONG if run else Exit.FINE
    with Journal.open(settings.journal, settings.site) as journal:
        echo(history.run_lines(journal.run(run), settings.zone) if run else history.run_list(journal.runs()))
    return Exit.FINE
