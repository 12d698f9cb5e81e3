"""The log: one line for each thing that happens, each request by its id, and nobody's data."""

import json
import logging
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from lti_tool.database import db
from lti_tool.errors import PlatformUnreachable
from lti_tool.logs import JsonFormatter, ReadableFormatter
from lti_tool.lti.secrets import csrf_token
from tests.lti_tool.exercises.writing import fields, new_id
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.platform import LTI, Platform, login_fields, sign
from tests.lti_tool.ticking import Ticker
from tests.spec.tool import WAIT, Tool

Line = dict[str, Any]


# One line


def record_of(error: BaseException) -> logging.LogRecord:
    """Make the record of a crash, as a program's log does."""
    try:
        raise error
    except type(error):
        return logging.LogRecord("lti_tool", logging.ERROR, "app.py", 1, "it broke", (), sys.exc_info())


def test_a_crash_is_one_line_with_the_places_in_the_code() -> None:
    line = JsonFormatter().format(record_of(RuntimeError("no more\nthreads")))

    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "lti_tool", "it broke")
    assert "in record_of\n    raise error\n" in told["exception"]
    assert told["exception"].endswith("RuntimeError: no more\nthreads")


@pytest.mark.parametrize("formatter", [JsonFormatter(), ReadableFormatter("%(message)s")])
@pytest.mark.parametrize(
    "error",
    [
        ValueError("invalid literal: 'maria@example.org'"),
        KeyError("maria@example.org"),
        UnicodeEncodeError("ascii", "maria@example.org", 0, 1, "reason"),
        requests.ConnectionError("/results?user_id=maria@example.org"),
    ],
)
def test_an_exception_that_quotes_what_somebody_wrote_is_told_without_it(
    formatter: logging.Formatter, error: Exception
) -> None:
    told = formatter.format(record_of(error))

    assert "maria" not in told
    assert type(error).__name__ in told


@pytest.mark.parametrize(
    "error",
    [
        PlatformUnreachable("https://moodle.example.org gave no answer"),
        OperationalError("SELECT 1", {}, Exception("connection refused")),
        PermissionError(13, "Permission denied", "/var/lib/tool.sqlite3"),
    ],
)
def test_an_exception_that_speaks_of_machines_is_told_in_full(error: Exception) -> None:
    assert str(error) in json.loads(JsonFormatter().format(record_of(error)))["exception"]


def test_what_led_to_an_exception_is_told_before_it() -> None:
    def fail() -> None:
        try:
            int("maria")
        except ValueError as cause:
            msg = "no answer"
            raise PlatformUnreachable(msg) from cause

    with pytest.raises(PlatformUnreachable) as caught:
        fail()
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "it broke", (), (caught.type, caught.value, caught.tb))

    told = json.loads(JsonFormatter().format(record))["exception"]

    assert told.index("int(") < told.index("ValueError\n") < told.index("PlatformUnreachable: no answer")


# The request's id


@pytest.fixture
def behind_a_proxy(tmp_path: Path, ticker: Ticker) -> Iterator[Flask]:
    app = make_app(f"sqlite:///{tmp_path / 'tool.sqlite3'}", ticker, TRUSTED_PROXIES="10.0.0.0/8")
    yield app
    close_app(app)


@pytest.mark.parametrize(
    ("peer", "given", "is_taken"),
    [
        ("10.0.0.1", "0123abcd-4567", True),
        ("10.0.0.1", "a" * 64, True),
        ("10.0.0.1", "a" * 65, False),
        ("10.0.0.1", "short", False),
        ("10.0.0.1", "maria@example.org", False),
        ("10.0.0.1", "0123abcd forged", False),
        ("10.0.0.1", "", False),
        ("127.0.0.1", "0123abcd-4567", False),
    ],
)
def test_a_requests_id_is_taken_from_a_trusted_proxy_if_it_is_well_formed(
    behind_a_proxy: Flask,
    peer: str,
    given: str,
    is_taken: bool,  # noqa: FBT001 - a column of the table
) -> None:
    headers = {"X-Request-ID": given, "X-Forwarded-For": "203.0.113.9"}

    answer = behind_a_proxy.test_client().get("/healthz", headers=headers, environ_overrides={"REMOTE_ADDR": peer})

    assert (answer.headers["X-Request-ID"] == given) is is_taken
    assert len(answer.headers["X-Request-ID"]) >= 12


