"""Access tokens: client credentials with a signed assertion, as LTI's security framework asks."""

import json
import secrets
from collections.abc import Mapping
from typing import NoReturn

import jwt
from flask import Blueprint, Response, request
from sqlalchemy import select

from lti_tool.demo.moodle.claims import MEMBERSHIPS, grade_scopes
from lti_tool.demo.moodle.faults import faulty
from lti_tool.demo.moodle.keys import BadToken, read_tool_token
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import AccessToken, Tool

tokens = Blueprint("tokens", __name__)
LIFETIME = 3600
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = "application/x-www-form-urlencoded"
REQUIRED = ("client_assertion", "client_assertion_type", "grant_type", "scope")


class TokenRefused(Exception):
    """A request for a token that fails; the text is OAuth's error code."""


@tokens.route("/mod/lti/token.php", methods=["GET", "POST"])
@faulty("token")
def token() -> Response:
    """Give a tool an access token.

    The tool's key set is fetched while the tool waits: one that serves a single request at a time locks up.
    """
    try:
        asked = _read_request()
        tool = _asking_tool(asked["client_assertion"])
        _check_assertion(asked["client_assertion"], tool)
        return _answer(_new_token(tool, _granted(asked["scope"], tool)))
    except TokenRefused as refusal:
        return _answer({"error": str(refusal)}, 400)


def permitted_scopes(tool: Tool) -> list[str]:
    """Name the scopes that a tool may use now."""
    return [*grade_scopes(tool.grade_sync), *([MEMBERSHIPS] if tool.memberships else [])]


def _answer(told: Mapping[str, str | int], status: int = 200) -> Response:
    """Answer in JSON that calls itself HTML, as Moodle's does."""
    return Response(json.dumps(told), status, content_type="text/html; charset=utf-8")


def _read_request() -> Mapping[str, str]:
    if request.method != "POST" or request.mimetype != FORM or not all(request.form.get(k) for k in REQUIRED):
        _refuse("invalid_request")
    asked = request.form
    if (asked["client_assertion_type"], asked["grant_type"]) != (ASSERTION_TYPE, "client_credentials"):
        _refuse("unsupported_grant_type")
    return asked


def _asking_tool(assertion: str) -> Tool:
    try:
        unverified_client = jwt.decode(assertion, options={"verify_signature": False}).get("sub")
    except jwt.PyJWTError as error:
        raise TokenRefused("invalid_request") from error
    with this_site().session() as db:
        tool = db.scalars(select(Tool).filter_by(client_id=unverified_client)).first()
    return tool or _refuse("invalid_client")


def _check_assertion(assertion: str, tool: Tool) -> None:
    """Check signature and claims; Moodle itself doesn't look at issuer, audience and jti, others do."""
    site = this_site()
    audience = [site.url("/mod/lti/token.php"), site.settings.wwwroot]
    try:
        claims = read_tool_token(assertion, tool.keyset_url, site.now(), audience)
    except BadToken as error:
        raise TokenRefused(str(error)) from error
    if claims.get("iss") != tool.client_id or not claims.get("jti"):
        _refuse("invalid_client")


def _granted(scope: str, tool: Tool) -> list[str]:
    granted = [one for one in scope.split(" ") if one in permitted_scopes(tool)]
    return granted or _refuse("invalid_scope")


def _new_token(tool: Tool, scopes: list[str]) -> dict[str, str | int]:
    scope = " ".join(scopes)
    row = AccessToken(token=secrets.token_hex(16), tool_id=tool.id, scopes=scope, expires=this_site().now() + LIFETIME)
    with this_site().session() as db:
        db.add(row)
    return {"access_token": row.token, "token_type": "Bearer", "expires_in": LIFETIME, "scope": scope}


def _refuse(error: str) -> NoReturn:
    raise TokenRefused(error)
