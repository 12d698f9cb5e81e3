"""How a course does an exercise, set as its trainer's page sets it."""

from dataclasses import replace
from typing import Any

from flask import Flask

from lti_tool.database import db
from lti_tool.exercises import arrangements, stages
from lti_tool.exercises.modes import Arrangement
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course

EXERCISE = "needs-matrix"


def arrange(app: Flask, course_id: int, **changes: Any) -> None:
    """Change some of what holds for the exercise in a course."""
    with app.app_context():
        found = arrangements.find(course_id, EXERCISE)
        arrangements.choose(course_id, EXERCISE, replace(found, **changes))
        stages.change(course_id, EXERCISE)
        db.session.commit()


def arrangement(app: Flask, course_id: int) -> Arrangement:
    """Give what holds for the exercise in a course."""
    with app.app_context():
        return arrangements.find(course_id, EXERCISE)


def set_stage(app: Flask, course_id: int, **news: Any) -> None:
    """Set how far the exercise is in a course."""
    Course(app=app, course_id=course_id).stage(**news)


def told(app: Flask, person: Client, *group_ids: str) -> Client:
    """Let the platform have told a person's groups."""
    Course(app=app, course_id=person.course_id).put_in(person, *group_ids)
    return person
