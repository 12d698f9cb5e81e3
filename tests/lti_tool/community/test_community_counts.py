"""What a post says of its replies, and where it stands in the list: kept as they come and go, also by two at once."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import create_engine, select, text

from lti_tool import database
from lti_tool.clock import now
from lti_tool.community import listing, moderation, store
from lti_tool.community.posts import Draft, Piece, PostKind, Reader, Reply
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, member, new_id
from tests.lti_tool.together import at_once


@pytest.fixture
def ana(enter: Enter) -> Visit:
    client = member(enter)
    reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=True)
    return Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)


@pytest.fixture
def post(app: Flask, ana: Visit) -> Iterator[Piece]:
    with app.app_context():
        draft = Draft(id=new_id(), kind="need", title="Title", text="Text", language="en")
        saved = store.add_post(ana, draft, now())
        db.session.commit()
        yield saved.piece


def answer(visit: Visit, post: Piece, reply_id: str | None = None) -> str:
    draft = Draft(id=reply_id or new_id(), text="A reply", language="en")
    store.add_reply(visit, post.id, draft, now())
    db.session.commit()
    return draft.id


def delete(visit: Visit, reply_id: str) -> str:
    store.delete(Reply, visit, reply_id, now())
    db.session.commit()
    return reply_id


def counted(visit: Visit) -> int:
    db.session.rollback()
    [listed] = listing.find_page(visit, None, None).posts
    return listed.replies


def test_a_reply_that_is_sent_twice_is_counted_once(ana: Visit, post: Piece) -> None:
    reply_id = answer(ana, post)

    answer(ana, post, reply_id)

    assert counted(ana) == 1


def test_a_reply_that_is_brought_back_counts_again(ana: Visit, post: Piece) -> None:
    reply_id = answer(ana, post)

    moderation.hide(Reply, ana, reply_id, "A name", now())
    assert counted(ana) == 1  # not committed: nothing happened

    moderation.hide(Reply, ana, reply_id, "A name", now())
    db.session.commit()
    assert counted(ana) == 0

    moderation.bring_back(Reply, ana, reply_id, now())
    db.session.commit()
    assert counted(ana) == 1


def test_replies_that_come_and_go_at_once_are_all_counted(app: Flask, ana: Visit, post: Piece) -> None:
    gone = [answer(ana, post) for _ in range(3)]
    coming = [partial(answer, ana, post) for _ in range(3)]

    at_once(app, *coming, *[partial(delete, ana, reply_id) for reply_id in gone])

    assert counted(ana) == 3


def test_a_deletion_and_a_mark_at_once_wait_for_each_other(app: Flask, ana: Visit, post: Piece) -> None:
    reply_id, other = answer(ana, post), answer(ana, post)

    def mark() -> str:
        moderation.mark_answered(ana, post.id, other, now())
        db.session.commit()
        return other

    at_once(app, *[mark] * 3, partial(delete, ana, reply_id))

    assert counted(ana) == 1


# Upgrading

PEOPLE = """
    INSERT INTO sites (id, issuer, people) VALUES (1, 'https://moodle.example.org', 0);
    INSERT INTO people (id, site_id, sub, number, seen_at, names)
        VALUES (1, 1, '5', 1, '2026-07-01 12:00:00.000000', '[]');
    INSERT INTO courses (id, site_id, context_id, history) VALUES (1, 1, '7', '[]');
    INSERT INTO communities (id, site_id, slug) VALUES (1, 1, 'practice')
"""
POST = """
    INSERT INTO posts (community_id, id, kind, title, text, language, author_id, course_id, version, created_at)
    VALUES (1, :id, :kind, 'Title', 'Text', 'en', 1, 1, 1, '2026-07-01 12:00:00.000000')
"""
REPLY = """
    INSERT INTO replies
        (community_id, id, post_id, helped, text, language, author_id, course_id, version, created_at, hidden_at)
    VALUES (1, :id, :post, false, 'Text', 'en', 1, 1, 1, :at, :hidden_at)
"""
FIRST, SECOND = str(UUID(int=1)), str(UUID(int=2))
REPLIES: list[dict[str, str | None]] = [
    {"id": str(UUID(int=3)), "post": FIRST, "at": "2026-07-02 12:00:00.000000", "hidden_at": None},
    {"id": str(UUID(int=4)), "post": FIRST, "at": "2026-07-03 12:00:00.000000", "hidden_at": None},
    {"id": str(UUID(int=5)), "post": FIRST, "at": "2026-07-04 12:00:00.000000", "hidden_at": "2026-07-05 12:00:00"},
]


def test_the_replies_that_were_there_are_counted_by_the_migration(database_url: str) -> None:
    engine = create_engine(database_url)
    command.upgrade(database.alembic_config(database_url), "0031")
    with engine.begin() as connection:
        for statement in PEOPLE.split(";"):
            connection.execute(text(statement))
        connection.execute(text(POST), [{"id": FIRST, "kind": "need"}, {"id": SECOND, "kind": "tool"}])
        connection.execute(text(REPLY), REPLIES)

    database.migrate(database_url)

    with engine.connect() as connection:
        columns = (PostRow.replies, PostRow.active_at, PostRow.waits)
        found = connection.execute(select(*columns).order_by(PostRow.id)).all()
    engine.dispose()
    assert [(row.replies, row.active_at.day, row.waits) for row in found] == [(2, 3, True), (0, 1, False)]


def test_a_post_of_the_version_before_stands_at_its_place(app: Flask, ana: Visit, post: Piece) -> None:
    older = {"community_id": 1, "id": FIRST, "kind": "tool"}
    db.session.execute(text(POST), older)
    db.session.execute(text(POST), {**older, "id": SECOND, "kind": "need"})
    db.session.commit()

    listed = listing.find_page(ana, None, None).posts

    assert [one.id for one in listed] == [post.id, SECOND, FIRST]
    assert [one.kind for one in listed] == [PostKind.NEED, PostKind.NEED, PostKind.TOOL]
