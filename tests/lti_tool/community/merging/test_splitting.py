"""Trainers make a reply a post of its own."""

import pytest
from flask import Flask

from lti_tool.community.finding import store as finding
from lti_tool.community.finding.rules import words_of as looked_for
from lti_tool.lti.roles import Role
from tests.lti_tool.community.files.attaching import PLAIN, send
from tests.lti_tool.community.merging.combining import merge, split
from tests.lti_tool.community.posting import visit_of
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    post,
    reply,
    reply_form,
    thread,
    titles_of,
    trainer,
)
from tests.lti_tool.community.translating.putting import translate
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

OURS = "We wrote a register of hours in a spreadsheet."
QUOTING = f"> {OURS}\n\nCan I have it?"


def test_it_has_the_kind_and_title_of_the_trainer_and_text_and_author_of_its_own(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one = post(ana, title="A time bank")
    reply_id = reply(bea, one, OURS)

    assert split(teacher, reply_id, title="A register of hours") == 303

    assert titles_of(ana.get("community?kind=tool")) == ["A register of hours"]
    page = words_of(thread(ana, reply_id))
    assert "Tool A register of hours Bea" in page
    assert OURS in page
    left = thread(ana, one)
    assert "0 replies A reply from here was made a post of its own: A register of hours" in words_of(left)
    assert f'<li id="piece-{reply_id}">' in left.text
    told = "A trainer made your reply a post of its own The reason: It is about something else."
    assert told in words_of(bea.get())
    assert told not in words_of(ana.get())
    assert "Made it a post of its own A post: A register of hours Bea" in words_of(teacher.get("community/caring/log"))


def test_replies_that_quote_it_go_along_where_they_are_ticked(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    far = member(enter, "Far", course="course-2")
    one = post(ana)
    reply_id, other = reply(bea, one, OURS), reply(ana, one, "About the bank itself.")
    ticked, left = reply(ana, one, QUOTING), reply(ana, one, QUOTING)
    theirs = reply(far, one, QUOTING)
    form = teacher.get(f"community/replies/{reply_id}/split").text
    assert [f'name="along" value="{each}"' in form for each in (ticked, left, other, theirs)] == [
        True,
        True,
        False,
        False,
    ]

    along = [ticked, other, theirs]
    answer = teacher.post(
        f"community/replies/{reply_id}/split", kind="tool", title="Ours", reason="Another theme", along=along
    )

    assert answer.status_code == 303
    assert "1 reply Ana" in words_of(thread(bea, reply_id))
    page = words_of(thread(bea, one))
    assert "3 replies" in page
    assert "A reply was moved from here to another post: Ours" in page
    assert "A trainer moved your reply to another post" in words_of(ana.get())


def test_what_it_answered_waits_again(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one = post(ana, kind="doubt")
    reply_id = reply(bea, one)
    change(ana, f"posts/{one}", "answered", reply=reply_id)

    split(teacher, reply_id)

    assert "is-answered" not in ana.get().text


def test_its_files_and_history_go_along_and_its_author_changes_it_from_an_open_form(app: Flask, enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, form = post(ana), reply_form("First words.")
    send(bea, f"community/posts/{one}/replies", form, ("plan.csv", PLAIN))
    change(bea, f"replies/{form['id']}", "edit", text=OURS, language="en", version="1")
    split(teacher, form["id"])

    page = thread(ana, form["id"])
    assert "plan.csv" in page.text
    assert "First" in words_of(ana.get(f"community/posts/{form['id']}/history"))
    given = {"text": "In other words, a register.", "language": "en", "version": "2"}
    assert change(bea, f"replies/{form['id']}", "edit", **given) == 303
    said = words_of(thread(ana, form["id"]))
    assert "Our tool" in said
    assert "In other words, a register." in said
    again = bea.post(f"community/posts/{one}/replies", **{**form, "text": "In other words, a register."})
    assert again.status_code == 303
    assert "0 replies" in words_of(thread(ana, one))
    with app.app_context():
        assert [each.title for each in finding.search(visit_of(ana).key, looked_for("register")).posts] == ["Our tool"]


def test_a_post_that_was_merged_comes_back_with_all_it_said(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one = post(ana, title="A time bank")
    two = post(bea, title="Exchanging hours", what_for="For ten families", territory="lisbon")
    translate(ana, two)
    merge(teacher, two, one)
    form = teacher.get(f"community/replies/{two}/split").text
    assert 'value="Exchanging hours"' in form
    assert 'value="need" required checked' in form

    assert split(teacher, two, kind="need", title="Exchanging hours") == 303

    page = words_of(thread(ana, two))
    assert "For ten families" in page
    assert "¿Quién conoce un banco del tiempo?" in page
    assert sorted(titles_of(ana.get())) == ["A time bank", "Exchanging hours"]
    assert "A reply from here was made a post of its own: Exchanging hours" in words_of(thread(ana, one))
    assert merge(teacher, two, one) == 303
    assert "made a post" not in words_of(thread(ana, one))
    assert change(teacher, f"posts/{one}", "merge", post=one, reason="x") == 422


def test_a_nameless_reply_names_nobody_as_a_post(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one = post(bea)
    reply_id = reply(ana, one, OURS, is_nameless="yes")
    quoting = reply(ana, one, QUOTING)
    assert quoting not in teacher.get(f"community/replies/{reply_id}/split").text
    split(teacher, reply_id, along=quoting)

    page = words_of(thread(bea, reply_id))
    assert "0 replies" in page
    assert "Ana" not in page
    assert "Our tool A member" in words_of(bea.get())
    assert "Ana" in words_of(thread(bea, one))


def test_nobody_is_told_again_what_they_read(enter: Enter, ticker: Ticker) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    bea.get()
    ticker.move(hours=1)
    one = post(ana)
    reply_id = reply(ana, one, OURS)
    assert "2 contributions are new" in words_of(bea.get())
    thread(bea, one)

    split(teacher, reply_id, title="A register of hours")

    told = words_of(bea.get())
    assert "A register of hours" in told
    assert "new since you were here" not in told


def test_a_moved_reply_leaves_a_line_until_it_is_back(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    here, there = post(ana), post(ana, title="A garden")
    reply_id = reply(bea, here)
    for target in (there, here, there):
        change(teacher, f"replies/{reply_id}", "move", post=target, reason="x")

    page = words_of(thread(ana, here))
    assert page.count("A reply was moved from here to another post: A garden") == 1
    assert "was moved from here" not in words_of(thread(ana, there))
    assert "Bea" not in page

    change(teacher, f"posts/{there}", "hide", reason="x")
    page = words_of(thread(bea, here))
    assert "A reply was moved from here to another post:" in page
    assert "A garden" not in page
    change(bea, f"replies/{reply_id}", "delete")
    assert "was moved from here" not in words_of(thread(bea, here))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "Choose what kind of post it is."),
        ({"kind": "poem"}, "Choose what kind of post it is."),
        ({"title": " "}, "Give it a title."),
        ({"title": "x" * 151}, "This is too long"),
        ({"reason": ""}, "Give a reason"),
        ({"reason": "x" * 501}, "This is too long"),
    ],
)
def test_what_is_missing_comes_back_with_what_was_typed(enter: Enter, given: dict[str, str], said: str) -> None:
    teacher = trainer(enter)
    reply_id = reply(member(enter, "Bea"), post(member(enter, "Ana")))
    form = {"kind": "tool", "title": "A title", "reason": "A reason", **given}

    answer = teacher.post(f"community/replies/{reply_id}/split", **form)

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert form["title"].strip() in answer.text
    assert form["reason"] in answer.text


def test_only_the_course_s_trainers_split(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    one = post(ana)
    reply_id, gone = reply(bea, one), reply(bea, one)

    for by in (ana, bea, far):
        assert by.get(f"community/replies/{reply_id}/split").status_code == 403
        assert split(by, reply_id) == 403
        assert "Make it a post" not in words_of(thread(by, one))
    other: Client = trainer(enter, activity="community/other")
    assert split(other, reply_id) == 404
    assert split(trainer(enter), one) == 404
    assert [split(trainer(enter), reply_id) for _ in range(2)] == [303, 303]
    change(bea, f"replies/{gone}", "delete")
    assert split(trainer(enter), gone) == 403
