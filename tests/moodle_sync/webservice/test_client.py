"""Answers and errors, over a sender that is a function."""

import json
import socket
import threading
from urllib.parse import parse_qsl

import pytest
import requests
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError

from moodle_sync.errors import (
    AccessRefused,
    Blocked,
    FateUnknown,
    Garbled,
    MoodleError,
    NotAllowed,
    NotMoodle,
    Refused,
    RightMissing,
    TokenRefused,
    TooMany,
    Unreachable,
)
from moodle_sync.webservice.client import Answer, Client, over_http
from moodle_sync.webservice.functions import CREATE_USERS, ENROL, GET_SHOWN_COURSES, GET_STATE, GET_USERS, UPDATE_USERS

CONNECTION = HTTPConnection("moodle.example.org")
POOL = HTTPConnectionPool("moodle.example.org")
NEVER_MADE = (
    NewConnectionError(CONNECTION, "refused"),
    NameResolutionError("moodle.example.org", CONNECTION, socket.gaierror()),
)
SITE = "https://moodle.example.org"
TOKEN = "0123456789abcdef0123456789abcdef"


def client(answer: Answer | Exception, sent: list[tuple[str, str]] | None = None) -> Client:
    """Make a client that gets one answer to everything, and waits for nothing."""

    def send(address: str, body: str) -> Answer:
        if sent is not None:
            sent.append((address, body))
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Client(SITE, TOKEN, send, sleep=lambda _: None)


def error(errorcode: str, message: str = "No.") -> Answer:
    return Answer(200, json.dumps({"exception": "moodle_exception", "errorcode": errorcode, "message": message}))


def read(client: Client) -> object:
    return client.call(GET_USERS, field="username", values=["ana"])


def write(client: Client) -> object:
    return client.call(CREATE_USERS, users=[{"username": "ana"}])


def test_token_and_function_come_first_in_the_body() -> None:
    sent: list[tuple[str, str]] = []

    read(client(Answer(200, "[]"), sent))

    ((address, body),) = sent
    assert address == f"{SITE}/webservice/rest/server.php"
    assert parse_qsl(body) == [
        ("wstoken", TOKEN),
        ("wsfunction", "core_user_get_users_by_field"),
        ("moodlewsrestformat", "json"),
        ("moodlewssettingraw", "1"),
        ("moodlewssettingfileurl", "0"),
        ("field", "username"),
        ("values[0]", "ana"),
    ]


def test_texts_may_be_asked_for_as_pages_show_them() -> None:
    sent: list[tuple[str, str]] = []

    client(Answer(200, '{"courses": []}'), sent).call(GET_SHOWN_COURSES, field="id", value=2)

    assert ("moodlewssettingfilter", "1") in parse_qsl(sent[0][1])
    assert "moodlewssettingraw" not in sent[0][1]


def test_a_write_asks_for_no_raw_text() -> None:
    sent: list[tuple[str, str]] = []

    write(client(Answer(200, '[{"id": 3, "username": "ana"}]'), sent))

    assert "moodlewssettingraw" not in sent[0][1]


def test_reads_and_writes_are_counted() -> None:
    moodle = client(Answer(200, "[]"))

    read(moodle)
    write(moodle)
    write(moodle)

    assert (moodle.reads, moodle.writes) == (1, 2)


def test_json_within_json_is_read() -> None:
    state = json.dumps({"section": [{"id": "4", "number": 1, "rawtitle": None, "component": None}]})

    (section,) = client(Answer(200, json.dumps(state))).call(GET_STATE, courseid=2).section

    assert (section.id, section.rawtitle) == (4, "")


def test_null_is_an_answer_where_nothing_is_told() -> None:
    assert client(Answer(200, "null")).call(ENROL, enrolments=[]).created is None


