"""The pages that people walk through: sign in, a course, an activity."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.matching import tool_of
from lti_tool.demo.moodle.placing import remove_activity
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import (
    GUEST,
    SITE_COURSE,
    Activity,
    Course,
    CourseModule,
    Enrolment,
    Section,
    Tool,
    User,
)

pages = Blueprint("pages", __name__)
TOOL_IS_GONE = "The external tool of this activity is no longer on this site. Ask your trainer or administrator."


@pages.get("/healthz")
def healthz() -> Response:
    """Say that the server is up."""
    return Response("ok", mimetype="text/plain")


@pages.get("/")
def start() -> str:
    """Show who one can be, and where one can go."""
    with this_site().session() as db:
        people = db.scalars(select(User).where(User.id != GUEST).order_by(User.id)).all()
        me = db.get(User, session.get("user", 0))
        courses = [course for course in _courses(db) if me and visits.standing_in(db, me, course.id).may_view]
        roles = _role_names(db)
        return render_template("start.html", people=people, me=me, courses=courses, roles=roles)


@pages.post("/login")
def login() -> Redirect:
    """Sign in as one of the people; a demo needs no password."""
    with this_site().session() as db:
        user = db.get(User, request.form.get("user", type=int) or 0)
        if user is None or user.id == GUEST:
            visits.refuse("There is no such person.")
        wanted = visits.begin(user)
        only = [course for course in _courses(db) if visits.standing_in(db, user, course.id).role]
    if wanted:
        return redirect(wanted)
    if len(only) == 1:
        return redirect(url_for("pages.course", id=only[0].id))
    return redirect(url_for("pages.start"))


@pages.post("/logout")
def logout() -> Redirect:
    """Sign out."""
    visits.require_sesskey()
    session.clear()
    return redirect(url_for("pages.start"))


@pages.get("/course/view.php")
def course() -> str:
    """Show a course: its sections, and in each its activities."""
    course_id = request.args.get("id", 0, int)
    with this_site().session() as db:
        visit = visits.require_visit(db, course_id)
        tools = db.scalars(select(Tool).where(Tool.active, Tool.deep_linking).order_by(Tool.id)).all()
        return render_template("course.html", visit=visit, sections=_contents(db, course_id), tools=tools)


@pages.post("/course/mod.php")
def delete_activity() -> Redirect:
    """Take an activity out of a course, with its grades."""
    visits.require_sesskey()
    with this_site().session() as db:
        module = _module(db, request.values.get("delete", 0, int))
        visits.require_editor(db, module.course_id)
        remove_activity(db, module)
    return redirect(url_for("pages.course", id=module.course_id))


@pages.get("/mod/lti/view.php")
def activity() -> str | Redirect:
    """Show an activity with the tool in an iframe; a phone or tablet gets the tool as the whole page."""
    with this_site().session() as db:
        module = _asked_module(db)
        visit = visits.require_visit(db, module.course_id)
        row = db.get_one(Activity, module.instance)
        tool = tool_of(db, row) or visits.refuse(TOOL_IS_GONE)
        action, for_user = request.args.get("action"), request.args.get("user", type=int)
        if for_user not in (None, visit.user.id) and not visit.standing.may_grade:
            visits.refuse("Only trainers may look at somebody else's work.", 403)
        launch = url_for("launch.launch", id=module.id, action=action, user=for_user)
        if visits.HANDHELD.search(request.user_agent.string):
            return redirect(launch)
        return render_template("activity.html", visit=visit, activity=row, launch=launch, tool=tool)


@pages.get("/mod/lti/return.php")
def return_from_tool() -> str:
    """Take somebody back who pressed "back" in the tool, with the message it gave."""
    with this_site().session() as db:
        visit = visits.require_visit(db, request.args.get("course", 0, int))
        message = request.args.get("lti_errormsg") or request.args.get("lti_msg", "")
        return render_template("returned.html", visit=visit, message=message)


def _courses(db: Session) -> list[Course]:
    return list(db.scalars(select(Course).where(Course.id != SITE_COURSE).order_by(Course.id)))


def _role_names(db: Session) -> dict[int, str]:
    names = {"editingteacher": _("Trainer"), "teacher": _("Non-editing trainer"), "student": _("Trainee")}
    rows = db.execute(select(Enrolment.user_id, Enrolment.role))
    return {user_id: names.get(role, role) for user_id, role in rows}


def _contents(db: Session, course_id: int) -> list[tuple[Section, list[tuple[CourseModule, Activity]]]]:
    placed = select(CourseModule, Activity).join(Activity, Activity.id == CourseModule.instance)
    rows = db.execute(
        placed.where(CourseModule.course_id == course_id, CourseModule.kind == "lti").order_by(CourseModule.id)
    ).all()
    sections = db.scalars(select(Section).filter_by(course_id=course_id).order_by(Section.position))
    return [(section, [(m, a) for m, a in rows if m.section_id == section.id]) for section in sections]


def _asked_module(db: Session) -> CourseModule:
    """Find the activity that an address names: by its place in the course, or by the `lti` instance that tools know."""
    instance = request.args.get("l", 0, int)
    if not instance:
        return _module(db, request.args.get("id", 0, int))
    found = db.scalar(select(CourseModule.id).filter_by(kind="lti", instance=instance))
    return _module(db, found or 0)


def _module(db: Session, module_id: int) -> CourseModule:
    module = db.get(CourseModule, module_id)
    if module is None or module.kind != "lti":
        visits.refuse("There is no such activity.")
    return module
