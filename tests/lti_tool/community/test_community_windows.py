"""Posts and replies in both databases when two windows write, one after the other or at once."""

from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.community import moderation, store, threads
from lti_tool.community.posts import Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Visit
from lti_tool.community.tables import ReplyRow
from lti_tool.database import db
from lti_tool.errors import NotFound
from tests.lti_tool.community.posting import answer, draft, publish, titles, words
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once


@pytest.mark.usefixtures("context")
def test_an_edit_of_an_old_version_changes_nothing_and_tells_what_is_there(ana: Visit, ticker: Ticker) -> None:
    post = draft(text="first")
    publish(ana, post)
    ticker.move(minutes=1)
    store.edit(Post, ana, replace(post, version=1, text="second"), now())
    db.session.commit()

    saved = store.edit(Post, ana, replace(post, version=1, text="mine"), now())

    assert (saved.verdict, saved.piece.text, saved.piece.version) == (Verdict.CONFLICT, "second", 2)
    assert saved.piece.edited_at == now()


@pytest.mark.usefixtures("context")
def test_saving_without_a_change_is_no_edit(ana: Visit) -> None:
    post = draft()
    publish(ana, post)

    saved = store.edit(Post, ana, replace(post, version=1), now())

    assert (saved.verdict, saved.piece.version, saved.piece.edited_at) == (Verdict.SAVED, 1, None)


@pytest.mark.usefixtures("context")
def test_a_form_that_is_sent_again_with_another_text_is_asked_about(ana: Visit) -> None:
    post = draft(text="first")
    publish(ana, post)

    saved = store.add_post(ana, replace(post, text="second", version=1), now())

    assert (saved.verdict, saved.piece.text) == (Verdict.CONFLICT, "first")


@pytest.mark.usefixtures("context")
def test_an_id_of_somebody_else_publishes_nothing(ana: Visit, bea: Visit) -> None:
    post = draft()
    publish(ana, post)

    with pytest.raises(NotFound):
        store.add_post(bea, post, now())


@pytest.mark.usefixtures("context")
def test_a_post_that_is_gone_takes_no_reply(ana: Visit, bea: Visit, teacher: Visit) -> None:
    deleted, hidden = publish(ana, draft()), publish(ana, draft())
    store.delete(Post, ana, deleted.id, now())
    moderation.hide(Post, teacher, hidden.id, "A name", now())
    db.session.commit()

    assert [answer(bea, post).verdict for post in (deleted, hidden)] == [Verdict.CLOSED, Verdict.CLOSED]
    assert db.session.scalar(select(func.count()).select_from(ReplyRow)) == 0


def test_a_double_click_makes_one_post_and_one_reply(app: Flask, ana: Visit) -> None:
    post, reply = draft(), words()

    posts = at_once(app, *[partial(publish, ana, post)] * 4)
    replies = at_once(app, *[partial(answer, ana, posts[0], reply)] * 4)

    assert {piece.id for piece in posts} == {post.id}
    assert {saved.verdict for saved in replies} == {Verdict.SAVED}
    with app.app_context():
        assert [len(threads.find(ana.key, post.id).replies), len(titles(ana))] == [1, 1]


def test_of_two_edits_at_once_one_is_asked(app: Flask, ana: Visit) -> None:
    post = draft(text="before")
    with app.app_context():
        publish(ana, post)

    def edit(text: str) -> Verdict:
        saved = store.edit(Post, ana, replace(post, version=1, text=text), now())
        db.session.commit()
        return saved.verdict

    verdicts = at_once(app, partial(edit, "mine"), partial(edit, "theirs"))

    assert sorted(verdicts) == [Verdict.CONFLICT, Verdict.SAVED]


def test_a_reply_and_a_deletion_at_once_lose_no_reply(app: Flask, ana: Visit, bea: Visit) -> None:
    with app.app_context():
        post = publish(ana, draft())

    def delete() -> Verdict:
        store.delete(Post, ana, post.id, now())
        db.session.commit()
        return Verdict.SAVED

    _, verdict = at_once(app, delete, lambda: answer(bea, post).verdict)

    with app.app_context():
        assert len(threads.find(ana.key, post.id).replies) == (verdict is Verdict.SAVED)
