"""Logins that were not begun here, not by this browser, not now, or that are used already."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.registering import approval
from lti_tool.lti.tables import LaunchRow, RegistrationRow
from tests.lti_tool.platform import Begun, Platform, begin, login_fields, sign
from tests.lti_tool.ticking import Ticker
from tests.spec.known_bad_launch.refusing import (
    DEPLOYMENT,
    FINNISH,
    SUSPENDED_ADVICE,
    assert_refused,
    begun,
    cookie_of,
)

MANY = 50


@pytest.mark.parametrize("state", ["", "forged", "\0", "é", "x" * 10_000], ids=ascii)
def test_a_state_that_is_forged_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))

    answer = login.browser.post("/lti/launch", data={"state": state, "id_token": token})

    assert_refused(answer, caplog, "state_unknown")


def test_a_state_that_is_missing_is_refused(app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))

    answer = login.browser.post("/lti/launch", data={"id_token": token})

    assert_refused(answer, caplog, "state_unknown")


def test_the_hash_that_is_kept_of_a_state_is_not_a_state(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)
    kept = sha256(login.state.encode()).hexdigest()

    answer = Begun(browser=login.browser, state=kept, nonce="").launch(sign(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, "state_unknown")


def test_a_launch_is_refused_when_it_is_replayed(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))
    _, cookie = cookie_of(login)
    assert login.launch(token).status_code == 303

    answer = _in_any_browser(app, login, cookie, token)

    assert_refused(answer, caplog, "state_unknown")


def test_a_state_is_used_up_by_a_launch_that_was_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)
    login.launch("forged")

    answer = login.launch(sign(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, "state_unknown")


def test_of_many_that_use_a_state_at_the_same_moment_exactly_one_wins(app: Flask, platform: Platform) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))
    _, cookie = cookie_of(login)
    together = Barrier(MANY)
    before = _launches(app)

    def launch(_: int) -> int:
        together.wait()
        return _in_any_browser(app, login, cookie, token).status_code

    with ThreadPoolExecutor(MANY) as pool:
        statuses = sorted(pool.map(launch, range(MANY)))

    assert statuses[0] == 303
    assert set(statuses[1:]) <= {400, 429}  # past the limit of failures, a failure is answered by 429
    assert _launches(app) == before + 1


def _in_any_browser(app: Flask, login: Begun, cookie: str, token: str) -> TestResponse:
    """Post a message with the login's cookie, whichever browser has it."""
    name = f"__Secure-login-{sha256(login.state.encode()).hexdigest()[:16]}"
    return app.test_client(use_cookies=False).post(
        "/lti/launch", data={"state": login.state, "id_token": token}, headers={**FINNISH, "Cookie": f"{name}={cookie}"}
    )


def _launches(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(LaunchRow)).one()


# Nonces


def test_the_nonce_of_another_login_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    browser = begun(app, platform).browser
    login, other = begin(app, platform, browser), begin(app, platform, browser)

    answer = login.launch(sign(platform.claims(app, other.nonce)))

    assert_refused(answer, caplog, "rule_nonce")


def test_the_nonce_of_another_browsers_login_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = begun(app, platform), begun(app, platform)

    answer = mine.launch(sign(platform.claims(app, theirs.nonce)))

    assert_refused(answer, caplog, "rule_nonce")


def test_a_nonce_that_was_used_is_refused_in_a_new_login(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    used = begun(app, platform)
    token = sign(platform.claims(app, used.nonce))
    assert used.launch(token).status_code == 303
    login = begin(app, platform, used.browser)

    answer = login.launch(token)

    assert_refused(answer, caplog, "rule_nonce")


# Browsers


def test_the_login_of_one_browser_is_refused_in_another(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = begun(app, platform), begun(app, platform)
    token = sign(platform.claims(app, theirs.nonce))

    answer = mine.browser.post("/lti/launch", data={"state": theirs.state, "id_token": token})

    assert_refused(answer, caplog, "state_of_another_browser")


def test_the_cookie_of_one_login_does_not_open_another(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    mine, theirs = begun(app, platform), begun(app, platform)
    [(_, value), (name, _)] = cookie_of(mine), cookie_of(theirs)
    mine.browser.set_cookie(name, value, path="/lti")
    token = sign(platform.claims(app, theirs.nonce))

    answer = mine.browser.post("/lti/launch", data={"state": theirs.state, "id_token": token})

    assert_refused(answer, caplog, "state_of_another_browser")


@pytest.mark.parametrize("cookie", ["", "forged", "é"])
def test_a_cookie_that_is_forged_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, cookie: str
) -> None:
    login = begun(app, platform)

    answer = _in_any_browser(app, login, cookie, sign(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, "state_of_another_browser")


# Time, and what happened meanwhile


def test_a_login_is_refused_after_ten_minutes(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    login = begun(app, platform)
    ticker.move(minutes=10)

    answer = login.launch(sign(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, "state_unknown")


def test_a_login_is_good_for_nearly_ten_minutes(app: Flask, platform: Platform, ticker: Ticker) -> None:
    login = begun(app, platform)
    ticker.move(minutes=9, seconds=59)

    answer = login.launch(sign(platform.claims(app, login.nonce)))

    assert answer.status_code == 303, answer.text


def test_a_login_goes_on_to_the_platform_for_ten_minutes_only(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    browser = app.test_client()
    probe = browser.post("/lti/login", data=login_fields(platform))
    ticker.move(minutes=10)

    answer = browser.get(probe.location, headers=FINNISH)

    assert_refused(answer, caplog, "login_unknown")


def test_a_login_is_refused_whose_registration_was_suspended_meanwhile(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.register(app, client_id="client-4", deployment_id="4")
    login = begun(app, platform, client_id="client-4")
    with app.app_context():
        registration = registry.find_registration(platform.origin, "client-4")
        approval.suspend(db.session.get_one(RegistrationRow, registration.id))
        db.session.commit()
    claims = platform.claims(app, login.nonce, **{"aud": "client-4", DEPLOYMENT: "4"})

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, "registration_suspended", advice=SUSPENDED_ADVICE)
