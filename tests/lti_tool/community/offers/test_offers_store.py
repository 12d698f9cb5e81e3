"""Offers and acceptances in both databases, and how far they bring a need."""

from dataclasses import replace

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.community import listing, moderation
from lti_tool.community import store as core
from lti_tool.community.history import store as history
from lti_tool.community.listing import Filters
from lti_tool.community.offers import store
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.posts import Draft, Post, PostKind, Reply, State
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Visit
from lti_tool.community.tables import ReplyRow
from lti_tool.database import db
from tests.lti_tool.community.offers.offering import accept, draft, offer, offered, publish, state
from tests.lti_tool.community.posting import titles
from tests.lti_tool.community.talking import new_id
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements


@pytest.mark.usefixtures("context")
def test_needs_that_wait_come_before_needs_whose_help_is_accepted(ana: Visit, bea: Visit, ticker: Ticker) -> None:
    helped = publish(ana, title="helped")
    given = offered(bea, helped)
    for kind, title in (("need", "waits"), ("need", "offered"), ("tool", "tool")):
        ticker.move(minutes=1)
        publish(ana, kind, title)
    ticker.move(minutes=1)
    accept(ana, given)
    assert titles(ana) == ["offered", "waits", "helped", "tool"]

    store.take_back(ana, given)
    db.session.commit()
    ticker.move(minutes=1)
    offer(bea, helped)

    assert titles(ana) == ["helped", "offered", "waits", "tool"]


@pytest.mark.usefixtures("context")
def test_pages_of_the_list_go_on_behind_needs_whose_help_is_accepted(ana: Visit, bea: Visit, ticker: Ticker) -> None:
    for number in range(45):
        post_id = publish(ana, "tool" if number % 3 == 2 else "need", str(number))
        if number % 3 == 1:
            accept(ana, offered(bea, post_id))
        ticker.move(minutes=number % 2)
    page = listing.find_page(ana, None, None)
    found = [post.title for post in page.posts]
    while page.after:
        page = listing.find_page(ana, None, listing.read_place(str(page.after)))
        found += [post.title for post in page.posts]

    assert [int(title) % 3 for title in found] == [0] * 15 + [1] * 15 + [2] * 15
    assert len(set(found)) == 45


@pytest.mark.usefixtures("context")
def test_a_need_tells_how_far_it_is_whatever_happens_to_its_offers(ana: Visit, bea: Visit, teacher: Visit) -> None:
    post_id = publish(ana)
    first, second = offered(bea, post_id), offered(teacher, post_id)
    assert state(ana, post_id) is State.OFFERED
    assert [accept(ana, each) for each in (first, second)] == [Acceptance.DONE] * 2
    assert state(ana, post_id) is State.ACCEPTED

    core.delete(Offer, bea, first, now())
    assert state(ana, post_id) is State.ACCEPTED
    moderation.hide(Offer, teacher, second, "A name", now())
    assert state(ana, post_id) is State.OPEN
    moderation.bring_back(Offer, teacher, second, now())
    assert state(ana, post_id) is State.ACCEPTED
    store.take_back(teacher, second)
    assert state(ana, post_id) is State.OFFERED


@pytest.mark.usefixtures("context")
def test_the_accepted_stand_first_and_the_others_as_they_came(ana: Visit, bea: Visit, ticker: Ticker) -> None:
    post_id = publish(ana)
    made = []
    for _ in range(3):
        made.append(offered(bea, post_id))
        ticker.move(minutes=1)

    accept(ana, made[1])

    assert [found.id for found in store.find(ana.key, post_id)] == [made[1], made[0], made[2]]


@pytest.mark.usefixtures("context")
def test_whoever_is_accepted_finds_the_needs_that_wait_for_them(ana: Visit, bea: Visit, teacher: Visit) -> None:
    waits, closed, other = (publish(ana, title=title) for title in ("waits", "closed", "other"))
    for post_id in (waits, closed):
        accept(ana, offered(bea, post_id))
    offered(bea, other)
    reply = core.add_reply(bea, closed, Draft(id=new_id(), text="A reply", language="en"), now()).piece
    moderation.mark_answered(ana, closed, reply.id, now())
    db.session.commit()

    assert [post.title for post in store.find_accepted(bea)] == ["waits"]
    assert store.find_accepted(ana) == []

    moderation.hide(Post, teacher, waits, "A name", now())
    assert store.find_accepted(bea) == []


@pytest.mark.usefixtures("context")
def test_a_need_that_is_closed_or_gone_takes_no_offer(ana: Visit, bea: Visit, teacher: Visit) -> None:
    answered, hidden, deleted, tool = (publish(ana, kind) for kind in ("need", "need", "need", "tool"))
    reply = core.add_reply(bea, answered, Draft(id=new_id(), text="A reply", language="en"), now()).piece
    moderation.mark_answered(ana, answered, reply.id, now())
    moderation.hide(Post, teacher, hidden, "A name", now())
    core.delete(Post, ana, deleted, now())
    db.session.commit()

    for post_id in (answered, hidden, deleted, tool):
        assert offer(bea, post_id).verdict is Verdict.CLOSED
        assert store.find(ana.key, post_id) == []


@pytest.mark.usefixtures("context")
def test_an_offer_that_was_changed_is_not_accepted_unread(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    offer(bea, post_id, given)
    store.edit(bea, replace(given, text="Something else", version=1), now())
    db.session.commit()

    assert accept(ana, given.id, version=1) is Acceptance.CHANGED
    assert state(ana, post_id) is State.OFFERED
    assert accept(ana, given.id, version=2) is Acceptance.DONE


@pytest.mark.usefixtures("context")
def test_changing_the_kind_keeps_the_offers(ana: Visit, bea: Visit) -> None:
    post_id = publish(ana)
    accept(ana, offered(bea, post_id))
    words = Draft(id=post_id, kind="doubt", title="Title", text="Text", language="en", version=1)
    core.edit(Post, ana, words, now())
    assert state(ana, post_id) is State.OPEN
    assert listing.find_page(ana, Filters(kind=PostKind.DOUBT), None).posts[0].urgency == 0

    core.edit(Post, ana, replace(words, kind="need", version=2), now())

    assert state(ana, post_id) is State.ACCEPTED


@pytest.mark.usefixtures("context")
def test_many_offers_take_as_many_queries_as_one(app: Flask, ana: Visit, bea: Visit) -> None:
    post_id = publish(ana)
    accept(ana, offered(bea, post_id))

    def read() -> int:
        db.session.expunge_all()
        with statements(app) as sent:
            store.find(ana.key, post_id)
            store.find_accepted(bea)
        return len(sent)

    for_one = read()
    for _ in range(4):
        accept(ana, offered(bea, publish(ana)))
        offered(bea, post_id)

    assert read() == for_one


@pytest.mark.usefixtures("context")
def test_withdrawing_an_offer_forgets_nothing_of_a_reply_of_the_same_id(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    core.add_reply(ana, post_id, Draft(id=given.id, text="first", language="en"), now())
    core.edit(Reply, ana, Draft(id=given.id, text="second", language="en", version=1), now())
    offer(bea, post_id, given)

    core.delete(Offer, bea, given.id, now())

    reply: ReplyRow = core.row_of(ReplyRow, ana.key, given.id)
    assert [version.text for version in history.find(reply)] == ["first", "second"]
