"""Sends what a line of a table says, as anybody, and tells what is wrong with what comes back."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, TypeAlias

from sqlalchemy import make_url, select
from sqlalchemy.dialects import sqlite
from werkzeug.test import TestResponse

from lti_tool.database import Base
from tests.lti_tool.community.matrix.cells import ALL, THROUGH, Line, expected, is_through
from tests.lti_tool.community.matrix.people import INSIDERS
from tests.lti_tool.community.matrix.world import HIDING, LOCKING, REPORTING, World, word
from tests.lti_tool.community.talking import new_id
from tests.lti_tool.databases import Snapshot
from tests.lti_tool.entering import Client

Rows: TypeAlias = list[dict[str, Any]]
STATEMENTS = {table.name: str(select(table).compile(dialect=sqlite.dialect())) for table in Base.metadata.sorted_tables}
COMMUNITY = 1
"""The number of the one that everything was written in, since it was made first."""
POSTS = {"up": ALL, "hidden": "AT", "deleted": "", "nameless": ALL, "locked": ALL}
READERS: Mapping[str, Mapping[str, str]] = {
    "posts": POSTS,
    "files": {**POSTS, "buried": ALL},
    "replies": {**POSTS, "buried": ALL},
    "translations": {**POSTS, "buried": "AT"},
    "offers": {**POSTS, "hidden": "PT", "buried": "APT"},
    "outcomes": {"up": ALL, "hidden": "AT", "nameless": ALL, "locked": ALL, "buried": "AT"},
    "meetings": {**POSTS, "hidden": ""},
}
"""Who reads what, in which state; what is told of a meeting goes with the post that it is about."""
WORDS = {word(sort, state): who for sort, states in READERS.items() for state, who in states.items()}
SAID = {HIDING: "APT", LOCKING: ALL, REPORTING: "T"}
SECRETS: Mapping[str, str] = {**WORDS, **SAID}
"""Who gets to read which words."""
ADDRESSES = {launch["sub"]: f"{launch['sub']}@mail.example.org" for launch in INSIDERS.values()}
"""Everybody reads their own."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks for what."""

    line: Line
    state: str
    who: str
    client: Client
    letter: str = ""
    """Whose rights they have; empty for those who have none."""
    sub: str = ""

    def __str__(self) -> str:
        """Name it in a test's report."""
        return f"{self.line.name} [{self.state}] by {self.who}"


class Database:
    """The rows of an SQLite file, to see whether anything was written, and to bring them back."""

    def __init__(self, url: str) -> None:
        self._snapshot = Snapshot(url)
        self._file = sqlite3.connect(str(make_url(url).database))
        self._file.row_factory = sqlite3.Row
        self._version, self.rows = self._look(), self._read()

    def changed(self, *, here: bool = False) -> Sequence[str]:
        """Name the tables in which something else stands than at the beginning, and bring that back.

        Of what others wrote in communities of their own nothing is said with `here`.
        """
        if self._look() == self._version:
            return []
        before, now = self.rows, self._read()
        names = [name for name in now if _seen(now[name], here=here) != _seen(before[name], here=here)]
        self._snapshot.restore()
        self._version = self._look()
        return names

    def _look(self) -> int:
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def _read(self) -> Mapping[str, Rows]:
        return {name: [dict(row) for row in self._file.execute(statement)] for name, statement in STATEMENTS.items()}


def _seen(rows: Rows, *, here: bool) -> Rows:
    return [row for row in rows if row.get("community_id") == COMMUNITY] if here else rows


def ask(world: World, asked: Asked, form: Mapping[str, str]) -> TestResponse:
    """Send it, with the form's place-holders filled in."""
    line, said = asked.line, placeholders(world, asked.line, asked.state)
    [rule] = [rule for rule in world.app.url_map.iter_rules(line.endpoint) if line.method in (rule.methods or ())]
    names = rule.arguments - {"launch_id", "sort"} - set(line.more)
    values = {
        **dict.fromkeys(names, said.get("id")),
        "sort": line.about,
        **line.more,
        "launch_id": asked.client.launch_id,
    }
    wanted = {name: value for name, value in values.items() if name in rule.arguments}
    path = world.app.url_map.bind("tool.example.org").build(line.endpoint, wanted, line.method)
    _, _, place = path.partition(asked.client.launch_id + "/")
    if line.method == "GET":
        return asked.client.get(f"{place}?{line.query.format(**said)}")
    return asked.client.post(place, **{name: value.format(**said) for name, value in form.items()})


