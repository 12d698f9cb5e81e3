"""Whose address is kept: of those who want a digest, for as long as they do; nobody else's outlives the launch."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool import keeping
from lti_tool.community.digest.rules import Rhythm
from lti_tool.community.digest.tables import DigestRow
from lti_tool.database import db
from lti_tool.lti.launch import mailing
from lti_tool.lti.tables import LaunchRow, PersonRow
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.talking import Enter, member
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker
from tests.mail_server import Mailbox, paths_of

Reader = Callable[..., Client]
Write = Callable[..., str]
ADDRESS = "ana@example.org"


def ana(enter: Enter, email: str | None = ADDRESS, **launch: object) -> Client:
    return member(enter, "Ana", email=email, **launch)


def kept(app: Flask) -> list[str | None]:
    """Give every address that is kept with Ana herself."""
    with app.app_context():
        person = db.session.scalars(select(PersonRow).where(PersonRow.name == "Ana")).one()
        return [one for one in (person.email, *(told["email"] for told in person.names)) if one]


def choose(client: Client, rhythm: str) -> None:
    assert client.post("community/digest", rhythm=rhythm, weekday="0").status_code == 303


pytestmark = pytest.mark.usefixtures("post_office")


def test_nobody_s_address_is_kept_who_wants_no_digest(app: Flask, enter: Enter) -> None:
    ana(enter).get()

    assert kept(app) == []


def test_who_turns_it_on_is_shown_the_address_of_their_launch_and_it_is_kept(app: Flask, enter: Enter) -> None:
    client = ana(enter)
    shown = words_of(client.get("community/digest"))

    choose(client, "weekly")

    assert f"It goes to {ADDRESS}" in shown.replace("\u2068", "").replace("\u2069", "")
    assert kept(app) == [ADDRESS, ADDRESS]


def test_while_it_is_on_it_follows_what_moodle_tells(app: Flask, enter: Enter) -> None:
    choose(ana(enter), "weekly")

    ana(enter, email="new@example.org")
    assert kept(app) == ["new@example.org"] * 2
    ana(enter, email=None)

    assert kept(app) == []


def test_who_turns_it_off_is_forgotten_and_can_turn_it_on_again(app: Flask, enter: Enter) -> None:
    client = ana(enter)
    choose(client, "weekly")

    choose(client, "never")
    after = kept(app)
    choose(client, "daily")

    assert after == []
    assert kept(app) == [ADDRESS, ADDRESS]


def test_stopping_by_a_mail_s_link_forgets_it_too(
    app: Flask, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write(title="A need")
    post_office.pass_time(days=1)
    assert kept(app)

    app.test_client().post(paths_of(mailbox.letters[0], "stop")[0])

    assert kept(app) == []


def test_a_launch_s_address_goes_with_the_launch_and_the_digest_s_stays(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    choose(ana(enter), "weekly")
    other = member(enter, "Berta", email="berta@example.org")

    ticker.move(days=60)
    with app.app_context():
        keeping.forget_some()

        assert db.session.scalars(select(LaunchRow.email)).all() == []
        assert mailing.address(other.person_id) is None
    assert kept(app) == [ADDRESS, ADDRESS]


def test_workers_forget_what_a_process_of_the_version_before_kept_of_everybody(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    client = ana(enter)
    with app.app_context():
        person = db.session.get_one(PersonRow, client.person_id)
        person.email = ADDRESS
        person.names = [{**told, "email": ADDRESS} for told in person.names]
        db.session.commit()
        assert kept(app)

        keeping.forget_some()

    assert kept(app) == []


def test_workers_keep_the_address_of_whom_a_feature_begins_to_mail(app: Flask, enter: Enter, ticker: Ticker) -> None:
    client = ana(enter)
    choose(client, "never")
    with app.app_context():
        row = db.session.scalars(select(DigestRow)).one()
        row.rhythm, row.due_at = Rhythm.DAILY, ticker.time + timedelta(days=1)
        db.session.commit()

        keeping.forget_some()

    assert kept(app) == [ADDRESS, ADDRESS]


@pytest.fixture
def ended(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> str:
    """Let Ana's digest end by itself; give the link that turns it on again."""
    reader()
    for days in (335, 31):
        post_office.ticker.move(days=days)
        write()
        post_office.pass_time(days=1)
    return paths_of(mailbox.letters[-1], "keep")[0]


def test_of_a_digest_that_ended_by_itself_it_goes_with_the_link_that_turns_it_on_again(
    app: Flask, ended: str, post_office: Post
) -> None:
    post_office.pass_time(days=360)
    while_it_works = kept(app)
    post_office.ticker.move(days=6)
    with app.app_context():
        keeping.forget_some()
        keeping.forget_some()

    assert while_it_works == [ADDRESS, ADDRESS]
    assert kept(app) == []
    assert app.test_client().post(ended).status_code == 404


@pytest.mark.usefixtures("ended")
def test_the_page_says_so_and_whoever_chooses_never_is_forgotten_at_once(app: Flask, enter: Enter) -> None:
    client = ana(enter)
    page = words_of(client.get("community/digest"))
    assert "If that ends by itself, we keep it for one year more" in page
    assert kept(app) == [ADDRESS, ADDRESS]

    choose(client, "never")

    assert kept(app) == []
