"""A worker that is killed at any point sends no digest twice, and loses no post."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from lti_tool.community.digest.rules import ENDED, MailState, Rhythm
from lti_tool.community.digest.tables import CallRow, DigestRow, MailRow
from lti_tool.community.tables import MemberRow, PostRow
from lti_tool.database import db
from tests.lti_tool.community.connectors.test_community_connectors import name
from tests.lti_tool.community.digest.conftest import SENDER, Post
from tests.lti_tool.community.talking import Enter, member, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.making import PASSPHRASE, PUBLIC_URL, wakeups_of
from tests.mail_server import Mailbox, text_of

ROOT = Path(__file__).parents[4]
NEVER = 1_000_000
ANA = "ana@example.org"

Reader = Callable[..., Client]
Write = Callable[..., str]


class Victim:
    """A process that begins workers, each to be killed at a moment."""

    def __init__(self, app: Flask, server: str, log: Path) -> None:
        url = str(app.config["SQLALCHEMY_ENGINES"]["default"]["url"])
        settings = {"PUBLIC_URL": PUBLIC_URL, "KEYS_PASSPHRASE": PASSPHRASE, "DATABASE_URL": url}
        mail = {"WAKEUPS": wakeups_of(url), "MAIL_SERVER": server, "MAIL_FROM": SENDER}
        self.pid = 0
        with log.open("wb") as told:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("victim.py"))],
                env={**os.environ, **settings, **mail, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=told,
                text=True,
            )

    def work(self, post_office: Post, at: int = NEVER) -> str:
        """Do all that is due now, unless killed at a moment of its work; tell what became of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{at} {post_office.ticker.time.isoformat()}\n")
        self._process.stdin.flush()
        self.pid = int(self._process.stdout.readline())
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=60)


@pytest.fixture
def victim(app: Flask, server: tuple[Mailbox, str], tmp_path: Path) -> Iterator[Victim]:
    """Give the process."""
    opened = Victim(app, server[1], tmp_path / "victim.log")
    yield opened
    opened.close()


def number_of(letter: object) -> str:
    """Give the number of the mail that came, which its id holds."""
    found = re.search(r"\.digest-(\d+)@", str(letter))
    assert found is not None
    return found[1]


def test_whenever_a_worker_is_killed_no_mail_comes_twice_and_no_post_is_lost(  # noqa: PLR0913, PLR0917 - its fixtures
    app: Flask, enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, victim: Victim
) -> None:
    reader()
    declined = member(enter, "Cleo", email="cleo@example.org")
    assert declined.post("community/digest", rhythm="never").status_code == 303
    titles = []

    for at in range(1, NEVER):
        titles.append(f"post {at}.")
        write(kind="tool", title=titles[-1])
        post_office.ticker.move(days=1)
        if victim.work(post_office, at) == "done":
            break
    post_office.ticker.move(days=1)
    assert victim.work(post_office) == "done"

    with app.app_context():
        states = {str(row.id): str(row.state) for row in db.session.scalars(select(MailRow))}
    came = [number_of(letter["Message-ID"]) for letter in mailbox.letters]
    assert len(titles) > 10
    assert {letter["To"] for letter in mailbox.letters} == {ANA}
    assert max(Counter(came).values()) == 1
    assert set(states.values()) == {"sent", "unknown", "late"}
    told = Counter(title for letter in mailbox.letters for title in titles if f": {title}\n" in text_of(letter))
    assert set(told) == set(titles)
    again = {title for title, times in told.items() if times > 1}
    of_unknown = [text_of(letter) for letter in mailbox.letters if states[number_of(letter["Message-ID"])] == "unknown"]
    assert again == {title for title in titles if any(f": {title}\n" in text for text in of_unknown)}


