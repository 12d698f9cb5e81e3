"""What came of needs, in both databases, also when two windows write at once."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.community import listing, moderation
from lti_tool.community import store as core
from lti_tool.community.offers import store as offers
from lti_tool.community.offers.rules import Offer, OfferDraft
from lti_tool.community.outcomes import store
from lti_tool.community.outcomes.rules import Held, HeldDraft, Outcome
from lti_tool.community.posts import Draft, Post, Reply, State
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Visit
from lti_tool.database import db
from lti_tool.errors import NotAllowed, NotFound
from tests.lti_tool.community.posting import visit_of
from tests.lti_tool.community.talking import Enter, member, new_id
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once


def words(text: str = "It works", **given: str) -> Draft:
    return Draft(**{"id": new_id(), "text": text, "language": "en", **given})  # type: ignore[arg-type]


def publish(visit: Visit, kind: str = "need") -> str:
    draft = Draft(id=new_id(), kind=kind, title="Title", text="Text", language="en")
    core.add_post(visit, draft, now())
    db.session.commit()
    return draft.id


def accepted(helper: Visit, owner: Visit, post_id: str) -> str:
    draft = OfferDraft(id=new_id(), text="I can", language="en")
    offers.add(helper, post_id, draft, now())
    offers.accept(owner, draft.id, 1, now())
    db.session.commit()
    return draft.id


def close(visit: Visit, post_id: str, given: Draft | None = None) -> Saved:
    saved = store.close(visit, post_id, given or words(), now())
    db.session.commit()
    return saved


def say(visit: Visit, outcome_id: str, held: str = "yes", version: int = 1, text: str = "It grows") -> Saved:
    draft = HeldDraft(id=outcome_id, held=held, text=text, language="en", version=version)
    saved = store.answer(visit, draft, now())
    db.session.commit()
    return saved


def reopen(visit: Visit, post_id: str) -> None:
    moderation.reopen(visit, post_id, now())
    db.session.commit()


def state(visit: Visit, post_id: str) -> State | None:
    return core.find_post(visit.key, post_id).state


def credited(visit: Visit, post_id: str) -> list[list[str]]:
    """Tell for each outcome, the newest first, which offers it goes back to."""
    found = offers.find(visit.key, post_id)
    told = store.find(visit.key, post_id)
    return [[offer.id for offer in store.credited(outcome, found)] for outcome in told]


@pytest.mark.usefixtures("context")
def test_an_outcome_closes_a_need_and_opening_it_again_keeps_the_text_and_whom_it_thanks(
    ana: Visit, bea: Visit, ticker: Ticker
) -> None:
    post_id = publish(ana)
    first = accepted(bea, ana, post_id)
    close(ana, post_id, words("The first time"))
    assert state(ana, post_id) is State.CLOSED
    assert not listing.find_page(ana, None, None).posts[0].is_open_need
    assert credited(ana, post_id) == [[first]]

    ticker.move(days=1)
    reopen(ana, post_id)
    assert state(ana, post_id) is State.OFFERED
    second = accepted(bea, ana, post_id)
    close(ana, post_id, words("The second time"))

    told = store.find(ana.key, post_id)
    assert [(outcome.text, outcome.is_current) for outcome in told] == [
        ("The second time", True),
        ("The first time", False),
    ]
    assert credited(ana, post_id) == [[second], [first]]
    core.delete(Offer, bea, first, now())
    assert credited(ana, post_id) == [[second], []]


@pytest.mark.usefixtures("context")
def test_a_need_that_a_reply_closed_can_be_told_of_and_opened_again(ana: Visit, bea: Visit) -> None:
    post_id = publish(ana)
    reply = core.add_reply(bea, post_id, words("A reply"), now()).piece
    offer_id = accepted(bea, ana, post_id)
    moderation.mark_answered(ana, post_id, reply.id, now())
    assert state(ana, post_id) is State.ANSWERED

    close(ana, post_id)
    assert state(ana, post_id) is State.CLOSED
    core.delete(Reply, bea, reply.id, now())
    assert state(ana, post_id) is State.CLOSED
    reopen(ana, post_id)

    assert state(ana, post_id) is State.OFFERED
    assert credited(ana, post_id) == [[offer_id]]


@pytest.mark.usefixtures("context")
def test_opening_again_what_only_a_reply_closed_keeps_what_was_accepted(ana: Visit, bea: Visit) -> None:
    post_id = publish(ana)
    accepted(bea, ana, post_id)
    reply = core.add_reply(bea, post_id, words("A reply"), now()).piece
    moderation.mark_answered(ana, post_id, reply.id, now())

    reopen(ana, post_id)

    assert state(ana, post_id) is State.ACCEPTED


@pytest.mark.usefixtures("context")
def test_only_a_need_is_closed_with_an_outcome_and_only_by_its_owner_or_its_trainers(
    ana: Visit, bea: Visit, teacher: Visit
) -> None:
    post_id, doubt = publish(ana), publish(ana, "doubt")
    with pytest.raises(NotAllowed):
        store.close(bea, post_id, words(), now())
    with pytest.raises(NotAllowed):
        store.close(teacher, doubt, words(), now())

    assert close(ana, doubt).verdict is Verdict.CLOSED
    assert close(teacher, post_id).verdict is Verdict.SAVED
    assert state(ana, post_id) is State.CLOSED


@pytest.mark.usefixtures("context")
def test_a_need_that_was_deleted_meanwhile_is_not_closed(ana: Visit) -> None:
    post_id = publish(ana)
    core.delete(Post, ana, post_id, now())
    db.session.commit()

    assert close(ana, post_id).verdict is Verdict.CLOSED
    assert store.find(ana.key, post_id) == []


@pytest.mark.usefixtures("context")
def test_a_hidden_outcome_still_closes_its_need(ana: Visit, teacher: Visit) -> None:
    post_id = publish(ana)
    outcome = close(ana, post_id).piece

    moderation.hide(Outcome, teacher, outcome.id, "It names somebody", now())

    assert state(ana, post_id) is State.CLOSED


# A month later


def asked(visit: Visit) -> list[str]:
    return [question.post.id for question in store.find_questions(visit, now())]


@pytest.mark.usefixtures("context")
def test_the_owner_is_asked_a_month_later_until_they_say_something(
    ana: Visit, bea: Visit, teacher: Visit, ticker: Ticker
) -> None:
    said, dismissed, again, closed = (publish(ana) for _ in range(4))
    ids = [close(by, post_id).piece.id for by, post_id in ((ana, said), (teacher, dismissed), (ana, again))]
    moderation.mark_answered(ana, closed, core.add_reply(bea, closed, words(), now()).piece.id, now())
    db.session.commit()
    ticker.move(days=30, seconds=-1)
    assert asked(ana) == []
    ticker.move(seconds=1)
    assert set(asked(ana)) == {said, dismissed, again}
    assert asked(bea) == asked(teacher) == []

    say(ana, ids[0], "partly")
    store.dismiss(ana, ids[1], now())
    reopen(ana, again)

    assert asked(ana) == []


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("held", "becomes"), [("yes", "held"), ("partly", "closed"), ("no", "closed")])
def test_what_is_said_a_month_later_stays_with_its_date(ana: Visit, ticker: Ticker, held: str, becomes: str) -> None:
    post_id = publish(ana)
    outcome = close(ana, post_id).piece
    ticker.move(days=31)

    assert say(ana, outcome.id, held).verdict is Verdict.SAVED

    assert state(ana, post_id) == becomes
    [told] = store.find(ana.key, post_id)
    assert told.later is not None
    assert (told.later.held, told.later.text, told.later.said_at) == (Held(held), "It grows", now())


@pytest.mark.usefixtures("context")
def test_of_two_answers_one_is_asked_about(ana: Visit) -> None:
    outcome = close(ana, publish(ana)).piece
    say(ana, outcome.id, "no", version=1)

    assert say(ana, outcome.id, "no", version=1).verdict is Verdict.SAVED
    assert say(ana, outcome.id, "yes", version=1).verdict is Verdict.CONFLICT
    assert say(ana, outcome.id, "yes", version=2).verdict is Verdict.SAVED


@pytest.mark.usefixtures("context")
def test_a_change_of_the_outcomes_words_loses_no_answer(ana: Visit) -> None:
    outcome = close(ana, publish(ana)).piece
    core.edit(Outcome, ana, words("Other words", id=outcome.id, version=1), now())  # type: ignore[arg-type]
    db.session.commit()

    assert say(ana, outcome.id, "yes", version=1).verdict is Verdict.SAVED


@pytest.mark.usefixtures("context")
def test_only_the_needs_owner_says_how_it_held(ana: Visit, bea: Visit, teacher: Visit) -> None:
    outcome = close(teacher, publish(ana)).piece

    for visit in (bea, teacher):
        for attempt in (lambda by: say(by, outcome.id), lambda by: store.dismiss(by, outcome.id, now())):
            with pytest.raises(NotAllowed):
                attempt(visit)
    assert say(ana, outcome.id).verdict is Verdict.SAVED


@pytest.mark.usefixtures("context")
def test_nothing_is_said_of_a_need_that_is_open_again(ana: Visit) -> None:
    post_id = publish(ana)
    outcome = close(ana, post_id).piece
    reopen(ana, post_id)

    assert say(ana, outcome.id).verdict is Verdict.CLOSED
    assert state(ana, post_id) is State.OPEN


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("elsewhere", [{"slug": "another"}, {"site_id": 2}])
def test_another_community_and_another_site_have_nothing_of_it(
    enter: Enter, ana: Visit, ticker: Ticker, elsewhere: dict[str, int]
) -> None:
    post_id = publish(ana)
    outcome_id = close(ana, post_id).piece.id
    client = member(enter, "Zoe", issuer="http://localhost:8200" if "site_id" in elsewhere else "http://localhost:8100")
    there = visit_of(client, is_trainer=True, **elsewhere)  # type: ignore[arg-type]  # one or the other
    ticker.move(days=30)

    attempts: list[Callable[[Visit], object]] = [
        lambda visit: store.close(visit, post_id, words(), now()),
        lambda visit: say(visit, outcome_id),
        lambda visit: store.dismiss(visit, outcome_id, now()),
        lambda visit: store.find_own(visit, outcome_id),
        lambda visit: core.find_own(Outcome, visit, outcome_id),
        lambda visit: moderation.hide(Outcome, visit, outcome_id, "x", now()),
    ]
    for visit in (there, replace(ana, key=there.key)):
        assert [*store.find(visit.key, post_id), *store.find_questions(visit, now())] == []
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt(visit)


# Two windows


def test_a_double_click_closes_once(app: Flask, ana: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)
    given = words()

    saved = at_once(app, *[partial(close, ana, post_id, given)] * 4)

    assert {each.verdict for each in saved} == {Verdict.SAVED}
    with app.app_context():
        assert len(store.find(ana.key, post_id)) == 1


def test_of_two_outcomes_at_once_one_is_asked_about(app: Flask, ana: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)

    saved = at_once(app, partial(close, ana, post_id, words("mine")), partial(close, ana, post_id, words("theirs")))

    assert sorted(each.verdict for each in saved) == [Verdict.CONFLICT, Verdict.SAVED]
    assert len({each.piece.id for each in saved}) == 1
    with app.app_context():
        assert len(store.find(ana.key, post_id)) == 1


def test_an_outcome_of_the_trainer_at_the_same_time_is_not_overwritten(app: Flask, ana: Visit, teacher: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)

    saved = at_once(app, partial(close, ana, post_id), partial(close, teacher, post_id))

    assert sorted(each.verdict for each in saved) == [Verdict.CLOSED, Verdict.SAVED]


def test_opening_again_and_answering_at_once_leave_one_story(app: Flask, ana: Visit) -> None:
    with app.app_context():
        post_id = publish(ana)
        outcome = close(ana, post_id).piece

    at_once(app, partial(reopen, ana, post_id), partial(say, ana, outcome.id))

    with app.app_context():
        assert state(ana, post_id) is State.OPEN
