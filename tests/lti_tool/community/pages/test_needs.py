"""A need or a doubt is marked as answered by a reply, and opened again."""

import pytest

from tests.lti_tool.community.talking import Enter, change, member, post, reply, thread, trainer
from tests.lti_tool.reading import words_of


def test_the_author_marks_a_need_as_answered_by_a_reply_and_opens_it_again(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana)
    reply_id = reply(bea, post_id)
    assert "This reply answers the need" in words_of(thread(ana, post_id))
    assert "answers the need" not in words_of(thread(bea, post_id))

    assert change(ana, f"posts/{post_id}", "answered", reply=reply_id) == 303

    assert "Need Answered" in words_of(bea.get())
    assert "This reply answered the need" in words_of(thread(bea, post_id))
    assert change(bea, f"posts/{post_id}", "reopened") == 403
    assert change(ana, f"posts/{post_id}", "reopened") == 303
    assert "Need Still open" in words_of(bea.get())
    assert "This reply answered the need" not in words_of(thread(bea, post_id))


@pytest.mark.parametrize("wrong", ["", "x", "\0", "00000000-0000-4000-8000-000000000000"])
def test_a_reply_that_is_none_of_the_post_answers_nothing(enter: Enter, wrong: str) -> None:
    ana = member(enter)
    post_id = post(ana)

    assert change(ana, f"posts/{post_id}", "answered", reply=wrong) == 404
    assert "Still open" in words_of(ana.get())


def test_only_a_need_is_marked(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana, kind="experience")

    assert "answered" not in words_of(thread(ana, post_id))
    assert change(ana, f"posts/{post_id}", "answered") == 403


def test_a_trainer_marks_a_need_of_their_course(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)
    reply_id = reply(member(enter, "Bea"), post_id)

    assert change(trainer(enter), f"posts/{post_id}", "answered", reply=reply_id) == 303
    assert "Answered" in words_of(ana.get())
