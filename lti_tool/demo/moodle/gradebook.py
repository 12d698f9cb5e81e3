"""The gradebook's pages: everybody's grades for trainers, one's own for a trainee."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.numbers import plain
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import CourseModule, Enrolment, Grade, GradeItem, User

gradebook = Blueprint("gradebook", __name__, url_prefix="/grade")
Grades = dict[tuple[int, int], Grade]


@gradebook.get("/report/grader/index.php")
def grader() -> str:
    """Show trainers the grades of all trainees."""
    with this_site().session() as db:
        visit = _require_grader(db, request.args.get("id", 0, int))
        return render_template(
            "grader.html",
            visit=visit,
            items=_items(db, visit.course.id),
            trainees=_trainees(db, visit.course.id),
            grades=_grades(db, visit.course.id),
            modules=_modules(db, visit.course.id),
            plain=plain,
        )


@gradebook.get("/report/user/index.php")
def own() -> str:
    """Show a trainee the own grades."""
    with this_site().session() as db:
        visit = visits.require_visit(db, request.args.get("id", 0, int))
        grades = _grades(db, visit.course.id)
        mine = [(item, grades.get((item.id, visit.user.id))) for item in _items(db, visit.course.id)]
        return render_template("own_grades.html", visit=visit, grades=mine, plain=plain)


@gradebook.route("/edit/tree/grade.php", methods=["GET", "POST"])
def edit() -> str | Redirect:
    """Let a trainer set one grade by hand, which overrides what the tool sent, or lock it."""
    with this_site().session() as db:
        item = db.get(GradeItem, request.args.get("itemid", 0, int)) or visits.refuse("There is no such column.")
        visit = _require_grader(db, item.course_id)
        user = db.get(User, request.args.get("userid", 0, int)) or visits.refuse("There is no such person.")
        grade = db.scalars(select(Grade).filter_by(item_id=item.id, user_id=user.id)).first()
        if request.method == "GET":
            return render_template("edit_grade.html", visit=visit, item=item, user=user, grade=grade)
        visits.require_sesskey()
        _save(db, grade or Grade(item_id=item.id, user_id=user.id), item)
        return redirect(url_for("gradebook.grader", id=item.course_id))


@gradebook.post("/edit/tree/item.php")
def lock() -> Redirect:
    """Lock a column or unlock it: no score can be entered while it is locked."""
    visits.require_sesskey()
    with this_site().session() as db:
        item = db.get(GradeItem, request.args.get("itemid", 0, int)) or visits.refuse("There is no such column.")
        _require_grader(db, item.course_id)
        item.locked = not item.locked
        return redirect(url_for("gradebook.grader", id=item.course_id))


def _require_grader(db: Session, course_id: int) -> visits.Visit:
    visit = visits.require_visit(db, course_id)
    return visit if visit.standing.may_grade else visits.refuse("Only trainers see everybody's grades.", 403)


def _save(db: Session, grade: Grade, item: GradeItem) -> None:
    """Enter what the form holds; an activity's grade that differs from the tool's is overridden."""
    final = request.form.get("finalgrade", type=float)
    feedback = request.form.get("feedback") or None
    if (final, feedback) != (grade.final, grade.feedback):
        grade.modified = this_site().now()
        grade.overridden = item.activity_id is not None
    grade.final = None if final is None else min(max(final, 0.0), item.grade_max)
    grade.feedback = feedback
    grade.maximum = item.grade_max
    grade.locked = "locked" in request.form
    if "overridden" not in request.form and "was_overridden" in request.form:
        grade.overridden = False
    db.add(grade)


def _items(db: Session, course_id: int) -> list[GradeItem]:
    return list(db.scalars(select(GradeItem).filter_by(course_id=course_id).order_by(GradeItem.id)))


def _trainees(db: Session, course_id: int) -> list[User]:
    enrolled = select(User).join(Enrolment, Enrolment.user_id == User.id)
    return list(
        db.scalars(enrolled.where(Enrolment.course_id == course_id, Enrolment.role == "student").order_by(User.id))
    )


def _grades(db: Session, course_id: int) -> Grades:
    rows = db.scalars(select(Grade).join(GradeItem).where(GradeItem.course_id == course_id))
    return {(grade.item_id, grade.user_id): grade for grade in rows}


def _modules(db: Session, course_id: int) -> dict[int, int]:
    """Find the module of each activity, for links to a trainee's work."""
    rows = db.scalars(select(CourseModule).filter_by(course_id=course_id, kind="lti"))
    return {module.instance: module.id for module in rows}
