"""Trainers lock a thread, and pin posts at the top of the list."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import (
    Enter,
    change,
    member,
    new_id,
    post,
    reply,
    reply_form,
    thread,
    titles_of,
    trainer,
)
from tests.lti_tool.reading import words_of


def lock(by: object, post_id: str, reason: str = "It goes in circles.") -> int:
    return change(by, f"posts/{post_id}", "lock", reason=reason)  # type: ignore[arg-type]


def test_a_locked_post_is_read_with_its_reason_and_takes_no_replies(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    reply(bea, post_id)

    assert lock(teacher, post_id) == 303

    page = words_of(thread(bea, post_id))
    assert "The reason: It goes in circles." in page
    assert "Ask in Campolide." in page
    assert "Nobody can reply here now." in page
    assert "Offer help" not in page
    assert "Locked" in words_of(bea.get())


@pytest.mark.parametrize("what", ["replies", "offers"])
def test_what_was_being_written_while_it_was_locked_is_kept(enter: Enter, what: str) -> None:
    post_id, bea, teacher = post(member(enter, "Ana")), member(enter, "Bea"), trainer(enter)
    lock(teacher, post_id)

    answer = bea.post(f"community/posts/{post_id}/{what}", **reply_form("Half an hour of work."))

    assert answer.status_code == 409
    assert "A trainer locked this post while you wrote" in words_of(answer)
    assert "Half an hour of work." in answer.text

    assert change(teacher, f"posts/{post_id}", "unlock") == 303
    assert bea.post(f"community/posts/{post_id}/{what}", **reply_form()).status_code == 303


def test_only_the_course_s_trainers_lock_and_pin(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    post_id = post(ana)

    for by in (ana, bea, far):
        for action in ("lock", "unlock", "pin", "unpin"):
            assert change(by, f"posts/{post_id}", action, reason="x") == 403
    assert lock(bea, post_id, "") == 403
    assert "Lock" not in words_of(thread(far, post_id))
    assert "Pin it" not in words_of(thread(far, post_id))


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_nothing_is_locked_without_a_reason(enter: Enter, reason: str) -> None:
    post_id, teacher = post(member(enter, "Ana")), trainer(enter)

    answer = teacher.post(f"community/posts/{post_id}/lock", reason=reason)

    assert answer.status_code == 422
    assert answer.text.count("<details open>") == 1
    assert reply(member(enter, "Bea"), post_id)


def test_pinned_posts_stand_above_everything_for_everybody(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    rules_of_ours = post(ana, kind="tool", title="How we speak here")
    post(ana, title="A need")

    assert titles_of(bea.get()) == ["A need", "How we speak here"]
    assert change(teacher, f"posts/{rules_of_ours}", "pin") == 303
    assert titles_of(bea.get()) == ["How we speak here", "A need"]
    assert titles_of(bea.get("community?kind=tool")) == ["How we speak here"]
    assert change(teacher, f"posts/{rules_of_ours}", "unpin") == 303
    assert titles_of(bea.get()) == ["A need", "How we speak here"]


def test_three_posts_at_most_are_pinned(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    posts = [post(ana) for _ in range(4)]

    assert [change(teacher, f"posts/{each}", "pin") for each in posts] == [303, 303, 303, 409]
    assert "Three posts are pinned already." in words_of(thread(teacher, posts[3]))

    change(teacher, f"posts/{posts[0]}", "hide", reason="x")
    assert change(teacher, f"posts/{posts[0]}", "pin") == 403
    assert change(teacher, f"posts/{posts[3]}", "pin") == 303
    change(ana, f"posts/{posts[1]}", "delete")
    change(teacher, f"posts/{posts[0]}", "show")
    assert change(teacher, f"posts/{posts[0]}", "pin") == 303
    assert change(teacher, f"posts/{new_id()}", "pin") == 404
