"""Mails that a real site would send."""

from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice.registry import Call
from lti_tool.demo.moodle.webservice.tables import Mail


def send(call: Call, user: User, subject: str) -> None:
    """Send a mail at the end of the call, unless it fails: never to somebody suspended or who can't sign in."""
    if user.auth != "nologin" and not user.suspended:
        call.db.add(Mail(user_id=user.id, subject=subject))
