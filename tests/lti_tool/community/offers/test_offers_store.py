"""Offers and acceptances in both databases, also when two windows write at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.community import listing, moderation
from lti_tool.community import store as core
from lti_tool.community.history import store as history
from lti_tool.community.listing import Filters
from lti_tool.community.offers import store
from lti_tool.community.offers.rules import Offer, OfferDraft
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.rules import Draft, Post, PostKind, Reader, Reply, State, Verdict
from lti_tool.community.store import CommunityKey, Saved, Visit
from lti_tool.community.tables import ReplyRow
from lti_tool.database import db
from lti_tool.errors import NotAllowed, NotFound
from tests.lti_tool.community.talking import Enter, member, new_id, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once
from tests.lti_tool.watching import statements


def visit_of(client: Client, *, is_trainer: bool = False, site_id: int = 1, slug: str = "practice") -> Visit:
    reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=is_trainer)
    return Visit(key=CommunityKey(site_id=site_id, slug=slug), reader=reader)


@pytest.fixture
def ana(enter: Enter) -> Visit:
    return visit_of(member(enter))


@pytest.fixture
def bea(enter: Enter) -> Visit:
    return visit_of(member(enter, "Bea", course="course-2"))


@pytest.fixture
def teacher(enter: Enter) -> Visit:
    return visit_of(trainer(enter), is_trainer=True)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def publish(visit: Visit, kind: str = "need", title: str = "Title") -> str:
    draft = Draft(id=new_id(), kind=kind, title=title, text="Text", language="en")
    core.add_post(visit, draft, now())
    db.session.commit()
    return draft.id


def draft(text: str = "I can", **given: str) -> OfferDraft:
    return OfferDraft(**{"id": new_id(), "text": text, "language": "en", "available": "Fridays", **given})  # type: ignore[arg-type]


def offer(visit: Visit, post_id: str, given: OfferDraft | None = None) -> Saved:
    saved = store.add(visit, post_id, given or draft(), now())
    db.session.commit()
    return saved


def offered(visit: Visit, post_id: str) -> str:
    return offer(visit, post_id).piece.id


def accept(visit: Visit, offer_id: str, version: int = 1) -> Acceptance:
    accepted = store.accept(visit, offer_id, version, now())
    db.session.commit()
    return accepted.outcome


def state(visit: Visit, post_id: str) -> State | None:
    return core.find_thread(visit.key, post_id).post.state


def titles(visit: Visit) -> list[str]:
    return [post.title for post in listing.find_page(visit, None, None).posts]


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
def test_nobody_offers_help_to_themselves_or_under_anothers_id(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    with pytest.raises(NotAllowed):
        store.add(ana, post_id, given, now())
    offer(bea, post_id, given)

    with pytest.raises(NotFound):
        store.add(replace(bea, reader=replace(bea.reader, person_id=3)), post_id, given, now())


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
@pytest.mark.parametrize("elsewhere", [{"slug": "another"}, {"site_id": 2}])
def test_another_community_and_another_site_have_nothing_of_it(
    enter: Enter, ana: Visit, bea: Visit, elsewhere: dict[str, int]
) -> None:
    post_id = publish(ana)
    offer_id = offered(bea, post_id)
    accept(ana, offer_id)
    client = member(enter, "Zoe", issuer="http://localhost:8200" if "site_id" in elsewhere else "http://localhost:8100")
    there = visit_of(client, is_trainer=True, **elsewhere)  # type: ignore[arg-type]  # one or the other

    assert store.find(there.key, post_id) == []
    assert store.find_accepted(replace(bea, key=there.key)) == []
    attempts: list[Callable[[Visit], object]] = [
        lambda visit: store.add(visit, post_id, draft(), now()),
        lambda visit: store.edit(visit, draft(id=offer_id), now()),
        lambda visit: store.accept(visit, offer_id, 1, now()),
        lambda visit: store.take_back(visit, offer_id),
        lambda visit: core.find_own(Offer, visit, offer_id),
        lambda visit: core.delete(Offer, visit, offer_id, now()),
        lambda visit: moderation.hide(Offer, visit, offer_id, "x", now()),
    ]
    for visit in (there, *(replace(one, key=there.key) for one in (ana, bea))):
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt(visit)


@pytest.mark.usefixtures("context")
def test_everybody_does_what_is_theirs(ana: Visit, bea: Visit, teacher: Visit) -> None:
    post_id = publish(ana)
    offer_id = offered(bea, post_id)
    refused: list[Callable[[], object]] = [
        lambda: store.accept(bea, offer_id, 1, now()),
        lambda: store.take_back(bea, offer_id),
        lambda: store.edit(ana, draft(id=offer_id), now()),
        lambda: core.delete(Offer, ana, offer_id, now()),
        lambda: moderation.hide(Offer, teacher, offer_id, "It was written in another course", now()),
    ]

    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()
    assert accept(teacher, offer_id) is Acceptance.DONE


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


# Two windows


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


# The answer


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("kind", ["need", "doubt"])
def test_a_hidden_or_deleted_answer_opens_the_post_again(ana: Visit, bea: Visit, teacher: Visit, kind: str) -> None:
    post_id = publish(ana, kind)
    first, second = (
        core.add_reply(visit, post_id, Draft(id=new_id(), text="A reply", language="en"), now()).piece.id
        for visit in (teacher, bea)
    )
    moderation.mark_answered(ana, post_id, first, now())
    assert state(ana, post_id) is State.ANSWERED

    moderation.hide(Reply, teacher, first, "A name", now())
    assert state(ana, post_id) is State.OPEN
    moderation.bring_back(Reply, teacher, first, now())
    assert state(ana, post_id) is State.ANSWERED
    moderation.mark_answered(ana, post_id, second, now())
    moderation.hide(Reply, teacher, first, "A name", now())
    assert state(ana, post_id) is State.ANSWERED
    core.delete(Reply, bea, second, now())
    assert state(ana, post_id) is State.OPEN
    assert listing.find_page(ana, None, None).posts[0].is_answered is False


@pytest.mark.usefixtures("context")
def test_a_hidden_answer_that_is_no_longer_the_answer_answers_nothing_when_it_comes_back(
    ana: Visit, teacher: Visit
) -> None:
    post_id = publish(ana, "doubt")
    reply = core.add_reply(teacher, post_id, Draft(id=new_id(), text="A reply", language="en"), now()).piece
    moderation.mark_answered(ana, post_id, reply.id, now())
    moderation.hide(Reply, teacher, reply.id, "A name", now())
    with pytest.raises(NotFound):
        moderation.mark_answered(ana, post_id, reply.id, now())
    moderation.reopen(ana, post_id, now())

    moderation.bring_back(Reply, teacher, reply.id, now())

    assert state(ana, post_id) is State.OPEN


@pytest.mark.usefixtures("context")
def test_withdrawing_an_offer_forgets_nothing_of_a_reply_of_the_same_id(ana: Visit, bea: Visit) -> None:
    post_id, given = publish(ana), draft()
    core.add_reply(ana, post_id, Draft(id=given.id, text="first", language="en"), now())
    core.edit(Reply, ana, Draft(id=given.id, text="second", language="en", version=1), now())
    offer(bea, post_id, given)

    core.delete(Offer, bea, given.id, now())

    reply: ReplyRow = core.row_of(ReplyRow, ana.key, given.id)
    assert [version.text for version in history.find(reply)] == ["first", "second"]
