"""`moodle-sync doctor` and `moodle-sync validate`: what can be wrong before anything is planned."""

import click

from moodle_sync import doctor as doctoring
from moodle_sync.commands.shell import Given, complain, echo, opened, read_all, reading
from moodle_sync.config import read_settings
from moodle_sync.errors import Exit, InputRefused


@click.command(short_help="Check all files, without the network.")
@click.pass_obj
def validate(given: Given) -> int:
    """Check all files, without the network: the configuration, the curriculum, the file of people."""
    state = read_all(given.file).state
    click.echo(f"No mistakes. Courses: {len(state.courses)}, people: {len(state.people)}, groups: {len(state.groups)}.")
    return Exit.FINE
