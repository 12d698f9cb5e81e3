"""`moodle-sync`: everything that an administrator does from a shell; the exit codes are in `errors.Exit`."""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from moodle_sync import logs
from moodle_sync.commands.applying import apply, resume
from moodle_sync.commands.checking import doctor, validate
from moodle_sync.commands.drifting import show_drift
from moodle_sync.commands.exporting import write_export
from moodle_sync.commands.groups import show_groups
from moodle_sync.commands.planning import show_plan
from moodle_sync.commands.shell import Given, complain
from moodle_sync.commands.telling import report
from moodle_sync.commands.undoing import undo
from moodle_sync.errors import Exit, InputRefused, SyncError
from moodle_sync.readings import is_encoding

CONFIGURATION = "moodle-sync.toml"
DOCTOR = "`moodle-sync doctor` says what is missing, and where to click."


def _known(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    """Give an encoding that is there."""
    if name is not None and not is_encoding(name):
        message = f"{name} isn't an encoding's name, such as cp1253"
        raise click.BadParameter(message)
    return name


@click.group(
    epilog="Exit codes: 0 fine; 1 error; 2 the plan has changes, or there is drift (with --detailed-exitcode); 3 "
    "partly done; 4 not allowed; 5 a guard stopped it; 6 nobody knows what became of a request; 7 the plan is stale; 8 "
    "Moodle can't be reached; 64 wrong usage; 130 interrupted."
)
@click.option(
    "--config",
    "file",
    default=CONFIGURATION,
    show_default=True,
    type=click.Path(path_type=Path),
    help="The configuration.",
)
@click.option(
    "--encoding",
    metavar="NAME",
    callback=_known,
    help="What the file of people is written in, where that isn't UTF-8, such as cp1253.",
)
@click.option(
    "--log",
    envvar=logs.VARIABLE,
    show_envvar=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Add a line of JSON for each request to a file. It names nobody.",
)
@click.pass_context
def commands(context: click.Context, file: Path, encoding: str | None, log: Path | None) -> None:
    """Put courses and people into a Moodle site, as the curriculum and a file of people say.

    The token comes from MOODLE_TOKEN, or from the token_file that the configuration names.
    """
    context.obj = Given(file, encoding)
    context.with_resource(logs.written(log, logs.new_run(datetime.now(UTC))))
    logs.log.info("started", extra={"command": context.invoked_subcommand})


@commands.result_callback()
def ended(code: int, **_options: object) -> int:
    """Tell the log how a command ended."""
    logs.log.info("ended", extra={"exit_code": int(code)})
    return code


for command in (apply, doctor, show_drift, show_groups, show_plan, report, resume, undo, validate, write_export):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, and turn whatever stops it into one line and an exit code."""
    gc.disable()  # a third of a large plan's time went into looking for cycles, and nothing here leaves many behind
    code = _run(arguments)
    if code == Exit.INTERRUPTED:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> NoReturn:
    """End at once: threads may still wait for what Moodle was asked, and the interpreter would wait for them."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return int(commands.main(arguments, prog_name="moodle-sync", standalone_mode=False))
    except click.UsageError as error:
        error.show()
        return Exit.USAGE
    except click.Abort:
        return Exit.INTERRUPTED
    except InputRefused as refused:
        count = len(refused.problems)
        lines = [line for problem in refused.problems for line in str(problem).splitlines()]
        complain([*refused.warnings, *lines, f"{count} {'mistake' if count == 1 else 'mistakes'}; nothing was sent."])
        return refused.exit_code
    except SyncError as error:
        advice = [DOCTOR] if error.exit_code is Exit.NOT_ALLOWED else []
        complain([*f"Error: {error}".splitlines(), *getattr(error, "__notes__", ()), *advice])
        return error.exit_code
