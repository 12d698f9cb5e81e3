"""What was done is read by the course's trainers, and by an author of what is theirs."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import Enter, change, link_of, member, post, reply, thread, trainer
from tests.lti_tool.reading import words_of

LOG = "community/caring/log"


def test_the_course_s_trainers_read_what_was_done_by_whom_and_why(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    post_id = post(ana, title="A bank of time")
    for action in ("hide", "show", "lock", "unlock", "pin", "unpin"):
        change(teacher, f"posts/{post_id}", action, reason=f"Why we {action}")

    page = words_of(teacher.get(LOG))

    told = [word for word in page.split() if word in {"Hid", "Showed", "Locked", "Unlocked", "Pinned", "Unpinned"}]
    assert told == ["Unpinned", "Pinned", "Unlocked", "Locked", "Showed", "Hid"]
    assert "Hid it A post: A bank of time Ana The reason: Why we hide Trainer" in page


def test_nobody_else_reads_it(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    change(teacher, f"posts/{post(ana)}", "hide", reason="x")

    assert ana.get(LOG).status_code == 403
    assert "Nothing was done yet." in words_of(far.get(LOG))
    assert "Nothing was done yet." in words_of(trainer(enter, activity="community/other").get(LOG))


def test_doing_it_twice_is_written_once(enter: Enter) -> None:
    teacher, what = trainer(enter), f"posts/{post(member(enter, 'Ana'))}"

    for action in ("show", "unlock", "unpin", "leave", "hide", "hide", "show", "show", "lock", "lock", "pin", "pin"):
        assert change(teacher, what, action, reason="x") == 303

    assert teacher.get(LOG).text.count('<li class="post">') == 4


def test_older_deeds_stand_on_the_next_page(enter: Enter) -> None:
    teacher, what = trainer(enter), f"posts/{post(member(enter, 'Ana'))}"
    for index in range(51):
        change(teacher, what, "lock", reason=f"Reason {index}.")

    first = teacher.get(LOG)
    later = link_of(first, "What was done before")

    assert first.text.count('<li class="post">') == 50
    assert later is not None
    assert "Reason 0." in words_of(teacher.browser.get(later))


@pytest.mark.parametrize("number", ["0", "-9", "9" * 40, "x", ""])
def test_a_number_that_is_none_of_ours_breaks_nothing(enter: Enter, number: str) -> None:
    teacher = trainer(enter)
    post(teacher)

    assert teacher.get(f"{LOG}?before={number}").status_code == 200
    assert change(teacher, "caring", "seen", deed=number) == 303


def test_an_author_reads_on_the_list_what_was_hidden_until_they_looked_at_it(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    reply_id = reply(bea, post(ana))
    change(teacher, f"replies/{reply_id}", "hide", reason="It names Carla.")

    page = bea.get()
    assert "A trainer hid what you wrote The reason: It names Carla." in words_of(page)
    deed = page.text.partition('name="deed" value="')[2].partition('"')[0]
    for other in (ana, teacher):
        assert "Carla" not in words_of(other.get())
        assert change(other, "caring", "seen", deed=deed) == 303
    assert "Carla" in words_of(bea.get())

    assert change(bea, "caring", "seen", deed=deed) == 303
    assert "Carla" not in words_of(bea.get())


def test_what_is_shown_again_or_deleted_is_told_no_more(enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), trainer(enter)
    shown, gone = post(ana), post(ana)
    for each in (shown, gone):
        change(teacher, f"posts/{each}", "hide", reason="It names Carla.")
        change(teacher, f"posts/{each}", "hide", reason="It names Dora.")
    assert words_of(ana.get()).count("A trainer hid what you wrote") == 2

    change(teacher, f"posts/{shown}", "show")
    change(ana, f"posts/{gone}", "delete")

    assert "A trainer hid what you wrote" not in words_of(ana.get())


def test_a_deleted_post_leaves_the_list_and_its_thread_stays(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    post_id = post(ana, title="A bank of time")
    reply(bea, post_id)

    change(ana, f"posts/{post_id}", "delete")

    for each in (ana, bea, trainer(enter)):
        assert "Deleted by its author" not in words_of(each.get())
    assert "Ask in Campolide." in words_of(thread(bea, post_id))


def test_a_hidden_answer_is_no_answer_until_it_is_shown_again(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana, kind="doubt")
    reply_id = reply(bea, post_id)
    change(ana, f"posts/{post_id}", "answered", reply=reply_id)
    assert "is-answered" in bea.get().text

    change(teacher, f"replies/{reply_id}", "hide", reason="x")
    for each in (bea, ana, teacher):
        assert "The answer that helped" not in words_of(thread(each, post_id))
    assert "is-answered" not in bea.get().text

    change(teacher, f"replies/{reply_id}", "show")
    assert "The answer that helped" in words_of(thread(bea, post_id))
    assert "is-answered" in bea.get().text
