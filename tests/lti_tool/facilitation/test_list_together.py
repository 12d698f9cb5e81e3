"""Work that several people share is one row of the trainer's list, with the grade of each."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import CreditRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, scored
from tests.lti_tool.exercises.writing import hand_in as hand_in_alone
from tests.lti_tool.exercises.writing import new_id, write
from tests.lti_tool.facilitation.trainers import fail_all, submission_ids, trainer
from tests.lti_tool.reading import rows_of, words_of
from tests.lti_tool.reviews.releasing import release
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana", name="Ana")


@pytest.fixture
def ben(enter: Enter) -> Client:
    return enter(sub="ben", name="Ben")


@pytest.fixture
def course(app: Flask, ana: Client, ben: Client) -> Course:
    course = Course(app=app, course_id=ana.course_id)
    for person in (ana, ben):
        course.put_in(person, "12")
    course.arrange(mode=Mode.GROUP)
    return course


@pytest.fixture
def canvas(app: Flask, course: Course) -> Canvas:
    return Canvas(app=app, owner=f"group/{course.group('12')}")


def test_a_groups_work_is_one_row_with_its_people(canvas: Canvas, enter: Enter, ana: Client) -> None:
    canvas.write(ana)

    [row] = rows_of(trainer(enter).get())

    assert re.fullmatch(r"Group 1 Draft 2 people Ana Ben .+ UTC 0 – –", row)


def test_the_row_tells_where_the_grade_of_each_stands_and_who_gets_none(
    canvas: Canvas, enter: Enter, ana: Client
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana)

    [row] = rows_of(trainer(enter).get())

    assert "Group 1 Handed in 2 people Ana Ben Gets no score " in row
    assert " 1 – 1 person gets the score Ana Waiting The score is sent again" in row


def test_a_score_is_sent_again_to_one_of_them_alone(canvas: Canvas, enter: Enter, ana: Client, ben: Client) -> None:
    canvas.write(ben)
    canvas.hand_in(ana)
    fail_all(canvas.app)

    trainer(enter).post(f"submissions/{submission_ids(canvas.app)[0]}/score", person=ben.person_id)

    assert [person for person, _, _ in scored(canvas.app)[2:]] == [ben.person_id]


@pytest.mark.parametrize("path", ["submissions/1/score", "scores/failed"])
def test_scores_are_sent_again_to_all_of_them_at_once(
    canvas: Canvas, enter: Enter, ana: Client, ben: Client, path: str
) -> None:
    canvas.write(ben)
    canvas.hand_in(ana)
    fail_all(canvas.app)
    reader = trainer(enter)
    words = words_of(reader.get())

    reader.post(path)

    assert "Send 2 failed grades again" in words
    assert "Send all of them : Group 1" in words
    assert [person for person, _, _ in scored(canvas.app)[2:]] == [ana.person_id, ben.person_id]


def test_who_is_credited_after_a_mark_is_sent_it_by_the_trainer(
    canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana)
    reader = trainer(enter)
    release(reader, submission_ids(canvas.app)[0], "60")
    canvas.hand_in(ana, ben)

    [row] = rows_of(reader.get())
    reader.post("scores/never")

    assert "Ben Never sent Send : Ben" in row
    assert scored(canvas.app)[-1] == (ben.person_id, ben.placement_id, 60)


def test_a_mark_for_work_alone_keeps_out_the_score_of_the_groups_work(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    hand_in_alone(ben)
    reader = trainer(enter)
    release(reader, submission_ids(canvas.app)[0], "60")
    course.arrange(mode=Mode.GROUP)
    canvas.write(ben)
    canvas.hand_in(ana)
    fail_all(canvas.app)

    reader.post(f"submissions/{submission_ids(canvas.app)[1]}/score")
    reader.post(f"submissions/{submission_ids(canvas.app)[1]}/score", person=ben.person_id)

    assert scored(canvas.app)[3:] == [(ana.person_id, ana.placement_id, 100)]


def test_rows_of_another_time_stay_and_say_what_they_are(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    write(ben, new_id(), "alone, before")
    course.arrange(mode=Mode.COURSE)
    Canvas(app=canvas.app, owner="course").write(ana)
    course.arrange(mode=Mode.GROUP)
    canvas.write(ana)

    rows = rows_of(trainer(enter).get())

    assert [row.split(" 30 ")[0].split(" 2 people")[0] for row in rows][:2] == [
        "Group 1 Draft",
        "The whole course Draft Written by the whole course",
    ]
    assert rows[2].startswith("Ben Draft Written alone ")


def test_the_submission_shows_the_group_who_handed_in_and_its_grades(
    canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    canvas.write(ben, "Ben's well")
    canvas.hand_in(ana)

    page = trainer(enter).get(f"submissions/{submission_ids(canvas.app)[0]}")

    words = words_of(page)
    assert "<h1><bdi>Group 1</bdi></h1>" in page.text
    assert "Handed in by: Ana" in words
    assert "Grade in Moodle: 2 people get the score Ana Waiting" in words
    assert "Ben's well" in words


def test_moodles_gradebook_opens_the_newest_work_that_credits_a_person(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    hand_in_alone(ben, "Ben's own")
    course.arrange(mode=Mode.GROUP)
    canvas.write(ana, "the group's")

    canvas.hand_in(ana)
    before = trainer(enter, for_sub="ben").get("review").text
    canvas.hand_in(ana, ben)
    after = trainer(enter, for_sub="ben").get("review").text

    assert "Ben&#39;s own" in before
    assert "the group&#39;s" in after


def test_a_submission_of_a_version_before_is_its_persons_at_its_placement(
    course: Course, canvas: Canvas, enter: Enter, ana: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    hand_in_alone(ana, "of before")
    with canvas.app.app_context():
        db.session.execute(delete(CreditRow))
        db.session.commit()
    reader = trainer(enter)

    [row] = rows_of(reader.get())
    release(reader, submission_ids(canvas.app)[0], "60")

    assert re.fullmatch(r"Ana Handed in .+ UTC 1 – Waiting The score is sent again .+", row)
    assert scored(canvas.app)[-1] == (ana.person_id, ana.placement_id, 60)
    assert "of before" in trainer(enter, for_sub="ana").get("review").text
    assert "The score is on its way to Moodle." in words_of(ana.get("exercise"))


def test_the_list_takes_as_many_queries_for_many_groups_as_for_one(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    canvas.write(ana)
    canvas.hand_in(ana, ben)
    reader = trainer(enter)
    with statements(canvas.app) as for_one:
        reader.get()
    for number in range(3):
        person = enter(sub=f"another {number}")
        course.put_in(person, f"2{number}")
        other = Canvas(app=canvas.app, owner=f"group/{course.group(f'2{number}')}")
        other.write(person)
        other.hand_in(person)

    with statements(canvas.app) as for_four:
        reader.get()

    assert len(for_four) == len(for_one)


def test_a_name_that_holds_markup_is_text(canvas: Canvas, course: Course, enter: Enter) -> None:
    person = enter(sub="x", name="<i>Xavi</i>")
    course.put_in(person, "12")
    canvas.write(person)
    canvas.hand_in(person)

    for page in (trainer(enter).get().text, canvas.page(enter(sub="ana", name="Ana"))):
        assert "<i>Xavi" not in page
        assert "&lt;i&gt;Xavi" in page
