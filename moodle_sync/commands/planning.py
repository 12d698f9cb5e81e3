"""`moodle-sync plan`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

import click

from moodle_sync.commands.choices import Choices, choosing, chosen
from moodle_sync.commands.shell import Given, complain, echo, opened, read_all, reading
from moodle_sync.errors import Exit
from moodle_sync.session import plan_file
from moodle_sync.session.plan import Planned, as_file, plan
from moodle_sync.telling import history, report


@click.command(name="plan", short_help="Show what apply would do.")
@choosing
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the plan into a file that `apply` takes. It names people: only its owner can read it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON, and nothing else.")
@click.option("--each", is_flag=True, help="Tell each thing left alone or worth a look in a line of its own.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there is something to do.")
@click.pass_obj
def show_plan(
    given: Given,
    *,
    output: Path | None,
    as_json: bool,
    each: bool,
    detailed_exitcode: bool,
    **choices: Unpack[Choices],
) -> int:
    """Show what apply would do; change nothing.

    Exits with 0 where nothing stands in the way, 1 where something is left alone, 5 where a guard would stop it. With
    --detailed-exitcode, 2 says that there is something to do, whether or not something else is left alone.
    """
    files = read_all(given)
    with opened(files, to_write=False) as (session, client):
        options, allowed = chosen(session, choices)
        with reading(client):
            planned = plan(session, options, allowed)
        file = as_file(session, planned, datetime.now(UTC))
        unfinished = session.unfinished()
    if as_json:
        click.echo(plan_file.text(file), nl=False)
    else:
        echo(report.plan_lines(planned.plan, planned.cost, session.settings.zone))
    if output:
        plan_file.save(file, output)
    complain([*remarks(planned, each=each), *history.unfinished_lines(unfinished)])
    return exit_code(planned, detailed=detailed_exitcode)


def remarks(planned: Planned, *, each: bool = False) -> Iterator[str]:
    """Say what is left alone, what deserves a look, and what stands in the way."""
    yield from report.finding_lines(planned.plan, each=each)
    yield from (f"Guard: {stop}" for stop in planned.stops)


def exit_code(planned: Planned, *, detailed: bool) -> Exit:
    """Decide what the exit code says: a guard before changes, and changes before what is left alone."""
    if planned.stops:
        return Exit.GUARDED
    if detailed and planned.plan.actions:
        return Exit.CHANGES
    return Exit.WRONG if planned.plan.conflicts else Exit.FINE
