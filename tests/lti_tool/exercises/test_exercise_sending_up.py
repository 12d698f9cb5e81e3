"""What groups send to the course's canvas: a few notes, each once, with the group's name and nobody else's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises import upward
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import NoteRow, WorkspaceRow
from lti_tool.groups.tables import GroupRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.balloting import Canvas
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]


@pytest.mark.parametrize(
    ("ticked", "sent", "expected", "is_too_many"),
    [
        (["a", "b"], {}, ["a", "b"], False),
        (["a", "gone"], {}, ["a"], False),
        (["a", "b"], {"a": True}, ["b"], False),
        (["a"], {"a": False}, [], False),
        (list("abcde"), {}, list("abcde"), False),
        (list("abcdef"), {}, [], True),
        (list("abcde"), {"a": True}, list("bcde"), False),
        (list("abcdef"), {"a": True}, [], True),
        (["a", "b"], dict.fromkeys("vwxy", True), [], True),
        (["a", "b"], dict.fromkeys("vwxyz", False), ["a", "b"], False),
    ],
)
def test_a_group_has_so_many_notes_there_and_each_once(
    ticked: list[str], sent: dict[str, bool], expected: list[str], *, is_too_many: bool
) -> None:
    decision = upward.decide(ticked, list("abcdef"), sent)

    assert (list(decision.notes), decision.is_too_many) == (expected, is_too_many)


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana", name="Ana Álvarez")


@pytest.fixture
def cleo(enter: Enter) -> Client:
    return enter(sub="cleo", name="Cleo Costa")


@pytest.fixture
def canvas(app: Flask, ana: Client, cleo: Client) -> Canvas:
    """Give the canvas of Ana's group; Cleo is in another one."""
    course = Course(app=app, course_id=ana.course_id)
    course.put_in(ana, "12")
    course.put_in(cleo, "13")
    course.arrange(mode=Mode.GROUP)
    with app.app_context():
        db.session.get_one(GroupRow, course_id := course.group("12")).name = "Los del <río>"
        db.session.commit()
    return Canvas(course=course, owner=f"group/{course_id}")


def send(canvas: Canvas, person: Client, *notes: str) -> TestResponse:
    return person.post(canvas.at("exercise/send-up"), note=list(notes))


def on_the_course(person: Client) -> str:
    return person.get("exercise?in=course").text


def test_what_is_sent_stands_on_the_courses_canvas_with_its_origin(canvas: Canvas, ana: Client, cleo: Client) -> None:
    well, road = canvas.add(ana, "A well"), canvas.add(ana, "A road")

    answer = send(canvas, ana, well)

    assert answer.status_code == 303
    page = on_the_course(cleo)
    assert "A well" in page
    assert "A road" not in page
    assert re.search(r"From the group: <bdi>Los del &lt;río&gt;</bdi>", page)
    assert "Ana" not in page
    assert "A well" in ana.get(canvas.at("exercise")).text
    assert road in ana.get(canvas.at("exercise/send-up")).text


def test_who_asks_what_is_new_on_the_courses_canvas_is_told_the_origin(
    canvas: Canvas, ana: Client, cleo: Client
) -> None:
    send(canvas, ana, canvas.add(ana, "A well"))

    course, group = cleo.get("exercise/changes?in=course").json, ana.get(canvas.at("exercise/changes")).json

    assert course
    assert group
    assert [note.get("origin") for note in course["notes"]] == ["Los del <río>"]
    assert ["origin" in note for note in group["notes"]] == [False]


def test_the_page_says_before_it_who_will_read_it(canvas: Canvas, ana: Client) -> None:
    canvas.add(ana, "A well")

    page = ana.get(canvas.at("exercise/send-up")).text

    assert "Everybody in this course reads it, with the name of your group" in page
    assert "Los del &lt;río&gt;" in page
    assert "You can send 5 more notes." in page


