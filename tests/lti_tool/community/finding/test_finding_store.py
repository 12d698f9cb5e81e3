"""Searching posts in both databases: what is found, by whom, in which order, and what isn't any longer."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from lti_tool.clock import now
from lti_tool.community import moderation, store
from lti_tool.community.finding import index
from lti_tool.community.finding import store as finding
from lti_tool.community.finding.rules import words_of
from lti_tool.community.finding.tables import PostWordsRow
from lti_tool.community.posts import Draft, Piece, Post, PostKind, Reader, Reply
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, member, new_id
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once


@pytest.fixture
def ana(app: Flask, enter: Enter) -> Iterator[Visit]:
    client = member(enter)
    reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=True)
    with app.app_context():
        yield Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)


def draft(title: str, text: str = "Text", kind: str = "tool", post_id: str | None = None, version: int = 0) -> Draft:
    return Draft(id=post_id or new_id(), kind=kind, title=title, text=text, language="en", version=version)


def publish(visit: Visit, title: str, text: str = "Text", kind: str = "tool") -> Piece:
    saved = store.add_post(visit, draft(title, text, kind), now())
    db.session.commit()
    return saved.piece


def answer(visit: Visit, post: Piece, text: str) -> str:
    reply = Draft(id=new_id(), text=text, language="en")
    store.add_reply(visit, post.id, reply, now())
    db.session.commit()
    return reply.id


def found(visit: Visit, query: str, *wanted: PostKind) -> list[str]:
    conditions = [PostRow.kind.in_(wanted)] if wanted else []
    return [post.title for post in finding.search(visit.key, words_of(query), conditions).posts]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("coproduccion", "La coproducción"),
        ("κοινωνικη", "Η κοινωνική οικονομία"),
        ("مجتمع", "العمل المجتمعي"),
        ("SOCIOS", "Sócios e sócias"),
        ("حق", "الحق في السكن"),
        ("ab", "An ABC of banks"),
        ("b", "Plan B"),
        ("2026", "٢٠٢٦"),
    ],
)
def test_a_post_is_found_in_every_script(ana: Visit, query: str, title: str) -> None:
    publish(ana, "Something else")
    publish(ana, title)

    assert found(ana, query) == [title]


def test_all_the_words_occur_in_any_order_and_anywhere_in_the_thread(ana: Visit) -> None:
    both = publish(ana, "A time bank", "in Campolide")
    publish(ana, "A time bank", "in Sevilla")
    answer(ana, both, "Ask the neighbours")

    assert found(ana, "campolide bank") == ["A time bank"]
    assert found(ana, "neighbours campolide time") == ["A time bank"]
    assert found(ana, "neighbours sevilla") == []


def test_those_with_the_words_in_their_title_come_first_and_then_the_newest(ana: Visit, ticker: Ticker) -> None:
    for title, text in [("bank 1", "x"), ("rest 1", "bank"), ("bank 2", "bank"), ("rest 2", "bank"), ("else", "x")]:
        publish(ana, title, text)
        ticker.move(minutes=1)

    assert found(ana, "bank") == ["bank 2", "bank 1", "rest 2", "rest 1"]


def test_a_filter_narrows_what_is_found(ana: Visit) -> None:
    publish(ana, "bank", kind="need")
    publish(ana, "bank too", kind="tool")

    assert found(ana, "bank", PostKind.NEED) == ["bank"]


@pytest.mark.parametrize("few", [0, 500])
def test_pages_neither_repeat_nor_leave_out(
    ana: Visit, ticker: Ticker, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where so many are found that they are looked through from the newest on."""
    monkeypatch.setattr(finding, "FEW", few)
    for number in range(50):
        publish(ana, f"bank {number}" if number % 2 else f"rest {number}", "a bank" if number % 5 else "nothing")
        ticker.move(minutes=number % 3)  # some at the same moment
    read, after = [], None
    while True:
        page = finding.search(ana.key, words_of("bank"), (), after and finding.read_place(str(after)))
        read += [post.title for post in page.posts]
        after = page.after
        if after is None:
            break

    assert len(read) == len(set(read)) == 45
    assert [title[:4] for title in read] == ["bank"] * 25 + ["rest"] * 20


@pytest.mark.parametrize(
    "text", ["", "x", "rest~~", "rest~2026-11-23T12:00:00+00:00~x", "x~2026-11-23T12:00:00+00:00~"]
)
def test_a_place_that_no_page_names_is_the_beginning(text: str) -> None:
    assert finding.read_place(text) is None


# What isn't found


