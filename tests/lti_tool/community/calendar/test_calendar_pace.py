"""Nobody fills the calendar, and the notes of a meeting are replies among the others."""

import pytest

from lti_tool.community.calendar import rules
from lti_tool.community.caring import rules as caring
from lti_tool.community.caring.rules import Limit
from tests.lti_tool.community.calendar.planning import meeting_form, plan, typed
from tests.lti_tool.community.talking import Enter, member, post, reply, reply_form, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_a_member_plans_five_meetings_ahead_and_loses_no_text(enter: Enter, ticker: Ticker) -> None:
    ana = member(enter, "Ana")
    post_id = post(ana)
    forms = [meeting_form(ticker, post=post_id, starts_at=typed(ticker, days=day)) for day in range(1, 7)]
    for form in forms[:5]:
        assert ana.post("community/calendar", **form).status_code == 303

    answer = ana.post("community/calendar", **{**forms[5], "text": "Bring it all."})

    assert answer.status_code == 429
    assert f"as one person can ahead ({rules.MOST_COMING}, counting those that were called off)" in words_of(answer)
    assert "Bring it all." in answer.text
    assert ana.post("community/calendar", **forms[0]).status_code == 303
    ticker.move(days=2)
    assert member(enter, "Ana").post("community/calendar", **forms[5]).status_code == 303


def test_trainers_plan_as_many_as_they_need(sqlite_enter: Enter, ticker: Ticker) -> None:
    teacher = trainer(sqlite_enter)

    for day in range(1, 8):
        plan(teacher, ticker, starts_at=typed(ticker, days=day))


def test_notes_count_as_replies(sqlite_enter: Enter, ticker: Ticker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caring, "NEWCOMERS", Limit(posts=2, replies=1))
    ana = member(sqlite_enter, "Ana")
    post_id = post(ana)
    meeting_id = plan(ana, ticker, post=post_id, starts_at=typed(ticker, minutes=5))
    ticker.move(minutes=10)
    reply(ana, post_id)

    answer = ana.post(f"community/calendar/{meeting_id}/notes", **reply_form("Three of us tried it."))

    assert answer.status_code == 429
    assert "as much as one person can within an hour" in words_of(answer)
    assert "Three of us tried it." in answer.text
