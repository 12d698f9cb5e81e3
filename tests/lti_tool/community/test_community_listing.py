"""The list of posts in both databases: its order, its pages, and what it counts."""

from collections.abc import Callable
from itertools import product
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.community import listing, moderation, pieces, store, threads
from lti_tool.community.listing import Filters
from lti_tool.community.posts import PostKind, Reply, State
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.posting import answer, draft, publish, titles
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.watching import statements


@pytest.mark.usefixtures("context")
def test_where_nobody_wrote_there_is_nothing(ana: Visit) -> None:
    assert titles(ana) == []


@pytest.mark.usefixtures("context")
def test_open_needs_come_first_and_then_the_newest_activity(ana: Visit, ticker: Ticker) -> None:
    posts = {}
    for kind, title in [("need", "open"), ("tool", "old"), ("need", "answered"), ("doubt", "new")]:
        posts[title] = publish(ana, draft(kind, title))
        if title == "answered":
            moderation.mark_answered(ana, posts[title].id, answer(ana, posts[title]).piece.id, now())
            db.session.commit()
        ticker.move(minutes=1)
    assert titles(ana) == ["open", "new", "answered", "old"]

    answer(ana, posts["old"])

    assert titles(ana) == ["open", "old", "new", "answered"]


@pytest.mark.usefixtures("context")
def test_the_list_can_show_one_kind(ana: Visit) -> None:
    publish(ana, draft("need", "a need"))
    publish(ana, draft("tool", "a tool"))

    assert titles(ana, PostKind.TOOL) == ["a tool"]


@pytest.mark.usefixtures("context")
def test_the_list_can_show_one_state_as_the_posts_say_it(ana: Visit) -> None:
    stages = (None, *(state for state in State if state is not State.ANSWERED))
    cases = product(PostKind, (None, now()), stages)
    for index, (kind, answered_at, stage) in enumerate(cases):
        post = publish(ana, draft(str(kind), str(index)))
        row = db.session.get_one(PostRow, (1, post.id))
        row.answered_at, row.stage = answered_at, stage
    db.session.commit()
    posts = [pieces.post_of(row) for row in db.session.scalars(select(PostRow))]

    for state in State:
        found: set[str] = set()
        page = listing.find_page(ana, Filters(state=state), None)
        found.update(post.id for post in page.posts)
        while page.after:
            page = listing.find_page(ana, Filters(state=state), page.after)
            found.update(post.id for post in page.posts)
        assert found == {post.id for post in posts if post.state is state}


def read_all(visit: Visit, meanwhile: Callable[[], object]) -> list[list[str]]:
    """Read the list page by page, as its links lead, and let something happen after the first."""
    page = listing.find_page(visit, None, None)
    pages = [[post.title for post in page.posts]]
    meanwhile()
    while page.after:
        page = listing.find_page(visit, None, listing.read_place(str(page.after)))
        pages.append([post.title for post in page.posts])
    return pages


@pytest.mark.usefixtures("context")
def test_pages_neither_repeat_nor_leave_out_what_was_there_when_others_write(ana: Visit, ticker: Ticker) -> None:
    for number in range(45):
        publish(ana, draft("need" if number % 2 else "tool", str(number)))
        ticker.move(minutes=number % 3)  # some at the same moment
    before = [title for page in read_all(ana, lambda: None) for title in page]
    assert len(set(before)) == 45

    pages = read_all(ana, lambda: [publish(ana, draft(kind, "later")) for kind in ("need", "tool")])

    assert [len(page) for page in pages] == [20, 20, 6]
    assert [title for page in pages for title in page if title != "later"] == before


@pytest.mark.parametrize(
    "text", ["", "x", "1~~", "1~2026-11-23T12:00:00+00:00~x", f"0~0001-01-01T00:00:00+14:00~{UUID(int=1)}"]
)
def test_a_place_that_no_page_names_is_the_beginning(text: str) -> None:
    assert listing.read_place(text) is None


@pytest.mark.usefixtures("context")
def test_the_list_counts_the_replies_that_can_be_read(ana: Visit, bea: Visit, teacher: Visit) -> None:
    post = publish(ana, draft())
    read, deleted, hidden = (answer(ana, post).piece for _ in range(3))
    store.delete(Reply, ana, deleted.id, now())
    moderation.hide(Reply, teacher, hidden.id, "A name", now())
    db.session.commit()

    [listed] = listing.find_page(bea, None, None).posts

    assert listed.replies == 1
    assert [reply.id for reply in threads.find(bea.key, post.id).replies if reply.is_up] == [read.id]


@pytest.mark.usefixtures("context")
def test_hidden_replies_are_no_activity(ana: Visit, teacher: Visit, ticker: Ticker) -> None:
    first = publish(ana, draft("tool", "first"))
    ticker.move(minutes=1)
    publish(ana, draft("tool", "second"))
    ticker.move(minutes=1)
    hidden = answer(ana, first).piece
    assert titles(ana) == ["first", "second"]

    moderation.hide(Reply, teacher, hidden.id, "A name", now())
    db.session.commit()

    assert titles(ana) == ["second", "first"]


@pytest.mark.usefixtures("context")
def test_the_list_and_the_thread_take_as_many_queries_for_many_as_for_one(app: Flask, ana: Visit, bea: Visit) -> None:
    post = publish(ana, draft())
    answer(bea, post)

    def read() -> int:
        db.session.expunge_all()
        with statements(app) as sent:
            listing.find_page(ana, None, None)
            threads.find(ana.key, post.id)
        return len(sent)

    for_one = read()
    for _ in range(4):
        answer(ana, publish(bea, draft()))
        answer(ana, post)

    assert read() == for_one
