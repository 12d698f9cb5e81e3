"""Nobody tells who of two people wrote without their name: whoever of them did, all that is shown is the same.

The story is told twice, once with each of them as its author. To the trainers of the course they are two stories.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from lti_tool.community.digest import worker
from lti_tool.delivery import smtp
from lti_tool.delivery.smtp import Account
from tests.lti_tool.community.nameless.looking import look
from tests.lti_tool.community.nameless.story import PEOPLE, TWO, Story, tell
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.ticking import Ticker
from tests.mail_server import mail_server, text_of

NOON = datetime(2027, 3, 8, 12, tzinfo=UTC)
READERS = ("peer", "visitor", "far trainer", "trainer")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What each reader is shown, and gets by mail."""

    shown: Mapping[str, Mapping[str, str]]
    mails: Mapping[str, str]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Told]:
    """Tell the story with each of the two as its author."""
    return {author: told_of(author, new_sqlite_database(tmp_path_factory.mktemp(author))) for author in TWO}


def told_of(author: str, database_url: str) -> Told:
    ticker = Ticker()
    ticker.time = NOON
    app = make_app(database_url, ticker)
    with mail_server() as (mailbox, server):
        smtp.init_app(app, Account(server=server, sender="community@example.org"))
        worker.init_app(app)
        story = Story(app=app, ticker=ticker, author=author)
        tell(story)
        ticker.move(days=1)
        with app.app_context():
            while worker.go_on():
                pass
        shown = {who: look(story, story.enter(who)) for who in READERS}
    close_app(app)
    return Told(shown=shown, mails={letter["To"]: _plain(letter) for letter in mailbox.letters})


def _plain(letter: EmailMessage) -> str:
    """Write a mail's words without its links, which are others in each mail."""
    return re.sub(r"http\S+", "LINK", f"{letter['Subject']}\n{text_of(letter)}")


@pytest.mark.parametrize("reader", ["peer", "visitor", "far trainer"])
def test_nobody_else_is_shown_another_story_whoever_wrote_it(twice: Mapping[str, Told], reader: str) -> None:
    one, other = (twice[author].shown[reader] for author in TWO)

    assert [path for path in one if one[path] != other[path]] == []


def test_the_courses_trainers_are_shown_who_wrote_it(twice: Mapping[str, Told]) -> None:
    one, other = (twice[author].shown["trainer"] for author in TWO)

    told = [path for path in one if one[path] != other[path]]

    assert "community?" in told
    assert any("/history" in path for path in told)


def test_digests_are_the_same_whoever_wrote_what_they_tell(twice: Mapping[str, Told]) -> None:
    one, other = (twice[author].mails for author in TWO)

    assert set(one) == {f"{who.replace(' ', '-')}@mail.example.org" for who in PEOPLE if who not in TWO}
    assert one == other
