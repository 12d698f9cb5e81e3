"""The security headers of every answer."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.lti.launch import headers
from lti_tool.lti.launch.session import OPEN_THEMSELVES, SAFE_METHODS
from tests.lti_tool.databases import new_sqlite_database
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.lti.conftest import IN_ADDRESSES
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.platform import Platform, begin, login_fields, sign
from tests.lti_tool.ticking import Ticker

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
MOODLE = "http://localhost:8100"


def answers_of(app: Flask, person: Client) -> Iterator[TestResponse]:
    """Ask every address in every way, as a stranger and as somebody with a session."""
    adapter = app.url_map.bind("tool.example.org")
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}.values()
    built = {
        adapter.build(rule.endpoint, {**IN_ADDRESSES, "launch_id": person.launch_id}, sorted(rule.methods or ())[0])
        for rule in rules
    }
    paths = {path.partition("?")[0] for path in built} | {"/nowhere", "/static/nothing", f"/l/{person.launch_id}", "/"}
    own = {"Origin": person.origin, "X-CSRF-Token": person.csrf}
    for path in sorted(paths):
        for method in METHODS:
            yield app.test_client().open(path, method=method)
            yield person.browser.open(path, method=method, headers=own)


@pytest.fixture(scope="module")
def every_answer(tmp_path_factory: pytest.TempPathFactory) -> list[TestResponse]:
    """Give the answers of the whole application, which are asked for once."""
    app = make_app(new_sqlite_database(tmp_path_factory.mktemp("headers")), Ticker())
    app.add_url_rule("/crash", "crash", view_func=lambda: str(1 / 0))
    app.add_url_rule("/l/<launch_id>/crash", "crash_inside", view_func=lambda: str(1 / 0))
    found = list(answers_of(app, enter_course(app, issuer=MOODLE)))
    for answer in found:
        answer.close()
    close_app(app)
    return found


def broken(answers: list[TestResponse], rule: Callable[[TestResponse], bool]) -> list[str]:
    """Name the answers that break a rule."""
    return [f"{a.request.method} {a.request.path} {a.status_code} {a.headers}" for a in answers if not rule(a)]


def test_the_answers_are_of_every_kind(every_answer: list[TestResponse]) -> None:
    assert {200, 303, 308, 400, 401, 403, 404, 405, 422, 500} - {303} <= {answer.status_code for answer in every_answer}


def test_every_answer_has_the_strict_policy(every_answer: list[TestResponse]) -> None:
    start = f"{STRICT}; base-uri 'none'; form-action 'self'; frame-ancestors "

    assert broken(every_answer, lambda answer: answer.headers["Content-Security-Policy"].startswith(start)) == []
    assert broken(every_answer, lambda answer: len(answer.headers.getlist("Content-Security-Policy")) == 1) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("Permissions-Policy", headers.FIXED["Permissions-Policy"]),
    ],
)
def test_every_answer_has_the_fixed_headers(every_answer: list[TestResponse], name: str, value: str) -> None:
    assert broken(every_answer, lambda answer: answer.headers.getlist(name) == [value]) == []


@pytest.mark.parametrize("name", ["X-Frame-Options", "Cross-Origin-Opener-Policy", "Access-Control-"])
def test_no_answer_has_what_breaks_framing_or_opens_data(every_answer: list[TestResponse], name: str) -> None:
    assert broken(every_answer, lambda answer: not any(given.startswith(name) for given, _ in answer.headers)) == []


@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation"])
def test_no_page_may_use_what_the_tool_does_not(feature: str) -> None:
    assert f"{feature}=()" in headers.FIXED["Permissions-Policy"]


def opens_itself(answer: TestResponse) -> bool:
    """Tell whether a page's script asked for data: whoever answers that never learns which platform may frame pages."""
    addresses = [f"/exercise/{endpoint.split('.')[1]}" for endpoint in OPEN_THEMSELVES]
    return answer.request.method in SAFE_METHODS and answer.request.path.endswith(tuple(addresses))


@pytest.mark.adds_routes
def test_an_empty_answer_says_no_more_than_it_must(sqlite_app: Flask, sqlite_enter: Callable[..., Client]) -> None:
    sqlite_app.add_url_rule("/l/<launch_id>/nothing", view_func=lambda: ("", 204))

    answer = sqlite_enter().get("nothing")

    told = {"Strict-Transport-Security": "max-age=31536000", "Cache-Control": "no-store"}
    assert {name: value for name, value in answer.headers if name != "X-Request-ID"} == told


def test_a_session_is_framed_by_its_platform_and_only_errors_by_anyone(every_answer: list[TestResponse]) -> None:
    def is_right(answer: TestResponse) -> bool:
        framed_by = answer.headers["Content-Security-Policy"].rpartition(" ")[2]
        if "Cookie" in answer.request.headers and not opens_itself(answer):
            return framed_by == MOODLE
        is_error_page = answer.status_code >= 400 and answer.mimetype != "application/json"  # a word for programs
        return framed_by == ("*" if is_error_page else "'none'")

    assert broken(every_answer, is_right) == []


def test_only_what_everybody_may_read_is_ever_kept(every_answer: list[TestResponse]) -> None:
    def is_right(answer: TestResponse) -> bool:
        public = answer.request.path.startswith(("/static/", "/lti/keys")) and answer.status_code == 200
        return public or answer.headers.get("Cache-Control") == "no-store"

    assert broken(every_answer, is_right) == []


def test_every_cookie_is_secure_and_out_of_scripts_reach(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app)
    login = begin(sqlite_app, platform)
    answers = [
        sqlite_app.test_client().post("/lti/login", data=login_fields(platform)),
        login.launch(sign(platform.claims(sqlite_app, login.nonce))),
    ]

    cookies = [line for answer in answers for line in answer.headers.getlist("Set-Cookie")]

    assert len(cookies) == 5
    for cookie in cookies:
        assert cookie.startswith("__Secure-")
        assert {"Secure", "HttpOnly", "SameSite=None"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


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


@pytest.mark.adds_routes
def test_data_of_a_session_is_never_kept_either(sqlite_app: Flask, sqlite_enter: Callable[..., Client]) -> None:
    sqlite_app.add_url_rule("/l/<launch_id>/data", view_func=lambda: {"text": "words"})

    assert sqlite_enter().get("data").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["https://a.example; script-src *", "https://a.example\r\nX: y", "", "javascript:x"])
@pytest.mark.adds_routes
def test_no_address_writes_into_a_header(sqlite_app: Flask, url: str) -> None:
    def page() -> str:
        headers.allow_framing_by(url)
        headers.allow_form_to(url)
        return "page"

    sqlite_app.add_url_rule("/page", view_func=page)

    policy = sqlite_app.test_client().get("/page").headers["Content-Security-Policy"]

    assert policy == f"{STRICT}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
