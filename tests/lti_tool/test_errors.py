"""Error pages: whatever goes wrong, people read what to do, and nothing of the machine."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool import errors
from lti_tool.errors import Conflict, MedTownError, NotAllowed, NotFound, PersonError, PlatformAnswered, SessionEnded
from tests.lti_tool.entering import Client


@pytest.mark.parametrize("line", [line for line in (errors.__doc__ or "").splitlines() if "──" in line])
def test_the_tree_in_the_docstring_is_the_tree_of_the_classes(line: str) -> None:
    indent, _, rest = line.partition("── ")
    found = getattr(errors, rest.split()[0])

    depth = len(indent) // 4 + 1
    assert found.__mro__[depth] is MedTownError


@pytest.mark.parametrize(
    ("error", "status"), [(SessionEnded, 401), (NotAllowed, 403), (NotFound, 404), (Conflict, 409), (PersonError, 400)]
)
@pytest.mark.adds_routes
def test_each_error_has_its_status_and_says_what_to_do(
    sqlite_app: Flask, error: type[PersonError], status: int
) -> None:
    def fail() -> str:
        raise error("reason_for_the_log")

    sqlite_app.add_url_rule("/fail", view_func=fail)

    answer = sqlite_app.test_client().get("/fail")

    assert answer.status_code == status
    assert str(error.title) in answer.text
    assert str(error.advice) in answer.text
    assert "reason_for_the_log" not in answer.text


@pytest.mark.adds_routes
def test_the_number_on_the_page_finds_the_reason_in_the_log(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise NotAllowed("role")

    sqlite_app.add_url_rule("/fail", view_func=fail)

    answer = sqlite_app.test_client().get("/fail", headers={"Accept": "application/json"})

    assert answer.json is not None
    assert set(answer.json) == {"title", "advice", "request"}
    assert f"GET fail: role [{answer.json['request']}]" in caplog.text


@pytest.mark.adds_routes
def test_a_crash_answers_500_and_shows_nothing_of_it(sqlite_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> str:
        raise RuntimeError("internals")

    sqlite_app.add_url_rule("/crash", view_func=crash)

    answer = sqlite_app.test_client().get("/crash?state=secret-in-query")

    assert answer.status_code == 500
    assert "internals" not in answer.text
    assert "Traceback" not in answer.text
    assert "internals" in caplog.text
    assert "secret-in-query" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/lti/login", 405), ("GET", "/lti/launch", 405)]
)
def test_what_is_not_there_answers_with_a_page_too(sqlite_app: Flask, method: str, path: str, status: int) -> None:
    answer = sqlite_app.test_client().open(path, method=method)

    assert answer.status_code == status
    assert str(PersonError.title) in answer.text


def test_a_line_break_in_an_address_makes_no_line_in_the_log(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    sqlite_app.test_client().get("/l/x%0d%0aWARNING forged/")

    assert [record.getMessage() for record in caplog.records if "\n" in record.getMessage()] == []
    assert "GET lti.open_activity: session_foreign [" in caplog.text
    assert "forged" not in caplog.text


@pytest.mark.parametrize("path", ["/l/%00/", "/l/x%00y/pick", "/l//", "/l/", f"/l/{'x' * 5_000}/", "/l/%ff/", "/l/é/"])
def test_an_address_that_no_launch_has_is_no_crash(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)

    assert answer.status_code in (308, 401, 404)


def test_an_error_page_may_be_framed_by_any_platform_but_a_page_with_a_session_may_not(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client]
) -> None:
    person = sqlite_enter()

    foreign, own = sqlite_app.test_client().get(f"/l/{person.launch_id}/"), person.get("nowhere")

    assert foreign.headers["Content-Security-Policy"].endswith("frame-ancestors *")
    assert own.headers["Content-Security-Policy"].endswith("frame-ancestors http://localhost:8100")


def test_the_status_of_a_platforms_answer_is_kept() -> None:
    error = PlatformAnswered(503, "https://moodle.example.org/token")

    assert (error.status, str(error)) == (503, "https://moodle.example.org/token answered 503")


def send_without_session(app: Flask, words: str, origin: str | None = None) -> str:
    form = {"csrf": "secret", "id": "7f", "kind": "need", "text": words}
    headers = {"Origin": origin or app.config["PUBLIC_URL"]}
    answer = app.test_client().post("/l/foreign/community/posts", data=form, headers=headers)
    assert answer.status_code == 401
    return answer.text


def test_what_was_typed_into_a_form_whose_session_is_over_is_shown_to_be_copied(sqlite_app: Flask) -> None:
    page = send_without_session(sqlite_app, "Dear <b>words.</b>")

    assert "Dear &lt;b&gt;words.&lt;/b&gt;" in page
    assert "secret" not in page


def test_a_form_of_another_site_or_a_huge_one_is_not_shown(sqlite_app: Flask) -> None:
    assert "Dear words." not in send_without_session(sqlite_app, "Dear words.", origin="https://other.example.org")
    assert "Dear words." not in send_without_session(sqlite_app, "Dear words." * 20_000)
    assert "What you wrote" not in sqlite_app.test_client().get("/l/foreign/community").text


def test_a_form_of_too_many_fields_is_refused_like_any_other(sqlite_app: Flask) -> None:
    form = {f"field-{number}": "Dear words." for number in range(1_100)}
    headers = {"Origin": sqlite_app.config["PUBLIC_URL"]}

    answer = sqlite_app.test_client().post(
        "/l/foreign/community/posts", data=form, headers=headers, content_type="multipart/form-data"
    )

    assert answer.status_code == 401
    assert "Dear words." not in answer.text
