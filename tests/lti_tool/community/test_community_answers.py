"""The reply that answers a need or a doubt, in both databases, and what becomes of it."""

import pytest

from lti_tool.clock import now
from lti_tool.community import listing, moderation, store, threads
from lti_tool.community.posts import Draft, Reply, State
from lti_tool.community.store import Visit
from lti_tool.errors import NotFound
from tests.lti_tool.community.offers.offering import state
from tests.lti_tool.community.posting import answer, draft, publish
from tests.lti_tool.community.talking import new_id


@pytest.mark.usefixtures("context")
def test_a_need_is_answered_by_a_reply_of_its_own_and_opened_again(ana: Visit, bea: Visit) -> None:
    post, other = publish(ana, draft()), publish(ana, draft())
    first, second = answer(bea, post).piece, answer(bea, post).piece
    of_other = answer(bea, other).piece

    def helped() -> list[str]:
        return [reply.id for reply in threads.find(ana.key, post.id).replies if reply.helped]

    with pytest.raises(NotFound):
        moderation.mark_answered(ana, post.id, of_other.id, now())
    for reply in (first, second):
        moderation.mark_answered(ana, post.id, reply.id, now())
        assert helped() == [reply.id]
    assert store.find_post(ana.key, post.id).is_answered

    moderation.reopen(ana, post.id, now())

    assert helped() == []
    assert store.find_post(ana.key, post.id).is_open_need


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("kind", ["need", "doubt"])
def test_a_hidden_or_deleted_answer_opens_the_post_again(ana: Visit, bea: Visit, teacher: Visit, kind: str) -> None:
    post_id = publish(ana, draft(kind)).id
    first, second = (
        store.add_reply(visit, post_id, Draft(id=new_id(), text="A reply", language="en"), now()).piece.id
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
    store.delete(Reply, bea, second, now())
    assert state(ana, post_id) is State.OPEN
    assert listing.find_page(ana, None, None).posts[0].is_answered is False


@pytest.mark.usefixtures("context")
def test_a_hidden_answer_that_is_no_longer_the_answer_answers_nothing_when_it_comes_back(
    ana: Visit, teacher: Visit
) -> None:
    post_id = publish(ana, draft("doubt")).id
    reply = store.add_reply(teacher, post_id, Draft(id=new_id(), text="A reply", language="en"), now()).piece
    moderation.mark_answered(ana, post_id, reply.id, now())
    moderation.hide(Reply, teacher, reply.id, "A name", now())
    with pytest.raises(NotFound):
        moderation.mark_answered(ana, post_id, reply.id, now())
    moderation.reopen(ana, post_id, now())

    moderation.bring_back(Reply, teacher, reply.id, now())

    assert state(ana, post_id) is State.OPEN
