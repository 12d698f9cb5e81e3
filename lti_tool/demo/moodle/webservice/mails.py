"""Mails that a real site would send."""

from sqlalchemy import select

from lti_tool.demo.moodle.settings import Welcome
from lti_tool.demo.moodle.tables import Course, Enrolment, User
from lti_tool.demo.moodle.webservice.registry import Call
from lti_tool.demo.moodle.webservice.tables import Mail


def send(call: Call, user: User, subject: str) -> None:
    """Send a mail at the end of the call, unless it fails: never to somebody suspended or who can't sign in."""
    if user.auth != "nologin" and not user.suspended:
        call.db.add(Mail(user_id=user.id, subject=subject))


def welcome(call: Call, course: Course, user: User) -> None:
    """Welcome somebody whom a course has just enrolled, again or for the first time, active or suspended.

    It is called before the new role is given: the first trainer isn't welcomed in their own name.
    """
    by_contact = course.welcome == Welcome.CONTACT and _has_trainer(call, course)
    if by_contact or course.welcome == Welcome.NO_REPLY:
        send(call, user, f"Welcome to {course.fullname}")


def _has_trainer(call: Call, course: Course) -> bool:
    rows = call.db.scalars(select(Enrolment).filter_by(course_id=course.id))
    return any("editingteacher" in row.roles for row in rows)
