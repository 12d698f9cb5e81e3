"""What is new since somebody was in the community before, and what they have read, in both databases."""

import pytest
from sqlalchemy import select

from lti_tool.community.tables import MemberRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements


def been_here(enter: Enter, ticker: Ticker, name: str = "Ana") -> Client:
    """Let somebody in who was here before and comes back an hour later."""
    client = member(enter, name)
    client.get()
    ticker.move(hours=1)
    return client


def back(client: Client, ticker: Ticker) -> str:
    """Come back after an absence; give what the list says."""
    ticker.move(hours=1)
    return words_of(client.get())


def test_what_came_since_the_visit_before_is_told_on_the_way_in_and_at_the_posts(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    old = post(ana, title="old")
    reply(bea, old)
    post(bea, kind="tool", title="new")

    told = back(ana, ticker)

    assert "2 contributions are new since you were here." in told
    assert "Tool New new" in told
    assert "Still open 1 new reply old" in told


def test_one_is_told_what_came_during_the_visit_before_too(enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter), member(enter, "Bea")
    ana.get()
    ticker.move(minutes=5)
    post(bea, kind="tool")

    assert "1 contribution is new since you were here." in back(ana, ticker)


def test_a_visit_goes_on_until_half_an_hour_of_absence(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    post(bea, kind="tool")
    for _ in range(3):
        ticker.move(minutes=29)
        assert "1 contribution is new" in words_of(ana.get())

    ticker.move(minutes=30)

    assert "new since" not in words_of(ana.get())


def test_in_a_first_visit_nothing_is_marked(enter: Enter) -> None:
    bea = member(enter, "Bea")
    post(bea, kind="tool")

    told = words_of(member(enter).get())

    assert "new since" not in told
    assert "Tool New" not in told


def test_a_thread_that_was_opened_is_read_until_somebody_else_replies(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    post_id = post(bea, kind="tool")
    ticker.move(hours=1)

    thread(ana, post_id)
    assert "new since" not in words_of(ana.get())

    ticker.move(seconds=1)
    reply(bea, post_id)
    assert "1 contribution is new since you were here." in words_of(ana.get())


def test_what_is_ones_own_hidden_or_deleted_or_under_such_a_post_is_never_counted(enter: Enter, ticker: Ticker) -> None:
    ana, bea, teacher = been_here(enter, ticker), member(enter, "Bea"), trainer(enter)
    post(ana)
    hidden, deleted = post(bea), post(bea)
    reply(bea, hidden)
    reply(bea, deleted)
    up = post(ana, kind="tool")
    gone = reply(bea, up)
    for what, action, by in (
        (f"posts/{hidden}", "hide", teacher),
        (f"posts/{deleted}", "delete", bea),
        (f"replies/{gone}", "delete", bea),
    ):
        assert change(by, f"{what}", action, reason="No") == 303

    told = back(ana, ticker)

    assert "new since" not in told
    assert "new reply" not in told
    assert "for help" not in told


def test_needs_of_others_that_wait_for_help_are_counted(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    post(ana)
    post(bea)
    answered = post(bea)
    assert change(bea, f"posts/{answered}", "answered", reply=reply(bea, answered)) == 303

    assert "1 need waits for help." in back(ana, ticker)


@pytest.mark.usefixtures("unhurried")
def test_what_is_more_than_is_counted_is_said_to_be(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea")
    for _ in range(100):
        post(bea, kind="tool")

    assert "More than 99 contributions are new since you were here." in back(ana, ticker)


def test_two_communities_of_one_site_know_nothing_of_each_others_news(enter: Enter, ticker: Ticker) -> None:
    ana, bea = been_here(enter, ticker), member(enter, "Bea", activity="community/other")
    post(bea)

    told = back(ana, ticker)

    assert "new since" not in told
    assert "for help" not in told


def test_a_page_soon_after_another_writes_nothing(enter: Enter, ticker: Ticker) -> None:
    ana = been_here(enter, ticker)
    ana.get()
    ticker.move(seconds=59)

    with statements(ana.browser.application) as written:
        ana.get()

    assert [one for one in written if not one.lstrip().upper().startswith(("SELECT", "WITH"))] == []


def test_a_member_is_whoever_opened_the_community(enter: Enter, ticker: Ticker) -> None:
    ana = been_here(enter, ticker)
    began_at = ticker.time
    back(ana, ticker)

    with ana.browser.application.app_context():
        [row] = db.session.scalars(select(MemberRow))

        assert row.person_id == ana.person_id
        assert row.here_since > began_at
        assert row.here_before == row.joined_at
