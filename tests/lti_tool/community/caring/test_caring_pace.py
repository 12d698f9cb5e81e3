"""Nobody fills the community: what one person writes within an hour has a limit, a lower one on their first day."""

from typing import Any

import pytest

from lti_tool.community.caring import rules
from lti_tool.community.caring.rules import Limit
from tests.lti_tool.community.talking import Enter, member, new_id, post, post_form, reply, reply_form, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NEWCOMERS", Limit(posts=1, replies=2))
    monkeypatch.setattr(rules, "MEMBERS", Limit(posts=2, replies=3))


def send(by: Client, **given: Any) -> Any:
    return by.post("community/posts", **post_form(**given))


def test_a_newcomer_s_post_above_the_limit_comes_back_whole(enter: Enter) -> None:
    ana = member(enter, "Ana")
    post(ana)

    answer = send(ana, text="Half an hour of work.")

    assert answer.status_code == 429
    assert "as much as one person can within an hour (posts: 1; replies and offers: 2)" in words_of(answer)
    assert "Half an hour of work." in answer.text


def test_an_hour_later_it_is_taken(enter: Enter, ticker: Ticker) -> None:
    post(member(enter, "Ana"))
    ticker.move(minutes=59)
    assert send(member(enter, "Ana")).status_code == 429

    ticker.move(minutes=2)

    assert send(member(enter, "Ana")).status_code == 303


def test_after_the_first_day_more_is_taken(enter: Enter, ticker: Ticker) -> None:
    member(enter, "Ana").get()
    ticker.move(days=1)
    ana = member(enter, "Ana")

    assert [send(ana).status_code for _ in range(3)] == [303, 303, 429]


def test_trainers_are_never_new(enter: Enter) -> None:
    teacher = trainer(enter)

    assert [send(teacher).status_code for _ in range(3)] == [303, 303, 429]


def test_replies_and_offers_count_together(enter: Enter) -> None:
    post_id, bea = post(member(enter, "Ana")), member(enter, "Bea")
    reply(bea, post_id)
    offered = f"community/posts/{post_id}/offers"
    assert bea.post(offered, **reply_form()).status_code == 303

    for path in (offered, f"community/posts/{post_id}/replies"):
        answer = bea.post(path, **reply_form("Half an hour of work."))
        assert answer.status_code == 429
        assert "Half an hour of work." in answer.text


def test_what_was_saved_already_is_never_held_back(enter: Enter) -> None:
    ana, form = member(enter, "Ana"), post_form()

    assert [ana.post("community/posts", **form).status_code for _ in range(2)] == [303, 303]
    assert ana.post("community/posts", **{**form, "id": new_id()}).status_code == 429


def test_others_and_other_communities_don_t_count(enter: Enter) -> None:
    post(member(enter, "Ana"))

    assert send(member(enter, "Bea")).status_code == 303
    assert send(member(enter, "Ana", activity="community/other")).status_code == 303


def test_deleting_makes_no_room(enter: Enter) -> None:
    ana = member(enter, "Ana")
    ana.post(f"community/posts/{post(ana)}/delete")

    assert send(ana).status_code == 429
