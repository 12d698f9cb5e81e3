"""The list narrowed down by kind, state, tag, territory and language, each alone and together."""

import pytest

from tests.lti_tool.community.talking import Enter, change, link_of, member, post, reply, titles_of, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def furnish(ana: Client) -> None:
    post(ana, title="a", tags="public-spaces", territory="tunis")
    answered = post(ana, title="b", tags=["public-spaces", "consent"], language="es")  # type: ignore[arg-type]
    change(ana, f"posts/{answered}", "answered", reply=reply(ana, answered))
    post(ana, title="c", kind="tool", tags="consent", territory="tunis")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"),
        ("kind=need", "ab"),
        ("state=open", "a"),
        ("state=answered", "b"),
        ("tag=public-spaces", "ab"),
        ("tag=consent", "bc"),
        ("territory=tunis", "ac"),
        ("language=es", "b"),
        ("tag=consent&territory=tunis", "c"),
        ("kind=tool&state=open", ""),
        ("kind=x&state=x&tag=x&territory=x&language=x", "abc"),
    ],
)
def test_the_list_shows_what_is_asked_for(enter: Enter, query: str, found: str) -> None:
    ana = member(enter)
    furnish(ana)

    page = ana.get(f"community?{query}")

    assert "".join(sorted(titles_of(page))) == found
    assert ("There is no such post." in words_of(page)) is (not found)


@pytest.mark.usefixtures("unhurried")
def test_what_was_asked_for_stands_in_the_form_and_in_every_link_of_the_list(enter: Enter, ticker: Ticker) -> None:
    ana = member(enter)
    for number in range(21):
        post(ana, kind="tool", title=str(number), tags="consent", language="fr")
        ticker.move(seconds=1)
    post(ana, kind="tool", title="other", language="fr")

    first = ana.get("community?kind=tool&tag=consent&language=fr")
    second = ana.browser.get(link_of(first, "More posts") or "")

    assert '<option value="consent" lang="en" selected>' in first.text
    assert '<option value="fr" lang="fr" selected>' in first.text
    assert (len(titles_of(first)), titles_of(second)) == (20, ["0"])
    back = link_of(second, "Back to the first page") or ""
    assert set(back.split("?")[1].split("&")) == {"kind=tool", "tag=consent", "language=fr"}
    assert set((link_of(first, "Needs") or "").split("?")[1].split("&")) == {"kind=need", "tag=consent", "language=fr"}


def test_a_post_leads_to_others_of_its_words_and_place(enter: Enter) -> None:
    ana = member(enter)
    furnish(ana)

    page = ana.get("community?kind=tool").text

    assert 'href="/l/' in page
    assert "/community?tag=consent" in page
    assert "/community?territory=tunis" in page


@pytest.mark.parametrize("wanted", ["tag=consent", "territory=tunis", "state=open"])
def test_a_hidden_post_is_filed_only_for_those_who_read_it(enter: Enter, wanted: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, tags="consent", territory="tunis")
    reply(bea, post_id)
    assert change(teacher, f"posts/{post_id}", "hide", reason="It names somebody.") == 303

    for reader, is_found in ((ana, True), (teacher, True), (bea, False)):
        assert (post_id in reader.get(f"community?{wanted}").text) is is_found
    assert post_id in bea.get("community").text
