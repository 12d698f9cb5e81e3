"""A quote begins a reply with somebody's words, and says of whom they are where that may be said."""

import re
from html import unescape

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from lti_tool.community.tables import PostRow
from lti_tool.community.writing.markdown import render
from lti_tool.community.writing.quoting import LONGEST, quote
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, member, new_id, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_in


def quoted(client: Client, post_id: str, piece_id: str) -> TestResponse:
    return client.get(f"community/posts/{post_id}?quote={piece_id}")


def typed(page: TestResponse) -> str:
    """Give what stands in the field for a reply."""
    form = page.text[page.text.index('data-draft="reply/') :]  # behind the forms for help that a need has
    found = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', form, flags=re.DOTALL)
    assert found
    return unescape(found[1])


# The words


def test_a_quote_has_the_words_and_the_name() -> None:
    assert quote("one\n\ntwo", "Ana") == "> **Ana:**\n>\n> one\n>\n> two\n\n"
    assert quote("one") == "> one\n\n"


def test_a_quote_leaves_out_what_it_quotes_itself() -> None:
    assert quote("> Bea:\n> said\n\nI agree.") == "> I agree.\n\n"
    assert quote("> only this") == "> > only this\n\n"


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 9000])
def test_a_long_quote_is_cut(text: str) -> None:
    said = quote(text, "Ana")

    assert LONGEST - 10 < len(said) < LONGEST + 30
    assert said.endswith(" …\n\n")


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_a_name_means_nothing_but_itself(name: str) -> None:
    assert words_in(render(quote("x", name))) == f"{name}: x"


# The page


def test_a_link_at_each_piece_begins_a_reply_with_its_words(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana, text="من يعرف؟")
    reply(bea, post_id, "Ask in *Campolide*.")
    links = re.findall(r'<a href="([^"]+)" rel="nofollow">Quote in a reply', thread(bea, post_id).text)

    of_post, of_reply = (bea.browser.get(unescape(link).split("#", maxsplit=1)[0]) for link in links)

    assert typed(of_post) == "> **Ana:**\n>\n> من يعرف؟\n\n"
    assert typed(of_reply) == "> **Bea:**\n>\n> Ask in *Campolide*.\n\n"
    assert "data-quote" in of_post.text
    reply(bea, post_id, typed(of_post) + "I know.")
    assert '<blockquote dir="ltr">\n<p dir="auto"><strong>Ana:</strong></p>' in thread(ana, post_id).text


def test_a_nameless_piece_is_quoted_without_a_name(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    with sqlite_app.app_context():
        db.session.query(PostRow).update({"is_nameless": True})
        db.session.commit()

    assert typed(quoted(member(enter, "Bea"), post_id, post_id)) == "> We begin one.\n\n"


def test_what_not_everybody_can_read_is_quoted_by_nobody(enter: Enter) -> None:
    ana, teacher = member(enter), trainer(enter)
    post_id = post(ana)
    hidden, deleted = reply(ana, post_id, "It was María"), reply(ana, post_id, "words to forget")
    change(teacher, f"replies/{hidden}", "hide", reason="It names somebody.")
    change(ana, f"replies/{deleted}", "delete")

    for reader in (ana, teacher, member(enter, "Bea")):
        assert thread(reader, post_id).text.count("Quote in a reply") == 1
        for piece_id in (hidden, deleted, new_id(), "x", "\0"):
            assert typed(quoted(reader, post_id, piece_id)) == ""


def test_a_piece_of_another_post_is_not_quoted(enter: Enter) -> None:
    ana = member(enter)
    post_id, other_id = post(ana), post(ana, text="Another text")

    assert typed(quoted(ana, post_id, other_id)) == ""
