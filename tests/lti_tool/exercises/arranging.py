"""A course that does an exercise together: modes, groups and the moment when people come together."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import arrangements, gathering, stages
from lti_tool.exercises.modes import Arrangement
from lti_tool.groups import store as groups
from lti_tool.groups.tables import GroupRow, MemberRow
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.lti.tables import AttendanceRow
from tests.lti_tool.entering import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One exercise of one course, as its trainers arrange it."""

    app: Flask
    course_id: int
    exercise: str = "needs-matrix"

    def arrange(self, **chosen: Any) -> None:
        """Choose how the exercise is done."""
        with self.app.app_context():
            arrangements.choose(self.course_id, self.exercise, Arrangement(**chosen))
            stages.change(self.course_id, self.exercise)
            db.session.commit()

    def stage(self, **news: Any) -> None:
        """Set what holds for everybody at once."""
        with self.app.app_context():
            stages.change(self.course_id, self.exercise, **news)
            db.session.commit()

    def come_together(self) -> None:
        """Bring everybody together, as the trainer's press does."""
        with self.app.app_context():
            stages.change(self.course_id, self.exercise, together_at=now())
            gathering.gather_all(self.course_id, self.exercise, find_exercise(self.exercise), now())
            db.session.commit()

    def put_in(self, person: Client, *platform_ids: str) -> None:
        """Let somebody's newest launch say in which of the platform's groups they are."""
        mine = (AttendanceRow.course_id == person.course_id) & (AttendanceRow.person_id == person.person_id)
        with self.app.app_context():
            db.session.execute(update(AttendanceRow).where(mine).values(group_ids=list(platform_ids)))
            db.session.commit()

    def group(self, platform_id: str) -> int:
        """Give our number of one of the platform's groups."""
        with self.app.app_context():
            found = groups.met(self.course_id, platform_id).id
            db.session.commit()
            return found

    def make_group(self, *people: int) -> int:
        """Make a group for the exercise, of these people."""
        with self.app.app_context():
            numbers = select(GroupRow.number).filter_by(course_id=self.course_id)
            number = max(db.session.scalars(numbers), default=0) + 1
            made = GroupRow(course_id=self.course_id, exercise=self.exercise, number=number)
            db.session.add(made)
            db.session.flush()
            for person_id in people:
                key = {"course_id": self.course_id, "exercise": self.exercise, "person_id": person_id}
                db.session.merge(MemberRow(**key, group_id=made.id))
            db.session.commit()
            return made.id
