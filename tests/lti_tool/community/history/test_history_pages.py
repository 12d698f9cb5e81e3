"""Whoever can read a piece reads what it said before, until its author or a trainer deletes that."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lti_tool.community.history.rules import PAGE
from lti_tool.community.history.tables import VersionRow
from lti_tool.database import db
from tests.lti_tool.community.talking import (
    Enter,
    change,
    link_of,
    member,
    new_id,
    post,
    post_form,
    reply,
    thread,
    trainer,
)
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

SORTS = pytest.mark.parametrize("sort", ["posts", "replies"])


def edit(client: Client, what: str, version: int, **given: str) -> None:
    assert change(client, what, "edit", **post_form(version=str(version), **given)) == 303


def written(client: Client, sort: str, text: str = "We begin one.") -> tuple[str, str]:
    """Write a piece; give the post it stands at, and its name in an address."""
    post_id = post(client, text=text)
    return post_id, f"{sort}/{post_id if sort == 'posts' else reply(client, post_id, text)}"


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(VersionRow)) or 0


@SORTS
def test_changed_leads_to_what_was_changed(enter: Enter, ticker: Ticker, sort: str) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id, what = written(ana, sort)
    assert "history" not in thread(bea, post_id).text
    ticker.move(hours=1)
    edit(ana, what, 1, text="We begin two **now**.")
    address = link_of(thread(bea, post_id), "Changed: [^<]+")
    assert address

    page = bea.browser.get(address)

    assert page.status_code == 200
    assert "We begin [taken out: one ] [put in: two" in words_of(page)
    assert "As it was written first:" in words_of(page)
    assert '<p dir="auto">We begin one.</p>' in page.text


def test_kind_language_and_title_are_told(enter: Enter) -> None:
    ana = member(enter)
    _, what = written(ana, "posts")
    edit(ana, what, 1, kind="doubt", language="es", title="Who knows a bank?")

    page = words_of(ana.get(f"community/{what}/history"))

    assert "Kind: Need Doubt Language: English español Title Who knows a [taken out: time ] bank?" in page


def test_what_a_kind_asks_for_is_told_by_its_label(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, tried="We asked the council.")
    edit(ana, f"posts/{post_id}", 1, tried="We asked the school.")

    page = words_of(ana.get(f"community/posts/{post_id}/history"))

    assert "What I have tried so far We asked the [taken out: council ] [put in: school ] ." in page
    assert page.count("We asked the council.") == 1


def test_what_was_typed_for_another_kind_is_told_nowhere(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, change="The heat.")
    edit(ana, f"posts/{post_id}", 1, change="The price.")
    edit(ana, f"posts/{post_id}", 2, text="We began one.", change="The hour.")

    page = words_of(member(enter, "Bea").get(f"community/posts/{post_id}/history"))

    assert "We [taken out: begin ] [put in: began ] one." in page
    assert not any(word in page for word in ("heat", "price", "hour", "next time"))


def test_versions_that_are_kept_with_such_words_do_not_show_them(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter)
    _, what = written(ana, "posts")
    edit(ana, what, 1, text="another")
    with sqlite_app.app_context():
        db.session.execute(update(VersionRow).values(details={"change": "The heat."}))
        db.session.commit()

    assert "The heat." not in words_of(ana.get(f"community/{what}/history"))


def test_only_a_change_makes_a_version(sqlite_app: Flask, enter: Enter) -> None:
    ana = member(enter)
    _, what = written(ana, "posts")

    edit(ana, what, 1)
    change(ana, what, "edit", **post_form(version="7", text="another window"))

    assert kept(sqlite_app) == 0


def test_many_changes_come_in_pages(enter: Enter) -> None:
    ana = member(enter)
    _, what = written(ana, "posts", "0")
    for number in range(1, PAGE + 3):
        edit(ana, what, number, text=str(number))

    first = ana.get(f"community/{what}/history")
    address = link_of(first, "Earlier changes")
    assert address
    second = ana.browser.get(address)

    assert (first.text.count("<ins>"), second.text.count("<ins>")) == (PAGE, 2)
    assert "As it was written first:" not in words_of(first)
    assert "[taken out: 0 ] [put in: 1 ]" in words_of(second)
    for until in ("0", "-1", "x", "9" * 30, "-" + "9" * 30):
        assert ana.get(f"community/{what}/history?until={until}").status_code == 200


@SORTS
def test_a_hidden_piece_is_read_only_by_its_author_and_trainers(enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    _, what = written(ana, sort, "It was María")
    edit(ana, what, 1, text="It was somebody")
    change(teacher, what, "hide", reason="It names somebody.")

    assert bea.get(f"community/{what}/history").status_code == 404
    assert trainer(enter, sub="Other", course="course-2").get(f"community/{what}/history").status_code == 404
    for reader in (ana, teacher):
        assert "María" in words_of(reader.get(f"community/{what}/history"))


@SORTS
def test_deleting_deletes_what_it_said_before(sqlite_app: Flask, enter: Enter, sort: str) -> None:
    ana = member(enter)
    _, what = written(ana, sort)
    edit(ana, what, 1, text="another")
    assert kept(sqlite_app) == 1

    assert change(ana, what, "delete") == 303

    assert kept(sqlite_app) == 0
    assert ana.get(f"community/{what}/history").status_code == 404


@SORTS
def test_author_and_trainer_delete_the_earlier_versions(sqlite_app: Flask, enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    _, what = written(ana, sort)
    for number, who in enumerate((ana, teacher), start=1):
        edit(ana, what, number, text=f"text {number}")
        assert "Delete the earlier" not in words_of(bea.get(f"community/{what}/history"))
        assert change(bea, what, "history/forget") == 403

        assert change(who, what, "history/forget") == 303

        assert kept(sqlite_app) == 0
        page = words_of(who.get(f"community/{what}/history"))
        assert "What it said before was not kept. It said then:" in page
        assert f"text {number}" in page


@pytest.mark.parametrize("elsewhere", [{"activity": "community/another"}, {"issuer": "http://localhost:8200"}])
def test_another_community_or_site_reads_and_deletes_nothing(
    sqlite_app: Flask, enter: Enter, elsewhere: dict[str, str]
) -> None:
    ana = member(enter)
    _, what = written(ana, "posts")
    edit(ana, what, 1, text="another")
    there = trainer(enter, **elsewhere)

    assert there.get(f"community/{what}/history").status_code == 404
    assert change(there, what, "history/forget") == 404
    assert ana.get(f"community/replies/{new_id()}/history").status_code == 404
    assert kept(sqlite_app) == 1
