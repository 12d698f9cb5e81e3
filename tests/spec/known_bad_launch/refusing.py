"""Known bad launches: each is refused with a page that says what to do, and its reason in the log.

What the rows share: a browser that asks for a language which only they have a catalogue for, and what every refusal is.
"""

import hashlib
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.errors import LaunchRefused, NotAllowed
from lti_tool.lti.launch.tokens import TOO_LONG
from lti_tool.lti.launch.verify import NO_COURSE
from lti_tool.lti.launch.views import NO_ROLE, PLATFORM_REFUSED
from lti_tool.lti.registry import AMBIGUOUS, SUSPENDED, UNKNOWN, WAITING
from tests.lti_tool.catalogues import write_catalogue
from tests.lti_tool.platform import LTI, Begun, Claims, Platform, begin, changed

FINNISH = {"Accept-Language": "fi, en;q=0.5"}
NOT_ALLOWED_TITLE = "Tämä ei ole avoinna"
TITLE = "Tehtävää ei voitu avata"
ADVICE = "Palaa Moodleen ja avaa tehtävä uudelleen."
PLATFORM_ADVICE = "Kirjaudu Moodleen uudelleen."
UNREGISTERED = "Tätä Moodlea ei ole rekisteröity."
SUSPENDED_ADVICE = "Työkalu on pysäytetty."
AMBIGUOUS_ADVICE = "Moodle ei kertonut, mistä rekisteröinnistä on kyse."
WAITING_ADVICE = "Työkalu odottaa hyväksyntää."
COURSE_ADVICE = "Avaa tehtävä kurssin sivulta."
LENGTH_ADVICE = "Pyydä lyhentämään kuvausta."
ROLE_ADVICE = "Pyydä rooli kurssilla."
OTHER = "https://other.example.org"

DEPLOYMENT, TARGET, ROLES = f"{LTI}deployment_id", f"{LTI}target_link_uri", f"{LTI}roles"
CONTEXT, LINK, TYPE, VERSION = f"{LTI}context", f"{LTI}resource_link", f"{LTI}message_type", f"{LTI}version"
CUSTOM, PRESENTATION = f"{LTI}custom", f"{LTI}launch_presentation"
TIMES = ("exp", "iat", "nbf")


def write_finnish(folder: Path) -> Path:
    """Write the catalogue; give the folder of catalogues."""
    said = {
        str(LaunchRefused.title): TITLE,
        str(NotAllowed.title): NOT_ALLOWED_TITLE,
        str(LaunchRefused.advice): ADVICE,
        str(PLATFORM_REFUSED): PLATFORM_ADVICE,
        str(UNKNOWN): UNREGISTERED,
        str(SUSPENDED): SUSPENDED_ADVICE,
        str(AMBIGUOUS): AMBIGUOUS_ADVICE,
        str(WAITING): WAITING_ADVICE,
        str(NO_ROLE): ROLE_ADVICE,
        str(TOO_LONG): LENGTH_ADVICE,
        str(NO_COURSE): COURSE_ADVICE,
    }
    return write_catalogue(folder, "fi", said)


def begun(app: Flask, platform: Platform, **changes: str) -> Begun:
    """Begin a login in a browser that asks for Finnish."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = FINNISH["Accept-Language"]
    return begin(app, platform, browser, **changes)


def cookie_of(login: Begun) -> tuple[str, str]:
    """Give the name and value of the cookie that a login put into its browser."""
    name = f"__Secure-login-{hashlib.sha256(login.state.encode()).hexdigest()[:16]}"
    cookie = login.browser.get_cookie(name, path="/lti")
    assert cookie is not None
    return name, cookie.value


def with_changes(claims: Claims, changes: Claims) -> Claims:
    """Change claims; whole numbers under `exp`, `iat` and `nbf` are seconds from now, `GONE` takes a claim away."""
    moved = {
        name: claims["iat"] + value if name in TIMES and type(value) is int else value
        for name, value in changes.items()
    }
    return changed(claims, moved)


def assert_refused(
    answer: TestResponse, caplog: pytest.LogCaptureFixture, reason: str, *, title: str = TITLE, advice: str = ADVICE
) -> None:
    """Hold an answer against what every refusal must be."""
    assert answer.status_code in (400, 403)
    assert title in answer.text
    assert advice in answer.text
    assert '<html lang="fi" dir="ltr">' in answer.text
    assert "__Secure-launch=" not in str(answer.headers)
    assert f": {reason} [" in caplog.text