def test_sent_twice_at_once_or_later_it_is_there_once_and_stays_as_it_is_there(
    app: Flask, canvas: Canvas, ana: Client
) -> None:
    well = canvas.add(ana, "A well")

    answers = at_once(app, *[lambda: send(canvas, ana, well) for _ in range(2)])
    body = {"part": "matrix", "cell": "subsistence/being", "values": {"satisfier": "A deep well"}, "version": 1}
    ana.put(canvas.at(f"exercise/notes/{well}"), {**body, "language": "en"})
    send(canvas, ana, well)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert on_the_course(ana).count("A well</bdi>") == 1
    assert "A deep well" not in on_the_course(ana)
    with app.app_context():
        copied = db.session.scalars(select(NoteRow).where(NoteRow.from_note_id == well)).one()
        course = db.session.scalars(select(WorkspaceRow).filter_by(owner="course")).one()
        assert copied.workspace_id == course.id
        assert copied.changed_in == course.version


def test_a_group_sends_no_more_than_it_may(canvas: Canvas, ana: Client) -> None:
    notes = [canvas.add(ana, f"Note {number}") for number in range(upward.MOST + 1)]

    too_many = send(canvas, ana, *notes)
    enough = send(canvas, ana, *notes[1:])
    one_more = send(canvas, ana, notes[0])

    assert [answer.status_code for answer in (too_many, enough, one_more)] == [422, 303, 422]
    assert "You can send only 5 more notes: tick fewer." in too_many.text
    assert "Your group has as many notes there as it can have." in one_more.text
    assert "Note 0" not in on_the_course(ana)


def test_an_answer_goes_beside_the_courses_one_and_doesnt_change_it(canvas: Canvas, ana: Client, cleo: Client) -> None:
    answer = canvas.add(ana, "Our street", "community", "start")

    send(canvas, ana, answer)

    page = on_the_course(cleo)
    assert "What groups answered" in page
    assert re.search(r"Our street</bdi>.*?From the group: <bdi>Los del &lt;río&gt;</bdi>", page, re.DOTALL)
    assert answer in ana.get(canvas.at("exercise/send-up")).text
    assert "You can send 4 more notes." in ana.get(canvas.at("exercise/send-up")).text


def test_a_trainer_sends_too_and_nobody_of_another_group(
    canvas: Canvas, ana: Client, cleo: Client, enter: Enter
) -> None:
    well, trainer = canvas.add(ana, "A well"), enter(sub="trainer", role=Role.TRAINER)

    assert cleo.get(canvas.at("exercise/send-up")).status_code == 423
    assert send(canvas, cleo, well).status_code == 423
    assert "A well" not in on_the_course(cleo)
    assert send(canvas, trainer, well).status_code == 303
    assert "A well" in on_the_course(cleo)


@pytest.mark.parametrize("where", ["", "?in=course"])
def test_nothing_is_sent_from_a_canvas_that_is_no_groups(app: Flask, enter: Enter, where: str) -> None:
    ana = enter(sub="ana")
    mode = Mode.COURSE if where else Mode.ALONE
    Course(app=app, course_id=ana.course_id).arrange(mode=mode)

    assert ana.get(f"exercise/send-up{where}").status_code == 404
    assert ana.post(f"exercise/send-up{where}").status_code == 404
    assert "send-up" not in ana.get(f"exercise{where}").text


def test_copies_of_what_one_wrote_alone_name_no_group_and_no_person(app: Flask, ana: Client, cleo: Client) -> None:
    course = Course(app=app, course_id=ana.course_id)
    course.arrange(mode=Mode.COURSE, alone_first=True)
    Canvas(course=course, owner=f"person/{ana.person_id}").add(ana, "A well")

    course.come_together()

    page = on_the_course(cleo).split('class="hand-in"')[0]  # where one ticks who took part
    assert "A well" in page
    assert "data-origin=" not in page
    assert "From the group" not in page.split("<template")[0]
    assert "Ana" not in page
