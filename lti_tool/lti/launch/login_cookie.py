"""The cookie of a login under way: the platform's message must come to the browser that began it."""

from flask import request
from werkzeug.http import dump_cookie
from werkzeug.wrappers import Response

from lti_tool.lti.launch import store
from lti_tool.lti.secrets import hashed, matches

PREFIX = "__Secure-login-"


def _name(state: str) -> str:
    return PREFIX + hashed(state)[:16]


def came_back(state: str, browser_hash: str) -> bool:
    """Tell whether this request comes from the browser that began the login."""
    return matches(request.cookies.get(_name(state), ""), browser_hash)


def put(response: Response, state: str, browser: str, *, lasts: int | None = None) -> None:
    """Set the cookie twice: plain for browsers that allow it, Partitioned for those that refuse the plain one."""
    plain = dump_cookie(
        _name(state),
        browser,
        path="/lti",
        secure=True,
        httponly=True,
        samesite="None",
        max_age=int(store.LOGIN_LASTS.total_seconds()) if lasts is None else lasts,
    )
    for cookie in (plain, f"{plain}; Partitioned"):
        response.headers.add("Set-Cookie", cookie)