def test_rows_that_were_left_out_are_read() -> None:
    warning = {"item": "user", "itemid": 3, "warningcode": "useremailduplicate", "message": "Duplicate"}

    written = client(Answer(200, json.dumps({"warnings": [warning]}))).call(UPDATE_USERS, users=[])

    assert written.warnings[0].itemid == 3


@pytest.mark.parametrize(
    ("answer", "read_error", "write_error"),
    [
        (error("invalidparameter"), Refused, Refused),
        (error("invalidtoken"), TokenRefused, TokenRefused),
        (error("accessexception"), AccessRefused, AccessRefused),
        (error("nopermissions"), RightMissing, RightMissing),
        (error("invalidresponse"), NotMoodle, FateUnknown),
        (Answer(403, ""), AccessRefused, AccessRefused),
        (Answer(403, "<h1>Blocked</h1>"), Blocked, Blocked),
        (Answer(404, "<h1>Not found</h1>"), Blocked, Blocked),
        (Answer(303, "", "https://www.example.org/webservice/rest/server.php"), NotMoodle, NotMoodle),
        (Answer(429, ""), TooMany, TooMany),
        (error("sitemaintenance"), Unreachable, Unreachable),
        (error("upgraderunning"), Unreachable, Unreachable),
        (Answer(500, ""), Unreachable, FateUnknown),
        (Answer(502, "<h1>Bad gateway</h1>"), Unreachable, FateUnknown),
        (Answer(200, "<h1>Maintenance</h1>"), Garbled, FateUnknown),
        (Answer(200, '[{"id": 3, "user'), Garbled, FateUnknown),
        (Answer(200, "[" * 200_000), Garbled, FateUnknown),
        (Answer(200, '{"id": 3}'), NotMoodle, FateUnknown),
        (Answer(200, '[{"username": "ana"}]'), NotMoodle, FateUnknown),
        (requests.ReadTimeout(), Unreachable, FateUnknown),
        (requests.ConnectionError(), Unreachable, FateUnknown),
        (requests.ConnectTimeout(), Unreachable, Unreachable),
        *((requests.ConnectionError(MaxRetryError(POOL, "/", why)), Unreachable, Unreachable) for why in NEVER_MADE),
        (requests.ConnectionError(ProtocolError("aborted")), Unreachable, FateUnknown),
    ],
)
def test_what_fails_says_whether_it_may_be_done(
    answer: Answer | Exception, read_error: type[MoodleError], write_error: type[MoodleError]
) -> None:
    with pytest.raises(MoodleError) as reading:
        read(client(answer))
    with pytest.raises(MoodleError) as writing:
        write(client(answer))

    assert (reading.type, writing.type) == (read_error, write_error)


def test_an_error_is_told_in_one_line_with_its_code() -> None:
    with pytest.raises(Refused) as caught:
        read(client(error("invalidparameter", "Invalid\n   parameter")))

    assert str(caught.value) == "core_user_get_users_by_field: Invalid parameter (invalidparameter)"
    assert caught.value.errorcode == "invalidparameter"


