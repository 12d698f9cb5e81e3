"""A login is recorded, and the browser gets its cookie and goes on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.tables import LoginRow
from tests.lti_tool.lti.conftest import cookies_of
from tests.lti_tool.platform import Platform, begin, login_fields
from tests.lti_tool.ticking import Ticker


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_login_is_recorded_and_the_browser_sent_on_to_the_probe(app: Flask, known: Platform, method: str) -> None:
    fields = login_fields(known)
    how = {"query_string": fields} if method == "GET" else {"data": fields}

    answer = app.test_client().open("/lti/login", method=method, **how)  # type: ignore[arg-type]  # one of two shapes

    assert answer.status_code == 303
    assert answer.location.startswith("/lti/continue?state=")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginRow)) == 1


def test_a_logins_cookie_is_set_plain_and_partitioned_and_for_the_ways_in_only(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    plain, partitioned = cookies_of(sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known)))

    assert "partitioned" not in plain
    assert "partitioned" in partitioned
    assert plain["name"] == partitioned["name"]
    assert plain["name"].startswith("__Secure-login-")
    for cookie in (plain, partitioned):
        assert {"secure", "httponly"} <= set(cookie)
        assert (cookie["path"], cookie["samesite"], cookie["max-age"]) == ("/lti", "None", "600")
        assert len(cookie["value"]) >= 43


def test_what_is_kept_of_a_login_are_hashes(sqlite_app: Flask, sqlite_known: Platform) -> None:
    answer = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known))
    state = parse_qs(urlsplit(answer.location).query)["state"][0]
    cookie = cookies_of(answer)[0]["value"]

    with sqlite_app.app_context():
        row = db.session.scalars(select(LoginRow)).one()

    assert state not in str(vars(row))
    assert cookie not in str(vars(row))


def test_a_login_without_a_client_id_is_taken_where_the_issuer_has_one(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    begin(sqlite_app, sqlite_known, client_id="")


def test_a_login_without_a_client_id_is_refused_where_the_issuer_has_two(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    sqlite_known.register(sqlite_app, client_id="client-2")

    answer = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known, client_id=""))

    assert answer.status_code == 400


def test_the_hosts_header_changes_no_address(sqlite_app: Flask, sqlite_known: Platform) -> None:
    browser = sqlite_app.test_client()
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}

    probe = browser.post("/lti/login", data=login_fields(sqlite_known), headers=headers)

    assert "evil" not in probe.location
    assert "evil" not in browser.get(probe.location, headers=headers, base_url="http://evil.example").text


def test_logins_that_nobody_finished_are_purged(sqlite_app: Flask, sqlite_known: Platform, ticker: Ticker) -> None:
    begin(sqlite_app, sqlite_known)
    ticker.move(minutes=11)

    for _ in range(400):  # one in sixteen looks after the others: that none does is as good as impossible
        begin(sqlite_app, sqlite_known)

    with sqlite_app.app_context():
        oldest = db.session.scalars(select(func.min(LoginRow.expires_at))).one()
        assert oldest > now()
