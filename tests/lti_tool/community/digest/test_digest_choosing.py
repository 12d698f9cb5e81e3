"""Where people choose whether they get a digest: asked once, in their first visit, and only where mails are sent."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.community.digest.tables import DigestRow
from lti_tool.database import db
from tests.lti_tool.community.digest.conftest import use
from tests.lti_tool.community.talking import Enter, member
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

QUESTION = "A mail with what is new?"


@pytest.fixture
def enter(sqlite_app: Flask, sqlite_enter: Enter) -> Enter:
    """Let people into the application on SQLite, which knows a mail server."""
    use(sqlite_app, "smtp://127.0.0.1:9")
    return sqlite_enter


def ana(enter: Enter, email: str | None = "ana@example.org") -> Client:
    return member(enter, "Ana", email=email)


def chosen(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        return [(str(row.rhythm), row.weekday) for row in db.session.scalars(select(DigestRow))]


def test_where_no_mails_are_sent_nothing_is_said_of_them(sqlite_enter: Enter) -> None:
    client = ana(sqlite_enter)

    for path in ("", "community/following"):
        assert "mail" not in words_of(client.get(path)).lower()
    assert client.get("community/digest").status_code == 404
    assert client.post("community/digest", rhythm="daily").status_code == 404


def test_one_is_asked_in_the_first_visit_until_one_answers(sqlite_app: Flask, enter: Enter, ticker: Ticker) -> None:
    client = ana(enter)
    assert QUESTION in words_of(client.get())
    ticker.move(minutes=5)
    assert QUESTION in words_of(client.get())

    answer = client.post("community/digest", rhythm="never", weekday="0", back="list")

    assert answer.location.endswith("/community")
    assert QUESTION not in words_of(client.get())
    assert chosen(sqlite_app) == [("never", 0)]


def test_one_is_not_asked_in_a_later_visit(enter: Enter, ticker: Ticker) -> None:
    client = ana(enter)
    client.get()
    ticker.move(hours=1)

    page = words_of(client.get())

    assert QUESTION not in page
    assert "Digest by mail" in page


def test_whoever_says_yes_gets_it_every_monday(sqlite_app: Flask, enter: Enter) -> None:
    client = ana(enter)

    answer = client.post("community/digest", rhythm="weekly", weekday="0", back="list")

    assert answer.location.endswith("/community/digest")
    assert chosen(sqlite_app) == [("weekly", 0)]
    assert "It goes to ana@example.org , the address that Moodle tells us." in words_of(client.get("community/digest"))


def test_the_page_shows_what_was_chosen_in_the_readers_language(enter: Enter) -> None:
    client = ana(enter)
    assert client.post("community/digest", rhythm="weekly", weekday="2").status_code == 303

    page = client.get("community/digest").text

    assert 'value="weekly" checked' in page
    assert '<option value="2" selected>Wednesday' in page


@pytest.mark.parametrize("form", [{}, {"rhythm": "hourly"}, {"rhythm": "weekly", "weekday": "7"}])
def test_what_no_form_of_ours_sends_is_refused(sqlite_app: Flask, enter: Enter, form: dict[str, str]) -> None:
    assert ana(enter).post("community/digest", **form).status_code == 422
    assert chosen(sqlite_app) == []


def test_nobody_without_an_address_is_asked_or_can_turn_it_on(sqlite_app: Flask, enter: Enter) -> None:
    client = ana(enter, email=None)

    assert QUESTION not in words_of(client.get())
    assert "Moodle does not tell us your e-mail address" in words_of(client.get("community/digest"))
    assert client.post("community/digest", rhythm="daily").status_code == 404
    assert chosen(sqlite_app) == []


def test_what_one_chooses_holds_for_one_community_and_one_person(sqlite_app: Flask, enter: Enter) -> None:
    client = ana(enter)
    assert client.post("community/digest", rhythm="daily").status_code == 303

    elsewhere = member(enter, "Ana", email="ana@example.org", activity="community/other")
    for other in (member(enter, "Bea", email="b@example.org"), elsewhere):
        assert 'value="never" checked' in other.get("community/digest").text
    assert len(chosen(sqlite_app)) == 1
