"""Somebody sees how a text will look before it is anybody else's, without losing a word of it."""

import pytest

from tests.lti_tool.community.talking import Enter, member, post, post_form, reply, reply_form, thread, titles_of
from tests.lti_tool.reading import words_of


def test_a_post_is_shown_and_not_published(enter: Enter) -> None:
    ana = member(enter)
    form = post_form(text="**We** begin", title="A <title>", language="es")

    page = ana.post("community/posts", **form, preview="1")

    assert page.status_code == 200
    assert "This is how it looks. Nothing is published yet. A <title> We begin" in words_of(page)
    assert '<div class="words" lang="es">\n<p dir="auto"><strong>We</strong> begin</p>' in page.text
    assert "**We** begin</textarea>" in page.text
    assert f'name="id" value="{form["id"]}"' in page.text
    assert 'value="need" required checked' in page.text
    assert "data-typed" in page.text
    assert titles_of(ana.get()) == []
    assert ana.post("community/posts", **form).status_code == 303


def test_a_reply_is_shown_below_its_post_and_not_published(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    page = ana.post(f"community/posts/{post_id}/replies", **reply_form("*Ask*"), preview="1")

    assert page.status_code == 200
    assert '<p dir="auto"><em>Ask</em></p>' in page.text
    assert "*Ask*</textarea>" in page.text
    assert "0 replies" in words_of(thread(ana, post_id))


@pytest.mark.parametrize("sort", ["posts", "replies"])
def test_a_change_is_shown_and_not_saved(enter: Enter, sort: str) -> None:
    ana = member(enter)
    post_id = post(ana)
    piece_id = post_id if sort == "posts" else reply(ana, post_id)

    page = ana.post(f"community/{sort}/{piece_id}/edit", **post_form(text="*anew*", version="1"), preview="1")

    assert page.status_code == 200
    assert '<p dir="auto"><em>anew</em></p>' in page.text
    assert 'name="version" value="1"' in page.text
    assert "anew" not in words_of(thread(ana, post_id))
    stranger = member(enter, "Bea")
    assert stranger.post(f"community/{sort}/{piece_id}/edit", **post_form(), preview="1").status_code == 403


def test_nothing_is_wrong_with_what_is_only_shown(enter: Enter) -> None:
    page = member(enter).post("community/posts", **post_form(title="", text="", kind=""), preview="1")

    assert page.status_code == 200
    assert "Nothing was saved" not in words_of(page)
    assert "aria-invalid" not in page.text
