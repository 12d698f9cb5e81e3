"""What is done to courses and activities by hand: settings that reach the tool, and restoring from a backup."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.copying import restore_course
from lti_tool.demo.moodle.placing import Column, add_column, has_column, remove_column
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Activity, Course, CourseModule

editing = Blueprint("editing", __name__)


@editing.route("/course/modedit.php", methods=["GET", "POST"])
def settings() -> str | Redirect:
    """Let an editing trainer change an activity's custom parameters, and whether it has a grade."""
    with this_site().session() as db:
        module = db.get(CourseModule, request.args.get("update", 0, int)) or visits.refuse("There is no such activity.")
        visit = visits.require_editor(db, module.course_id)
        activity = db.get_one(Activity, module.instance)
        if request.method == "GET":
            graded = has_column(db, activity)
            return render_template("edit_activity.html", visit=visit, activity=activity, graded=graded)
        visits.require_sesskey()
        _save(db, activity)
        return redirect(url_for("pages.course", id=module.course_id))


@editing.post("/backup/restore.php")
def restore() -> Redirect:
    """Let the administrator restore a course, as from the backup of another site."""
    visits.require_sesskey()
    with this_site().session() as db:
        visits.require_admin(db)
        original = db.get(Course, request.args.get("id", 0, int)) or visits.refuse("There is no such course.")
        return redirect(url_for("pages.course", id=restore_course(db, original).id))


def _save(db: Session, activity: Activity) -> None:
    activity.custom_parameters = request.form.get("instructorcustomparameters", "")
    wanted = "instructorchoiceacceptgrades" in request.form
    if wanted and not has_column(db, activity):
        add_column(db, activity, Column())
    elif not wanted:
        remove_column(db, activity)
