"""Several of a group hand in at the same moment, and a trainer releases and sends: one score each, and nobody waits."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, credited, scored
from tests.lti_tool.exercises.writing import hand_in as hand_in_alone
from tests.lti_tool.facilitation.trainers import fail_all, submission_ids, trainer
from tests.lti_tool.together import at_once

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


def waiting(app: Flask) -> list[tuple[int, int]]:
    """Give person and placement of every score that waits."""
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).filter_by(state=DeliveryState.DUE))
        return sorted((row.person_id, row.placement_id) for row in rows)


def test_two_who_press_at_once_make_one_submission_and_one_score_each(canvas: Canvas, ana: Client, ben: Client) -> None:
    canvas.write(ana)

    answers = at_once(canvas.app, *[partial(canvas.press, one, ana, ben) for one in (ana, ben, ana, ben)])

    assert {answer.status_code for answer in answers} == {303}
    assert credited(canvas.app) == [{ana.person_id: ana.placement_id, ben.person_id: ben.placement_id}]
    assert sorted(person for person, _, _ in scored(canvas.app)) == [ana.person_id, ben.person_id]


def test_two_who_press_at_once_in_two_activities_make_two_numbered_ones_and_one_score_each(
    canvas: Canvas, enter: Enter, ana: Client
) -> None:
    ben = enter(sub="ben", name="Ben", link="another activity of the exercise")
    canvas.write(ana)

    answers = at_once(canvas.app, *[partial(canvas.press, one, ana, ben) for one in (ana, ben)])

    assert {answer.status_code for answer in answers} == {303}
    with canvas.app.app_context():
        assert sorted(db.session.scalars(select(SubmissionRow.number))) == [1, 2]
    assert waiting(canvas.app) == [(ana.person_id, ana.placement_id), (ben.person_id, ben.placement_id)]


def test_hand_ins_releases_and_sendings_of_works_that_share_people_wait_for_each_other_in_one_order(
    course: Course, canvas: Canvas, enter: Enter, ana: Client, ben: Client
) -> None:
    course.arrange(mode=Mode.ALONE)
    hand_in_alone(ben)
    hand_in_alone(ana)
    course.arrange(mode=Mode.GROUP)
    canvas.write(ana)
    canvas.write(ben)
    canvas.hand_in(ben)
    fail_all(canvas.app)
    [_, of_ana, of_group] = submission_ids(canvas.app)
    one, other = trainer(enter), enter(sub="other", role=Role.TRAINER)
    seen = {"sentence": "", "release": "0", "hand_in": "1"}

    answers = at_once(
        canvas.app,
        partial(one.post, "scores/failed"),
        partial(other.post, f"submissions/{of_group}/release", mark="60", **seen),
        partial(one.post, f"submissions/{of_ana}/release", mark="70", **seen),
        partial(canvas.press, ana),
        partial(canvas.press, ben),
    )

    assert {answer.status_code for answer in answers} == {303}
    assert {person for person, _ in waiting(canvas.app)} == {ana.person_id, ben.person_id}
