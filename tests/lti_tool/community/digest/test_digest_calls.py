"""A need that nobody answered comes first in the digest of its territory's connector: once, and to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lti_tool.community.digest import mails
from lti_tool.database import db
from tests.lti_tool.community.connectors.test_community_connectors import name, place
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.digest.test_digest_contents import told
from tests.lti_tool.community.talking import Enter, change, member, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.mail_server import HANG_UP, Mailbox, page_of

Reader = Callable[..., Client]
Write = Callable[..., str]
WAITS = "THESE NEEDS WAIT FOR YOU"


@pytest.fixture
def ana(enter: Enter, reader: Reader) -> Client:
    """Name somebody who wants a digest connector of Tunisia."""
    client = reader()
    assert name(trainer(enter), client) == 303
    return client


@pytest.fixture
def need(app: Flask, ana: Client, write: Write, post_office: Post) -> str:
    """Give a need of Tunisia that Ana's digest told on its first day, and that nobody answered for five."""
    written = write(title="A need", text="All of it.")
    place(app, written, "tunisia")
    thread(ana, written)
    post_office.pass_time(days=4, hours=1)
    return written


def test_it_comes_first_and_whole_even_if_it_was_read(
    need: str, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    write(title="Another need")

    text = told(post_office, mailbox)

    places = [text.index(words) for words in (WAITS, "Need: A need", "All of it.", "NEEDS THAT WAIT", "Another need")]
    assert places == sorted(places)
    assert mailbox.letters[0]["Subject"] == "1 need waits for you"
    assert "Do you know somebody who has been there?" in page_of(mailbox.letters[0])
    assert need


def test_it_comes_once(need: str, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    assert WAITS in told(post_office, mailbox)
    assert told(post_office, mailbox) == ""
    write(title="Another need")

    assert WAITS not in told(post_office, mailbox)
    assert need


def test_it_comes_to_nobody_else(enter: Enter, need: str, reader: Reader, post_office: Post, mailbox: Mailbox) -> None:
    reader("Cleo")
    other = reader("Dora")
    assert name(trainer(enter), other, "jordan") == 303

    post_office.pass_time(days=1)

    assert need
    assert [letter["To"] for letter in mailbox.letters] == ["ana@example.org"]


def test_a_connector_who_asked_for_no_digest_gets_no_mail(
    enter: Enter, need: str, post_office: Post, mailbox: Mailbox
) -> None:
    eva = member(enter, "Eva", email="eva@example.org")
    assert name(trainer(enter), eva) == 303

    post_office.pass_time(days=2)

    assert need
    assert mailbox.letters == []


def test_one_that_was_answered_meanwhile_does_not_come(
    enter: Enter, need: str, post_office: Post, mailbox: Mailbox
) -> None:
    mailbox.refused["ana@example.org"] = "451 4.3.0 later"
    post_office.pass_time(days=1)
    mailbox.refused.clear()
    answer = reply(member(enter, "Cleo"), need)

    post_office.pass_time(hours=1)
    assert mailbox.letters == []

    assert change(member(enter, "Cleo"), f"replies/{answer}", "delete") == 303
    assert WAITS in told(post_office, mailbox)


def test_one_whose_mail_may_have_arrived_does_not_come_again(need: str, post_office: Post, mailbox: Mailbox) -> None:
    mailbox.answers.append(HANG_UP)
    assert WAITS in told(post_office, mailbox)

    assert told(post_office, mailbox) == ""
    assert need


def test_whoever_wrote_it_without_their_name_is_not_named(
    app: Flask, ana: Client, enter: Enter, post_office: Post, mailbox: Mailbox
) -> None:
    bea = member(enter, "Bea", email="bea@example.org")
    form = {"kind": "need", "title": "A need", "text": "All of it.", "language": "en", "is_nameless": "1"}
    written = "5b0f2b0a-9a57-4f0e-8d5c-3a4f5f0b7c11"
    assert bea.post("community/posts", id=written, version="0", **form).status_code == 303
    place(app, written, "tunisia")
    thread(ana, written)
    post_office.pass_time(days=5)

    text = told(post_office, mailbox)

    assert WAITS in text
    assert "A member, " in text
    assert "Bea" not in text + page_of(mailbox.letters[0])


def test_its_page_says_where_it_comes_to_whom_it_concerns(enter: Enter, ana: Client) -> None:
    hint = "come first in your digest by mail"

    assert hint in ana.get("community/connectors").text
    assert hint not in member(enter, "Cleo").get("community/connectors").text


def test_it_does_not_come_again_once_old_mails_are_forgotten(
    app: Flask, need: str, post_office: Post, mailbox: Mailbox
) -> None:
    assert WAITS in told(post_office, mailbox)
    with app.app_context():
        assert mails.purge(post_office.ticker.time + timedelta(days=1), 100) == 0
        db.session.commit()

    assert told(post_office, mailbox) == ""
    assert need
