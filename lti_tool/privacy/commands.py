"""`lti-tool person`: what is kept of somebody who asks, a copy of it, and its end."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from flask import current_app
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError

from lti_tool.database import DEADLOCK, db
from lti_tool.i18n import languages_of
from lti_tool.lti.tables import PersonRow
from lti_tool.personal import Whose
from lti_tool.privacy import copies, erasing, finding, traces
from lti_tool.privacy.catalogue import EVERYTHING
from lti_tool.privacy.finding import Candidate
from lti_tool.shell import opened, plainly, printed

WHO = click.argument("who")
SITE = click.option("--site", metavar="ISSUER", help="Only people of this site, as `platforms list` shows it.")
NOTHING_CHANGED = "Nothing was changed: others wrote at the same time. Do it again."
TEXTS_STAY = "The texts of their posts and replies stay; to delete them too, use --texts."
TEXTS_GO = "The texts of their posts, replies, offers and translations are deleted too."
AFTERWARDS = """What isn't here and so isn't erased: Moodle's own data, with the grades; mails that were sent; text that
waits unsent in their browser; backups of the database; logs of web servers. While Moodle lists them in a course, its
list of participants brings their name back: take them out of the course first, or erase them again. Whoever opens an
activity again is somebody new here, without a past."""


@click.group()
def person() -> None:
    """Answer somebody who asks what is kept of them: a copy, or its end.

    WHO is the number that Moodle gives the account (`id` in the address of their profile), an address, or a name. Where
    several fit, or none does exactly, they are listed and nothing is done: name one of them by number and site.
    """


@person.command()
@WHO
@SITE
@plainly
def find(who: str, site: str | None) -> None:
    """List the people who may be meant.

    A line has five fields, separated by tabs: the account's number in Moodle, site, names, addresses, and `came`, or
    `listed` of somebody whom only a course's list of participants names.
    """
    with opened():
        found = finding.look_for(who, site)
        for one in found:
            click.echo(_line(one))
    if not found:
        raise click.ClickException(_nobody(who))


@person.command()
@WHO
@SITE
@click.option("--to", "path", type=click.Path(path_type=Path), help="The file; `person.zip` if left out.")
@plainly
def export(who: str, site: str | None, path: Path | None) -> None:
    """Write all that is kept of a person into a file that only you can read.

    It has their own words and files, what was said to them, and no words of others. It holds marks, which Moodle may
    still hide from them.
    """
    with opened():
        one = _chosen(who, site)
        target = path or Path("person.zip")
        with _new_file(target) as file, force_locale(_language(one.whose)):
            copies.write(one.whose, file)
    click.echo(f"Written: {target}, for {_named(one)}. Only you can read it; send it to nobody but them.")


@person.command()
@WHO
@SITE
@click.option("--texts", is_flag=True, help="Delete what they wrote in the community too.")
@click.option("--yes", is_flag=True, help="Don't ask. WHO must then be the account's number, and --site its site.")
@plainly
def erase(who: str, site: str | None, *, texts: bool, yes: bool) -> None:
    """Erase a person: first it shows what goes and what stays, and asks.

    Name, address, visits, mails, files and what they did alone go. A group's work and the community's conversations
    stay whole, by "a former member". Scores that are on their way to Moodle for them aren't sent any more.
    """
    with opened():
        one = _exactly(who, site) if yes else _chosen(who, site)
        click.echo(f"{_named(one)}:")
        with force_locale("en"):
            for line in _fates(one.whose, with_texts=texts):
                click.echo(line)
        click.echo(f"{TEXTS_GO if texts else TEXTS_STAY}\n\n{AFTERWARDS}\n")
        if not yes:
            click.confirm("Erase this person? Nobody can undo it", abort=True)
        _erase(one.whose, with_texts=texts)
        click.echo("Erased.")
        for table, number in traces.count([*one.names, *one.addresses]).items():
            click.echo(f"Their name or address still stands in what was written: {table}, {number} times. Look at it.")


def _erase(whose: Whose, *, with_texts: bool) -> None:
    try:
        erasing.erase(whose, with_texts=with_texts)
        db.session.commit()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != DEADLOCK:
            raise
        raise click.ClickException(NOTHING_CHANGED) from error


def _fates(whose: Whose, *, with_texts: bool) -> Iterator[str]:
    """Go through what is kept, how often, and what becomes of it."""
    for kept in EVERYTHING:
        if number := len(kept.find(whose)):
            yield f"  {number:>5}  {kept.title}. {kept.fate}"


def _exactly(who: str, site: str | None) -> Candidate:
    one = finding.by_account(site, who) if site else None
    if site is None:
        message = "--yes erases without a question: name the person by --site and the account's number."
        raise click.UsageError(message)
    if one is None:
        raise click.ClickException(_nobody(who))
    return one


def _chosen(who: str, site: str | None) -> Candidate:
    """Give the one person who is called so.

    Raises:
        ClickException: there is none, or there are several; nothing is done.
    """
    found = finding.look_for(who, site)
    if len(found) == 1 and found[0].is_called(who):
        return found[0]
    if not found:
        raise click.ClickException(_nobody(who))
    lines = ["Nothing was done. Name one of these by number and --site:", *map(_line, found)]
    raise click.ClickException("\n".join(lines))


def _nobody(who: str) -> str:
    return f"Nobody is known here as {printed(who)}: either they never were, or they are erased."


def _line(one: Candidate) -> str:
    fields: Sequence[str] = (
        one.whose.sub,
        one.issuer,
        ", ".join(one.names) or "-",
        ", ".join(one.addresses) or "-",
        "came" if one.whose.person_id else "listed",
    )
    return "\t".join(printed(field) for field in fields)


def _named(one: Candidate) -> str:
    return printed(f"{', '.join(one.names) or 'somebody without a name'} (number {one.whose.sub} at {one.issuer})")


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that nobody else reads, and that wasn't there before."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = f"{path} can't be written: {error.strerror}. Name another by --to."
        raise click.ClickException(message) from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
    except BaseException:
        path.unlink()
        raise


def _language(whose: Whose) -> str:
    """Give the language that a person reads, as far as it is spoken here."""
    row = db.session.get(PersonRow, whose.person_id)
    return languages_of(current_app).match(row.language or row.locale if row else None)
