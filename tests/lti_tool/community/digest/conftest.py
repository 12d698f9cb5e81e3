"""A community with people who have addresses, a worker, and a real mail server."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool import keeping
from lti_tool.community.digest import worker
from lti_tool.community.digest.tables import MailRow
from lti_tool.database import db
from lti_tool.delivery import smtp
from lti_tool.delivery.smtp import Account
from tests.lti_tool.community.talking import Enter, member, post
from tests.lti_tool.entering import Client
from tests.lti_tool.ticking import Ticker
from tests.mail_server import Mailbox, mail_server

SENDER = "MedTOWN <community@example.org>"


@dataclass
class Post:
    """The worker, and the mail server that it uses."""

    app: Flask
    ticker: Ticker
    mailbox: Mailbox

    def pass_time(self, **delta: float) -> None:
        """Let time pass, and the worker do all that it finds then."""
        self.ticker.move(**delta)
        self.work()

    def work(self) -> None:
        """Let the worker do all that it finds."""
        with self.app.app_context():
            keeping.forget_some()
            for _ in range(100):
                if not worker.go_on():
                    return
        raise AssertionError

    def states(self) -> list[str]:
        """Tell what became of each mail."""
        with self.app.app_context():
            return [str(state) for state in db.session.scalars(select(MailRow.state).order_by(MailRow.id))]


def use(app: Flask, server: str) -> None:
    """Let an application send through a mail server."""
    smtp.init_app(app, Account(server=server, sender=SENDER))
    worker.init_app(app)


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[Mailbox, str]]:
    """Give a mail server for all tests."""
    with mail_server() as opened:
        yield opened


@pytest.fixture
def mailbox(server: tuple[Mailbox, str]) -> Mailbox:
    """Give what came to it; nothing yet, and it behaves well."""
    vars(server[0]).update(vars(Mailbox()))
    return server[0]


@pytest.fixture
def post_office(app: Flask, ticker: Ticker, server: tuple[Mailbox, str], mailbox: Mailbox) -> Post:
    """Give the worker with its mail server, at an hour at which no digest is due."""
    ticker.time = ticker.time.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    use(app, server[1])
    return Post(app, ticker, mailbox)


@pytest.fixture
def write(enter: Enter, ticker: Ticker) -> Callable[..., str]:
    """Give a function by which Bea, who wants no mails, comes in and publishes a post; it gives the post's id."""

    def enter_and_write(**given: str) -> str:
        ticker.move(seconds=1)
        return post(member(enter, "Bea", email="bea@example.org"), **given)

    return enter_and_write


@pytest.fixture
def reader(enter: Enter, post_office: Post) -> Callable[..., Client]:
    """Give a function that lets somebody in and turns their digest on."""
    assert isinstance(post_office, Post)

    def enter_and_ask(name: str = "Ana", rhythm: str = "daily", **given: Any) -> Client:
        client = member(enter, name, email=f"{name.lower()}@example.org", **given)
        assert client.post("community/digest", rhythm=rhythm, weekday="0").status_code == 303
        return client

    return enter_and_ask
