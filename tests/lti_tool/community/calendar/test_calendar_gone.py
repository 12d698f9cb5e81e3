"""A meeting about a need that was hidden or deleted tells nothing of it any more."""

import pytest

from tests.lti_tool.community.calendar.planning import calendar, meeting_form, plan
from tests.lti_tool.community.talking import Enter, change, member, post, trainer
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


def test_it_can_still_be_called_off_and_comes_back_with_the_need(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher, ana = trainer(sqlite_enter), member(sqlite_enter, "Ana")
    post_id = post(ana)
    meeting_id = plan(ana, ticker, post=post_id, **WORDS)
    change(teacher, f"posts/{post_id}", "hide", reason="Wait.")

    assert change(ana, f"calendar/{meeting_id}", "cancel") == 303
    change(teacher, f"posts/{post_id}", "show")

    assert "Who knows María? Called off" in calendar(ana)
