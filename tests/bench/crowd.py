"""People in groups at their canvases: each saves a note every five seconds, and all ask what is new every two."""

import asyncio
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from tests.bench.kept import Answer, Proxy

POLL, SAVE, BEAT = 2.0, 5.0, 20.0
"""Seconds between what each person does."""
JITTER = 0.15
WRITES_OF_A_NOTE = 3
"""How often a note is saved before its author begins the next."""
CONNECTIONS = 32
PART, FIELD = "matrix", "satisfier"


class Refused(Exception):
    """A request that was not done; it ends the measurement."""


Written = dict[str, tuple[str, float]]
"""By a note's id: its newest words, and when they were sent."""


@dataclass(slots=True)
class Tally:
    """What everybody waited for, in seconds."""

    saves: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    empty: int = 0
    """Polls that found nothing."""
    beats: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    """From when a change was sent until another member's page had it."""


@dataclass(slots=True)
class Person:
    """Somebody at a group's canvas."""

    path: str
    """Of their launch."""
    inside: str
    """The group's workspace."""
    headers: dict[str, str]
    cells: Sequence[str]
    written: Written
    """By the whole group."""
    random: Random
    mine: set[str] = field(default_factory=set)
    version: int = 0
    people: int = -1
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """All of them, until a moment."""

    proxy: Proxy
    tally: Tally
    until: float

    async def work(self, people: Sequence[Person]) -> None:
        """Let everybody work until the time is over, and see what the others wrote last."""
        async with asyncio.TaskGroup() as tasks:
            for person in people:
                saving = self._saves(person)
                tasks.create_task(self._every(POLL, person, partial(self._poll, person)))
                tasks.create_task(self._every(SAVE, person, saving))
                tasks.create_task(self._every(BEAT, person, partial(self._beat, person)))
        self.proxy.close()

    async def _every(self, seconds: float, person: Person, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await asyncio.sleep(person.random.uniform(0, seconds))
        while time.perf_counter() < self.until:
            began = time.perf_counter()
            await work()
            pause = seconds * person.random.uniform(1 - JITTER, 1 + JITTER)
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - began)))

    async def _ask(self, person: Person, method: str, what: str, body: object = None) -> Answer:
        joint = "&" if "?" in what else "?"
        path = f"{person.path}/exercise/{what}{joint}in={person.inside}"
        answer = await self.proxy.ask(method, path, person.headers, body)
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT):
            msg = f"{method} {what} was answered with {answer.status}: {answer.body.decode()}"
            raise Refused(msg)
        return answer

    async def _poll(self, person: Person) -> None:
        asked = f"changes?version={person.version}&people={person.people}&stage={person.stage}"
        answer = await self._ask(person, "GET", asked)
        self.tally.polls.append(answer.seconds)
        if answer.status == HTTPStatus.NO_CONTENT:
            self.tally.empty += 1
        else:
            self._take(person, answer.json())

    def _take(self, person: Person, news: Any) -> None:
        person.version = news["version"]
        person.people = news["people"]["version"] if news["people"] else person.people
        person.stage = news["stage"]["mark"] if news["stage"] else person.stage
        for note in news["notes"]:
            words, sent_at = person.written.get(note["id"], ("", 0.0))
            if note["id"] not in person.mine and note["values"][FIELD] == words:
                self.tally.seen.append(time.perf_counter() - sent_at)

    def _saves(self, person: Person) -> Callable[[], Coroutine[Any, Any, None]]:
        numbers = count()
        note_id, cell = "", ""

        async def save() -> None:
            nonlocal note_id, cell
            number, version = next(numbers), 0
            version = number % WRITES_OF_A_NOTE
            if version == 0:
                note_id, cell = (
                    str(UUID(int=person.random.getrandbits(128), version=4)),
                    person.random.choice(person.cells),
                )
                person.mine.add(note_id)
            words = f"{number}: some words of about the usual length, which is that of a short sentence"
            sent = {"part": PART, "cell": cell, "values": {FIELD: words}, "version": version, "language": "en"}
            person.written[note_id] = (words, time.perf_counter())
            answer = await self._ask(person, "PUT", f"notes/{note_id}", sent)
            self.tally.saves.append(answer.seconds)

        return save

    async def _beat(self, person: Person) -> None:
        """Say by turns that a note is open and that it is closed: others hear of both."""
        is_open = len(self.tally.beats) % 2 == 0
        note = next(iter(person.mine), None) if is_open else None
        answer = await self._ask(person, "PUT", "presence", {"note": note})
        self.tally.beats.append(answer.seconds)


def let_work(port: int, people: Sequence[Person], seconds: float) -> Tally:
    """Let people work for so long; give what they waited for."""
    tally = Tally()

    async def work() -> None:
        proxy = Proxy(port=port, most=asyncio.Semaphore(CONNECTIONS))
        await Crowd(proxy=proxy, tally=tally, until=time.perf_counter() + seconds).work(people)

    try:
        asyncio.run(work())
    except* Refused as refusals:
        sys.exit(str(refusals.exceptions[0]))
    return tally
