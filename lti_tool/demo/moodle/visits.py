"""Who is using the browser: the session cookie, the sesskey, and refusals."""

import re
import secrets
from dataclasses import dataclass
from typing import NoReturn

from flask import Flask, Response, abort, redirect, render_template, request, session, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.rules import Standing
from lti_tool.demo.moodle.tables import Course, Enrolment, User

COOKIE = "MiniMoodleSession"
HANDHELD = re.compile("Mobi|Android|iPad|Tablet")
"""Phones and tablets get the tool as a whole page."""


class Problem(Exception):
    """Ends a request with a page that says what is wrong; Moodle's own error pages are 404 too."""

    def __init__(self, message: str, status: int = 404) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Visit:
    """A person in a course."""

    user: User
    course: Course
    standing: Standing


def init_app(app: Flask) -> None:
    """Set up the cookie, which like Moodle's on plain http has no SameSite: browsers take it for Lax."""
    app.config.update(SESSION_COOKIE_NAME=COOKIE, SECRET_KEY=secrets.token_hex(16))
    app.register_error_handler(Problem, _show_problem)
    app.context_processor(lambda: {"sesskey": session.get("sesskey", "")})


def begin(user: User) -> str | None:
    """Sign somebody in, in a session of their own, which speaks their language; give the page that they asked for."""
    wanted: str | None = session.get("wanted")
    session.clear()
    session.update(user=user.id, lang=user.lang, visit=secrets.token_hex(8), sesskey=secrets.token_urlsafe(8))
    return wanted


def is_signed_in() -> bool:
    """Tell whether the browser sent a session with somebody in it."""
    return "user" in session


def visit_id() -> str:
    """Name this browser session."""
    return str(session.get("visit", ""))


def sesskey() -> str:
    """Give the secret that this session's forms carry."""
    return str(session.get("sesskey", ""))


def require_sesskey() -> None:
    """Refuse a form that was not made for this session."""
    if not sesskey() or not secrets.compare_digest(request.values.get("sesskey", ""), sesskey()):
        refuse("Your session has changed. Go back, load the page again and repeat what you did.", 403)


def require_user(db: Session) -> User:
    """Find who is signed in, or ask to."""
    user = db.get(User, session.get("user", 0))
    return user or _ask_to_sign_in()


def _ask_to_sign_in() -> NoReturn:
    """Lead to the start page, and as Moodle does back from there to the page that was asked for."""
    session["wanted"] = request.full_path
    abort(redirect(url_for("pages.start")))


def require_admin(db: Session) -> User:
    """Let nobody but an administrator pass."""
    user = require_user(db)
    return user if user.is_admin else refuse("Only the administrator may do this.", 403)


def require_visit(db: Session, course_id: int) -> Visit:
    """Let those pass who may see a course."""
    user = require_user(db)
    course = db.get(Course, course_id) or refuse("There is no such course.")
    standing = standing_in(db, user, course_id)
    if not standing.may_view:
        refuse("You are not enrolled in this course.", 403)
    return Visit(user, course, standing)


def require_editor(db: Session, course_id: int) -> Visit:
    """Let those pass who may edit a course."""
    visit = require_visit(db, course_id)
    return visit if visit.standing.may_edit else refuse("Only an editing trainer may do this.", 403)


def standing_in(db: Session, user: User, course_id: int) -> Standing:
    """Find what somebody is in a course; a suspended enrolment opens nothing."""
    active = select(Enrolment).filter_by(course_id=course_id, user_id=user.id, suspended=False)
    enrolment = db.scalars(active).first()
    return Standing(enrolment.role if enrolment else "", user.is_admin)


def repost_page() -> Response:
    """Send the request again from a page of our own.

    A post from another site comes without our cookie; the same post from here comes with it.
    """
    query = request.query_string.decode()
    address = f"{request.path}?{query}" if query else request.path
    page = render_template("autopost.html", action=address, fields=[*request.form.items(), ("repost", "true")])
    return Response(page)


def refuse(message: str, status: int = 404) -> NoReturn:
    """End the request with a page that says why."""
    raise Problem(message, status)


def _show_problem(problem: Problem) -> tuple[str, int]:
    return render_template("problem.html", message=problem.message), problem.status