PHP = "<br />\n<b>Fatal error</b>:  Allowed memory size &gt; 128M\n exhausted in <b>/srv/moodle.php</b>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PHP, "Fatal error: Allowed memory size > 128M"),
        ("\n\nNotice: token {TOKEN} is used\nmore", "Notice: token … is used"),
        ("<!DOCTYPE html>\n<html><head><!-- x -->\n<title>Maintenance &amp; more</title>", "Maintenance & more"),
        ("<script>var a = 1;\n</script><style>b</style><p>One\ttwo</p>", "One two"),
        ("a < b and more", "a < b and more"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_what_is_no_json_is_told_with_its_first_line(text: str, told: str) -> None:
    moodle = client(Answer(200, text.replace("{TOKEN}", TOKEN)))

    for call in (read, write):
        with pytest.raises(MoodleError) as caught:
            call(moodle)
        assert f'its answer is no JSON: "{told}" (' in str(caught.value)


def test_an_answer_without_any_text_is_told_without_one() -> None:
    with pytest.raises(MoodleError, match=r"its answer is no JSON \("):
        read(client(Answer(200, "<html></html>")))


@pytest.mark.parametrize(
    ("message", "debuginfo", "said"),
    [
        ("Invalid", 'users: the value is "es"\nError code: x', 'Invalid (wrong): users: the value is "es"'),
        ("Invalid (users: no)", "users: no", "Invalid (users: no) (wrong)"),
        ("<div>Too short</div><div>No digit</div>", "", "Too short No digit (wrong)"),
        ("No.", f"<p>of {TOKEN}</p>", "No. (wrong): of …"),
    ],
)
def test_what_moodle_says_of_the_reason_is_told(message: str, debuginfo: str, said: str) -> None:
    told = {"exception": "e", "errorcode": "<b>wrong</b>", "message": message, "debuginfo": debuginfo}

    with pytest.raises(Refused) as caught:
        read(client(Answer(200, json.dumps(told))))

    assert str(caught.value) == f"core_user_get_users_by_field: {said}"
    assert caught.value.explained is bool(debuginfo and debuginfo not in message)


def test_no_error_shows_the_token() -> None:
    with pytest.raises(NotAllowed) as caught:
        read(client(error("invalidtoken", f"Invalid token {TOKEN}")))

    assert TOKEN not in str(caught.value)


def test_a_redirect_names_the_address_to_write() -> None:
    with pytest.raises(NotMoodle, match=r"write the site's own address") as caught:
        read(client(Answer(301, "", "https://www.example.org/webservice/rest/server.php?x=1")))

    assert "sends requests on to https://www.example.org:" in str(caught.value)


def test_what_reads_is_asked_again_and_what_writes_is_sent_once() -> None:
    sent: list[tuple[str, str]] = []
    moodle = client(Answer(502, ""), sent)

    for call in (read, write):
        with pytest.raises(MoodleError):
            call(moodle)

    assert (moodle.reads, moodle.writes, len(sent)) == (5, 1, 6)


def test_a_reading_that_comes_at_the_third_try_is_an_answer() -> None:
    answers = iter([Answer(503, ""), Answer(200, "<h1>Maintenance</h1>"), Answer(200, "[]")])
    moodle = Client(SITE, TOKEN, lambda _address, _body: next(answers), sleep=lambda _: None)

    assert read(moodle) == ()


@pytest.mark.parametrize(
    ("retry_after", "fits"),
    [("7", [7, 7, 7, 7]), ("50", [50, 50]), ("3600", [])],
)
def test_the_server_says_how_long_to_wait_and_two_minutes_are_enough(retry_after: str, fits: list[int]) -> None:
    waited: list[float] = []
    moodle = Client(SITE, TOKEN, lambda _address, _body: Answer(429, "", "", retry_after), sleep=waited.append)

    with pytest.raises(Unreachable):
        read(moodle)

    assert waited == fits


def test_pauses_grow_where_the_server_says_nothing_of_use() -> None:
    waited: list[float] = []
    answer = Answer(503, "", "", "Wed, 25 Nov 2026 20:00:00 GMT")
    moodle = Client(SITE, TOKEN, lambda _address, _body: answer, sleep=waited.append)

    with pytest.raises(Unreachable):
        read(moodle)

    assert len(waited) == 4
    assert all(least <= pause <= least + 0.5 for least, pause in zip((0.5, 1, 2, 4), waited, strict=True))


def test_threads_are_counted_together() -> None:
    moodle = client(Answer(200, "[]"))
    threads = [threading.Thread(target=lambda: [read(moodle) for _ in range(50)]) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert moodle.reads == 200


def test_nobody_at_the_port_means_that_nothing_was_done() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{unused.getsockname()[1]}"

        with pytest.raises(Unreachable):
            write(Client(site, TOKEN, over_http(site)))
