"""Of what somebody writes without their name, only they and the trainers of the course learn who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.community import rules
from lti_tool.community.posts import Reader
from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    new_id,
    post,
    post_form,
    reply,
    reply_form,
    thread,
    trainer,
)
from tests.lti_tool.community.test_community_rules import POST, REPLY
from tests.lti_tool.entering import Client

AUTHOR = "Xanthippe Author"


@given(
    is_nameless=st.booleans(),
    same_person=st.booleans(),
    same_course=st.booleans(),
    is_trainer=st.booleans(),
    is_reply=st.booleans(),
)
def test_who_sees_the_author_of_what(
    *,
    is_nameless: bool,
    same_person: bool,
    same_course: bool,
    is_trainer: bool,
    is_reply: bool,
) -> None:
    piece = replace(REPLY if is_reply else POST, is_nameless=is_nameless)
    reader = Reader(person_id=1 if same_person else 2, course_id=1 if same_course else 2, is_trainer=is_trainer)

    expected = not is_nameless or same_person or (is_trainer and same_course)

    assert rules.sees_author(reader, piece) is expected


@dataclass(frozen=True, kw_only=True)
class World:
    """A nameless post with replies and a translation of its author, and everybody who may come."""

    post_id: str
    pieces: dict[str, str]
    author: Client
    readers: dict[str, Client]


def furnish(enter: Enter) -> World:
    author = member(enter, AUTHOR, sub="author")
    post_id = post(author, title="A nameless need", text="Who can help?", is_nameless="yes", tags="consent")
    own_reply = reply(author, post_id, "Thank you all.")
    elsewhere = post(member(enter, "Other"), title="A post of somebody else", kind="tool")
    other_reply = reply(author, elsewhere, "A nameless reply.", is_nameless="yes")
    translation = new_id()
    form = {"id": translation, "version": "0", "title": "Una necesidad", "text": "¿Quién ayuda?", "language": "es"}
    assert author.post(f"community/posts/{post_id}/translations", of="x", **form).status_code == 303
    outcome = {"id": new_id(), "version": "0", "text": "It worked.", "language": "en"}
    assert author.post(f"community/posts/{post_id}/outcome", **outcome).status_code == 303
    change(author, f"posts/{post_id}", "edit", **post_form(version="1", is_nameless="yes", text="It is changed."))
    readers = {
        "peer": member(enter, "Bea"),
        "peer in Spanish": member(enter, "Eva", locale="es"),
        "peer of another course": member(enter, "Cleo", course="course-2"),
        "trainer of another course": trainer(enter, sub="far", course="course-2"),
        "who replied": member(enter, "Other"),
        "author": author,
        "trainer": trainer(enter),
    }
    pieces = {post_id: "posts", own_reply: "replies", other_reply: "replies", translation: "translations"}
    return World(post_id=post_id, pieces={**pieces, elsewhere: "posts"}, author=author, readers=readers)


def pages(world: World, reader: Client) -> Iterator[str]:
    """Give all that a reader is shown, whatever they ask for."""
    lists = ["", *map("=".join, product(("kind", "tag", "language", "state"), ("need", "consent", "en", "open")))]
    for query in lists:
        yield reader.get(f"community?{query}").text
    for piece, sort in world.pieces.items():
        yield reader.get(f"community/{sort}/{piece}/edit").text
        for action in ("hide", "show", "delete", "edit"):
            if reader not in (world.author, world.readers["trainer"]):
                yield reader.post(f"community/{sort}/{piece}/{action}", **post_form(of="x", reason="")).text
        if sort in ("posts", "replies"):
            yield reader.get(f"community/{sort}/{piece}/history").text
        if sort == "posts":
            yield reader.get(f"community/posts/{piece}?quote={piece}").text
            yield reader.get(f"community/posts/{piece}").text
            yield reader.get(f"community/posts/{piece}/translations/new").text
            yield reader.post(f"community/posts/{piece}/replies", **reply_form("")).text
            yield reader.post("community/posts", **post_form(id=piece)).text
    yield reader.get("community/calendar").text
    yield reader.get("community/following").text


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter


def test_nobody_but_the_author_and_the_courses_trainers_learns_who_it_was(enter: Enter) -> None:
    world = furnish(enter)
    number = world.author.person_id

    for name, reader in world.readers.items():
        shown = list(pages(world, reader))
        if name in {"author", "trainer"}:
            assert any(AUTHOR in page for page in shown), name
            assert any("The others read “A member”" in page for page in shown), name
        else:
            assert not any(
                AUTHOR in page or "Xanthippe" in page or f"Participant {number}" in page for page in shown
            ), name
            assert any("A member" in page or "Una persona de la comunidad" in page for page in shown), name


def test_a_nameless_piece_looks_the_same_whoever_wrote_it(enter: Enter) -> None:
    teacher, ana, bea = trainer(enter), member(enter, "Ana"), member(enter, "Bea")
    written = {who: post(who, kind="tool", is_nameless="yes") for who in (teacher, ana)}

    by_trainer, by_trainee = (
        thread(bea, post_id).text.replace(post_id, "ID").split('<section class="writing"')[0].split("<article")[1]
        for post_id in written.values()
    )

    assert by_trainer == by_trainee


def test_what_they_write_under_their_own_nameless_post_is_nameless_whatever_the_form_says(enter: Enter) -> None:
    ana, bea = member(enter, AUTHOR, sub="author"), member(enter, "Bea")
    post_id = post(ana, is_nameless="yes")
    reply_id = reply(ana, post_id)
    assert change(ana, f"replies/{reply_id}", "edit", **reply_form("Changed.", version="1")) == 303
    reply(bea, post_id)

    page = thread(bea, post_id).text

    assert AUTHOR not in page
    assert "Changed." in page
    assert page.count(">A member<") == 2
    assert '<bdi class="by">Bea</bdi>' in page


def write_below(client: Client, post_id: str) -> None:
    """Write all that a need's author can write under it, and close it."""
    reply(client, post_id)
    form = {"id": new_id(), "version": "0", "title": "Título", "text": "Texto", "language": "es", "of": "x"}
    assert client.post(f"community/posts/{post_id}/translations", **form).status_code == 303
    outcome = {"id": new_id(), "version": "0", "text": "It worked.", "language": "en"}
    assert client.post(f"community/posts/{post_id}/outcome", **outcome).status_code == 303


