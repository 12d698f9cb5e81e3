"""Files come with a post or reply, for whoever can read it, and never lose its words."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.community.files.rules import A_DAY, LARGEST_BODY, MOST
from lti_tool.community.files.tables import FileRow
from lti_tool.database import db
from tests.lti_tool.community.files.attaching import PDF, PLAIN, document, post_with, send
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    new_id,
    post,
    post_form,
    reply_form,
    thread,
    titles_of,
    trainer,
)
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.photos.photographing import photo
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

TEXT = ("plan.txt", PLAIN)
SORTS = pytest.mark.parametrize("sort", ["posts", "replies"])


def ids(client: Client, post_id: str) -> list[str]:
    """Give the files that a thread shows."""
    return list(dict.fromkeys(re.findall(r'/community/files/([0-9a-f-]{36})[/"]', thread(client, post_id).text)))


def fields(client: Client, what: str) -> dict[str, str]:
    """Give the fields that a form for changing a piece has for files that are there, with what stands in them."""
    page = client.get(f"community/{what}/edit").text
    return {name: unescape(value) for name, value in re.findall(r'name="(alt-[0-9a-f-]{36})" value="([^"]*)"', page)}


def written(client: Client, sort: str, *files: tuple[str, bytes]) -> tuple[str, str]:
    """Write a piece with files; give the post it stands at, and its name in an address."""
    if sort == "posts":
        post_id = post_with(client, *files)
        return post_id, f"posts/{post_id}"
    post_id, form = post(client), reply_form()
    assert send(client, f"community/posts/{post_id}/replies", form, *files).status_code == 303
    return post_id, f"replies/{form['id']}"


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(FileRow)) or 0


# Given


@SORTS
def test_a_file_is_given_as_a_file_and_never_opened(enter: Enter, sort: str) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea", course="course-2")
    post_id, _ = written(ana, sort, ("خطة <b>.pdf", PDF))
    [file_id] = ids(bea, post_id)

    answer = bea.get(f"community/files/{file_id}")

    assert "<bdi>خطة _b_.pdf</bdi></a>" in thread(bea, post_id).text
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('خطة _b_.pdf')}" in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert bea.get(f"community/files/{file_id}/picture").status_code == 404
    assert bea.get(f"community/files/{file_id}/whole").status_code == 404


@SORTS
def test_a_picture_is_shown_with_what_is_to_be_seen(enter: Enter, sort: str) -> None:
    ana = member(enter)
    post_id, what = written(ana, sort, ("wall.png", photo(kind="PNG")))
    [(alt, said)] = fields(ana, what).items()
    assert said == ""
    assert 'alt="A picture that nobody has described yet"' in thread(ana, post_id).text

    assert send(ana, f"community/{what}/edit", post_form(version="1", **{alt: 'Notes on a "wall"'})).status_code == 303

    [file_id] = ids(ana, post_id)
    assert 'alt="Notes on a &#34;wall&#34;" lang="en" width="400" height="200"' in thread(ana, post_id).text
    for size in ("small", "whole"):
        image = ana.get(f"community/files/{file_id}/{size}")
        assert (image.status_code, image.mimetype) == (200, "image/jpeg")
        assert image.data.startswith(b"\xff\xd8\xff")
        assert image.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert image.headers["Cache-Control"] == "private, no-cache"
        again = ana.get(f"community/files/{file_id}/{size}", headers={"If-None-Match": image.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", "private, no-cache")
    assert 'Notes on a "wall"' in words_of(ana.get(f"community/files/{file_id}/picture"))


@SORTS
def test_whoever_cannot_read_a_piece_has_none_of_its_files(enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id, what = written(ana, sort, ("wall.jpg", photo()))
    [file_id] = ids(bea, post_id)
    change(teacher, what, "hide", reason="It shows somebody.")
    strangers = [
        bea,
        trainer(enter, sub="Other", course="course-2"),
        trainer(enter, activity="community/another"),
        trainer(enter, issuer="http://localhost:8200"),
        member(enter, "Dora", activity="exercise/needs-matrix"),
    ]

    for way in ("", "/picture", "/whole", "/small"):
        for stranger in strangers:
            assert stranger.get(f"community/files/{file_id}{way}").status_code == 404
        for reader in (ana, teacher):
            assert reader.get(f"community/files/{file_id}{way}").status_code == 200
        assert ana.browser.get(f"/l/{bea.launch_id}/community/files/{file_id}{way}").status_code == 401
        assert ana.get(f"community/files/{new_id()}{way}").status_code == 404
    assert ids(bea, post_id) == []


@SORTS
def test_deleting_a_piece_deletes_its_files(sqlite_app: Flask, enter: Enter, sort: str) -> None:
    ana = member(enter)
    post_id, what = written(ana, sort, TEXT, ("wall.jpg", photo()))
    file_id, _ = ids(ana, post_id)
    assert count(sqlite_app) == 2

    assert change(ana, what, "delete") == 303

    assert count(sqlite_app) == 0
    assert ana.get(f"community/files/{file_id}").status_code == 404


# Sent


def test_files_stand_in_the_order_in_which_they_were_sent(enter: Enter) -> None:
    ana = member(enter)
    post_id = post_with(ana, TEXT, ("a.docx", document("docx")), ("b.md", b"# B"))

    assert re.findall(r"<bdi>([^<]*)</bdi></a> <span", thread(ana, post_id).text) == ["plan.txt", "a.docx", "b.md"]
    assert "plan.txt 1 kB" in words_of(thread(ana, post_id))


def test_files_are_removed_and_added_by_changing_a_piece(enter: Enter) -> None:
    ana = member(enter)
    post_id = post_with(ana, TEXT, ("a.pdf", PDF))
    text_id, pdf_id = ids(ana, post_id)
    assert f'name="remove-{text_id}"' in ana.get(f"community/posts/{post_id}/edit").text

    form = post_form(version="1", **{f"remove-{text_id}": "on"})
    assert send(ana, f"community/posts/{post_id}/edit", form, ("b.md", b"# B")).status_code == 303

    assert ids(ana, post_id)[0] == pdf_id
    assert re.findall(r"<bdi>([^<]*)</bdi></a> <span", thread(ana, post_id).text) == ["a.pdf", "b.md"]
    assert ana.get(f"community/files/{text_id}").status_code == 404


def test_nobody_changes_the_files_of_others(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id, own_id = post_with(ana, TEXT), post(bea)
    [file_id] = ids(ana, post_id)
    form = post_form(version="1", **{f"remove-{file_id}": "on", f"alt-{file_id}": "mine"})

    assert send(bea, f"community/posts/{post_id}/edit", form, TEXT).status_code == 403
    assert send(bea, f"community/posts/{own_id}/edit", form).status_code == 303
    assert send(bea, "community/posts", {**form, "id": post_id}, TEXT).status_code == 404

    assert ids(ana, post_id) == [file_id]
    assert ids(bea, own_id) == []


def test_a_file_that_is_sent_twice_is_there_once(sqlite_app: Flask, enter: Enter) -> None:
    ana, form = member(enter), post_form()

    for _ in range(2):
        assert send(ana, "community/posts", form, TEXT, ("again.txt", PLAIN)).status_code == 303

    assert count(sqlite_app) == 1


# Refused


@SORTS
def test_a_file_that_is_refused_loses_no_word(sqlite_app: Flask, enter: Enter, sort: str) -> None:
    ana = member(enter)
    path = "community/posts" if sort == "posts" else f"community/posts/{post(ana)}/replies"

    answer = send(ana, path, post_form(text="my long text"), ("wall.jpg", PDF), TEXT)

    assert answer.status_code == 422
    assert "wall.jpg : Its name says that it is of one kind, and its content is of another." in words_of(answer)
    assert "Choose your files once more: they were not kept." in words_of(answer)
    assert "my long text</textarea>" in answer.text
    assert count(sqlite_app) == 0
    assert "my long text" not in words_of(ana.get())


def test_what_is_wrong_with_the_words_is_said_with_the_files(sqlite_app: Flask, enter: Enter) -> None:
    answer = send(member(enter), "community/posts", post_form(title=""), TEXT)

    assert answer.status_code == 422
    assert "Give it a title." in words_of(answer)
    assert "Choose your files once more" in words_of(answer)
    assert count(sqlite_app) == 0


def test_a_preview_says_that_files_are_not_kept(sqlite_app: Flask, enter: Enter) -> None:
    answer = send(member(enter), "community/posts", {**post_form(), "preview": "1"}, TEXT)

    assert "Choose your files once more" in words_of(answer)
    assert count(sqlite_app) == 0


def test_there_are_at_most_five_files(enter: Enter) -> None:
    ana = member(enter)
    files = [(f"{number}.txt", str(number).encode()) for number in range(MOST)]
    post_id = post_with(ana, *files)
    first = ids(ana, post_id)[0]
    assert 'name="file-1"' not in ana.get(f"community/posts/{post_id}/edit").text

    answer = send(ana, f"community/posts/{post_id}/edit", post_form(text="my text", version="1"), ("x.txt", b"x"))

    assert answer.status_code == 422
    assert "There can be at most 5 files here." in words_of(answer)
    assert "my text</textarea>" in answer.text
    instead = post_form(version="1", **{f"remove-{first}": "on"})
    assert send(ana, f"community/posts/{post_id}/edit", instead, ("x.txt", b"x")).status_code == 303
    assert len(ids(ana, post_id)) == MOST


def test_a_day_has_an_end(sqlite_app: Flask, enter: Enter, ticker: Ticker) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_with(ana, TEXT)
    with sqlite_app.app_context():
        db.session.query(FileRow).update({"size": A_DAY})
        db.session.commit()

    answer = send(ana, "community/posts", post_form(), ("x.txt", b"x"))

    assert answer.status_code == 422
    assert "You have added files of 30 MB within a day" in words_of(answer)
    post_with(bea, TEXT)
    ticker.move(days=1, seconds=1)
    post_with(member(enter, "Ana"), TEXT)


def test_a_description_that_is_too_long_is_refused(enter: Enter) -> None:
    ana = member(enter)
    post_id = post_with(ana, ("wall.jpg", photo()))
    [alt] = fields(ana, f"posts/{post_id}")

    answer = ana.post(f"community/posts/{post_id}/edit", **post_form(version="1", **{alt: "x" * 301}))

    assert answer.status_code == 422
    assert "Say in at most 300 characters what the picture shows." in words_of(answer)


def test_more_than_a_form_may_send_is_said_before_it_is_read(enter: Enter) -> None:
    ana = member(enter)

    for path in ("community/posts", f"community/posts/{new_id()}/replies", f"community/posts/{new_id()}/edit"):
        answer = send(ana, path, post_form(), ("a.txt", b"a" * LARGEST_BODY))
        assert answer.status_code == 413
        assert "All files of a form together may have 12 MB" in words_of(answer)
    assert titles_of(ana.get()) == []
