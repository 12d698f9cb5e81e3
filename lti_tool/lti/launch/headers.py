"""The security headers of every answer; who may frame a page comes from the registrations."""

from http import HTTPStatus

from flask import Flask, Response, g, request

from lti_tool.lti.addresses import origins

ANYONE = "*"
NOBODY = "'none'"
MAY_BE_KEPT = frozenset({"static", "assets", "lti.key_set"})
"""Endpoints whose answers are the same for everybody; nothing else is kept by a browser or a proxy."""
KEPT_BY_ONE = frozenset({"exercises.photos.image", "facilitation.photos.image", "files.image"})
"""Endpoints whose answers one person's browser may keep: the address of a photo names what is to be seen on it."""
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer would make the Origin of our own forms null
    "Strict-Transport-Security": "max-age=31536000",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Not among them: X-Frame-Options and Cross-Origin-Opener-Policy, which break registration and the hand-back."""

SHUT_IN = "sandbox; default-src 'none'"
OF_NOTHING = ("Strict-Transport-Security",)
"""What holds for an answer without a body too: the rest is about showing it, and pages ask every two seconds."""


def init_app(app: Flask) -> None:
    """Put the headers on everything that the application answers."""
    app.after_request(_add_headers)


def allow_framing_by(*urls: str) -> None:
    """Let this answer be shown inside pages of the platform at these addresses."""
    g.framed_by = " ".join(origins(*urls)) or NOBODY


def allow_form_to(*urls: str) -> None:
    """Let the forms of this answer lead to these addresses, by redirect or directly."""
    g.form_targets = origins(*urls)


def allow_framing_by_anyone() -> None:
    """Let an error page be read inside a platform that isn't known; it has nothing to press and nobody's data."""
    g.setdefault("framed_by", ANYONE)


def shut_in() -> None:
    """Let this answer do nothing, wherever it is opened: it is a file of a stranger."""
    g.is_shut_in = True


def _add_headers(response: Response) -> Response:
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.headers.remove("Content-Type")
        response.headers.update({name: FIXED[name] for name in OF_NOTHING})
    else:
        response.headers["Content-Security-Policy"] = SHUT_IN if g.get("is_shut_in") else _policy()
        response.headers.update(FIXED)
    if not _may_be_kept(response):
        response.headers["Cache-Control"] = "no-store"
    return response


def _may_be_kept(response: Response) -> bool:
    """Tell whether a browser may keep an answer; that something is not there, or a page, is never kept."""
    if response.mimetype == "text/html":
        return False
    return request.endpoint in MAY_BE_KEPT or (
        request.endpoint in KEPT_BY_ONE and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
    )


def _policy() -> str:
    forms = " ".join(("'self'", *g.get("form_targets", ())))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            f"form-action {forms}",
            f"frame-ancestors {g.get('framed_by', NOBODY)}",
        )
    )
