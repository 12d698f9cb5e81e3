"""What the services have in common: media types, access tokens, errors as Moodle writes them."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from lti_tool.demo.moodle.faults import faulty
from lti_tool.demo.moodle.site import this_site
from lti_tool.demo.moodle.tables import AccessToken, Course, Tool
from lti_tool.demo.moodle.tokens import permitted_scopes

services = Blueprint("services", __name__, url_prefix="/mod/lti/services.php")
METHODS = ["GET", "POST", "PUT", "DELETE"]
Json = dict[str, Any]


class ServiceError(Exception):
    """Ends a call; without a body, the answer says in JSON what was asked."""

    def __init__(self, status: int, reason: str = "", body: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.body = body


@dataclass(frozen=True, slots=True)
class Call:
    """A call that has been let in."""

    db: Session
    tool: Tool
    course: Course

    @property
    def lineitems(self) -> str:
        """Address of the course's line items, without a query."""
        return this_site().url(f"/mod/lti/services.php/{self.course.id}/lineitems")


View = Callable[..., Response]


def service(
    rule: str, name: str, formats: tuple[str, ...], scopes: dict[str, tuple[str, ...]]
) -> Callable[[View], View]:
    """Serve a resource: `scopes` says by method which scopes open it, one being enough."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(course_id: int, **parts: int) -> Response:
            try:
                _check_media_type(formats)
                if request.method not in scopes:
                    refuse(405)
                with this_site().session() as db:
                    tool = _let_in(db, parts.pop("tool_id", None), scopes[request.method])
                    course = db.get(Course, course_id) or refuse(404, f"Not Found: Course {course_id} doesn't exist")
                    return view(Call(db, tool, course), **parts)
            except ServiceError as error:
                return _error_answer(error)

        services.add_url_rule(rule, name, faulty(name)(answer), methods=METHODS)
        return view

    return decorate


def json_answer(value: object, media_type: str, status: int = 200) -> Response:
    """Answer in a media type of LTI's."""
    return Response(json.dumps(value), status, content_type=f"{media_type}; charset=utf-8")


def body_object() -> Json:
    """Read a JSON object from the request; anything else counts as empty."""
    value = request.get_json(force=True, silent=True)
    return value if isinstance(value, dict) else {}


def refuse(status: int, reason: str = "", body: str = "") -> NoReturn:
    """End the call."""
    raise ServiceError(status, reason, body)


def _check_media_type(formats: tuple[str, ...]) -> None:
    """Accept exactly one media type: a list or parameters find no handler."""
    if request.method == "DELETE":
        return
    if request.method == "GET":
        accept = request.headers.get("Accept", "")
        found = not accept or "*/*" in accept or accept in formats
    else:
        found = request.mimetype in formats
    if not found:
        path = request.path.removeprefix(services.url_prefix or "")
        refuse(400, f"No handler found for {path} {request.headers.get('Accept', '')} {request.mimetype}")


def _let_in(db: Session, tool_id: int | None, scopes: tuple[str, ...]) -> Tool:
    """Find the calling tool by its token, which must carry one of the scopes still open to the tool."""
    header = request.headers.get("Authorization", "")
    token = db.get(AccessToken, header.removeprefix("Bearer ").strip()) if header.startswith("Bearer ") else None
    wanted = tool_id or request.args.get("type_id", type=int)
    if token is None or token.expires <= this_site().now() or wanted not in (None, 0, token.tool_id):
        refuse(401)
    tool = db.get(Tool, token.tool_id) or refuse(401)
    if not set(scopes) & set(token.scopes.split(" ")) & set(permitted_scopes(tool)):
        refuse(401)
    return tool


def _error_answer(error: ServiceError) -> Response:
    if error.body:
        return Response(error.body, _status(error), content_type=request.content_type)
    asked = {"method": request.method, "url": request.full_path.rstrip("?")}
    asked |= {"accept": request.headers["Accept"]} if "Accept" in request.headers else {}
    asked |= {"contentType": request.mimetype} if request.mimetype else {}
    reason = error.reason or HTTPStatus(error.status).phrase
    told = {"status": error.status, "reason": reason, "request": asked}
    return Response(json.dumps(told), _status(error), content_type="application/json; charset=utf-8")


def _status(error: ServiceError) -> str:
    """Write the status line: Moodle's reason stands in it."""
    return f"{error.status} {error.reason or HTTPStatus(error.status).phrase}"
