"""A score goes to those who are credited for the work, and never over a mark that they have for other work."""

from collections.abc import Callable, Collection

from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Mode
from lti_tool.reviews import store
from lti_tool.reviews.store import Terms
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, scored
from tests.lti_tool.exercises.writing import hand_in as hand_in_alone
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.reviews.releasing import release

Enter = Callable[..., Client]


def send(app: Flask, course_id: int, workspace_id: int, people: Collection[int]) -> None:
    """Send as a trainer's page of a moment ago asks for it."""
    with app.app_context():
        terms = Terms(
            course_id=course_id,
            exercise="needs-matrix",
            marking=Marking.HANDED_IN,
            full=100,
            present=packaged_curriculum().exercise("needs-matrix"),
            comment=lambda _submission, _sentence: "",
        )
        store.send({workspace_id: people}, terms, now())
        db.session.commit()


def test_what_has_no_mark_is_not_sent_over_one_that_somebody_was_given_meanwhile(app: Flask, enter: Enter) -> None:
    ana, ben, dora = (enter(sub=name, name=name) for name in ("ana", "ben", "dora"))
    course = Course(app=app, course_id=ana.course_id)
    hand_in_alone(ben)
    course.put_in(ana, "12")
    course.put_in(ben, "12")
    course.arrange(mode=Mode.GROUP)
    canvas = Canvas(app=app, owner=f"group/{course.group('12')}")
    canvas.write(ben)
    canvas.hand_in(ana)
    release(trainer(enter), submission_ids(app)[0], "60")
    before = scored(app)

    send(app, ana.course_id, 2, {ana.person_id, ben.person_id, dora.person_id})

    assert scored(app)[len(before) :] == [(ana.person_id, ana.placement_id, 100)]
