"""Numbers that no page of ours sends are answered like others that lead nowhere, by both databases."""

import pytest

from tests.lti_tool.community.calendar.planning import meeting_form, plan
from tests.lti_tool.community.talking import Enter, change, post, post_form, trainer
from tests.lti_tool.ticking import Ticker


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 30, str(2**31), str(-(2**31) - 1)])
def test_numbers_without_measure_break_nothing(enter: Enter, ticker: Ticker, number: str) -> None:
    teacher = trainer(enter)
    post_id, meeting_id = post(teacher), plan(teacher, ticker)
    assert change(teacher, f"posts/{post_id}", "edit", **post_form(version="1", text="another")) == 303

    assert teacher.get(f"community/posts/{post_id}/history?until={number}").status_code == 200
    assert teacher.get(f"community/caring/log?before={number}").status_code == 200
    assert change(teacher, "caring", "seen", deed=number) == 303
    assert (
        change(teacher, f"calendar/{meeting_id}", "edit", **meeting_form(ticker, version=number, title="Other")) == 409
    )
    assert change(teacher, "connectors", "name", territory="tunisia", person=number) == 404
    assert change(teacher, f"posts/{post_id}", "edit", **post_form(version=number)) == 409
