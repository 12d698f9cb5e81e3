"""Those who did a piece of work read what changed in it since an earlier hand-in of theirs; nobody else does."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Flask

from lti_tool.exercises.modes import Mode
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reviews.answering import answer
from tests.lti_tool.reviews.test_meanwhile import hand_in_again

Enter = Callable[..., Client]


def test_a_trainee_reads_what_changed_since_what_was_answered(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    answer(sqlite_app, reader, sentence="Ask the elders.", outcome="revise")
    assert trainee.get("exercise/compared").status_code == HTTPStatus.NOT_FOUND
    hand_in_again(trainee)

    assert "exercise/compared" in trainee.get("exercise").text
    page = trainee.get("exercise/compared").text
    assert "What changed since" in page
    assert "A second well" in page
    assert "/exercise#note-" in page


def test_of_a_group_s_work_its_members_and_trainers_read_it_alone(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    people = {name: sqlite_enter(sub=name, name=name) for name in ("ana", "ben", "cleo")}
    course = Course(app=sqlite_app, course_id=people["ana"].course_id)
    for name, group in (("ana", "12"), ("ben", "12"), ("cleo", "13")):
        course.put_in(people[name], group)
    course.arrange(mode=Mode.GROUP)
    canvas = Canvas(app=sqlite_app, owner=f"group/{course.group('12')}")
    for text in ("A well", "A second well"):
        canvas.write(people["ana"], text)
        canvas.hand_in(people["ana"], people["ben"])
    everybody = {**people, "trainer": trainer(sqlite_enter)}
    pages = {name: one.get(f"exercise/compared{canvas.query}") for name, one in everybody.items()}

    assert {name for name, page in pages.items() if "A second well" in page.text} == {"ana", "ben", "trainer"}
    assert pages["cleo"].status_code == HTTPStatus.NOT_FOUND


def test_an_earlier_hand_in_is_of_this_work_alone(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana, ben = sqlite_enter(sub="ana", name="ana"), sqlite_enter(sub="ben", name="ben")
    hand_in(ben)
    hand_in(ana)
    hand_in_again(ana)

    assert ana.get(f"exercise/compared?since={submission_ids(sqlite_app)[0]}").status_code == HTTPStatus.NOT_FOUND
