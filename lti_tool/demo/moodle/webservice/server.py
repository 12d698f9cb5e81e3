"""The web services' one address: who calls, what may they, and are parameters and answer as described."""

import json
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.faults import faulty
from lti_tool.demo.moodle.site import Site, this_site
from lti_tool.demo.moodle.tables import User
from lti_tool.demo.moodle.webservice import (
    categories,
    cohort_members,
    cohorts,
    copies,
    courses,
    enrolments,
    groupings,
    groups,
    information,
    members,
    participants,
    roles,
    sections,
    strings,
    users,
)
from lti_tool.demo.moodle.webservice.brackets import Variables, parse
from lti_tool.demo.moodle.webservice.contract import FUNCTIONS, check_parameters, clean_answer
from lti_tool.demo.moodle.webservice.refusal import Refusal, refuse, refuse_access, refuse_parameters
from lti_tool.demo.moodle.webservice.registry import WORK, Call
from lti_tool.demo.moodle.webservice.shown import Shown
from lti_tool.demo.moodle.webservice.tables import ServiceToken

MODULES = (
    categories,
    cohort_members,
    cohorts,
    copies,
    courses,
    enrolments,
    groupings,
    groups,
    information,
    members,
    participants,
    roles,
    sections,
    strings,
    users,
)
"""Each puts its functions into the registry when it is read."""
SETTING = "moodlewssetting"
PROTOCOL = ("moodlewsrestformat", "wstoken", "wsfunction")

webservice = Blueprint("webservice", __name__)


@webservice.post("/webservice/rest/server.php")
def rest() -> Response:
    """Answer a call. A fault can be ordered for each function by its name."""
    variables = parse(request.get_data(as_text=True), this_site().settings.max_input_vars)
    name = str(variables.get("wsfunction", ""))
    return faulty(name)(lambda: _answer(variables))()


def _answer(variables: Variables) -> Response:
    if variables.get("moodlewsrestformat") != "json":
        return Response(
            "<?xml version='1.0'?><EXCEPTION>The miniature answers in JSON.</EXCEPTION>", mimetype="text/xml"
        )
    try:
        told = _call(variables)
    except Refusal as refusal:
        told = refusal.told(debugging=this_site().settings.debugging)
    return Response(json.dumps(told), content_type="application/json; charset=utf-8")


def _call(variables: Variables) -> Any:
    """Do one call in one transaction: what is refused is undone whole. The answer is checked when all is done."""
    name = str(variables.get("wsfunction", ""))
    site = this_site()
    with site.session() as db:
        token = _token(site, db, str(variables.get("wstoken", "")))
    if token is None:
        refuse_access()
    description = _description(name, token)
    given = {key: value for key, value in variables.items() if key not in PROTOCOL and not key.startswith(SETTING)}
    with site.session() as db:
        result = WORK[name](_gather(site, db, token, variables, check_parameters(description["parameters"], given)))
    return clean_answer(description["returns"], result, name)


def _token(site: Site, db: Session, shown: str) -> ServiceToken | None:
    """Find the token; an expired one is told once and then forgotten."""
    token = db.get(ServiceToken, shown)
    if token is None:
        refuse("invalidtoken", "Invalid token - token not found")
    if token.valid_until and token.valid_until < site.now():
        db.delete(token)
        return None
    return token


def _description(name: str, token: ServiceToken) -> dict[str, Any]:
    if not name:
        refuse_parameters()
    if name not in FUNCTIONS:
        refuse("invalidrecord", "Can't find data record in database table external_functions.")
    if name not in token.functions.split():
        refuse_access()
    return FUNCTIONS[name]


def _gather(site: Site, db: Session, token: ServiceToken, variables: Variables, given: dict[str, Any]) -> Call:
    user = db.get_one(User, token.user_id)
    filtered = site.settings.filters_languages and variables.get(f"{SETTING}filter") == "1"
    call = Call(
        db=db,
        user=user,
        token=token,
        now=site.now(),
        settings=site.settings,
        shown=Shown(variables.get(f"{SETTING}raw") == "1", (user.lang or "en") if filtered else ""),
        given=given,
    )
    if site.settings.maintenance and not call.may("moodle/site:maintenanceaccess"):
        refuse("sitemaintenance", "The site is undergoing maintenance and is currently not available")
    return call if call.may("webservice/rest:use") else refuse_access()
