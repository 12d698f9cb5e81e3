"""Members report to the trainers of the course that a piece was written in, and to nobody else."""

import pytest

from lti_tool.lti.roles import Role
from tests.lti_tool.community.talking import HERE, Enter, change, member, new_id, post, reply, thread, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.reading import words_of

CARING = "community/caring"


def report(by: Client, what: str, why: str = "people", words: str = "It names Carla.") -> int:
    return change(by, what, "report", why=why, words=words)


def test_trainers_of_the_course_read_what_is_wrong_and_who_says_so(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)

    assert report(bea, f"posts/{post_id}") == 303

    assert "1 reported piece" in words_of(teacher.get())
    page = words_of(teacher.get(CARING))
    assert "It tells of a real case of violence, or names people: It names Carla. Bea" in page


def test_nobody_else_learns_of_it(enter: Enter) -> None:
    ana, bea, cleo = member(enter, "Ana"), member(enter, "Bea"), member(enter, "Cleo")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    post_id = post(ana)
    report(bea, f"posts/{post_id}")

    for other in (ana, cleo, far):
        for page in (words_of(other.get()), words_of(thread(other, post_id))):
            assert "eported" not in page
            assert "Carla" not in page
    assert [ana.get(CARING).status_code, cleo.get(CARING).status_code] == [403, 403]
    assert "Nothing is reported." in words_of(far.get(CARING))


@pytest.mark.parametrize("sort", ["posts", "replies"])
def test_who_reported_reads_when_it_was_looked_at(enter: Enter, sort: str) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    piece_id = post_id if sort == "posts" else reply(ana, post_id)
    report(bea, f"{sort}/{piece_id}")
    assert "No trainer has looked at it yet." in words_of(thread(bea, post_id))

    assert change(teacher, f"{sort}/{piece_id}", "leave") == 303

    assert "a trainer has looked at it" in words_of(thread(bea, post_id))
    assert "Nothing is reported." in words_of(teacher.get(CARING))
    assert "Read the reports and left it as it is" in words_of(teacher.get(CARING + "/log"))


def test_an_offer_of_help_is_reported_too(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id, offer_id = post(ana), new_id()
    bea.post(f"community/posts/{post_id}/offers", id=offer_id, version="0", text="Buy this.", language="en")

    assert report(ana, f"offers/{offer_id}", "advertising", "") == 303

    assert "An offer of help Bea" in words_of(teacher.get(CARING))


def test_saying_it_twice_is_one_report_until_it_was_looked_at(enter: Enter) -> None:
    ana, bea, cleo, teacher = member(enter, "Ana"), member(enter, "Bea"), member(enter, "Cleo"), trainer(enter)
    what = f"posts/{post(ana)}"

    for by in (bea, bea, cleo):
        assert report(by, what) == 303
    assert "2 reports" in words_of(teacher.get(CARING))
    assert "1 reported piece" in words_of(teacher.get())

    change(teacher, what, "leave")
    assert report(bea, what) == 303
    assert "1 report " in words_of(teacher.get(CARING))


def test_hiding_answers_the_reports_and_leads_back(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    report(bea, f"posts/{post_id}")

    answer = teacher.post(f"community/posts/{post_id}/hide", reason="It names Carla.", back="caring")

    assert (answer.status_code, answer.location.rpartition("/community")[2]) == (303, "/caring")
    assert "Nothing is reported." in words_of(teacher.get(CARING))


def test_what_its_author_deletes_is_reported_no_more(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    post_id = post(ana)
    report(bea, f"posts/{post_id}")

    change(ana, f"posts/{post_id}", "delete")

    assert "Nothing is reported." in words_of(teacher.get(CARING))


@pytest.mark.parametrize(("why", "words"), [("", ""), ("because", ""), ("other", "x" * 501)])
def test_a_report_that_says_nothing_or_too_much_comes_back(enter: Enter, why: str, words: str) -> None:
    post_id, bea = post(member(enter, "Ana")), member(enter, "Bea")

    answer = bea.post(f"community/posts/{post_id}/report", why=why, words=words)

    assert answer.status_code == 422
    assert "Choose what is wrong with it." in words_of(answer) or words in answer.text
    assert "eported" not in words_of(trainer(enter).get())


def test_nobody_reports_their_own_what_is_gone_or_what_is_elsewhere(enter: Enter) -> None:
    ana, bea, teacher = member(enter, "Ana"), member(enter, "Bea"), trainer(enter)
    other = member(enter, "Bea", activity=HERE.replace("practice", "other"))
    post_id, hidden = post(ana), post(ana)
    change(teacher, f"posts/{hidden}", "hide", reason="x")

    assert [report(ana, f"posts/{post_id}"), report(teacher, f"posts/{post_id}")] == [403, 403]
    assert [report(bea, f"posts/{hidden}"), report(other, f"posts/{post_id}")] == [404, 404]
    assert [report(bea, f"posts/{new_id()}"), report(bea, f"replies/{post_id}")] == [404, 404]


def test_only_the_course_s_trainers_leave_a_report(enter: Enter) -> None:
    ana, bea = member(enter, "Ana"), member(enter, "Bea")
    far = member(enter, "Far", role=Role.TRAINER, course="course-2")
    what = f"posts/{post(ana)}"
    report(bea, what)

    assert [change(by, what, "leave") for by in (ana, bea, far)] == [403, 403, 403]
