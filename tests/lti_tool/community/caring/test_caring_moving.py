"""Trainers put a reply under the post that it belongs to."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import Enter, change, member, new_id, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of


def move(by: Client, reply_id: str, post_id: str, reason: str = "It is about the other one.") -> int:
    return change(by, f"replies/{reply_id}", "move", post=post_id, reason=reason)


def test_a_reply_is_moved_with_its_author_and_told_of(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    here, there = post(ana), post(ana, title="A garden")
    reply_id = reply(bea, here)
    assert "A garden" in words_of(teacher.get(f"community/replies/{reply_id}/move"))

    assert move(teacher, reply_id, there) == 303

    assert "0 replies" in words_of(thread(ana, here))
    assert "Ask in Campolide." not in words_of(thread(ana, here))
    assert "1 reply Bea" in words_of(thread(ana, there))
    told = "A trainer moved your reply to another post, where it belongs The reason: It is about the other one."
    assert told in words_of(bea.get())
    assert told not in words_of(ana.get())
    assert "Moved it to another post" in words_of(teacher.get("community/caring/log"))


def test_what_it_answered_waits_again(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    here, there = post(ana, kind="doubt"), post(ana, kind="doubt")
    reply_id = reply(bea, here)
    change(ana, f"posts/{here}", "answered", reply=reply_id)

    move(teacher, reply_id, there)

    assert "is-answered" not in ana.get().text
    assert "The answer that helped" not in words_of(thread(bea, there))


def targets(client: Client, reply_id: str) -> str:
    return client.get(f"community/replies/{reply_id}/move").text


def test_a_reply_with_its_author_s_name_is_not_put_under_their_nameless_post(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    here, there = post(bea), post(ana, is_nameless="yes")
    named, nameless = reply(ana, here), reply(ana, here, "Ask there.", is_nameless="yes")

    assert there not in targets(teacher, named)
    assert move(teacher, named, there) == 422
    assert there in targets(teacher, nameless)
    assert move(teacher, nameless, there) == 303

    assert "Ana" not in words_of(thread(bea, there))
    assert "Ana" in words_of(thread(bea, here))


def test_by_moving_replies_nobody_finds_out_who_wrote_a_nameless_post(enter: Enter) -> None:
    ana, bea, far = (member(enter, name, course="course-2") for name in ("Ana", "Bea", "Far"))
    there = post(member(enter, "Ana"), is_nameless="yes")
    here, teacher = post(far), trainer(enter, sub="far trainer", course="course-2")
    replies = [reply(each, here) for each in (ana, bea)]

    assert [there in targets(teacher, each) for each in replies] == [False, False]
    assert [move(teacher, each, there) for each in replies] == [422, 422]


def test_it_is_moved_to_no_post_that_takes_no_replies(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    here, hidden, locked, gone = (post(ana) for _ in range(4))
    reply_id = reply(ana, here)
    change(teacher, f"posts/{hidden}", "hide", reason="x")
    change(teacher, f"posts/{locked}", "lock", reason="x")
    change(ana, f"posts/{gone}", "delete")
    elsewhere = post(member(enter, "Ana", activity="community/other"))

    for target in (hidden, locked, gone, elsewhere, new_id(), "", "\0"):
        assert move(teacher, reply_id, target) == 422
    assert "1 reply" in words_of(thread(ana, here))


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_it_is_moved_with_a_reason_only(enter: Enter, reason: str) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    reply_id, there = reply(ana, post(ana)), post(ana)

    assert move(teacher, reply_id, there, reason) == 422


def test_only_the_course_s_trainers_move_it(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    reply_id, there = reply(ana, post(ana)), post(ana)

    for by in (ana, bea, far):
        assert by.get(f"community/replies/{reply_id}/move").status_code == 403
        assert move(by, reply_id, there) == 403
