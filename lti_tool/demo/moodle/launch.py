"""Launches: the login initiation that a page posts to the tool, and the answer to the tool's question."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request
from sqlalchemy.orm import Session

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.claims import id_token_claims
from lti_tool.demo.moodle.faults import faulty
from lti_tool.demo.moodle.gathering import gather, message_hint, target_of
from lti_tool.demo.moodle.matching import tool_of
from lti_tool.demo.moodle.message import DEEP_LINKING, LAUNCH, REVIEW
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Activity, CourseModule, LaunchHint, Tool

lti_launch = Blueprint("launch", __name__)
REQUIRED = ("scope", "response_type", "client_id", "redirect_uri", "login_hint", "nonce")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error for the tool, in the words of OpenID Connect."""

    error: str
    description: str = ""


@lti_launch.get("/mod/lti/certs.php")
@faulty("certs")
def certs() -> Response:
    """Publish the site's key set."""
    return jsonify(this_site().key.keyset())


@lti_launch.get("/mod/lti/launch.php")
def launch() -> str:
    """Begin the launch of an activity."""
    with this_site().session() as db:
        module = db.get(CourseModule, request.args.get("id", 0, int)) or visits.refuse("There is no such activity.")
        activity = db.get(Activity, module.instance) or visits.refuse("There is no such activity.")
        tool = tool_of(db, activity) or visits.refuse("The external tool of this activity is no longer on this site.")
        hint = LaunchHint(
            launch_id=f"ltilaunch{activity.id}_{secrets.randbelow(2**31)}",
            visit_id=visits.visit_id(),
            course_id=module.course_id,
            tool_id=tool.id,
            module_id=module.id,
            message_type=REVIEW if request.args.get("action") == "gradeReport" else LAUNCH,
            for_user=request.args.get("user", ""),
        )
        return _initiate(db, hint, tool, target_of(db, hint, tool, activity))


@lti_launch.get("/mod/lti/contentitem.php")
def choose() -> str:
    """Begin deep linking: the tool is asked what to place."""
    with this_site().session() as db:
        visit = visits.require_editor(db, request.args.get("course", 0, int))
        tool = db.get(Tool, request.args.get("id", 0, int)) or visits.refuse("There is no such tool.")
        hint = LaunchHint(
            launch_id=f"ltilaunch_ContentItemSelectionRequest{secrets.randbelow(2**31)}",
            visit_id=visits.visit_id(),
            course_id=visit.course.id,
            tool_id=tool.id,
            section_id=request.args.get("section", 0, int),
            message_type=DEEP_LINKING,
        )
        return _initiate(db, hint, tool, target_of(db, hint, tool, None))


@lti_launch.route("/mod/lti/auth.php", methods=["GET", "POST"])
def authenticate() -> str | Response | tuple[str, int]:
    """Answer the tool's question who this is; a launch can be asked about once."""
    if not visits.is_signed_in() and not request.form.get("repost"):
        return visits.repost_page()
    asked = {**request.args.to_dict(), **request.form.to_dict()}
    with this_site().session() as db:
        hint = _use_up(db, asked)
        tool = db.get(Tool, hint.tool_id) if hint else None
        if not hint or not tool or asked["redirect_uri"] not in _redirect_uris(tool):
            return "Invalid request", 404
        fields = _answer(db, asked, hint, tool)
    if "state" in asked:
        fields["state"] = asked["state"]
    return render_template("autopost.html", action=asked["redirect_uri"], fields=list(fields.items()))


def _initiate(db: Session, hint: LaunchHint, tool: Tool, target: str) -> str:
    user = visits.require_user(db)
    db.add(hint)
    told = {"cmid": hint.module_id, "launchid": hint.launch_id}
    fields = {
        "iss": this_site().settings.wwwroot,
        "target_link_uri": target,
        "login_hint": user.id,
        "lti_message_hint": _compact({key: value for key, value in told.items() if value}),
        "client_id": tool.client_id,
        "lti_deployment_id": tool.id,
    }
    return render_template("autopost.html", action=tool.login_url, fields=list(fields.items()))


def _compact(value: Mapping[str, object]) -> str:
    return json.dumps(value, separators=(",", ":"))


def _use_up(db: Session, asked: Mapping[str, str]) -> LaunchHint | None:
    """Find the launch that the tool asks about, and forget it.

    Where the question is malformed, Moodle has not yet looked for the tool, knows no address to answer to,
    and so says no more than "Invalid request".
    """
    if not all(asked.get(name) for name in REQUIRED):
        return None
    if (asked["scope"], asked["response_type"]) != ("openid", "id_token"):
        return None
    hint = db.get(LaunchHint, str(message_hint(asked).get("launchid")))
    if hint is None or hint.visit_id != visits.visit_id():
        return None
    db.delete(hint)
    return hint


def _redirect_uris(tool: Tool) -> list[str]:
    return [line.strip() for line in tool.redirect_uris.splitlines()]


def _answer(db: Session, asked: Mapping[str, str], hint: LaunchHint, tool: Tool) -> dict[str, str]:
    user = visits.require_user(db)
    refusal = _refusal(asked, tool.client_id, str(user.id))
    if refusal:
        told = {"error": refusal.error, "error_description": refusal.description}
        return {key: value for key, value in told.items() if value}
    visit = visits.require_visit(db, hint.course_id)
    activity = _activity(db, hint)
    message = gather(db, visit, hint, activity, asked)
    site = this_site()
    return {"id_token": site.key.sign(id_token_claims(message, site.now()))}


def _refusal(asked: Mapping[str, str], client_id: str, user_id: str) -> Refusal | None:
    if asked["client_id"] != client_id:
        return Refusal("unauthorized_client")
    if asked["login_hint"] != user_id:
        return Refusal("access_denied")
    if asked.get("response_mode") != "form_post":
        return Refusal("invalid_request", "Invalid response_mode")
    wrong_prompt = asked.get("prompt") not in (None, "", "none")
    return Refusal("invalid_request", "Invalid prompt") if wrong_prompt else None


def _activity(db: Session, hint: LaunchHint) -> Activity | None:
    """Find the activity that is launched; deep linking has none."""
    if hint.module_id is None:
        return None
    module = db.get(CourseModule, hint.module_id) or visits.refuse("There is no such activity.")
    return db.get_one(Activity, module.instance)
