"""The end of deep linking: the tool's signed answer, and the activities it makes."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.claims import DL, LTI
from lti_tool.demo.moodle.content_items import ItemRefused, read_items
from lti_tool.demo.moodle.keys import BadToken, read_tool_token
from lti_tool.demo.moodle.placing import place_activity
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Section, Tool

deep_linking = Blueprint("deep_linking", __name__)


@deep_linking.post("/mod/lti/contentitem_return.php")
def receive() -> str | Response:
    """Take the tool's answer.

    It arrives from another site and so without our cookie: the first time it is only posted again. A
    browser that shows it as a page of its own has no course page around it, so nothing comes of it.
    """
    if not visits.is_signed_in() and not request.form.get("repost"):
        return visits.repost_page()
    visits.require_sesskey()
    claims = _read_answer(request.form.get("JWT", ""), request.args.get("id", 0, int))
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return render_template("chosen.html", names=[], problem="", note="")
    with this_site().session() as db:
        return _place(db, claims)


def _read_answer(token: str, tool_id: int) -> dict[str, Any]:
    """Verify the answer; Moodle lets more pass (audience, nonce, type), other platforms don't."""
    site = this_site()
    with site.session() as db:
        tool = db.get(Tool, tool_id) or visits.refuse("There is no such tool.")
    try:
        claims = read_tool_token(token, tool.keyset_url, site.now(), site.settings.wwwroot)
    except BadToken as error:
        visits.refuse(f"The tool's answer cannot be believed: {error}")
    expected = {
        "iss": tool.client_id,
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": str(tool.id),
    }
    wrong = [name for name, value in expected.items() if claims.get(name) != value]
    wrong += [] if claims.get("nonce") else ["nonce"]
    return claims if not wrong else visits.refuse(f"The tool's answer is wrong in {', '.join(wrong)}")


def _place(db: Session, claims: dict[str, Any]) -> str:
    course_id = request.args.get("course", 0, int)
    visits.require_editor(db, course_id)
    section = db.get(Section, request.args.get("section", 0, int))
    if section is None or section.course_id != course_id:
        visits.refuse("There is no such section in the course.")
    tool = db.get_one(Tool, request.args.get("id", 0, int))
    items = claims.get(DL + "content_items") or []
    try:
        placements = read_items(items, tool, course_id, this_site().settings.grade_point_max)
    except ItemRefused as refusal:
        return render_template("chosen.html", names=[], problem=str(refusal), note="")
    for placement in placements:
        place_activity(db, section, placement.activity, placement.column)
    problem, note = str(claims.get(DL + "errormsg") or ""), str(claims.get(DL + "msg") or "")
    names = [placement.activity.name for placement in placements]
    return render_template("chosen.html", names=names, problem=problem, note=note, reload=not problem)
