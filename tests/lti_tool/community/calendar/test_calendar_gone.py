"""A meeting about a need that was hidden or deleted tells nothing of it any more."""

import pytest

from tests.lti_tool.community.calendar.planning import calendar, meeting_form, plan, typed
from tests.lti_tool.community.talking import Enter, change, member, post, reply_form, thread, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

WORDS = {"title": "Who knows María?", "text": "About María.", "place": "María, room 3"}


@pytest.mark.parametrize(("by", "how"), [("trainer", "hide"), ("author", "delete")])
def test_its_words_and_its_link_are_left_out(enter: Enter, ticker: Ticker, by: str, how: str) -> None:
    people = {"trainer": trainer(enter), "author": member(enter, "Ana"), "peer": member(enter, "Bea")}
    post_id = post(people["author"], title="Who knows María?")
    meeting_id = plan(people["author"], ticker, post=post_id, **WORDS)

    assert change(people[by], f"posts/{post_id}", how, reason="It names somebody.") == 303

    said = "Hidden by a trainer" if how == "hide" else "Deleted by its author"
    for who in people.values():
        assert said in calendar(who)
        assert post_id not in who.get("community/calendar").text
        assert "María" not in calendar(who)
    assert "María" not in words_of(people["peer"].get("community"))
    assert people["author"].get(f"community/calendar/{meeting_id}/edit").status_code == 404
    assert change(people["author"], f"calendar/{meeting_id}", "edit", **meeting_form(ticker, version="1")) == 404
    assert people["author"].get("community/calendar/new", query_string={"again": meeting_id}).status_code == 404


@pytest.mark.parametrize(
    ("how", "sentence"),
    [("posts/{}/lock", "A trainer locked this post while you wrote"), ("posts/{}/hide", "was deleted or hidden")],
)
def test_notes_that_come_too_late_come_back(sqlite_enter: Enter, ticker: Ticker, how: str, sentence: str) -> None:
    bea, teacher = member(sqlite_enter, "Bea"), trainer(sqlite_enter)
    post_id = post(bea)
    meeting_id = plan(teacher, ticker, post=post_id, starts_at=typed(ticker, minutes=5))
    ticker.move(hours=1)
    assert teacher.post(f"community/{how.format(post_id)}", reason="Enough.").status_code == 303

    answer = teacher.post(f"community/calendar/{meeting_id}/notes", **reply_form("Three of us tried it."))

    assert answer.status_code == 409
    assert sentence in words_of(answer)
    assert "Three of us tried it." in answer.text
    assert teacher.get(f"community/calendar/{meeting_id}/notes").status_code == 403
    assert "Write down what it found" not in words_of(thread(teacher, post_id))


def test_notes_sent_again_in_other_words_stand_beside_the_first(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(sqlite_enter)
    meeting_id = plan(teacher, ticker, post=post(teacher), starts_at=typed(ticker, minutes=5))
    ticker.move(hours=1)
    notes = reply_form("Three of us tried it.")
    assert change(teacher, f"calendar/{meeting_id}", "notes", **notes) == 303

    answer = teacher.post(f"community/calendar/{meeting_id}/notes", **{**notes, "text": "Four of us tried it."})

    assert answer.status_code == 409
    assert "Three of us tried it." in words_of(answer)
    assert "Four of us tried it." in answer.text
    assert f"/replies/{notes['id']}/edit" in answer.text


def test_it_can_still_be_called_off_and_comes_back_with_the_need(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher, ana = trainer(sqlite_enter), member(sqlite_enter, "Ana")
    post_id = post(ana)
    meeting_id = plan(ana, ticker, post=post_id, **WORDS)
    change(teacher, f"posts/{post_id}", "hide", reason="Wait.")

    assert change(ana, f"calendar/{meeting_id}", "cancel") == 303
    change(teacher, f"posts/{post_id}", "show")

    assert "Who knows María? Called off" in calendar(ana)
