"""Posts are merged and split in both databases while others write, merge and split at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from lti_tool.clock import now
from lti_tool.community import store, threads
from lti_tool.community.caring import moving
from lti_tool.community.merging import splitting
from lti_tool.community.merging.rules import Wanted
from lti_tool.community.posts import Piece, Post, Reply
from lti_tool.community.store import Saved, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from lti_tool.errors import Conflict, NotFound
from tests.lti_tool.community.merging.combining import merged
from tests.lti_tool.community.posting import answer, draft, publish, words
from tests.lti_tool.together import PATIENCE, at_once, overtaking

WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")


def tried(visit: Visit, post: Piece, target: Piece) -> str | None:
    """Merge a post into another; give where it stands then, or nothing where that can't be."""
    try:
        return merged(visit, post.id, target.id).post_id
    except Conflict:
        db.session.rollback()
        return None


def made_a_post(visit: Visit, reply: Piece) -> Piece | None:
    """Make a reply a post, unless it was moved meanwhile."""
    try:
        post = splitting.split(visit, reply.id, Wanted(kind="tool", title="Ours", reason="x"), now())
    except (Conflict, NotFound):
        db.session.rollback()
        return None
    db.session.commit()
    return post


def moved(visit: Visit, reply: Piece, target: Piece) -> Piece | None:
    """Move a reply, unless it became a post meanwhile."""
    try:
        done = moving.move(visit, reply.id, target.id, "x", now())
    except (Conflict, NotFound):
        db.session.rollback()
        return None
    db.session.commit()
    return done


def replies_of(visit: Visit, post_id: str) -> tuple[int, int]:
    """Count the replies that stand under a post, and those that it says it has."""
    db.session.rollback()
    found = threads.find(visit.key, post_id)
    return len(found.replies), found.post.replies


def test_of_two_trainers_who_merge_one_post_the_first_decides(app: Flask, ana: Visit, teacher: Visit) -> None:
    with app.app_context():
        post, one, two = (publish(ana, draft()) for _ in range(3))

    came = at_once(app, partial(tried, teacher, post, one), partial(tried, teacher, post, two))

    with app.app_context():
        [there] = [each for each in came if each]
        assert store.standing(ana.key, post.id) == there
        assert replies_of(ana, there) == (1, 1)
        assert db.session.scalar(select(func.count()).select_from(ReplyRow)) == 1


def test_two_posts_that_are_merged_into_each_other_are_one(app: Flask, ana: Visit, teacher: Visit) -> None:
    with app.app_context():
        one, two = publish(ana, draft()), publish(ana, draft())

    came = at_once(app, partial(tried, teacher, one, two), partial(tried, teacher, two, one))

    with app.app_context():
        [there] = [each for each in came if each]
        up = db.session.scalars(select(PostRow.id).where(PostRow.deleted_at.is_(None))).all()
        assert up == [there]


def test_replies_that_arrive_meanwhile_stand_and_count_where_it_stands(
    app: Flask, ana: Visit, bea: Visit, teacher: Visit
) -> None:
    with app.app_context():
        post, target = publish(ana, draft()), publish(ana, draft())

    def write() -> Saved:
        return answer(bea, post)

    at_once(app, partial(tried, teacher, post, target), *[write] * 4)

    with app.app_context():
        assert replies_of(ana, target.id) == (5, 5)


@pytest.mark.usefixtures("context")
def test_a_reply_that_waited_for_the_merging_lands_where_it_stands(
    app: Flask, ana: Visit, bea: Visit, teacher: Visit
) -> None:
    post, target = publish(ana, draft()), publish(ana, draft())

    with overtaking(app, partial(tried, teacher, post, target)):
        saved = answer(bea, post)

    assert saved.piece.thread == target.id
    assert replies_of(ana, target.id) == (2, 2)


@pytest.mark.usefixtures("context")
def test_what_is_changed_and_deleted_meanwhile_is_changed_and_deleted(app: Flask, ana: Visit, teacher: Visit) -> None:
    given = draft(title="First")
    post, target = publish(ana, given), publish(ana, draft())

    with overtaking(app, partial(tried, teacher, post, target)):
        saved = store.edit(Post, ana, replace(given, title="Second", version=1), now())
        db.session.commit()
    piece = saved.piece
    assert piece.headed
    assert (piece.thread, piece.headed.title) == (target.id, "Second")

    store.delete(Post, ana, post.id, now())
    db.session.commit()
    assert replies_of(ana, target.id) == (1, 0)


def test_a_reply_that_is_moved_and_made_a_post_at_once_is_one_of_both(app: Flask, ana: Visit, teacher: Visit) -> None:
    with app.app_context():
        left, target = publish(ana, draft()), publish(ana, draft())
        reply = answer(ana, left).piece

    came = at_once(app, partial(made_a_post, teacher, reply), partial(moved, teacher, reply, target))

    with app.app_context():
        posts = db.session.scalars(select(PostRow).where(PostRow.id == reply.id)).all()
        replies = db.session.scalars(select(ReplyRow).where(ReplyRow.id == reply.id)).all()
        assert len(posts) + len(replies) == 1
        assert any(came)
        assert replies_of(ana, left.id) == (0, 0)


def test_a_reply_that_two_make_a_post_is_one(app: Flask, ana: Visit, teacher: Visit) -> None:
    with app.app_context():
        reply = answer(ana, publish(ana, draft()), words("Ours is better.")).piece

    came = at_once(app, *[partial(made_a_post, teacher, reply)] * 2)

    with app.app_context():
        assert any(came)
        assert threads.find(ana.key, reply.id).post.text == "Ours is better."


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_reply_counts_that_arrives_where_another_was_moved_that_is_deleted(
    app: Flask, ana: Visit, bea: Visit, teacher: Visit
) -> None:
    """Who counts without the lock of the post in which a reply stands now misses what is being written there."""
    left, target = publish(ana, draft()), publish(ana, draft())
    reply = answer(ana, left).piece
    is_written, is_over = Event(), Event()

    def arrive() -> None:
        with app.app_context():
            store.add_reply(bea, target.id, words(), now())
            is_written.set()
            while not (db.session.scalar(WAITS) or is_over.is_set()):
                pass
            db.session.commit()

    with ThreadPoolExecutor() as pool:

        def begin() -> bool:
            pool.submit(arrive)
            return is_written.wait(PATIENCE)

        with overtaking(app, partial(moved, teacher, reply, target), begin):
            store.delete(Reply, ana, reply.id, now())
            db.session.commit()
        is_over.set()

    assert [replies_of(ana, each.id)[1] for each in (left, target)] == [0, 1]
