"""`moodle-sync apply` and `moodle-sync resume`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Unpack

import click

from moodle_sync import logs
from moodle_sync.applying.interruption import Interruption
from moodle_sync.commands.choices import Choices, choosing, chosen, refuse_choices
from moodle_sync.commands.planning import remarks
from moodle_sync.commands.shell import (
    Given,
    complain,
    echo,
    on_a_terminal,
    opened,
    opened_to_undo,
    read_all,
    reading,
)
from moodle_sync.errors import Exit, SyncError
from moodle_sync.journal.records import Fate, Record
from moodle_sync.journal.runs import OpenRun
from moodle_sync.session import plan_file
from moodle_sync.session.afterwards import look_again
from moodle_sync.session.apply import begin, left_of, perform
from moodle_sync.session.plan import Planned, check_fresh, plan
from moodle_sync.session.plan_file import Allowed
from moodle_sync.session.session import Session
from moodle_sync.session.undo import taken_back
from moodle_sync.telling import history, progress, report
from moodle_sync.telling.afterwards import afterwards_lines
from moodle_sync.things.action import Action
from moodle_sync.webservice.watched import WatchedClient

ASKING = "This isn't a terminal where you could be asked: add --yes. Nothing was sent."
STOPPING = "Stopping as soon as the request under way has come to its end; press again to stop at once."


@click.command(short_help="Do what plan shows.")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@choosing
@click.option("--yes", is_flag=True, help="Don't ask; for scripts.")
@click.pass_obj
def apply(given: Given, *, file: Path | None, yes: bool, **choices: Unpack[Choices]) -> int:
    """Do what plan shows, and read the site again to see that it is so.

    FILE is a plan that `plan -o FILE` wrote. It is made again from the same source and the site as it is now, and
    refused with exit code 7 if it isn't the same any more.

    Exits with 0 where everything is as it should be, 1 where the answer is no, 3 where something was refused, left out
    or left alone.
    """
    if file:
        refuse_choices(choices, file)
    files = read_all(given)
    with opened(files, to_write=True) as (session, client):
        planned = _from_file(session, client, file, choices) if file else _fresh(session, client, choices)
        return show_and_do(session, client, planned, yes=yes)


@click.command(short_help="Go on with a run that was stopped.")
@click.pass_obj
def resume(given: Given) -> int:
    """Go on with a run that was stopped: find out what became of its last requests, and do what is left of its plan.

    Refused with exit code 7 if the source or the site has changed so that the rest isn't part of a plan any more.
    """
    with _opened_again(given) as (session, client):
        record = session.journal.unfinished()
        if record is None:
            click.echo("No run was stopped: there is nothing to go on with.")
            return Exit.FINE
        with reading(client):
            planned, actions = left_of(session, record)
        click.echo(f"Going on with run {record.id}.")
        echo(report.action_lines(actions, session.settings.zone))
        return _carry_out(session, client, planned, session.journal.reopen(record.id), actions)


def show_and_do(session: Session, client: WatchedClient, planned: Planned, *, yes: bool) -> Exit:
    """Show a plan, ask whether to do it, and do it."""
    echo(report.plan_lines(planned.plan, planned.cost, session.settings.zone))
    complain([*remarks(planned), *history.superseding_lines(session.unfinished())])
    if planned.stops:
        return Exit.GUARDED
    if not planned.plan.actions:
        perform(session, planned, begin(session, planned), (), lambda _more: None)
    elif not _agreed(yes=yes):
        return Exit.WRONG
    else:
        code = _carry_out(session, client, planned, begin(session, planned), planned.plan.actions)
        if code is not Exit.FINE:
            return code
    return Exit.PARTLY if planned.plan.conflicts else Exit.FINE


def _opened_again(given: Given) -> AbstractContextManager[tuple[Session, WatchedClient]]:
    """Open the site as the run that was stopped needs it: one that takes another back needs no source."""
    run = taken_back(given.file)
    return opened_to_undo(given, run) if run else opened(read_all(given), to_write=True)


def _fresh(session: Session, client: WatchedClient, choices: Choices) -> Planned:
    options, allowed = chosen(session, choices)
    with reading(client):
        return plan(session, options, allowed)


def _from_file(session: Session, client: WatchedClient, path: Path, choices: Choices) -> Planned:
    file = plan_file.load(path, session.settings.site)
    given = choices["removals"], choices["max_mails"]
    kept = file.allowed.removals, file.allowed.mails
    removals, mails = (here if here is not None else there for here, there in zip(given, kept, strict=True))
    with reading(client):
        planned = plan(session, file.options, Allowed(removals=removals, mails=mails))
    check_fresh(file, planned, session.settings.zone)
    return planned


def _agreed(*, yes: bool) -> bool:
    """Ask whether to do it; the answer is no unless it is yes."""
    if yes:
        return True
    if not on_a_terminal():
        raise click.UsageError(ASKING)
    agreed = click.confirm("Do this?", default=False, err=True)
    if not agreed:
        click.echo("Nothing was sent.")
    return agreed


def _carry_out(
    session: Session, client: WatchedClient, planned: Planned, run: OpenRun, actions: Sequence[Action]
) -> Exit:
    """Do actions; what was done is told also when something stops it halfway."""
    click.echo(f"Run {run.id}: {report.changes(len(actions))}.")
    logs.name_run(run.id)
    try:
        record = _perform(session, client, planned, run, actions)
    except SyncError as error:
        if session.journal.unfinished():
            error.add_note(history.GO_ON)
        else:  # a right was missing, and the run came to its end all the same
            complain(afterwards_lines(look_again(session, planned, run), run.id, session.settings.zone))
        raise
    found = look_again(session, planned, run)
    complain(afterwards_lines(found, run.id, session.settings.zone))
    click.echo(f"Requests: {client.reads} that read, {client.writes} that wrote.")
    return Exit.PARTLY if found.failures or history.given_up(record) else Exit.FINE


def _perform(
    session: Session, client: WatchedClient, planned: Planned, run: OpenRun, actions: Sequence[Action]
) -> Record:
    """Do actions, and tell what came of them, whatever stopped them."""
    try:
        with ExitStack() as shown:
            advance = shown.enter_context(progress.counted("Applying", len(actions)))
            with Interruption(lambda: complain([STOPPING]), lambda: _take_leave(shown)) as interruption:
                client.before = interruption.check
                perform(session, planned, run, actions, advance)
    finally:
        client.before = lambda: None
        record = session.journal.record(run)
        click.echo(f"Done: {report.amounts(item.action for item in record.of(Fate.DONE))}.")
        complain(history.given_up_lines(record, session.settings.zone))
    return record


def _take_leave(shown: ExitStack) -> None:
    """Say what can be said when the process ends in the midst of it, and leave the terminal as it was."""
    complain(["Stopped.", history.GO_ON])
    logs.log.info("ended", extra={"exit_code": int(Exit.INTERRUPTED)})
    shown.close()