def test_a_changed_post_is_found_by_what_it_says_now(ana: Visit) -> None:
    post = publish(ana, "A time bank", "in Campolide")

    store.edit(Post, ana, draft("A currency", "in Sevilla", post_id=post.id, version=1), now())
    db.session.commit()

    assert found(ana, "campolide") == found(ana, "bank") == []
    assert found(ana, "currency sevilla") == ["A currency"]


def test_a_changed_reply_too(ana: Visit) -> None:
    post = publish(ana, "A time bank")
    reply_id = answer(ana, post, "Campolide")

    store.edit(Reply, ana, Draft(id=reply_id, text="Sevilla", language="en", version=1), now())
    db.session.commit()

    assert found(ana, "campolide") == []
    assert found(ana, "sevilla") == ["A time bank"]


def test_what_nobody_reads_nobody_finds_not_even_its_author(ana: Visit) -> None:
    deleted, hidden, kept = publish(ana, "bank 1"), publish(ana, "bank 2"), publish(ana, "bank 3")
    answer(ana, deleted, "with a reply, so that it keeps its place")
    replies = [answer(ana, kept, "a secret") for _ in range(2)]
    store.delete(Post, ana, deleted.id, now())
    moderation.hide(Post, ana, hidden.id, "A name", now())
    store.delete(Reply, ana, replies[0], now())
    moderation.hide(Reply, ana, replies[1], "A name", now())
    db.session.commit()

    assert found(ana, "bank") == ["bank 3"]
    assert found(ana, "secret") == found(ana, "keeps its place") == []
    assert db.session.scalars(select(PostWordsRow.post_id)).all() == [kept.id]


def test_what_is_brought_back_is_found_again(ana: Visit) -> None:
    post = publish(ana, "bank")
    answer(ana, post, "Campolide")
    for act in (
        partial(moderation.hide, Post, ana, post.id, "x", now()),
        partial(moderation.bring_back, Post, ana, post.id, now()),
    ):
        act()
        db.session.commit()

    assert found(ana, "bank campolide") == ["bank"]


def test_what_was_not_committed_is_not_found(ana: Visit) -> None:
    store.add_post(ana, draft("bank"), now())
    db.session.rollback()

    assert found(ana, "bank") == []


def test_a_name_finds_nothing_that_somebody_wrote(ana: Visit) -> None:
    post = publish(ana, "bank")
    answer(ana, post, "Campolide")

    assert found(ana, "Ana") == []


def test_another_community_and_another_site_have_nothing_of_it(ana: Visit) -> None:
    publish(ana, "bank")

    for key in (replace(ana.key, slug="another"), replace(ana.key, site_id=2)):
        assert finding.search(key, words_of("bank")).posts == []


# Keeping up


def test_posts_of_the_version_before_are_taken_in(ana: Visit) -> None:
    publish(ana, "bank 1")
    answer(ana, publish(ana, "bank 2"), "Campolide")
    moderation.hide(Post, ana, publish(ana, "bank 3").id, "x", now())
    db.session.execute(delete(PostWordsRow))
    db.session.commit()
    assert found(ana, "bank") == []

    assert index.catch_up() is False

    assert sorted(found(ana, "bank")) == ["bank 1", "bank 2"]
    assert found(ana, "campolide") == ["bank 2"]


def test_a_post_that_the_version_before_changed_is_taken_in_anew(ana: Visit) -> None:
    post = publish(ana, "bank")
    changed = {"title": "currency", "version": 2}
    db.session.execute(update(PostRow).where(PostRow.id == post.id).values(changed))
    db.session.commit()

    index.catch_up()

    assert (found(ana, "bank"), found(ana, "currency")) == ([], ["currency"])


def test_many_posts_are_taken_in_some_at_a_time(ana: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        publish(ana, f"bank {number}")
    db.session.execute(delete(PostWordsRow))
    db.session.commit()
    monkeypatch.setattr(index, "AT_ONCE", 2)

    assert [index.catch_up(), index.catch_up()] == [True, False]
    assert len(found(ana, "bank")) == 3


def test_replies_that_are_changed_at_once_are_all_found(app: Flask, ana: Visit) -> None:
    post = publish(ana, "bank")
    replies = [answer(ana, post, "before") for _ in range(3)]

    def edit(number: int, reply_id: str) -> None:
        store.edit(Reply, ana, Draft(id=reply_id, text=f"after{number}", language="en", version=1), now())
        db.session.commit()

    at_once(app, *[partial(edit, number, reply_id) for number, reply_id in enumerate(replies)])

    assert [found(ana, f"after{number}") for number in range(3)] == [["bank"]] * 3
    assert found(ana, "before") == []
