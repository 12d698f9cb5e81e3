"""The probe between login and launch: with its cookie the browser goes on to the platform, without it gets a tab."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from lti_tool.lti.launch.limits import FAILED_LAUNCHES
from tests.lti_tool.platform import CLIENT_ID, LAUNCH_URL, Platform, begin, login_fields, sign
from tests.lti_tool.ticking import Ticker


def test_with_its_cookie_the_browser_goes_on_to_the_platform(app: Flask, known: Platform) -> None:
    browser = app.test_client()
    probe = browser.post("/lti/login", data=login_fields(known))

    answer = browser.get(probe.location)

    address = urlsplit(answer.location)
    question = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{known.origin}/auth"
    assert question.pop("state") in probe.location
    assert len(question.pop("nonce")) >= 43
    assert question == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": CLIENT_ID,
        "redirect_uri": LAUNCH_URL,
        "login_hint": "5",
        "lti_message_hint": '{"cmid":7,"launchid":"a b&c"}',
    }


def test_a_hint_that_the_platform_did_not_give_is_not_sent_back(sqlite_app: Flask, sqlite_known: Platform) -> None:
    browser = sqlite_app.test_client()
    probe = browser.post("/lti/login", data=login_fields(sqlite_known, lti_message_hint=""))

    assert "lti_message_hint" not in browser.get(probe.location).location


def test_an_address_with_a_query_keeps_it(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app, authorization_endpoint=f"{platform.origin}/auth?site=2")
    browser = sqlite_app.test_client()
    probe = browser.post("/lti/login", data=login_fields(platform))

    question = parse_qs(urlsplit(browser.get(probe.location).location).query)

    assert question["site"] == ["2"]
    assert question["scope"] == ["openid"]


def test_without_its_cookie_the_browser_is_offered_a_tab_that_begins_the_login_again(
    sqlite_app: Flask, sqlite_known: Platform
) -> None:
    probe = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known))

    answer = sqlite_app.test_client().get(probe.location)

    assert answer.status_code == 200
    assert 'action="/lti/login" target="_blank" rel="opener"' in answer.text
    assert 'name="awaited" value="1"' in answer.text
    assert 'name="lti_message_hint" value="{&#34;cmid&#34;:7,&#34;launchid&#34;:&#34;a b&amp;c&#34;}"' in answer.text


def test_the_page_that_waits_gives_a_choice_to_the_platforms_own_origins(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app, authorization_endpoint="https://login.example.org/auth")
    probe = sqlite_app.test_client().post("/lti/login", data=login_fields(platform))

    answer = sqlite_app.test_client().get(probe.location)

    assert f'data-platform="{platform.origin}"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert f"form-action 'self' https://login.example.org {platform.origin};" in policy


AT_THE_TOP = {"Sec-Fetch-Dest": "document"}
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.mark.parametrize(
    ("tab", "header", "cookies_are_off"),
    [
        ({}, AT_THE_TOP, True),
        ({"awaited": "1"}, AT_THE_TOP, True),
        ({"awaited": "1"}, {}, True),
        ({}, {}, False),
        ({}, IN_A_FRAME, False),
    ],
    ids=str,
)
def test_a_tab_that_keeps_no_cookie_either_is_told_that_cookies_are_off_and_offered_no_other(
    sqlite_app: Flask, sqlite_known: Platform, tab: dict[str, str], header: dict[str, str], *, cookies_are_off: bool
) -> None:
    probe = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known, **tab))

    answer = sqlite_app.test_client().get(probe.location, headers=header)

    assert (answer.status_code == 403, "Allow cookies for it" in answer.text) == (cookies_are_off, cookies_are_off)
    assert ('target="_blank"' in answer.text) is not cookies_are_off


def test_a_class_whose_browsers_keep_no_cookies_is_not_held_back(sqlite_app: Flask, sqlite_known: Platform) -> None:
    for _ in range(FAILED_LAUNCHES.most + 1):
        probe = sqlite_app.test_client().post("/lti/login", data=login_fields(sqlite_known, awaited="1"))
        answer = sqlite_app.test_client().get(probe.location)

    assert answer.status_code == 403


def test_hints_are_escaped_on_the_page_that_offers_a_tab(sqlite_app: Flask, sqlite_known: Platform) -> None:
    fields = login_fields(sqlite_known, login_hint='"><script>alert(1)</script>')
    probe = sqlite_app.test_client().post("/lti/login", data=fields)

    answer = sqlite_app.test_client().get(probe.location)

    assert "<script>" not in answer.text


@pytest.mark.parametrize("state", ["", "forged", "%00"])
def test_a_probe_of_a_login_that_nobody_began_is_refused(app: Flask, state: str) -> None:
    assert app.test_client().get(f"/lti/continue?state={state}").status_code == 400


def test_a_login_is_over_after_ten_minutes(app: Flask, known: Platform, ticker: Ticker) -> None:
    browser = app.test_client()
    probe = browser.post("/lti/login", data=login_fields(known))
    login = begin(app, known)

    ticker.move(minutes=10)

    assert browser.get(probe.location).status_code == 400
    assert login.launch(sign(known.claims(app, login.nonce))).status_code == 400
