"""`moodle-sync drift`."""

import click

from moodle_sync.commands.shell import Given, complain, echo, reading, watched
from moodle_sync.config import read_access
from moodle_sync.errors import Exit, JournalError
from moodle_sync.journal.journal import Journal
from moodle_sync.session.drift import Drifted, drift
from moodle_sync.settings import Access
from moodle_sync.telling import history
from moodle_sync.telling.drift import drift_lines, drift_text
from moodle_sync.telling.report import conflict_line, remark_line


@click.command(name="drift", short_help="Show what somebody changed in Moodle since the last apply.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, and nothing else.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there is drift.")
@click.pass_obj
def show_drift(given: Given, *, as_json: bool, detailed_exitcode: bool) -> int:
    """Show what somebody changed in Moodle since it was last applied, and change nothing.

    It compares the site with the journal: names and settings, sections, who is where with which role. Of the
    configuration it takes the site, the journal, the token_file, the timezone and who is protected, and neither the
    curriculum nor the file of people. Dates of enrolments are left out: Moodle tells nobody.

    Exits with 0 where all could be compared, 1 where something couldn't. With --detailed-exitcode, 2 says that there is
    drift.
    """
    access = read_access(given.file)
    client = watched(access)
    with _journal(access) as journal:
        with reading(client):
            drifted = drift(client, journal, access)
        unfinished = journal.unfinished()
    if as_json:
        click.echo(drift_text(access.site, drifted.found), nl=False)
    else:
        echo(drift_lines(drifted.found))
    complain(map(conflict_line, drifted.conflicts))
    complain([*map(remark_line, drifted.remarks), *history.unfinished_lines(unfinished)])
    return _exit_code(drifted, detailed=detailed_exitcode)


def _journal(access: Access) -> Journal:
    """Open the journal, which must be there."""
    if not access.journal.exists():
        message = f"{access.journal}: there is no journal, so nothing was applied from here that could have changed"
        raise JournalError(message)
    return Journal.open(access.journal, access.site)


def _exit_code(drifted: Drifted, *, detailed: bool) -> Exit:
    if detailed and drifted.found:
        return Exit.CHANGES
    return Exit.WRONG if drifted.conflicts else Exit.FINE
