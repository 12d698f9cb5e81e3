"""`moodle-sync doctor` and `moodle-sync validate`: what can be wrong before anything is planned."""

import click

from moodle_sync.commands.shell import Given, Patient, echo, opened_anyway, read_all, reading
from moodle_sync.config import read_settings
from moodle_sync.doctor import doctor as doctoring
from moodle_sync.errors import Exit, InputRefused, NotAllowed
from moodle_sync.multilang import told
from moodle_sync.tables import CourseTable
from moodle_sync.things.course import COURSES
from moodle_sync.things.group import GROUPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.functions import COPYING, FILLING, FUNCTIONS, OPTIONAL


@click.command(short_help="Check all files, without the network.")
@click.pass_obj
def validate(given: Given) -> int:
    """Check all files, without the network: the configuration, the curriculum, the file of people.

    Units and exercises are looked at here alone: a mistake in them keeps nobody from being enrolled. Runs of a series
    are listed as the courses that they are.
    """
    read = read_all(given, whole=True)
    state = read.state
    echo(_run(table, state[COURSES][table.idnumber].fullname) for table in read.settings.runs)
    click.echo(
        f"No mistakes. Courses: {len(state[COURSES])}, people: {len(state[PEOPLE])}, groups: {len(state[GROUPS])}."
    )
    return Exit.FINE


def _run(table: CourseTable, fullname: str) -> str:
    starts, ends = (f" {word} {day}" if day else "" for word, day in (("from", table.starts), ("until", table.ends)))
    return f'{table.idnumber}: "{told(fullname)}" ({table.shortname}) in {table.category}{starts}{ends}'


@click.command(short_help="Say what is missing on the site.")
@click.pass_obj
def doctor(given: Given) -> int:
    """List the functions that are needed; then say what is missing on the site, and where to click.

    Each finding is a line that begins with ok, with !! where something must be mended, or with -- where it is only
    good to know. Nothing is changed.
    """
    settings, problems = read_settings(given.file)
    if problems:
        raise InputRefused(problems)
    # Before a token is asked for: whoever has none yet needs the list to make one.
    copying = COPYING if any(course.template for course in settings.courses) else ()
    needed = (*FUNCTIONS, *copying, *(FILLING if any(course.fill for course in settings.courses) else ()))
    echo(["Functions that the external service needs:", *(function.name for function in needed)])
    echo(["Functions that it may lack, for a check each:", *(function.name for function in OPTIONAL), ""])
    with opened_anyway(given, settings) as patient:
        return _print(patient)


def _print(patient: Patient) -> Exit:
    """Print findings as they come; what stops it is the last one."""
    code = Exit.FINE
    try:
        with reading(patient.client):
            for finding in doctoring.examine(patient.client, patient.file, patient.session, patient.journal):
                echo([str(finding)])
                code = Exit.WRONG if finding.mark is doctoring.Mark.WRONG else code
    except NotAllowed as error:
        echo([f"{doctoring.Mark.WRONG}  {error}", f"{doctoring.Mark.WRONG}  {doctoring.advice(error)}"])
        return error.exit_code
    return code
