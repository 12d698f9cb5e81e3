"""Trainers merge a post into another: who may, into which, and what everybody reads then."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.caring.test_caring_reports import report
from tests.lti_tool.community.lending_a_hand import close, offer
from tests.lti_tool.community.merging.combining import WHY, merge
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
    titles_of,
    trainer,
)
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


@pytest.fixture
def enter(sqlite_enter: Enter) -> Enter:
    return sqlite_enter


def test_a_post_becomes_a_reply_by_its_author_and_its_replies_come_along(enter: Enter, ticker: Ticker) -> None:
    (ana, bea, cleo), teacher = (member(enter, name) for name in ("Ana", "Bea", "Cleo")), trainer(enter)
    one, two = post(ana, title="A time bank"), post(bea, title="Exchanging hours", text="We lack hours.")
    ticker.move(minutes=1)
    reply(cleo, two, "Ask in Campolide.")

    assert merge(teacher, two, one) == 303

    page = words_of(thread(cleo, one))
    assert "2 replies Was a post of its own Need Exchanging hours Bea" in page
    assert page.index("We lack hours.") < page.index("Ask in Campolide.")
    assert titles_of(cleo.get()) == ["A time bank"]


def test_its_author_and_the_trainers_read_it_and_why(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(bea, title="Exchanging hours")

    merge(teacher, two, one)

    told = f"A trainer merged your post into another one about the same: there it is a reply now The reason: {WHY}"
    assert told in words_of(bea.get())
    assert told not in words_of(ana.get())
    assert f"Merged it into another post A reply Bea The reason: {WHY} Trainer" in words_of(
        teacher.get("community/caring/log")
    )


def test_its_old_address_leads_to_its_new_place(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two, three = post(ana), post(bea), post(bea)
    merge(teacher, three, two)
    merge(teacher, two, one)

    for old in (two, three):
        answer = thread(ana, old)
        assert (answer.status_code, answer.location.rpartition("/posts/")[2]) == (303, f"{one}?at={old}#piece-{old}")
    assert f'id="piece-{three}"' in thread(ana, one).text


def test_one_chooses_among_the_newest_or_by_words(enter: Enter) -> None:
    ana, far, teacher = member(enter, "Ana"), member(enter, "Far", course="course-2"), trainer(enter)
    here = post(ana, title="This one")
    garden, locked = post(ana, title="A garden"), post(ana, title="A locked garden")
    post(far, title="A garden far away")
    change(teacher, f"posts/{locked}", "lock", reason="x")

    shown = words_of(teacher.get(f"community/posts/{here}/merge"))
    found = teacher.post(f"community/posts/{here}/merge", look="1", q="bank", reason="Half typed", post=garden)

    assert "A garden Need Ana" in shown
    assert "far away" not in shown
    assert "A locked garden" not in shown
    assert "There is no such post." in words_of(found)
    assert "Half typed" in found.text
    found = teacher.post(f"community/posts/{here}/merge", look="1", q="gárden", post=garden)
    assert "A garden Need Ana" in words_of(found)
    assert f'value="{garden}" checked' in found.text


def test_what_it_cannot_be_merged_into_is_refused_with_a_reason(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    far = member(enter, "Far", course="course-2")
    here, hidden, locked, gone = (post(ana) for _ in range(4))
    doubt, elsewhere = post(ana, kind="doubt"), post(far)
    change(teacher, f"posts/{hidden}", "hide", reason="x")
    change(teacher, f"posts/{locked}", "lock", reason="x")
    change(ana, f"posts/{gone}", "delete")
    offer(bea, here)

    for target, said in [
        (hidden, "Choose the post that this one belongs to"),
        (gone, "Choose the post that this one belongs to"),
        (new_id(), "Choose the post that this one belongs to"),
        ("\0", "Choose the post that this one belongs to"),
        (post(member(enter, "Ana", activity="community/other")), "Choose the post that this one belongs to"),
        (here, "This is the same post."),
        (elsewhere, "That post was written in another course"),
        (locked, "That post is locked"),
        (doubt, "they can only go to a need"),
    ]:
        answer = teacher.post(f"community/posts/{here}/merge", post=target, reason="Half an hour of work.")
        assert answer.status_code == 422
        assert said in words_of(answer)
        assert "Half an hour of work." in answer.text
    assert "We begin one." in words_of(thread(bea, here))


def test_a_need_with_an_outcome_is_opened_first(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    one, two = post(ana), post(ana)
    close(ana, two)

    assert merge(teacher, two, one) == 422
    change(ana, f"posts/{two}", "reopened")
    assert merge(teacher, two, one) == 303
    assert "Ten people exchange hours." in words_of(thread(ana, one))


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_it_is_merged_with_a_reason_only(enter: Enter, reason: str) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)

    assert merge(teacher, post(ana), post(ana), reason) == 422


def test_only_the_course_s_trainers_merge(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    one, two = post(ana), post(ana)

    for by in (ana, bea, far):
        assert by.get(f"community/posts/{two}/merge").status_code == 403
        assert merge(by, two, one) == 403
        assert "Merge into another post" not in words_of(thread(by, two))
    other = trainer(enter, activity="community/other")
    assert other.get(f"community/posts/{two}/merge").status_code == 404
    assert merge(other, two, one) == 404


def test_merging_twice_is_merging_once_and_a_circle_is_none(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    one, two, three = post(ana, title="One"), post(ana, title="Two"), post(ana, title="Three")

    assert [merge(teacher, two, one) for _ in range(2)] == [303, 303]
    assert merge(teacher, two, three) == 409
    assert merge(teacher, one, two) == 422
    assert teacher.get(f"community/posts/{two}/merge").location.endswith(f"{one}?at={two}#piece-{two}")
    assert merge(teacher, three, two) == 303

    assert titles_of(ana.get()) == ["One"]
    assert "2 replies" in words_of(thread(ana, one))
    assert words_of(teacher.get("community/caring/log")).count("Merged it") == 2


def test_what_was_being_written_under_it_lands_where_it_stands_now(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(ana)
    merge(teacher, two, one)

    form = reply_form("Half an hour of work.")
    answers = [bea.post(f"community/posts/{two}/replies", **form) for _ in range(2)]
    offer(bea, two, "I can come.")
    refused = bea.post(f"community/posts/{two}/replies", **reply_form("Half a reply.", language="xx"))

    assert answers[0].location.rpartition("/posts/")[2] == f"{one}?at={form['id']}#piece-{form['id']}"
    assert (refused.status_code, f'action="/l/{bea.launch_id}/community/posts/{one}/replies"' in refused.text) == (
        422,
        True,
    )
    page = words_of(thread(ana, one))
    assert page.count("Half an hour of work.") == 1
    assert "I can come." in page


def test_an_offer_is_kept_where_it_stands_now_and_takes_none(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    doubt, hers, need = post(ana, kind="doubt"), post(bea), post(ana)
    merge(teacher, need, doubt)
    other = post(ana)
    merge(teacher, other, hers)

    for old in (need, other):
        answer = bea.post(f"community/posts/{old}/offers", **reply_form("Half an hour of work."))
        assert answer.status_code == 409
        assert "Half an hour of work." in answer.text


def test_its_author_still_changes_and_deletes_it(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(bea, title="Exchanging hours", what_for="For ten families", tags="housing")
    merge(teacher, two, one)

    form = bea.get(f"community/replies/{two}/edit")
    assert 'value="Exchanging hours"' in form.text
    assert "For ten families" in form.text
    for number, sort in enumerate(("posts", "replies"), start=1):
        given = post_form(title=f"Hours {number}", text="In other words.", version=str(number))
        assert change(bea, f"{sort}/{two}", "edit", **given) == 303
        assert f"Hours {number} Bea" in words_of(thread(ana, one))
    for sort in ("posts", "replies"):
        assert "Exchanging hours" in words_of(bea.get(f"community/{sort}/{two}/history"))
        assert ana.get(f"community/{sort}/{two}/edit").status_code == 403

    assert change(bea, f"posts/{two}", "delete") == 303
    page = words_of(thread(ana, one))
    assert "Deleted by its author" in page
    assert "In other words." not in page
    assert "Hours" not in page


def test_sending_its_form_again_makes_no_second_one(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    form, one = post_form(title="Exchanging hours"), post(ana, title="A time bank")
    bea.post("community/posts", **form)
    merge(teacher, form["id"], one)

    again = bea.post("community/posts", **form)

    assert (again.status_code, again.location.endswith(f"#piece-{form['id']}")) == (303, True)
    assert titles_of(ana.get()) == ["A time bank"]


def test_trainers_hide_and_members_report_it_from_pages_of_before(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    one, two = post(ana), post(bea, title="Exchanging hours", text="We lack hours.")
    report(ana, f"posts/{two}", words="It names Carla.")
    merge(teacher, two, one)
    assert "A reply Bea" in words_of(teacher.get("community/caring"))

    assert report(member(enter, "Cleo"), f"posts/{two}", words="Dora too.") == 303
    assert "2 reports" in words_of(teacher.get("community/caring"))
    assert change(teacher, f"posts/{two}", "hide", reason="It names Carla.") == 303

    assert "Nothing is reported." in words_of(teacher.get("community/caring"))
    assert "We lack hours." not in words_of(thread(ana, one))
    assert "Exchanging hours" not in words_of(thread(ana, one))
    assert "0 replies" in words_of(thread(ana, one))
    for action in ("lock", "pin"):
        assert change(teacher, f"posts/{two}", action, reason="x") == 409
    assert "Nobody can reply here now." not in words_of(thread(ana, one))
