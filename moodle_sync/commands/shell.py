"""What every command shares: what it is given, how it prints, and how it opens the site."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from moodle_sync.config import only_site, read_access
from moodle_sync.credentials import read_token
from moodle_sync.errors import InputRefused
from moodle_sync.journal.journal import Journal
from moodle_sync.session.session import Session, open_session, read_files
from moodle_sync.session.undo import open_undo
from moodle_sync.settings import Access, Settings
from moodle_sync.source.desired import Input
from moodle_sync.telling import progress
from moodle_sync.telling.report import printed
from moodle_sync.webservice.client import over_http
from moodle_sync.webservice.watched import Called, WatchedClient


@dataclass(frozen=True, slots=True)
class Given:
    """What stands before the command's name."""

    file: Path
    """The configuration."""
    encoding: str | None = None
    """What the file of people is written in, where that is said here."""


def echo(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        click.echo(printed(line))


def complain(lines: Iterable[str]) -> None:
    """Print lines where errors belong."""
    for line in lines:
        click.echo(printed(line), err=True)


def _wait(seconds: float) -> None:
    """Wait before a question is asked again, and say so where it takes a while."""
    if seconds >= 1:
        complain([f"No answer yet: asking again in {seconds:.0f} s."])
    time.sleep(seconds)


def read_all(given: Given, *, whole: bool = False) -> Input:
    """Read the files, and print what was odd about them."""
    read = read_files(given.file, given.encoding, whole=whole)
    complain(read.warnings)
    return read


def on_a_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty()


@contextmanager
def opened(given: Input, *, to_write: bool) -> Iterator[tuple[Session, WatchedClient]]:
    """Open the site with a client that can be watched."""
    make = _Making()
    with open_session(given, to_write=to_write, make=make) as session:
        yield session, make.client


@contextmanager
def opened_to_undo(given: Given, run: str) -> Iterator[tuple[Session, WatchedClient]]:
    """Open the site to take a run back, with a client that can be watched; the source isn't read."""
    make = _Making()
    with open_undo(given.file, run, make) as session:
        yield session, make.client


class _Making:
    """Makes a client that can be watched, and keeps it."""

    client: WatchedClient

    def __call__(self, site: str, token: str) -> WatchedClient:
        self.client = WatchedClient(site, token, over_http(site), _wait)
        return self.client


def access_to(given: Given, site: str | None = None) -> Access:
    """Read how to reach the site: one that is named here needs no configuration, and gets no token of one."""
    return read_access(given.file) if site is None else only_site(site)


def watched(settings: Access) -> WatchedClient:
    """Give a client for a command that needs neither the source nor the journal."""
    return WatchedClient(settings.site, read_token(settings.token_file, os.environ), over_http(settings.site), _wait)


@dataclass(frozen=True, slots=True)
class Patient:
    """What the doctor examines; without a session the source has mistakes."""

    client: WatchedClient
    file: Path
    """Where the journal is or will be."""
    session: Session | None
    journal: Journal | None


@contextmanager
def opened_anyway(given: Given, settings: Settings) -> Iterator[Patient]:
    """Open the site, and what else can be opened: a source with mistakes is only said so."""
    client = watched(settings)
    with ExitStack() as stack:
        journal = None
        if settings.journal.exists():
            journal = stack.enter_context(Journal.open(settings.journal, settings.site))
        try:
            session = Session(read_all(given), client, journal)
        except InputRefused:
            session = None
        yield Patient(client, settings.journal, session, journal)


@contextmanager
def reading(client: WatchedClient) -> Iterator[None]:
    """Show on a terminal that the site is being read."""
    with progress.uncounted("Reading Moodle") as advance:
        before, client.listener = client.listener, _each(advance)
        try:
            yield
        finally:
            client.listener = before


def _each(advance: Callable[[int], None]) -> Callable[[Called], None]:
    return lambda _called: advance(1)
