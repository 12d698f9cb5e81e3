"""Posts and replies in both databases, also when two windows write at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.community import listing, moderation, store
from lti_tool.community.listing import Filters
from lti_tool.community.rules import Draft, Piece, Post, PostKind, Reader, Reply, State, Verdict
from lti_tool.community.store import CommunityKey, Saved, Visit
from lti_tool.community.tables import PostRow, ReplyRow
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


def draft(kind: str = "need", title: str = "Title", text: str = "Text", **given: str) -> Draft:
    return Draft(**{"id": new_id(), "kind": kind, "title": title, "text": text, "language": "en", **given})  # type: ignore[arg-type]


def words(text: str = "A reply") -> Draft:
    return Draft(id=new_id(), text=text, language="en")


def publish(visit: Visit, given: Draft) -> Piece:
    saved = store.add_post(visit, given, now())
    db.session.commit()
    assert saved.verdict is Verdict.SAVED
    return saved.piece


def answer(visit: Visit, post: Piece, given: Draft | None = None) -> Saved:
    saved = store.add_reply(visit, post.id, given or words(), now())
    db.session.commit()
    return saved


def titles(visit: Visit, kind: PostKind | None = None) -> list[str]:
    return [post.title for post in listing.find_page(visit, Filters(kind=kind), None).posts]


# The list


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
    posts = [store.post_of(row) for row in db.session.scalars(select(PostRow))]

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
    assert [reply.id for reply in store.find_thread(bea.key, post.id).replies if reply.is_up] == [read.id]


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
            store.find_thread(ana.key, post.id)
        return len(sent)

    for_one = read()
    for _ in range(4):
        answer(ana, publish(bea, draft()))
        answer(ana, post)

    assert read() == for_one


# Who sees what


def attempts(visit: Visit, post_id: str, reply_id: str) -> list[Callable[[], object]]:
    """Give everything that one could try with these ids."""
    return [
        lambda: store.find_thread(visit.key, post_id),
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
    assert [reply.author.name for reply in store.find_thread(ana.key, post.id).replies] == ["Bea"]


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
    left = store.find_thread(bea.key, answered.id).post
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


# Rights


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


@pytest.mark.usefixtures("context")
def test_a_need_is_answered_by_a_reply_of_its_own_and_opened_again(ana: Visit, bea: Visit) -> None:
    post, other = publish(ana, draft()), publish(ana, draft())
    first, second = answer(bea, post).piece, answer(bea, post).piece
    of_other = answer(bea, other).piece

    def helped() -> list[str]:
        return [reply.id for reply in store.find_thread(ana.key, post.id).replies if reply.helped]

    with pytest.raises(NotFound):
        moderation.mark_answered(ana, post.id, of_other.id, now())
    for reply in (first, second):
        moderation.mark_answered(ana, post.id, reply.id, now())
        assert helped() == [reply.id]
    assert store.find_thread(ana.key, post.id).post.is_answered

    moderation.reopen(ana, post.id, now())

    assert helped() == []
    assert store.find_thread(ana.key, post.id).post.is_open_need


# Two windows


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
        assert [len(store.find_thread(ana.key, post.id).replies), len(titles(ana))] == [1, 1]


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
        assert len(store.find_thread(ana.key, post.id).replies) == (verdict is Verdict.SAVED)
