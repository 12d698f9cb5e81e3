"""What somebody follows: their own posts, threads they replied in, and what they choose; nobody else learns it."""

import re

import pytest
from sqlalchemy import select

from lti_tool.community.tables import PostRow, TagRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, member, new_id, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_in, words_of
from tests.lti_tool.ticking import Ticker


@pytest.fixture
def ana(enter: Enter, ticker: Ticker) -> Client:
    """Give somebody who was here before."""
    client = member(enter)
    client.get()
    ticker.move(hours=1)
    return client


@pytest.fixture
def bea(enter: Enter, ana: Client) -> Client:
    """Give somebody else."""
    return member(enter, "Bea")


def told(client: Client, ticker: Ticker) -> str:
    """Come back after an absence; give what is told of what one follows."""
    ticker.move(hours=1)
    found = re.search(r'<section class="followed".*?</section>', client.get().text, flags=re.DOTALL)
    return words_in(found[0]) if found else ""


def test_new_replies_to_ones_own_post_stand_on_the_way_in(ana: Client, bea: Client, ticker: Ticker) -> None:
    reply(bea, post(ana, title="mine"))

    assert told(ana, ticker) == "New in what you follow mine 1 new reply"


def test_new_replies_where_one_replied_stand_on_the_way_in(ana: Client, bea: Client, ticker: Ticker) -> None:
    post_id = post(bea, title="theirs")
    reply(ana, post_id)
    thread(ana, post_id)
    ticker.move(seconds=1)
    reply(bea, post_id)

    assert told(ana, ticker) == "New in what you follow theirs 1 new reply"


def test_a_post_of_somebody_else_is_followed_by_a_button(ana: Client, bea: Client, ticker: Ticker) -> None:
    post_id = post(bea, title="theirs")
    page = thread(ana, post_id)
    assert "Follow this post" in words_of(page)

    assert change(ana, f"posts/{post_id}", "following", on="1") == 303

    assert "Stop following this post" in words_of(thread(ana, post_id))
    ticker.move(seconds=1)
    reply(bea, post_id)
    assert told(ana, ticker) == "New in what you follow theirs 1 new reply"


def test_who_stops_following_their_own_post_is_told_no_more(ana: Client, bea: Client, ticker: Ticker) -> None:
    post_id = post(ana)

    assert change(ana, f"posts/{post_id}", "following", on="0") == 303

    reply(bea, post_id)
    assert told(ana, ticker) == ""
    assert "You follow no post yet." in words_of(ana.get("community/following"))


def test_new_posts_of_a_followed_theme_stand_on_the_way_in(
    enter: Enter, ana: Client, bea: Client, ticker: Ticker
) -> None:
    tag = re.findall(r'name="tag" value="([^"]+)"', ana.get("community/following").text)[0]
    assert ana.post("community/following", tag=[tag, "made-up"]).status_code == 303
    assert f'value="{tag}" checked' in ana.get("community/following").text
    tagged, other = post(bea, title="tagged"), post(bea, title="other")
    tag_post(ana, tagged, tag)
    tag_post(ana, other, "made-up")

    assert told(ana, ticker) == "New in what you follow tagged New"

    assert ana.post("community/following").status_code == 303
    assert told(ana, ticker) == ""


def tag_post(client: Client, post_id: str, tag: str) -> None:
    with client.browser.application.app_context():
        row = db.session.scalars(select(PostRow).where(PostRow.id == post_id)).one()
        db.session.add(TagRow(community_id=row.community_id, post_id=post_id, tag=tag))
        db.session.commit()


def test_what_is_hidden_or_deleted_is_not_told(enter: Enter, ana: Client, bea: Client, ticker: Ticker) -> None:
    post_id, teacher = post(ana), trainer(enter)
    hidden, deleted = reply(bea, post_id), reply(bea, post_id)
    assert change(teacher, f"replies/{hidden}", "hide", reason="No") == 303
    assert change(bea, f"replies/{deleted}", "delete") == 303

    assert told(ana, ticker) == ""


def test_nobody_else_sees_what_one_follows(enter: Enter, ana: Client, bea: Client) -> None:
    post_id = post(bea)
    reply(ana, post_id)

    for reader in (bea, trainer(enter)):
        assert "Ana" not in words_of(reader.get("community/following"))
    assert "Stop following" not in words_of(thread(trainer(enter), post_id))


def test_one_follows_nothing_of_another_community(enter: Enter, ana: Client, bea: Client) -> None:
    elsewhere = member(enter, "Cleo", activity="community/other")
    post_id = post(bea)

    assert change(elsewhere, f"posts/{post_id}", "following", on="1") == 404
    assert change(ana, f"posts/{new_id()}", "following", on="1") == 404


def test_a_hidden_post_is_not_followed_by_whoever_cannot_open_it(enter: Enter, ana: Client, bea: Client) -> None:
    post_id = post(bea)
    assert change(trainer(enter), f"posts/{post_id}", "hide", reason="No") == 303

    assert change(ana, f"posts/{post_id}", "following", on="1") == 404