def placeholders(world: World, line: Line, state: str) -> Mapping[str, str]:
    """Give what stands for `{id}` and the like."""
    soon = (world.ticker() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    said = {"new": new_id(), "version": "1", "soon": soon, **world.numbers}
    if line.about is None:
        return said
    target = world.target(line.about, state)
    return {**said, "id": target.id, "elsewhere": target.elsewhere, "reply": target.reply}


def told(asked: Asked, answer: TestResponse) -> Iterator[str]:
    """Name the words in an answer that are not for whoever has it."""
    text = f"{answer.headers}\n{answer.data.decode(errors='replace')}"
    kept = [secret for secret, who in SECRETS.items() if not asked.letter or asked.letter not in who]
    kept += [address for sub, address in ADDRESSES.items() if sub != asked.sub]
    yield from (f"{asked}: tells {secret}" for secret in kept if secret in text)


def insiders_faults(world: World, database: Database, asked: Asked) -> Iterator[str]:
    """Tell what is wrong with what a member of the community gets."""
    line, right = asked.line, expected(asked.line.cells[asked.state], asked.letter)
    answer = ask(world, asked, line.form)
    got = THROUGH if is_through(answer.status_code) else answer.status_code
    if got != right:
        yield f"{asked}: {got}, not {right}"
    yield from told(asked, answer)
    if line.shows and right == THROUGH and is_to_show(asked) and word(str(line.about), asked.state) not in answer.text:
        yield f"{asked}: does not show it"
    changed = database.changed()
    if right != THROUGH and changed:
        yield f"{asked}: refused, and changed {changed}"


def is_to_show(asked: Asked) -> bool:
    """Tell whether the words of what is asked for are for whoever asks: of what is hidden only its place is shown."""
    return asked.letter in READERS[str(asked.line.about)][asked.state]


def empty_forms_faults(world: World, database: Database, asked: Asked) -> Iterator[str]:
    """Tell what is wrong where a form comes with nothing in it: what is missing is asked of nobody else."""
    answer = ask(world, asked, {})
    is_refused = asked.letter == "" or expected(asked.line.cells[asked.state], asked.letter) != THROUGH
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or (is_refused and is_through(answer.status_code)):
        yield f"{asked}, with an empty form: {answer.status_code}"
    yield from told(asked, answer)
    if (changed := database.changed()) and is_refused:
        yield f"{asked}, with an empty form: refused, and changed {changed}"


def outsiders_faults(world: World, database: Database, asked: Asked, right: int) -> Iterator[str]:
    """Tell what is wrong with what somebody outside gets: no word of it, and nothing of it changes.

    What is about nothing is of their own community, if they have any; what isn't there for members isn't for guests.
    """
    answer = ask(world, asked, asked.line.form)
    fits = {right, HTTPStatus.NOT_FOUND} if asked.line.is_elsewhere else {right}
    is_own = asked.line.is_theirs or (asked.line.about is None and right == HTTPStatus.NOT_FOUND)
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or (answer.status_code not in fits and not is_own):
        yield f"{asked}: {answer.status_code}, not {right}"
    yield from told(asked, answer)
    yield from (f"{asked}: changed {name}" for name in database.changed(here=is_own))


def twins_faults(world: World, database: Database, asked: Asked) -> Iterator[str]:
    """Tell what is wrong with what somebody gets who has other things under the same ids."""
    answer = ask(world, asked, asked.line.form)
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield f"{asked}: {answer.status_code}"
    yield from told(asked, answer)
    yield from (f"{asked}: changed {name}" for name in database.changed(here=True))
