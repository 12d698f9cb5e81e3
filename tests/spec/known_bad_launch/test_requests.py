"""Requests that are no login or no launch: incomplete, repeated, over-long, unreadable, or of another method."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.tables import RegistrationRow, State
from tests.lti_tool.platform import Platform, login_fields, sign
from tests.spec.known_bad_launch.refusing import (
    AMBIGUOUS_ADVICE,
    FINNISH,
    LENGTH_ADVICE,
    OTHER,
    SUSPENDED_ADVICE,
    UNREGISTERED,
    WAITING_ADVICE,
    assert_refused,
    begun,
)

FORM = "application/x-www-form-urlencoded"

BAD_LOGINS: dict[str, tuple[dict[str, str], str]] = {
    "no issuer": ({"iss": ""}, "login_incomplete"),
    "no hint": ({"login_hint": ""}, "login_incomplete"),
    "no target": ({"target_link_uri": ""}, "login_target"),
    "an over-long hint": ({"login_hint": "x" * 8_001}, "login_too_long"),
    "an over-long message hint": ({"lti_message_hint": "x" * 8_001}, "login_too_long"),
    "a NUL in the issuer": ({"iss": "\0"}, "login_unreadable"),
    "a NUL in the client": ({"client_id": "\0"}, "login_unreadable"),
    "a NUL in the hint": ({"login_hint": "\0"}, "login_unreadable"),
    "a NUL in the message hint": ({"lti_message_hint": "\0"}, "login_unreadable"),
}


@pytest.mark.parametrize(("changes", "reason"), BAD_LOGINS.values(), ids=BAD_LOGINS)
def test_a_login_that_does_not_hold_together_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: dict[str, str], reason: str
) -> None:
    answer = app.test_client().post("/lti/login", data=login_fields(platform, **changes), headers=FINNISH)

    assert_refused(answer, caplog, reason)


def test_more_than_the_tool_takes_at_once_is_refused_and_the_page_says_what_to_shorten(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    fields = b"".join(b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n\r\n' for _ in range(2_000))

    answers = [
        login.launch("x" * 1_000_000),
        login.browser.post("/lti/launch", data=fields + b"--x--\r\n", content_type="multipart/form-data; boundary=x"),
        login.browser.post("/lti/login", data=login_fields(platform, login_hint="x" * 1_000_000)),
    ]

    for answer in answers:
        assert_refused(answer, caplog, "body_unreadable", advice=LENGTH_ADVICE)


@pytest.mark.parametrize("name", ["iss", "login_hint", "target_link_uri"])
def test_a_login_that_lacks_what_it_must_say_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    fields = login_fields(platform)
    del fields[name]

    answer = app.test_client().post("/lti/login", data=fields, headers=FINNISH)

    assert_refused(answer, caplog, "login_target" if name == "target_link_uri" else "login_incomplete")


UNKNOWN_PLATFORMS: dict[str, dict[str, str]] = {
    "another issuer": {"iss": OTHER},
    "another issuer, no client": {"iss": OTHER, "client_id": ""},
    "another client": {"client_id": "client-2"},
    "a client in other letters": {"client_id": "CLIENT-1"},
    "a client of bytes that are no UTF-8": {"client_id": "\udcff"},
    "a longer issuer": {"iss": "{origin}/"},
    "an over-long issuer": {"iss": "{origin}/" + "x" * 9_000},
}


@pytest.mark.parametrize("changes", UNKNOWN_PLATFORMS.values(), ids=UNKNOWN_PLATFORMS)
def test_a_login_from_a_platform_that_is_not_known_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: dict[str, str]
) -> None:
    fields = login_fields(
        platform, **{name: value.replace("{origin}", platform.origin) for name, value in changes.items()}
    )
    body = urlencode(fields, errors="surrogateescape")

    answer = app.test_client().post("/lti/login", data=body, content_type=FORM, headers=FINNISH)

    assert_refused(answer, caplog, "registration_unknown", advice=UNREGISTERED)


NOT_ACTIVE = {State.SUSPENDED: SUSPENDED_ADVICE, State.PENDING: WAITING_ADVICE}


@pytest.mark.parametrize("state", NOT_ACTIVE)
def test_a_login_of_a_registration_that_may_not_be_used_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, state: State
) -> None:
    client_id = f"client-{state}"
    platform.register(app, client_id=client_id)
    with app.app_context():
        registration = registry.find_registration(platform.origin, client_id)
        db.session.get_one(RegistrationRow, registration.id).state = state
        db.session.commit()
    fields = login_fields(platform, client_id=client_id)

    answer = app.test_client().post("/lti/login", data=fields, headers=FINNISH)

    assert_refused(answer, caplog, f"registration_{state}", advice=NOT_ACTIVE[state])


def test_a_login_that_names_no_client_is_refused_where_the_platform_has_several(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.register(app, client_id="client-5")
    fields = login_fields(platform, client_id="")

    answer = app.test_client().post("/lti/login", data=fields, headers=FINNISH)

    assert_refused(answer, caplog, "registration_ambiguous", advice=AMBIGUOUS_ADVICE)


SAID_TWICE = [
    (name, second, where)
    for name in ("iss", "client_id", "login_hint", "lti_message_hint", "target_link_uri", "unknown")
    for second in ("the same", "another")
    for where in ("address", "form", "both")
]


@pytest.mark.parametrize("twice", SAID_TWICE, ids=" ".join)
def test_a_login_that_says_something_twice_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, twice: tuple[str, str, str]
) -> None:
    name, second, where = twice
    fields = {**login_fields(platform), "unknown": "x"}
    once, again = urlencode(fields), urlencode({name: fields[name] if second == "the same" else "another"})
    query, form = {"address": (f"{once}&{again}", ""), "form": ("", f"{once}&{again}"), "both": (again, once)}[where]

    answer = sqlite_app.test_client().post(f"/lti/login?{query}", data=form, content_type=FORM, headers=FINNISH)

    assert_refused(answer, caplog, "parameter_repeated")


@pytest.mark.parametrize("name", ["state", "id_token", "error"])
def test_a_launch_that_says_something_twice_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    login = begun(app, platform)
    fields = {"error": "", "state": login.state, "id_token": sign(platform.claims(app, login.nonce))}
    body = f"{urlencode(fields)}&{name}=another"

    answer = login.browser.post("/lti/launch", data=body, content_type=FORM)

    assert_refused(answer, caplog, "parameter_repeated")


BODIES: dict[str, tuple[Mapping[str, object], str]] = {
    "JSON": ({"json": {"state": "{state}", "id_token": "{token}"}}, "state_unknown"),
    "a form that is called JSON": (
        {"data": "state={state}&id_token={token}", "content_type": "application/json"},
        "state_unknown",
    ),
    "a form without a name": ({"data": "state={state}&id_token={token}", "content_type": None}, "state_unknown"),
    "in the query alone": ({"query_string": {"state": "{state}", "id_token": "{token}"}}, "state_unknown"),
    "not UTF-8": ({"data": b"state=\xff\xfe&id_token=\xff", "content_type": FORM}, "state_unknown"),
    "broken in parts": ({"data": b"--x\r\n", "content_type": "multipart/form-data"}, "state_unknown"),
    "nothing": ({}, "state_unknown"),
}


@pytest.mark.parametrize(("body", "reason"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_not_a_launch_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, body: Mapping[str, object], reason: str
) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))

    answer = login.browser.post("/lti/launch", **_filled(body, {"{state}": login.state, "{token}": token}))

    assert_refused(answer, caplog, reason)


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """Put a login's own words into what is to be sent."""
    if isinstance(value, Mapping):
        return {name: _filled(part, words) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    for word, meaning in words.items():
        value = value.replace(word, meaning)
    return value


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_launch_by_another_method_is_refused_and_uses_nothing_up(
    sqlite_app: Flask, platform: Platform, method: str
) -> None:
    login = begun(sqlite_app, platform)
    form = {"state": login.state, "id_token": sign(platform.claims(sqlite_app, login.nonce))}

    answer = login.browser.open("/lti/launch", method=method, query_string=form, data=form)

    assert answer.status_code == 405
    assert login.browser.post("/lti/launch", data=form).status_code == 303


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_login_by_another_method_is_refused(sqlite_app: Flask, platform: Platform, method: str) -> None:
    answer = sqlite_app.test_client().open("/lti/login", method=method, data=login_fields(platform))

    assert answer.status_code == 405


def test_a_login_may_come_by_get(sqlite_app: Flask, platform: Platform) -> None:
    answer = sqlite_app.test_client().get("/lti/login", query_string=login_fields(platform))

    assert answer.status_code == 303


def test_a_login_may_come_with_a_part_of_it_in_the_address(sqlite_app: Flask, platform: Platform) -> None:
    fields = login_fields(platform)
    issuer = fields.pop("iss")

    answer = sqlite_app.test_client().post("/lti/login", query_string={"iss": issuer}, data=fields)

    assert answer.status_code == 303