def test_a_worker_that_is_killed_before_it_hears_the_answer_has_sent_it_once(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, victim: Victim
) -> None:
    reader()
    write(title="first")
    post_office.ticker.move(days=1)
    mailbox.on_kept = lambda: os.kill(victim.pid, signal.SIGKILL)

    assert victim.work(post_office) == f"killed by {signal.SIGKILL.value}"

    mailbox.on_kept = None
    for _ in range(3):
        post_office.ticker.move(hours=5)
        assert victim.work(post_office) == "done"
    assert len(mailbox.letters) == 1
    assert post_office.states() == ["unknown"]

    post_office.ticker.move(hours=12)
    assert victim.work(post_office) == "done"
    assert len(mailbox.letters) == 2
    assert "first" in text_of(mailbox.letters[1])


@pytest.fixture
def connector(enter: Enter, reader: Reader) -> Client:
    """Name somebody who wants a digest."""
    client = reader()
    assert name(trainer(enter), client) == 303
    return client


@pytest.mark.usefixtures("connector")
def test_whenever_a_worker_is_killed_no_connector_is_called_twice_for_a_need(
    write: Write, post_office: Post, mailbox: Mailbox, victim: Victim
) -> None:
    titles = []

    for at in range(1, NEVER):
        titles.append(f"need {at}.")
        waits_for_long(post_office, write(title=titles[-1]))
        post_office.ticker.move(days=1)
        if victim.work(post_office, at) == "done":
            break
    post_office.ticker.move(days=1)
    assert victim.work(post_office) == "done"

    calls = [
        text_of(letter).partition("NEEDS THAT WAIT FOR HELP")[0] for letter in mailbox.letters
    ]  # else it is a post
    told = Counter(title for text in calls for title in titles if f": {title}\n" in text)
    assert len(titles) > 10
    assert max(told.values()) == 1
    assert {title for title in titles if title not in told} <= titles_of_unknown(post_office)


def waits_for_long(post_office: Post, post_id: str) -> None:
    with post_office.app.app_context():
        long_ago = post_office.ticker.time - timedelta(days=6)
        db.session.execute(update(PostRow).where(PostRow.id == post_id).values(created_at=long_ago))
        db.session.commit()


def titles_of_unknown(post_office: Post) -> set[str]:
    """Give the needs of mails that were claimed and maybe never sent: nobody can know."""
    with post_office.app.app_context():
        unknown = select(CallRow.post_id).join(MailRow).where(MailRow.state == MailState.UNKNOWN)
        return set(db.session.scalars(select(PostRow.title).where(PostRow.id.in_(unknown))))


def test_whenever_a_worker_is_killed_the_last_digest_comes_once_at_most_and_ends_it(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, victim: Victim
) -> None:
    ana, app = reader(), post_office.app
    last_of_each = []

    for at in range(1, NEVER):
        is_due_for_the_last(app, ana, post_office)
        write()
        post_office.ticker.move(days=1)
        mailbox.letters.clear()
        became = victim.work(post_office, at)
        for _ in range(2):
            post_office.ticker.move(days=1)
            assert victim.work(post_office) == "done"
        last_of_each.append(sum("this is the last digest" in text_of(letter) for letter in mailbox.letters))
        assert has_ended(app)
        if became == "done":
            break

    assert len(last_of_each) > 10
    assert set(last_of_each) == {0, 1}  # none where it was killed between claiming it and sending it
    assert last_of_each[-1] == 1


def is_due_for_the_last(app: Flask, client: Client, post_office: Post) -> None:
    """Let a digest be on, of somebody who wasn't there for two years and was asked a year ago."""
    now = post_office.ticker.time
    with app.app_context():
        [digest] = db.session.scalars(select(DigestRow))
        digest.rhythm, digest.problem, digest.told_until = Rhythm.DAILY, None, now
        digest.asked_at, digest.due_at = now - timedelta(days=365), now + timedelta(hours=1)
        member_row = db.session.get_one(MemberRow, (digest.community_id, client.person_id))
        member_row.seen_at = now - timedelta(days=730)
        db.session.commit()


def has_ended(app: Flask) -> bool:
    with app.app_context():
        [digest] = db.session.scalars(select(DigestRow))
        return digest.problem == ENDED
