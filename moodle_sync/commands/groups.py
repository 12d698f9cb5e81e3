"""`moodle-sync groups`."""

import click

from moodle_sync.commands.shell import Given, complain, echo, reading, watched
from moodle_sync.config import read_settings
from moodle_sync.errors import Exit, InputRefused
from moodle_sync.site.groups import read_groups
from moodle_sync.telling.groups import group_lines, groups_text
from moodle_sync.telling.report import conflict_line


@click.command(name="groups", short_help="List the groups of the courses.")
@click.option("--json", "as_json", is_flag=True, help="Print them as the JSON that `lti-tool groups name` reads.")
@click.pass_obj
def show_groups(given: Given, *, as_json: bool) -> int:
    """List the groups of the configuration's courses as Moodle has them; change nothing.

    Moodle tells a tool the numbers of groups and not their names. `moodle-sync groups --json > groups.json` writes
    both, and `lti-tool groups name groups.json` reads them. It takes none of the files but the configuration, and of
    the rights those to see the courses and moodle/course:managegroups.

    Exits with 1 where a course was left out.
    """
    settings, problems = read_settings(given.file)
    if problems:
        raise InputRefused(problems)
    client = watched(settings)
    with reading(client):
        found = read_groups(client, {course.idnumber: course for course in settings.places})
    if as_json:
        click.echo(groups_text(found), nl=False)
    else:
        echo(group_lines(found))
    complain(map(conflict_line, found.conflicts))
    return Exit.WRONG if found.conflicts else Exit.FINE
