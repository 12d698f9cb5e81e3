"""The links in mails: through Moodle into the post, and out of the digest by one press."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.community.digest.tables import ArrivalRow, MailLinkRow
from lti_tool.database import db
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.talking import Enter, change, member, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.mail_server import Mailbox, paths_of, text_of

Reader = Callable[..., Client]
Write = Callable[..., str]
MOODLE = "http://localhost:8100/mod/lti/view.php?l="


def ana(enter: Enter, **launch: object) -> Client:
    return member(enter, "Ana", email="ana@example.org", link="7", **launch)


@pytest.fixture
def post_id(enter: Enter, reader: Reader, write: Write, post_office: Post) -> str:
    """Give a post that Ana's mail brings; she came to the community by Moodle's link 7."""
    reader(link="7")
    written = write(title="A need")
    post_office.pass_time(days=1)
    return written


def path_of(mailbox: Mailbox, kind: str, *, last: bool = False) -> str:
    return paths_of(mailbox.letters[0], kind)[-1 if last else 0]


def test_a_link_leads_through_moodle_into_the_post_once(
    app: Flask, enter: Enter, post_id: str, mailbox: Mailbox
) -> None:
    answer = app.test_client().get(path_of(mailbox, "go"))

    assert (answer.status_code, answer.location) == (303, MOODLE + "7")
    assert ana(enter).get().location.endswith(f"/community/posts/{post_id}")
    assert "Share your doubts" in words_of(ana(enter).get())


def test_the_last_link_leads_to_the_list(app: Flask, enter: Enter, post_id: str, mailbox: Mailbox) -> None:
    answer = app.test_client().get(path_of(mailbox, "go", last=True))

    assert (answer.status_code, answer.location) == (303, MOODLE + "7")
    assert post_id
    assert "Share your doubts" in words_of(ana(enter).get())


def test_where_somebody_wants_to_go_is_forgotten_after_ten_minutes(
    app: Flask, enter: Enter, post_id: str, post_office: Post, mailbox: Mailbox
) -> None:
    app.test_client().get(path_of(mailbox, "go"))

    post_office.pass_time(minutes=10)

    assert post_id
    assert ana(enter).get().status_code == 200
    with app.app_context():
        assert db.session.scalars(select(ArrivalRow)).all() == []


def test_it_leads_nobody_else_there_and_into_no_other_community(
    app: Flask, enter: Enter, post_id: str, mailbox: Mailbox
) -> None:
    app.test_client().get(path_of(mailbox, "go"))

    assert member(enter, "Bea").get().status_code == 200
    assert member(enter, "Ana", activity="community/other").get().status_code == 200
    assert ana(enter).get().location.endswith(post_id)


def test_a_post_that_was_hidden_meanwhile_leads_to_the_list(
    app: Flask, enter: Enter, post_id: str, mailbox: Mailbox
) -> None:
    app.test_client().get(path_of(mailbox, "go"))
    assert change(trainer(enter), f"posts/{post_id}", "hide", reason="No") == 303

    assert "Share your doubts" in words_of(ana(enter).get())


def test_after_the_training_it_leads_through_the_course_that_stays(
    app: Flask, enter: Enter, post_id: str, mailbox: Mailbox
) -> None:
    ana(enter, activity="exercise/needs-matrix")
    member(enter, "Ana", link="9", course="the community's own")

    assert post_id
    assert app.test_client().get(path_of(mailbox, "go")).location == MOODLE + "9"


def test_who_has_not_come_to_that_course_yet_chooses(app: Flask, enter: Enter, post_id: str, mailbox: Mailbox) -> None:
    member(enter, "Ana", activity="exercise/needs-matrix", link="8")
    member(enter, "Bea", link="9", course="own")

    page = app.test_client().get(path_of(mailbox, "go"))

    assert post_id
    assert f'href="{MOODLE}7"><bdi>Course course-1</bdi>' in page.text
    assert f'href="{MOODLE}9"><bdi>Course own</bdi>' in page.text


def test_the_database_has_no_link_and_the_log_neither(
    app: Flask, post_id: str, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    go, stop = path_of(mailbox, "go"), path_of(mailbox, "stop")
    for path in (go, stop, "/go/made-up/1", "/stop/made-up"):
        app.test_client().get(path)
    with app.app_context():
        kept = str([(row.token_hash, row.posts) for row in db.session.scalars(select(MailLinkRow))])

    assert post_id in kept
    for token in (go.split("/")[2], stop.split("/")[2], "made-up"):
        assert token not in kept + caplog.text


def test_a_look_at_the_link_stops_nothing_and_its_button_does(
    app: Flask, enter: Enter, post_id: str, mailbox: Mailbox
) -> None:
    browser, stop = app.test_client(), path_of(mailbox, "stop")

    asked = browser.get(stop)
    assert '<form method="post"><button' in asked.text
    assert 'value="daily" checked' in ana(enter).get("community/digest").text

    assert "You get no more digests" in words_of(browser.post(stop))
    assert post_id
    assert 'value="never" checked' in ana(enter).get("community/digest").text


def test_a_mail_program_stops_it_by_one_request_and_again_does_no_harm(
    app: Flask, write: Write, post_id: str, post_office: Post, mailbox: Mailbox
) -> None:
    stop = path_of(mailbox, "stop")
    for _ in range(2):
        answer = app.test_client().post(stop, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert write() != post_id

    post_office.pass_time(days=8)

    assert len(mailbox.letters) == 1


@pytest.mark.parametrize(("days", "status"), [(364, 200), (365, 404)])
def test_a_link_stops_the_mails_for_a_year(  # noqa: PLR0913, PLR0917 - its fixtures
    app: Flask, post_id: str, post_office: Post, mailbox: Mailbox, days: int, status: int
) -> None:
    post_office.ticker.move(days=days)

    assert post_id
    assert app.test_client().post(path_of(mailbox, "stop")).status_code == status


def test_each_link_does_one_thing(app: Flask, post_id: str, mailbox: Mailbox) -> None:
    go, stop = (path_of(mailbox, kind).split("/")[2] for kind in ("go", "stop"))
    browser = app.test_client()

    assert post_id
    assert browser.post(f"/stop/{go}").status_code == 404
    assert browser.get(f"/go/{stop}/1").status_code == 404
    assert browser.post(f"/go/{go}/1").status_code == 405
    assert browser.get(f"/go/{go}/99").location == MOODLE + "7"


def test_whoever_guesses_links_is_slowed_down_and_those_who_have_one_are_not(
    app: Flask, post_id: str, mailbox: Mailbox
) -> None:
    browser = app.test_client()
    statuses = [browser.get(f"/go/{number}/1").status_code for number in range(31)]

    assert post_id
    assert statuses == [404] * 30 + [429]
    assert browser.get(path_of(mailbox, "go")).status_code == 303


def test_the_page_of_a_link_speaks_as_its_reader_does_or_as_it_is_asked(
    app: Flask, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader(locale="ar")
    write()
    post_office.pass_time(days=1)
    stop, browser = path_of(mailbox, "stop"), app.test_client()

    assert '<html lang="ar" dir="rtl">' in browser.get(stop).text
    assert '<html lang="en" dir="ltr">' in browser.get(f"{stop}?lang=en").text
    assert "/stop/" in text_of(mailbox.letters[0])
