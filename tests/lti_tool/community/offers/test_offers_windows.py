"""Offers in both databases when two windows write, one after the other or at once."""

from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.community import store as core
from lti_tool.community.offers import store
from lti_tool.community.offers.rules import Offer
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.posts import Draft, Post, State
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Visit
from lti_tool.database import db
from tests.lti_tool.community.offers.offering import accept, draft, offer, offered, publish, state
from tests.lti_tool.community.talking import new_id
from tests.lti_tool.together import at_once


def test_a_double_click_makes_one_offer(app: Flask, ana: Visit, bea: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)
    given = draft()

    saved = at_once(app, *[partial(offer, bea, post_id, given)] * 4)

    assert {each.verdict for each in saved} == {Verdict.SAVED}
    with app.app_context():
        assert len(store.find(ana.key, post_id)) == 1


@pytest.mark.usefixtures("context")
def test_an_offer_that_is_sent_again_with_another_text_is_asked_about(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    offer(bea, post_id, given)

    for other in (replace(given, text="other"), replace(given, available="Mondays")):
        assert offer(bea, post_id, other).verdict is Verdict.CONFLICT


def withdraw(visit: Visit, offer_id: str) -> Acceptance | None:
    core.delete(Offer, visit, offer_id, now())
    db.session.commit()
    return None


def test_an_offer_that_is_withdrawn_while_it_is_accepted_is_not_accepted(app: Flask, ana: Visit, bea: Visit) -> None:
    for _ in range(3):
        with app.app_context():
            post_id = publish(ana)
            offer_id = offered(bea, post_id)

        _, accepted = at_once(app, partial(withdraw, bea, offer_id), partial(accept, ana, offer_id))

        assert accepted in (Acceptance.DONE, Acceptance.GONE)
        with app.app_context():
            assert state(ana, post_id) is State.OPEN
            assert not any(found.is_accepted for found in store.find(ana.key, post_id))
            assert accept(ana, offer_id) is Acceptance.GONE


def test_offers_that_come_and_go_at_once_are_all_counted(app: Flask, ana: Visit, bea: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)
        made = [offered(bea, post_id) for _ in range(3)]

    def reply() -> Acceptance | None:
        core.add_reply(bea, post_id, Draft(id=new_id(), text="A reply", language="en"), now())
        db.session.commit()
        return None

    at_once(app, partial(withdraw, bea, made[0]), partial(accept, ana, made[1]), partial(withdraw, bea, made[2]), reply)

    with app.app_context():
        assert state(ana, post_id) is State.ACCEPTED
        assert [found.id for found in store.find(ana.key, post_id) if found.is_up] == [made[1]]


def test_a_post_that_is_removed_while_help_is_offered_loses_no_offer(app: Flask, ana: Visit, bea: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)

    def remove() -> Verdict:
        core.delete(Post, ana, post_id, now())
        db.session.commit()
        return Verdict.SAVED

    _, verdict = at_once(app, remove, lambda: offer(bea, post_id).verdict)

    with app.app_context():
        assert len(store.find(ana.key, post_id)) == (verdict is Verdict.SAVED)
