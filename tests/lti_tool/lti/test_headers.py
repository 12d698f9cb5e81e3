"""The security headers of every answer."""

from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool.lti import headers
from tests.lti_tool.entering import Client
from tests.lti_tool.signing import Platform, login_fields

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


@pytest.mark.parametrize("path", ["/healthz", "/lti/keys", "/nowhere", "/lti/register", "/static/icon.svg", "/l/x/"])
def test_every_answer_has_them(sqlite_app: Flask, path: str) -> None:
    answer = sqlite_app.test_client().get(path)
    answer.close()

    assert answer.headers["Content-Security-Policy"].startswith(f"{STRICT}; base-uri 'none'; form-action 'self'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert "X-Frame-Options" not in answer.headers
    assert "Cross-Origin-Opener-Policy" not in answer.headers


def test_a_page_of_a_launch_is_framed_by_its_platform_only(sqlite_enter: Callable[..., Client]) -> None:
    policy = sqlite_enter(issuer="https://moodle.example.org/moodle").get().headers["Content-Security-Policy"]

    assert policy.endswith("; frame-ancestors https://moodle.example.org")


def test_the_ways_in_are_framed_by_the_platform_that_began_the_login(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app)
    browser = sqlite_app.test_client()
    login = browser.post("/lti/login", data=login_fields(platform))
    new_tab = sqlite_app.test_client().get(login.location)

    policies = [answer.headers["Content-Security-Policy"] for answer in (login, new_tab)]

    assert all(policy.endswith(f"frame-ancestors {platform.origin}") for policy in policies)
    assert f"form-action 'self' {platform.origin};" in policies[1]


@pytest.mark.parametrize("path", ["/l/x/", "/nowhere"])
def test_pages_are_never_kept_by_a_browser_or_a_proxy(sqlite_app: Flask, path: str) -> None:
    assert sqlite_app.test_client().get(path).headers["Cache-Control"] == "no-store"


def test_data_of_a_session_is_never_kept_either(sqlite_app: Flask, sqlite_enter: Callable[..., Client]) -> None:
    sqlite_app.add_url_rule("/l/<launch_id>/data", view_func=lambda: {"text": "words"})

    assert sqlite_enter().get("data").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["https://a.example; script-src *", "https://a.example\r\nX: y", "", "javascript:x"])
def test_no_address_writes_into_a_header(sqlite_app: Flask, url: str) -> None:
    def page() -> str:
        headers.allow_framing_by(url)
        headers.allow_form_to(url)
        return "page"

    sqlite_app.add_url_rule("/page", view_func=page)

    policy = sqlite_app.test_client().get("/page").headers["Content-Security-Policy"]

    assert policy == f"{STRICT}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
