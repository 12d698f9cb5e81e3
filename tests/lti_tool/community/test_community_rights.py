"""Who gets at which posts and replies, and who may do what with them, in both databases."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.community import listing, moderation, store, threads
from lti_tool.community.posts import Post, Reply
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow
from lti_tool.database import db
from lti_tool.errors import NotAllowed, NotFound
from tests.lti_tool.community.posting import answer, draft, publish, titles, visit_of, words
from tests.lti_tool.community.talking import Enter, member, trainer
from tests.lti_tool.ticking import Ticker


def attempts(visit: Visit, post_id: str, reply_id: str) -> list[Callable[[], object]]:
    """Give everything that one could try with these ids."""
    return [
        lambda: threads.find(visit.key, post_id),
        lambda: store.find_own(Post, visit, post_id),
        lambda: store.find_own(Reply, visit, reply_id),
        lambda: moderation.find_moderated(Post, visit, post_id),
        lambda: store.add_reply(visit, post_id, words(), now()),
        lambda: store.edit(Post, visit, draft(id=post_id), now()),
        lambda: store.edit(Reply, visit, replace(words(), id=reply_id), now()),
        lambda: store.delete(Post, visit, post_id, now()),
        lambda: moderation.hide(Reply, visit, reply_id, "x", now()),
        lambda: moderation.bring_back(Post, visit, post_id, now()),
        lambda: moderation.mark_answered(visit, post_id, reply_id, now()),
        lambda: moderation.reopen(visit, post_id, now()),
    ]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("elsewhere", [{"slug": "another"}, {"site_id": 2}])
def test_another_community_and_another_site_have_nothing_of_it(
    enter: Enter, ana: Visit, elsewhere: dict[str, int]
) -> None:
    post = publish(ana, draft())
    reply = answer(ana, post).piece
    client = member(enter, "Zoe", issuer="http://localhost:8200" if "site_id" in elsewhere else "http://localhost:8100")
    there = visit_of(client, is_trainer=True, **elsewhere)  # type: ignore[arg-type]  # one or the other
    same_person = replace(ana, key=there.key)

    assert titles(there) == []
    for visit in (there, same_person):
        for attempt in attempts(visit, post.id, reply.id):
            with pytest.raises(NotFound):
                attempt()


@pytest.mark.usefixtures("context")
def test_the_same_id_in_another_community_is_another_post(ana: Visit) -> None:
    elsewhere = replace(ana, key=replace(ana.key, slug="another"))
    post = draft(title="here")
    publish(ana, post)

    publish(elsewhere, replace(post, title="there"))

    assert (titles(ana), titles(elsewhere)) == (["here"], ["there"])


@pytest.mark.usefixtures("context")
def test_people_of_another_course_of_the_site_talk_along(ana: Visit, bea: Visit) -> None:
    post = publish(ana, draft(title="from one course"))

    answer(bea, post)

    assert titles(bea) == ["from one course"]
    assert [reply.author.name for reply in threads.find(ana.key, post.id).replies] == ["Bea"]


@pytest.mark.usefixtures("context")
def test_a_hidden_post_is_listed_for_its_author_and_its_trainers_only(
    enter: Enter, ana: Visit, bea: Visit, teacher: Visit
) -> None:
    elsewhere = visit_of(trainer(enter, sub="Other", course="course-2"), is_trainer=True)
    post = publish(ana, draft(title="hidden"))
    moderation.hide(Post, teacher, post.id, "It names somebody", now())
    db.session.commit()

    assert [titles(visit) for visit in (ana, teacher, bea, elsewhere)] == [["hidden"], ["hidden"], [], []]

    moderation.bring_back(Post, teacher, post.id, now())
    db.session.commit()

    assert titles(bea) == ["hidden"]


@pytest.mark.usefixtures("context")
def test_a_deleted_post_leaves_the_list_and_keeps_its_thread(ana: Visit, bea: Visit) -> None:
    alone, answered = publish(ana, draft("tool", "alone")), publish(ana, draft("tool", "answered"))
    answer(bea, answered)

    for post in (alone, answered):
        store.delete(Post, ana, post.id, now())
    db.session.commit()

    assert listing.find_page(bea, None, None).posts == []
    left = store.find_post(bea.key, answered.id)
    assert (left.id, left.is_deleted, left.title, left.text) == (answered.id, True, "", "")


@pytest.mark.usefixtures("context")
def test_deleting_twice_is_deleting_once(ana: Visit, ticker: Ticker) -> None:
    post = publish(ana, draft())
    store.delete(Post, ana, post.id, now())
    db.session.commit()
    before = db.session.scalars(select(PostRow.deleted_at)).one()
    ticker.move(minutes=1)

    store.delete(Post, ana, post.id, now())
    db.session.commit()

    assert db.session.scalars(select(PostRow.deleted_at)).one() == before


@pytest.mark.usefixtures("context")
def test_only_the_author_changes_and_deletes(ana: Visit, bea: Visit, teacher: Visit) -> None:
    post = publish(ana, draft())

    for visit in (bea, teacher):
        with pytest.raises(NotAllowed):
            store.edit(Post, visit, draft(id=post.id), now())
        with pytest.raises(NotAllowed):
            store.delete(Post, visit, post.id, now())


@pytest.mark.usefixtures("context")
def test_a_trainer_looks_after_what_was_written_in_their_own_course(ana: Visit, bea: Visit, teacher: Visit) -> None:
    ours, theirs = publish(ana, draft()), publish(bea, draft())
    to_ours, to_theirs = (answer(bea, post).piece.id for post in (ours, theirs))
    moderation.hide(Post, teacher, ours.id, "A name", now())
    moderation.mark_answered(teacher, ours.id, to_ours, now())

    refused: list[Callable[[], object]] = [
        lambda: moderation.hide(Post, teacher, theirs.id, "A name", now()),
        lambda: moderation.bring_back(Post, teacher, theirs.id, now()),
        lambda: moderation.mark_answered(teacher, theirs.id, to_theirs, now()),
        lambda: moderation.reopen(teacher, theirs.id, now()),
        lambda: moderation.hide(Post, ana, ours.id, "A name", now()),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowed):
            attempt()
