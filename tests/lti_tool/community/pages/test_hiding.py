"""Trainers hide what was written in their course, with a reason that only the author reads."""

import pytest

from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.reading import words_of


@pytest.mark.parametrize("sort", ["posts", "replies"])
def test_a_trainer_hides_with_a_reason_that_only_the_author_reads(enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, text="It was María" if sort == "posts" else "A text")
    piece_id = post_id if sort == "posts" else reply(ana, post_id, "It was María")
    reply(bea, post_id)

    assert change(teacher, f"{sort}/{piece_id}", "hide", reason="It names somebody.") == 303

    for page in (words_of(thread(ana, post_id)), words_of(thread(teacher, post_id))):
        assert "The reason: It names somebody." in page
    seen = words_of(thread(bea, post_id))
    assert "It was María" not in seen
    assert "Hidden by a trainer" in seen
    assert "It names somebody." not in seen

    assert change(teacher, f"{sort}/{piece_id}", "show") == 303
    assert "It was María" in words_of(thread(bea, post_id))
    assert "It names somebody." not in words_of(thread(ana, post_id))


@pytest.mark.parametrize("reason", ["", " \0", "x" * 501])
def test_nothing_is_hidden_without_a_reason(enter: Enter, reason: str) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    post_id = post(ana)

    answer = teacher.post(f"community/posts/{post_id}/hide", reason=reason)

    assert answer.status_code == 422
    assert "Give a reason: the author will read it." in words_of(answer) or "too long" in words_of(answer)
    assert "<details open>" in answer.text
    assert thread(member(enter, "Bea"), post_id).status_code == 200


def test_a_trainer_of_another_course_hides_and_marks_nothing(enter: Enter) -> None:
    post_id = post(member(enter))
    elsewhere = trainer(enter, course="course-2")

    page = words_of(thread(elsewhere, post_id))

    assert "Hide" not in page
    assert "Mark the need" not in page
    for action in ("hide", "show", "answered", "reopened"):
        assert change(elsewhere, f"posts/{post_id}", action, reason="x") == 403
    assert change(elsewhere, f"posts/{post_id}", "hide", reason="") == 403


def test_a_trainee_hides_nothing(enter: Enter) -> None:
    post_id = post(member(enter, "Ana"))

    assert change(member(enter, "Bea"), f"posts/{post_id}", "hide", reason="x") == 403
