"""Searching in the page: a form without script, what was found with its words marked, and filters that stay."""

import re

import pytest
from flask import Flask

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, link_of, member, post, reply, titles_of, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_in, words_of


def search(client: Client, query: str, **more: str) -> str:
    answer = client.get("community/search", query_string={"q": query, **more})
    assert answer.status_code == 200
    return answer.text


def found(client: Client, query: str, **more: str) -> list[str]:
    return titles_of(client.get("community/search", query_string={"q": query, **more}))


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def test_the_list_has_a_form_that_asks_by_its_address_and_keeps_the_kind(enter: Enter) -> None:
    page = member(enter).get("community", query_string={"kind": "tool"}).text

    form = re.search(r'<form role="search" method="get".*?</form>', page, re.DOTALL)
    assert form
    assert 'action="/l/' in form[0]
    assert '<input type="hidden" name="kind" value="tool">' in form[0]


def test_what_was_found_is_marked_in_its_stretch(enter: Enter) -> None:
    ana = member(enter)
    post(ana, title="La coproducción", text=f"{'Antes. ' * 50}Unas políticas {'después. ' * 50}", language="es")

    page = search(ana, "politicas coproduccion")

    assert marked(page) == ["coproducción", "políticas"]
    excerpt = re.search(r'<p class="excerpt" lang="es" dir="auto">(.*?)</p>', page, re.DOTALL)
    assert excerpt
    assert words_in(excerpt[1]).startswith("…")
    assert len(words_in(excerpt[1])) < 300


def test_a_reply_is_shown_where_the_words_stand_in_it(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, title="A time bank")
    reply(ana, post_id, "Nothing")
    reply_id = reply(ana, post_id, "Πηγαίνετε στην κοινωνική δομή", language="el")

    page = search(ana, "κοινωνικη bank")

    assert marked(page) == ["bank", "κοινωνική"]
    assert '<p class="excerpt" lang="el" dir="auto">' in page
    assert f"/community/posts/{post_id}?at={reply_id}#piece-{reply_id}" in page


def test_words_are_written_as_words(enter: Enter) -> None:
    ana = member(enter)
    post(ana, title="<b>bank</b>", text="<script>bank()</script>")

    page = search(ana, '<b>"bank')

    assert "<script>bank" not in page
    assert "<b>bank" not in page
    assert 'value="&lt;b&gt;&#34;bank"' in page


def test_a_kind_narrows_what_was_found_and_the_words_stay(enter: Enter) -> None:
    ana = member(enter)
    for kind in ("need", "tool"):
        post(ana, title=f"bank as a {kind}", kind=kind)

    assert found(ana, "bank", kind="tool") == ["bank as a tool"]
    page = ana.get("community/search", query_string={"q": "bank", "kind": "tool"})
    assert (link_of(page, "Needs") or "").endswith("/community/search?q=bank&kind=need")


@pytest.mark.usefixtures("unhurried")
def test_what_was_found_comes_in_pages(enter: Enter) -> None:
    ana = member(enter)
    for number in range(25):
        post(ana, title=f"bank {number}", kind="tool")
    first = ana.get("community/search", query_string={"q": "bank", "kind": "tool"})

    more = link_of(first, "More posts")

    assert more
    rest = ana.browser.get(more)
    assert len(titles_of(first)) == 20
    assert len({*titles_of(first), *titles_of(rest)}) == 25
    assert link_of(rest, "More posts") is None
    assert link_of(rest, "Back to the first page")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Type one or more words to look for."),
        ("?!", "Type one or more words to look for."),
        ("nowhere", "Nothing was found."),
        ("x" * 100_000, "Nothing was found."),
        (" ".join(f"w{number}" for number in range(60)), "only the first ones were looked for"),
        ("\x00\ud7ff bank", "Nothing was found."),
        ('") OR (heading', "Nothing was found."),
    ],
)
def test_whatever_is_typed_has_an_answer(enter: Enter, query: str, said: str) -> None:
    assert said in words_of(member(enter).get("community/search", query_string={"q": query}))


def test_a_strange_place_or_kind_is_the_beginning(enter: Enter) -> None:
    ana = member(enter)
    post(ana, title="bank")

    assert found(ana, "bank", after="x~y~z", kind="none") == ["bank"]


# Who finds what


def test_hidden_and_deleted_words_are_found_by_nobody(enter: Enter) -> None:
    ana, teacher = member(enter), trainer(enter)
    hidden, deleted, kept = (post(ana, title=f"bank {number}") for number in range(3))
    secret = reply(ana, kept, "secret")
    change(teacher, f"posts/{hidden}", "hide", reason="A name")
    change(ana, f"posts/{deleted}", "delete")
    change(teacher, f"replies/{secret}", "hide", reason="A name")

    for reader in (ana, teacher, member(enter, "Bea")):
        assert found(reader, "bank") == ["bank 2"]
        assert found(reader, "secret") == []


def test_nobody_is_found_by_their_name_not_even_who_wrote_namelessly(enter: Enter, sqlite_app: Flask) -> None:
    ana, teacher = member(enter, "Anastasia"), trainer(enter)
    reply(ana, post(ana, title="bank"), "Campolide")
    with sqlite_app.app_context():
        db.session.query(PostRow).update({"is_nameless": True})
        db.session.commit()

    for reader in (ana, teacher, member(enter, "Bea")):
        assert found(reader, "Anastasia") == []
        assert found(reader, "bank campolide") == ["bank"]


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_another_community_or_site_finds_nothing(enter: Enter, elsewhere: dict[str, str]) -> None:
    post(member(enter), title="bank")

    assert found(trainer(enter, **elsewhere), "bank") == []


@pytest.mark.parametrize(("activity", "status"), [("exercise/needs-matrix", 404), ("unit/needs-and-satisfiers", 404)])
def test_a_launch_of_something_else_searches_nothing(enter: Enter, activity: str, status: int) -> None:
    visitor = member(enter, activity=activity)

    assert visitor.get("community/search", query_string={"q": "bank"}).status_code == status


# Who has been there


def test_the_page_of_a_need_says_who_has_been_there_and_why(enter: Enter) -> None:
    ana, bea = member(enter), member(enter, "Bea")
    experience = post(bea, kind="experience", title="Benches, shade and fountains")

    need = post(ana, kind="need", title="Fountain, bench and shades")

    page = words_of(ana.get(f"community/posts/{need}"))
    assert "Who has been there" in page
    assert (
        "Benches, shade and fountains Words in common: \u2068Fountain\u2069, \u2068bench\u2069, \u2068shades\u2069"
        in page
    )
    assert "People who may know more Bea" in page
    assert "Who has been there" not in words_of(ana.get(f"community/posts/{experience}"))
