"""What a digest tells: what is new to its reader, the needs first and whole, in their language, and no secrets."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update

from lti_tool.community.tables import PostRow, ReplyRow, TagRow
from lti_tool.database import db
from lti_tool.lti.tables import PersonRow
from tests.lti_tool.community.digest.conftest import Post
from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.mail_server import Mailbox, page_of, text_of

Reader = Callable[..., Client]
Write = Callable[..., str]


def told(post_office: Post, mailbox: Mailbox) -> str:
    """Let the next digest come; give its text."""
    mailbox.letters.clear()
    post_office.pass_time(days=1)
    return text_of(mailbox.letters[0]) if mailbox.letters else ""


def test_needs_come_first_and_whole_then_what_one_follows_then_titles(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    own = post(reader(), kind="doubt", title="My doubt")
    write(kind="tool", title="A tool", text="How it works.")
    reply(member(enter, "Bea"), own, "My answer to you.")
    write(title="A need", text="All that we need.\n\nIn two paragraphs.")

    text = told(post_office, mailbox)

    order = ["NEEDS THAT WAIT FOR HELP", "Need: A need", "All that we need.\n\nIn two paragraphs."]
    order += ["IN WHAT YOU FOLLOW", "Doubt: My doubt", "My answer to you.", "ALSO NEW", "Tool: A tool", "In all 1 need"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "How it works." not in text
    assert mailbox.letters[0]["Subject"] == "1 need waits for help"


def test_nothing_that_was_read_is_ones_own_hidden_or_deleted_is_told(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    ana = reader()
    post(ana, title="own")
    thread(ana, write(title="read"))
    hidden, deleted = write(title="hidden"), write(title="deleted")
    assert change(trainer(enter), f"posts/{hidden}", "hide", reason="No") == 303
    assert change(member(enter, "Bea"), f"posts/{deleted}", "delete") == 303
    write(title="left", kind="tool")

    text = told(post_office, mailbox)

    assert "left" in text
    for title in ("own", "read", "hidden", "deleted"):
        assert f": {title}\n" not in text


def test_what_was_read_or_hidden_after_the_mail_was_made_is_not_told(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    read, hidden = write(title="read"), write(title="hidden")
    mailbox.refused["ana@example.org"] = "451 4.3.0 later"
    post_office.pass_time(days=1)
    mailbox.refused.clear()

    thread(member(enter, "Ana", email="ana@example.org"), read)
    assert change(trainer(enter), f"posts/{hidden}", "hide", reason="No") == 303
    post_office.pass_time(hours=1)

    assert mailbox.letters == []
    assert post_office.states() == ["empty"]


def test_what_was_told_is_not_told_again(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    reader()
    write(title="first")
    assert "first" in told(post_office, mailbox)
    write(title="second")

    text = told(post_office, mailbox)

    assert "second" in text
    assert "first" not in text


def test_replies_where_one_follows_nothing_and_what_is_before_the_digest_are_not_told(
    enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    before = write(title="before")
    post_office.ticker.move(seconds=1)
    ana = reader()
    post_office.ticker.move(seconds=1)
    reply(member(enter, "Bea"), before)
    assert told(post_office, mailbox) == ""

    ana = member(enter, "Ana", email="ana@example.org")
    assert change(ana, f"posts/{before}", "following", on="1") == 303
    reply(member(enter, "Bea"), before, "Another one.")
    assert "Another one." in told(post_office, mailbox)


def test_new_posts_of_a_followed_theme_are_told_whole(
    app: Flask, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    theme = app.extensions["curriculum"].vocabulary.themes[0]
    assert reader().post("community/following", tag=theme).status_code == 303
    post_id = write(kind="tool", title="tagged", text="All of it.")
    with app.app_context():
        row = db.session.scalars(select(PostRow).where(PostRow.id == post_id)).one()
        db.session.add(TagRow(community_id=row.community_id, post_id=post_id, tag=theme))
        db.session.commit()

    assert "All of it." in told(post_office, mailbox)


def test_whoever_wrote_without_their_name_is_never_named(  # noqa: PLR0913, PLR0917 - its fixtures
    app: Flask, enter: Enter, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    own = post(reader("Ana"), title="mine")
    need = write(title="nameless")
    reply(member(enter, "Bea"), own, "A nameless answer.")
    with app.app_context():
        db.session.execute(update(PostRow).where(PostRow.id == need).values(is_nameless=True))
        db.session.execute(update(ReplyRow).values(is_nameless=True))
        db.session.commit()

    text = told(post_office, mailbox)

    assert "A member, December" in text
    assert "A nameless answer." in text
    assert "Bea" not in text + page_of(mailbox.letters[0]) + str(mailbox.letters[0])


def test_a_mail_speaks_as_its_reader_does_and_each_piece_its_own_language(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader(locale="es_mx")
    write(title="بنك الوقت", text="من يعرف؟", language="ar")
    told(post_office, mailbox)
    [letter] = mailbox.letters

    page = page_of(letter)

    assert letter["Content-Language"] == "es"
    assert '<html lang="es" dir="ltr">' in page
    assert 'lang="ar" dir="rtl">بنك الوقت</a>' in page
    assert '<div lang="ar" dir="rtl"><p dir="auto">من يعرف؟</p>' in page
    assert "Necesidades" in page


def test_the_language_that_was_chosen_here_comes_before_moodles(
    app: Flask, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    ana = reader(locale="es")
    with app.app_context():
        db.session.execute(update(PersonRow).where(PersonRow.id == ana.person_id).values(language="ar"))
        db.session.commit()
    write()
    told(post_office, mailbox)

    assert '<html lang="ar" dir="rtl">' in page_of(mailbox.letters[0])


def test_what_people_write_is_no_markup_and_no_header(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write(title="<script>x</script>", text='<img src="https://a.org/x.png"> [a](javascript:x)\n.\nQUIT')

    told(post_office, mailbox)

    page = page_of(mailbox.letters[0])
    assert "<script>" not in page
    assert "<img" not in page
    assert 'href="javascript:' not in page
    assert "\n.\nQUIT" in text_of(mailbox.letters[0])


def test_mail_programs_are_told_what_it_is_and_how_to_stop_it(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader()
    write()
    told(post_office, mailbox)
    [letter] = mailbox.letters

    assert letter.get_content_type() == "multipart/alternative"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/stop/")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<practice.1.127.0.0.1>"
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Date"] is not None
    assert bytes(letter).isascii()


def test_a_long_address_of_the_tool_breaks_no_link(  # noqa: PLR0913, PLR0917 - its fixtures
    app: Flask, reader: Reader, write: Write, post_office: Post, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", f"https://{'long.' * 30}example.org")
    reader()
    write()
    told(post_office, mailbox)

    assert mailbox.letters[0]["List-Unsubscribe"].startswith("<https://long.long.")
    assert "long.example.org/stop/" in mailbox.letters[0]["List-Unsubscribe"]


@pytest.mark.usefixtures("unhurried")
def test_a_mail_has_bounds(reader: Reader, write: Write, post_office: Post, mailbox: Mailbox) -> None:
    reader()
    for number in range(12):
        write(title=f"need {number}.")
    for number in range(31):
        write(kind="tool", title=f"tool {number}.")

    text = told(post_office, mailbox)

    assert "And 2 more posts." in text
    assert "And 1 more post." in text
    assert "need 11." in text
    assert "need 1." not in text
    assert len(page_of(mailbox.letters[0])) < 30_000


def test_each_reads_the_days_of_their_own_zone(
    reader: Reader, write: Write, post_office: Post, mailbox: Mailbox
) -> None:
    reader(timezone="Pacific/Kiritimati")
    reader("Cleo", timezone="Pacific/Niue")
    reader("Dora", timezone="Pacific/Kiritimati")
    write()
    written_at = post_office.ticker()

    post_office.pass_time(days=1)
    post_office.pass_time(days=1)

    letters = {letter["To"].split("@")[0]: text_of(letter) for letter in mailbox.letters}
    for name, zone in (("ana", "Pacific/Kiritimati"), ("cleo", "Pacific/Niue"), ("dora", "Pacific/Kiritimati")):
        day = written_at.astimezone(ZoneInfo(zone)).day
        assert re.search(rf"Bea, .*\b{day}\b", letters[name]), (name, letters[name])
