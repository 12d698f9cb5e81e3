"""A text about a post for a group in a messenger."""

import re
from html import unescape

from flask import Flask
from sqlalchemy import update

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from tests.lti_tool.community.talking import Enter, change, member, post, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of


def copied(client: Client, post_id: str) -> str:
    found = re.search(r"<textarea[^>]* readonly[^>]*>\n(.*?)</textarea>", thread(client, post_id).text, re.DOTALL)
    return unescape(found[1]) if found else ""


def test_it_says_what_is_asked_by_when_and_where_and_names_nobody(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana = member(sqlite_enter, link="7")
    post_id = post(ana, title="Who knows a time bank?", text="We begin one.\n\nIn <Seville>.")
    with sqlite_app.app_context():
        db.session.execute(update(PostRow).values(details={"by_when": "2027-01-31"}))
        db.session.commit()

    assert copied(ana, post_id) == (
        "Need: Who knows a time bank?\n\nWe begin one.\n\nIn <Seville>.\n\nBy when: January 31, 2027\n\n"
        "http://localhost:8100/mod/lti/view.php?l=7"
    )


def test_a_long_text_is_cut_at_a_word(sqlite_enter: Enter) -> None:
    ana = member(sqlite_enter)

    text = copied(ana, post(ana, kind="tool", text="word " * 200)).split("\n\n")[1]

    assert text == "word " * 79 + "…"


def test_there_is_none_of_a_hidden_post(sqlite_enter: Enter) -> None:
    ana, teacher = member(sqlite_enter), trainer(sqlite_enter)
    post_id = post(ana)
    assert change(teacher, f"posts/{post_id}", "hide", reason="No") == 303

    assert "Copy a text for our group" not in words_of(thread(ana, post_id))
