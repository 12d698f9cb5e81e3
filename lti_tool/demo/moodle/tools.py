"""The administrator's page of tools: add, activate, delete."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Activity, Tool

tools = Blueprint("tools", __name__)


@tools.get("/mod/lti/toolconfigure.php")
def manage() -> str:
    """List the tools, with a field for a new one's address."""
    with this_site().session() as db:
        me = visits.require_admin(db)
        rows = db.scalars(select(Tool).order_by(Tool.id)).all()
        counts = db.execute(select(Activity.tool_id, func.count()).group_by(Activity.tool_id))
        uses = {row[0]: row[1] for row in counts}
        return render_template("tools.html", me=me, tools=rows, uses=uses, url=this_site().url)


@tools.post("/mod/lti/typessettings.php")
def change() -> Redirect:
    """Activate a tool, delete it, or say what it is told of people. A deleted tool's activities go on naming it."""
    visits.require_sesskey()
    with this_site().session() as db:
        visits.require_admin(db)
        tool = db.get(Tool, request.values.get("id", 0, int)) or visits.refuse("There is no such tool.")
        act = ACTIONS.get(request.values.get("action", "")) or visits.refuse("There is no such action.")
        act(db, tool)
    return redirect(url_for("tools.manage"))


def _activate(_: Session, tool: Tool) -> None:
    tool.active = True


def _delete(db: Session, tool: Tool) -> None:
    db.delete(tool)


def _share(_: Session, tool: Tool) -> None:
    tool.send_name = request.form.get("sendname") == ALWAYS
    tool.send_email = request.form.get("sendemail") == ALWAYS


ALWAYS = "1"
ACTIONS = {"accept": _activate, "delete": _delete, "share": _share}
