"""`moodle-sync`: everything that an administrator does from a shell.

Exit codes: 0 fine, 1 error, 4 not allowed, 8 Moodle can't be reached, 64 wrong usage.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from moodle_sync import doctor as doctoring
from moodle_sync import report
from moodle_sync.apply import Applying
from moodle_sync.client import Client, over_http
from moodle_sync.config import Settings, read_settings
from moodle_sync.credentials import read_token
from moodle_sync.desired import Input, read_input
from moodle_sync.errors import FINE, USAGE, WRONG, InputRefused, SyncError
from moodle_sync.functions import FUNCTIONS
from moodle_sync.journal import Journal
from moodle_sync.observed import Known, Observed, observe
from moodle_sync.plan import Plan, plan
from moodle_sync.reading import read
from moodle_sync.resume import settle

CONFIGURATION = "moodle-sync.toml"


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works with: what is wanted, and the way to the site."""

    input: Input
    client: Client

    def observe(self) -> Observed:
        """Read the site."""
        settings, desired = self.input.settings, self.input.state
        known = Known(roles=settings.roles, protected=frozenset(settings.protected))
        return observe(read(self.client, desired), desired, known)


@click.group()
@click.option(
    "--config",
    "file",
    default=CONFIGURATION,
    show_default=True,
    type=click.Path(path_type=Path),
    help="The configuration.",
)
@click.pass_context
def commands(context: click.Context, file: Path) -> None:
    """Put courses and people into a Moodle site, as the curriculum and a file of people say.

    The token comes from MOODLE_TOKEN, or from the token_file that the configuration names.
    """
    context.obj = file


@commands.command(short_help="Say what is missing on the site.")
@click.pass_obj
def doctor(file: Path) -> int:
    """Say what is missing on the site, and where to click; list the functions that are needed."""
    settings, problems = read_settings(file)
    if problems:
        raise InputRefused(problems)
    click.echo("Functions that the external service needs:")
    _echo(f"  {function.name}" for function in FUNCTIONS)
    findings = list(doctoring.examine(_client(settings)))
    _echo(finding.text for finding in findings)
    return WRONG if any(finding.wrong for finding in findings) else FINE


@commands.command(short_help="Check all files, without the network.")
@click.pass_obj
def validate(file: Path) -> int:
    """Check all files, without the network: the configuration, the curriculum, the file of people."""
    given = _input(file)
    state = given.state
    click.echo(f"No mistakes. Courses: {len(state.courses)}, people: {len(state.people)}, groups: {len(state.groups)}.")
    return FINE


@commands.command(name="plan", short_help="Show what apply would do.")
@click.pass_obj
def show_plan(file: Path) -> int:
    """Show what apply would do; change nothing."""
    session = _open(file)
    planned = plan(session.input.state, session.observe())
    _echo(report.plan_lines(planned, session.input.settings.new_accounts))
    return _left_alone(planned)


@commands.command(short_help="Do what plan shows.")
@click.pass_obj
def apply(file: Path) -> int:
    """Do what plan shows, and read the site again to see that it is so."""
    session = _open(file)
    observed = session.observe()
    planned = plan(session.input.state, observed)
    _echo(report.plan_lines(planned, session.input.settings.new_accounts))
    code = _perform(session, planned, observed) if planned.actions else FINE
    return max(code, _left_alone(planned))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, and turn whatever stops it into one line and an exit code."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return int(commands.main(arguments, prog_name="moodle-sync", standalone_mode=False))
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.Abort:
        return WRONG
    except InputRefused as refused:
        count = len(refused.problems)
        _complain(
            [*map(str, refused.problems), f"{count} {'mistake' if count == 1 else 'mistakes'}; nothing was sent."]
        )
        return refused.exit_code
    except SyncError as error:
        _complain([f"Error: {error}"])
        return error.exit_code


def _input(file: Path) -> Input:
    directory = os.environ.get("CONTENT_DIR")
    given = read_input(file, Path(directory) if directory else None, datetime.now(UTC))
    _complain(given.warnings)
    return given


def _client(settings: Settings) -> Client:
    return Client(settings.site, read_token(settings.token_file, os.environ), over_http(settings.site))


def _open(file: Path) -> Session:
    given = _input(file)
    return Session(given, _client(given.settings))


def _perform(session: Session, planned: Plan, observed: Observed) -> int:
    """Apply a plan; what was done is told also when something stops it halfway."""
    given = session.input
    file = given.settings.people.parent / "moodle-sync.sqlite"
    with Journal.open(file, given.settings.site) as journal, journal.lock():
        settle(journal, session.client, observed.ids)
        run = journal.begin(planned.actions, rows=len(given.state.people))
        applying = Applying(session.client, run, observed.ids, given.settings.new_accounts)
        try:
            applying.run(planned.actions)
            run.finish()
        finally:
            click.echo(f"Done: {report.amounts(applying.outcome.done)}.")
            _complain(map(report.failure_line, applying.outcome.failed))
    later = set(plan(given.state, session.observe()).actions)
    lost = [action for action in applying.outcome.done if action in later]
    _complain(f"{report.line(action)}: Moodle said that it was done, but it isn't there" for action in lost)
    click.echo(f"Requests: {session.client.reads} that read, {session.client.writes} that wrote.")
    return WRONG if applying.outcome.failed or lost else FINE


def _left_alone(planned: Plan) -> int:
    _complain(f"Left alone: {report.conflict_line(conflict)}" for conflict in planned.conflicts)
    return WRONG if planned.conflicts else FINE


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
