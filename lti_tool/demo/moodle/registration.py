"""Dynamic registration: the site's configuration, the invitation, and the registration itself."""

import secrets
import string
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from lti_tool.demo.moodle import visits
from lti_tool.demo.moodle.claims import (
    LINEITEM,
    LINEITEM_READ,
    MEMBERSHIPS,
    MOODLE_RELEASE,
    RESULT,
    SCORE,
)
from lti_tool.demo.moodle.configuration import RegistrationRefused, read_registration, write_registration
from lti_tool.demo.moodle.keys import BadToken
from lti_tool.demo.moodle.matching import tools_of_domain
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import Tool
from lti_tool.demo.moodle.variables import KNOWN_VARIABLES

registration = Blueprint("registration", __name__)
INVITATION_LIFETIME = 3600
NEW = "reg"
UPDATE = "reg-update"
UNDECIDED = -1
CLIENT_ID_ALPHABET = string.ascii_letters + string.digits


@registration.get("/mod/lti/openid-configuration.php")
def configuration() -> Response:
    """Tell a tool where everything is."""
    url = this_site().url
    return jsonify(
        {
            "issuer": this_site().settings.wwwroot,
            "token_endpoint": url("/mod/lti/token.php"),
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "jwks_uri": url("/mod/lti/certs.php"),
            "authorization_endpoint": url("/mod/lti/auth.php"),
            "registration_endpoint": url("/mod/lti/openid-registration.php"),
            "scopes_supported": [LINEITEM_READ, RESULT, SCORE, LINEITEM, MEMBERSHIPS, "openid"],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email"],
            "https://purl.imsglobal.org/spec/lti-platform-configuration": _platform(),
        }
    )


@registration.route("/mod/lti/startltiadvregistration.php", methods=["GET", "POST"])
def start() -> str | Redirect:
    """Open the tool's registration page with an invitation; for a known domain ask first what is meant."""
    address = request.args.get("url", "")
    chosen = request.args.get("type", UNDECIDED, int)
    with this_site().session() as db:
        visits.require_admin(db)
        known = tools_of_domain(db, address)
        if known and chosen == UNDECIDED:
            return render_template("update_or_new.html", tools=known, address=address)
    visits.require_sesskey()
    return redirect(_with_invitation(address, _invitation(chosen)))


@registration.route("/mod/lti/openid-registration.php", methods=["GET", "POST"])
def register() -> Response:
    """Keep a tool's registration, new or changed; read it where it is only asked for."""
    try:
        invitation = _read_invitation()
        with this_site().session() as db:
            tool = _invited_tool(db, invitation)
            if request.method == "POST":
                tool = _keep(db, tool, invitation)
            elif tool is None:
                return Response("No registration found.", 404)
            return jsonify(write_registration(tool))
    except RegistrationRefused as refusal:
        return Response(refusal.message, refusal.status)


def new_client_id() -> str:
    """Make a client id of Moodle's form."""
    return "".join(secrets.choice(CLIENT_ID_ALPHABET) for _ in range(15))


def _platform() -> dict[str, Any]:
    return {
        "product_family_code": "moodle",
        "version": MOODLE_RELEASE,
        "messages_supported": [
            {"type": "LtiResourceLinkRequest"},
            {"type": "LtiDeepLinkingRequest", "placements": ["ContentArea"]},
        ],
        "variables": list(KNOWN_VARIABLES),
    }


def _invitation(tool_id: int) -> str:
    """Sign an invitation: for a new tool it names the client id to be, for an update the tool."""
    site = this_site()
    update = tool_id > 0
    claims = {"sub": str(tool_id) if update else new_client_id(), "scope": UPDATE if update else NEW}
    return site.key.sign({**claims, "iat": site.now(), "exp": site.now() + INVITATION_LIFETIME})


def _with_invitation(address: str, token: str) -> str:
    """Add to the address's query what the tool needs, keeping what is there."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["openid_configuration"] = this_site().url("/mod/lti/openid-configuration.php")
    query["registration_token"] = token
    return urlunsplit(parts._replace(query=urlencode(query)))


def _read_invitation() -> dict[str, Any]:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Bearer "):
        _refuse("missing_registration_token", 401)
    site = this_site()
    try:
        return site.key.read(header.removeprefix("Bearer ").strip(), site.now())
    except BadToken as error:
        raise RegistrationRefused(str(error), 404) from error


def _invited_tool(db: Session, invitation: dict[str, Any]) -> Tool | None:
    """Find the tool an invitation is for; None: one that is still to be."""
    if invitation.get("scope") == UPDATE:
        tool = db.get(Tool, int(invitation["sub"]))
        return tool or _refuse("Unknown client", 400)
    if invitation.get("scope") != NEW:
        _refuse("Incorrect scope", 403)
    if db.scalars(select(Tool).filter_by(client_id=invitation["sub"])).first():
        _refuse("token_already_used", 401)
    return None


def _keep(db: Session, tool: Tool | None, invitation: dict[str, Any]) -> Tool:
    columns = read_registration(request.get_json(force=True))
    if tool is None:
        tool = Tool(client_id=invitation["sub"], **columns)
        db.add(tool)
    for column, value in columns.items():
        setattr(tool, column, value)
    db.flush()
    return tool


def _refuse(message: str, status: int) -> NoReturn:
    raise RegistrationRefused(message, status)