def test_page_header_and_log_name_a_request_alike(sqlite_app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    answer = sqlite_app.test_client().get("/nowhere", headers={"Accept": "application/json"})

    assert answer.json is not None
    assert answer.json["request"] == answer.headers["X-Request-ID"]
    assert f"[{answer.headers['X-Request-ID']}]" in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_what_machines_ask_every_few_seconds_fills_no_log(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.INFO)

    answer = sqlite_app.test_client().get(path, base_url="http://localhost")

    assert answer.status_code == 200
    assert caplog.text == ""


# A whole story, in the processes that those who run the tool start

NAME, EMAIL, SUB = "Ariadna Villanueva", "ariadna@example.org", "sub-of-ariadna"
ADDRESS = "203.0.113.77"
WORDS = "What only Ariadna wrote"
HEADERS = {"X-Forwarded-For": ADDRESS}


@dataclass
class Visit:
    """What a browser does, and every secret that it meets on the way."""

    tool: Tool
    cookies: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        """Send a request with the cookies that were set so far, and keep what is set."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {**HEADERS, "Cookie": cookie, "Origin": self.tool.public_url}
        url = self.tool.public_url + path.removeprefix(self.tool.public_url)
        answer = requests.request(method, url, headers=headers, allow_redirects=False, timeout=30, **kwargs)
        self.cookies |= {cookie.name: cookie.value or "" for cookie in answer.cookies if cookie.value}
        self.secrets += [cookie.value for cookie in answer.cookies if cookie.value]
        return answer

    def log_in(self, platform: Platform) -> tuple[str, str]:
        """Go as far as the platform; give the state and the nonce."""
        target = {"target_link_uri": f"{self.tool.public_url}/lti/launch", "login_hint": SUB}
        probe = self.ask("POST", "/lti/login", data=login_fields(platform, **target))
        question = parse_qs(urlsplit(self.ask("GET", probe.headers["Location"]).headers["Location"]).query)
        [state], [nonce] = question["state"], question["nonce"]
        self.secrets += [state, nonce]
        return state, nonce

    def launch(self, platform: Platform, app: Flask, state: str, nonce: str) -> requests.Response:
        """Bring the platform's message."""
        who = {"sub": SUB, "name": NAME, "email": EMAIL, f"{LTI}target_link_uri": f"{self.tool.public_url}/lti/launch"}
        token = sign(platform.claims(app, nonce, **who))
        self.secrets += token.split(".")
        return self.ask("POST", "/lti/launch", data={"state": state, "id_token": token})


def send_rubbish(tool: Tool) -> None:
    """Send what gunicorn can't read, with a cookie in it."""
    with socket.create_connection(("127.0.0.1", tool.port)) as connection:
        connection.sendall(f"GET /l/secret HTTP/1.1\r\nCoo kie: {EMAIL}\r\n\r\n".encode())
        assert b"400" in connection.recv(1000)


def wait_until(is_so: Callable[[], bool], tool: Tool) -> None:
    deadline = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < deadline, tool.log()
        time.sleep(0.05)


class TestTheLogOfAStory:
    """Login, launch, submission, a launch refused, a request that can't be read, a crash, and a grade that is sent."""

    @pytest.fixture(scope="class")
    @classmethod
    def visit(cls, tmp_path_factory: pytest.TempPathFactory, platform_server: Platform) -> Visit:
        tool = Tool(tmp_path_factory.mktemp("story"))
        tool.environment |= {"TRUSTED_PROXIES": "127.0.0.1", "METRICS_TOKEN": "a token for Prometheus"}
        tool.command("migrate")
        app = make_app(tool.environment["DATABASE_URL"], Ticker())
        platform_server.forget()
        platform_server.register(app)
        tool.start_web(processes=2)
        tool.start_worker()
        visit = Visit(tool)
        cls.play(visit, app, platform_server)
        tool.stop()
        close_app(app)
        return visit

    @staticmethod
    def play(visit: Visit, app: Flask, platform: Platform) -> None:
        state, nonce = visit.log_in(platform)
        page = visit.launch(platform, app, state, nonce).headers["Location"]
        csrf = csrf_token(visit.cookies["__Secure-launch"])
        visit.secrets += [page.split("/")[2], csrf]
        assert visit.ask("GET", page).status_code == 200
        note = {"csrf": csrf, **fields(satisfier=WORDS)}
        assert visit.ask("POST", f"{page}exercise/notes/{new_id()}", data=note).status_code == 303
        assert visit.ask("POST", f"{page}exercise/submissions", data={"csrf": csrf}).status_code == 303
        assert visit.launch(platform, app, state, nonce).status_code == 400
        requests.get(f"{visit.tool.public_url}/metrics", headers={"Authorization": "Bearer a token"}, timeout=30)
        send_rubbish(visit.tool)
        wait_until(lambda: "delivery 1" in visit.tool.log(), visit.tool)
        with app.app_context():
            db.session.execute(text("ALTER TABLE notes RENAME TO lost"))
            db.session.commit()
        assert visit.ask("POST", f"{page}exercise/notes/{new_id()}", data=note).status_code == 500

    @pytest.fixture
    def lines(self, visit: Visit) -> list[Line]:
        return [json.loads(line) for line in visit.tool.log().splitlines() if line]

    def test_every_line_is_json_and_says_when_how_grave_where_and_what(self, lines: list[Line]) -> None:
        assert [line for line in lines if not {"time", "level", "logger", "message"} <= line.keys()] == []

    def test_requests_are_told_by_endpoint_status_and_duration(self, lines: list[Line]) -> None:
        told = [line for line in lines if line["logger"] == "lti_tool.requests"]

        assert [(line["method"], line["endpoint"], line["status"]) for line in told] == [
            ("POST", "lti.login", 303),
            ("GET", "lti.go_on", 303),
            ("POST", "lti.launch", 303),
            ("GET", "lti.open_activity", 200),
            ("POST", "exercises.write_note", 303),
            ("POST", "exercises.hand_in", 303),
            ("POST", "lti.launch", 400),
            ("GET", "operations.measured", 401),
            ("POST", "exercises.write_note", 500),
        ]
        assert all(isinstance(line["milliseconds"], int) and len(line["request"]) == 12 for line in told)

    def test_the_reason_of_a_refusal_and_the_trace_of_a_crash_stand_under_the_requests_id(
        self, lines: list[Line]
    ) -> None:
        ids = {(line["endpoint"], line["status"]): line["request"] for line in lines if "status" in line}
        refused = next(line for line in lines if line.get("reason") == "state_unknown")
        crashed = next(line for line in lines if "exception" in line)

        assert refused["request"] == ids["lti.launch", 400]
        assert crashed["request"] == ids["exercises.write_note", 500]
        assert "no such table: notes" in crashed["exception"]

    def test_the_worker_and_the_server_write_there_too(self, lines: list[Line]) -> None:
        loggers = {line["logger"] for line in lines}

        assert {"lti_tool.delivery", "lti_tool.server", "gunicorn.error"} <= loggers

    def test_there_is_nothing_in_it_of_the_person_or_of_any_secret(self, visit: Visit) -> None:
        log = visit.tool.log()

        assert len(visit.secrets) > 10
        assert [secret for secret in visit.secrets if secret in log] == []
        told = (NAME, *NAME.split(), EMAIL, SUB, WORDS, ADDRESS, "127.0.0.1 ", "a token for", "Needs matrix", "/l/")
        assert [word for word in told if word in log] == []


# The setting


@pytest.mark.parametrize(("form", "is_json"), [(None, True), ("json", True), ("text", False)])
def test_lines_are_json_where_nobody_watches_at_a_terminal_unless_text_is_asked_for(
    tmp_path: Path,
    form: str | None,
    is_json: bool,  # noqa: FBT001 - a column of the table
) -> None:
    tool = Tool(tmp_path)
    tool.environment |= {"LOG_FORMAT": form} if form else {}
    tool.command("migrate")
    tool.start_web()
    tool.stop()

    assert all(line.startswith("{") is is_json for line in tool.log().splitlines())
    assert "serving" in tool.log()


def test_no_query_is_written_into_the_log_of_the_server_which_ends_when_told(tmp_path: Path) -> None:
    tool = Tool(tmp_path)
    tool.command("migrate")
    tool.start()

    answer = requests.get(f"{tool.public_url}/lti/register?invitation=secret-words", timeout=30)
    tool.stop()

    assert answer.status_code == 400
    assert "GET registration.ask" in tool.log()
    assert "secret-words" not in tool.log()
