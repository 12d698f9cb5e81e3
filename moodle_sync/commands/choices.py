"""The options that say what a plan may do, and how they are checked."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypedDict, TypeVar

import click

from moodle_sync.planning.plan import Options
from moodle_sync.session.plan_file import Allowed
from moodle_sync.session.session import Session, first_second

F = TypeVar("F", bound=Callable[..., Any])

TARGET: Final = re.compile(r"(course|person|cohort):(.+)")


class Choices(TypedDict):
    """What was chosen on the command line."""

    target: tuple[str, ...]
    unenrol: bool
    assert_dates: bool
    assert_fields: bool
    removals: int | None
    max_mails: int | None


def choosing(command: F) -> F:
    """Give a command the options of a plan."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


OPTIONS: Final = (
    click.option(
        "--target",
        metavar="KIND:KEY",
        multiple=True,
        help="Only this: course:IDNUMBER, person:USERNAME or cohort:IDNUMBER. May be repeated.",
    ),
    click.option(
        "--unenrol",
        is_flag=True,
        help="Unenrol whom the source no longer names, instead of suspending them. Moodle forgets their grades.",
    ),
    click.option(
        "--assert-dates",
        is_flag=True,
        help="Write the source's dates also where nobody knows which ones Moodle has. Moodle may mail.",
    ),
    click.option(
        "--assert-fields",
        is_flag=True,
        help="Write again what Moodle kept as something else than was written.",
    ),
    click.option(
        "--removals",
        metavar="N",
        type=click.IntRange(0),
        help="Let a guard pass that stops too many removals: exactly so many may happen.",
    ),
    click.option("--max-mails", metavar="N", type=click.IntRange(0), help="Stop where Moodle may send more mails."),
)


def chosen(session: Session, choices: Choices) -> tuple[Options, Allowed]:
    """Read the choices; UsageError where there is no such target."""
    for target in choices["target"]:
        _check(target, session)
    made = Options(
        today=first_second(session.settings, datetime.now(UTC)),
        unenrol=choices["unenrol"],
        assert_dates=choices["assert_dates"],
        assert_fields=choices["assert_fields"],
        file_wins=session.settings.file_wins,
        zone=session.settings.timezone,
        targets=frozenset(choices["target"]),
    )
    return made, Allowed(removals=choices["removals"], mails=choices["max_mails"])


def refuse_choices(choices: Choices, file: Path) -> None:
    """Refuse choices beside a plan's file, which holds its own; those for guards may be given again."""
    given = [name for name in ("target", "unenrol", "assert_dates", "assert_fields") if choices[name]]
    if given:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        message = f"{file} says already what is to be done: leave out {names}"
        raise click.UsageError(message)


def _check(target: str, session: Session) -> None:
    found = TARGET.fullmatch(target)
    if not found:
        message = f"--target {target}: must be course:IDNUMBER, person:USERNAME or cohort:IDNUMBER"
        raise click.UsageError(message)
    kind, key = found.groups()
    if key not in session.keys()[kind]:
        message = f"--target {target}: neither the source nor the journal knows such a {kind}"
        raise click.UsageError(message)
