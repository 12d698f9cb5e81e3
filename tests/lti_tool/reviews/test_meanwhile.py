"""What happens between reading and release: the work is handed in again, or somebody leaves the course."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import RegistrationRow, RosterAddressRow
from lti_tool.reviews.tables import FeedbackRow
from lti_tool.roster.tables import MemberRow, RosterRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, scored
from tests.lti_tool.exercises.writing import hand_in, new_id, send
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reviews.answering import keep, typed

Enter = Callable[..., Client]


def hand_in_again(trainee: Client) -> None:
    """Hand in one note more."""
    send(trainee, new_id(), satisfier="A second well")
    assert trainee.post("exercise/submissions").status_code == HTTPStatus.SEE_OTHER


def test_who_wrote_while_it_was_handed_in_again_chooses_what_the_release_is_about(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    first = f"submissions/{submission_ids(sqlite_app)[0]}"
    written = typed(reader.get(first), sentence="Ask the elders.")
    hand_in_again(trainee)

    told = reader.post(f"{first}/release", **written)
    assert told.status_code == HTTPStatus.CONFLICT
    assert "A second well" in told.text
    assert 'name="about" value="1"' in told.text
    chosen = reader.post(f"{first}/release", **typed(told, sentence="Ask the elders."), about="1")

    assert chosen.status_code == HTTPStatus.SEE_OTHER
    with sqlite_app.app_context():
        assert db.session.scalars(select(FeedbackRow.submission_id)).all() == submission_ids(sqlite_app)[:1]
    assert "That was about what you handed in before." in trainee.get().text


def test_a_release_is_about_no_hand_in_that_never_was(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    first = f"submissions/{submission_ids(sqlite_app)[0]}"

    answer = reader.post(f"{first}/release", **typed(reader.get(first), sentence="Ask the elders."), about="7")

    assert answer.status_code == HTTPStatus.CONFLICT


def be_alone(app: Flask, stays: Client, sub: str) -> None:
    """Let the roster, read in a moment, say that of all trainees one is in the course."""
    with app.app_context():
        registration_id = db.session.scalars(select(RegistrationRow.id)).first()
        assert registration_id
        address = {"registration_id": registration_id, "url": "https://moodle.example/roster"}
        db.session.merge(RosterAddressRow(course_id=stays.course_id, **address))
        db.session.merge(RosterRow(course_id=stays.course_id, fetched_at=now() + timedelta(minutes=1), attempts=0))
        db.session.flush()
        db.session.merge(MemberRow(course_id=stays.course_id, sub=sub, name=sub, role=Role.TRAINEE))
        db.session.commit()


def in_a_group(app: Flask, enter: Enter) -> tuple[Client, Client, Canvas]:
    """Let Ana and Ben hand in together."""
    ana, ben = (enter(sub=name, name=name) for name in ("ana", "ben"))
    course = Course(app=app, course_id=ana.course_id)
    for one in (ana, ben):
        course.put_in(one, "12")
    course.arrange(mode=Mode.GROUP)
    canvas = Canvas(app=app, owner=f"group/{course.group('12')}")
    canvas.write(ana)
    canvas.write(ben, "A school")
    canvas.hand_in(ana, ben)
    return ana, ben, canvas


def test_who_left_is_told_before_the_release_and_gets_no_grade_and_the_others_do(
    sqlite_app: Flask, sqlite_enter: Enter
) -> None:
    ana, _, canvas = in_a_group(sqlite_app, sqlite_enter)
    reader, before = trainer(sqlite_enter), len(scored(sqlite_app))
    be_alone(sqlite_app, ana, "ana")
    work = f"submissions/{submission_ids(sqlite_app)[0]}"
    page = reader.get(work)

    reader.post(f"{work}/release", **typed(page, mark="70", sentence="Well done."))

    assert "No longer in this course: <bdi>ben</bdi>." in page.text
    assert scored(sqlite_app)[before:] == [(ana.person_id, ana.placement_id, 70)]
    assert "Well done." in canvas.page(ana)
    assert "Send again<span" in reader.get(work).text


def test_who_left_is_told_before_all_drafts_are_released(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    ana, _, _ = in_a_group(sqlite_app, sqlite_enter)
    reader, before = trainer(sqlite_enter), len(scored(sqlite_app))
    keep(sqlite_app, reader, mark="70", sentence="Well done.")
    be_alone(sqlite_app, ana, "ana")

    page = reader.get("drafts")
    reader.post("drafts/release", **{"version-1": "1"})

    assert "No longer in this course: <bdi>ben</bdi>." in page.text
    assert scored(sqlite_app)[before:] == [(ana.person_id, ana.placement_id, 70)]