def test_an_author_who_comes_from_another_course_stays_nameless_for_its_trainers(enter: Enter) -> None:
    post_id = post(member(enter, AUTHOR, sub="author"), is_nameless="yes")

    write_below(member(enter, AUTHOR, sub="author", course="course-2"), post_id)

    assert AUTHOR not in thread(trainer(enter, sub="far", course="course-2"), post_id).text
    assert thread(trainer(enter), post_id).text.count(AUTHOR) > 2


def test_taking_the_name_off_hides_it_from_the_trainers_of_another_course_too(enter: Enter) -> None:
    ana = member(enter, AUTHOR, sub="author")
    post_id = post(ana)
    write_below(member(enter, AUTHOR, sub="author", course="course-2"), post_id)
    far = trainer(enter, sub="far", course="course-2")
    assert AUTHOR in thread(far, post_id).text

    ana = member(enter, AUTHOR, sub="author")
    assert change(ana, f"posts/{post_id}", "edit", **post_form(version="1", is_nameless="yes")) == 303

    assert AUTHOR not in thread(far, post_id).text


def test_taking_the_name_off_a_post_takes_it_off_what_its_author_wrote_below(enter: Enter) -> None:
    ana, bea = member(enter, AUTHOR, sub="author"), member(enter, "Bea")
    post_id = post(ana)
    reply(ana, post_id)
    form = {"id": new_id(), "version": "0", "title": "Título", "text": "Texto", "language": "es", "of": "x"}
    ana.post(f"community/posts/{post_id}/translations", **form)
    assert AUTHOR in thread(bea, post_id).text

    assert change(ana, f"posts/{post_id}", "edit", **post_form(version="1", is_nameless="yes")) == 303

    assert AUTHOR not in thread(bea, post_id).text


def test_trainers_carry_a_badge_for_what_they_wrote_as_such(enter: Enter) -> None:
    teacher, ana = trainer(enter), member(enter, "Ana")
    as_trainer, as_trainee = post(teacher, kind="tool"), post(ana, kind="tool")
    elsewhere = post(member(enter, "Trainer", role=Role.TRAINEE, course="course-2"), kind="tool")

    badge = '<span class="tag badge">Trainer</span>'
    assert [thread(ana, one).text.count(badge) for one in (as_trainer, as_trainee, elsewhere)] == [1, 0, 0]
