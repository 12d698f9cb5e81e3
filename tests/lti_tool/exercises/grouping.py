"""A course that does an exercise in groups, and the people in them."""

from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises import arrangements, stages
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.groups import store as groups
from lti_tool.lti.tables import AttendanceRow
from tests.lti_tool.entering import Client, enter_course

EXERCISE = "needs-matrix"
CELL = "subsistence/being"


def arrange(app: Flask, course_id: int, exercise: str = EXERCISE, **how: Any) -> None:
    """Choose how a course does an exercise: in groups, if nothing else is said."""
    with app.app_context():
        arrangements.choose(course_id, exercise, Arrangement(**{"mode": Mode.GROUP, **how}))
        stages.change(course_id, exercise)
        db.session.commit()


def set_stage(app: Flask, course_id: int, **news: Any) -> None:
    """Set how far the exercise is in a course."""
    with app.app_context():
        stages.change(course_id, EXERCISE, **news)
        db.session.commit()


def put_into(app: Flask, person: Client, *group_ids: str) -> str:
    """Let a person's newest launch have said these groups; name the workspace of the first one as addresses do."""
    with app.app_context():
        here = {"course_id": person.course_id, "person_id": person.person_id}
        db.session.execute(update(AttendanceRow).filter_by(**here).values(group_ids=list(group_ids)))
        found = groups.met(person.course_id, group_ids[0]) if group_ids else None
        db.session.commit()
        return f"group/{found.id}" if found else ""


def member(app: Flask, sub: str = "ana", group: str = "7", **launch: Any) -> tuple[Client, str]:
    """Let somebody in who is in a group; give them and the name of its workspace."""
    person = enter_course(app, sub=sub, name=sub.title(), **launch)
    return person, put_into(app, person, group)


def put_note(person: Client, inside: str, text: str, note_id: str = "", version: int = 0) -> str:
    """Save one note as the page's script does; give its id."""
    note_id = note_id or str(uuid4())
    values = {"satisfier": text} if text else {}
    sent = {"part": "matrix", "cell": CELL, "values": values, "version": version, "language": "en"}
    answer = person.put(f"exercise/notes/{note_id}?in={inside}", sent)
    assert answer.status_code == 200, answer.text
    return note_id


def poll(person: Client, inside: str = "", version: int = 0, people: int = -1, stage: str = "") -> TestResponse:
    """Ask what is new, as the page's script does."""
    where = f"&in={inside}" if inside else ""
    return person.get(
        f"exercise/changes?version={version}&people={people}&stage={stage}{where}",
        headers={"Accept": "application/json"},
    )
