"""Who asks, and what is asked for: never what a stranger's header says."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from lti_tool.lti.registering.registration import tool_registration
from lti_tool.proxies import Trusted
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.platform import LAUNCH_URL, Platform, begin, login_fields, sign

PROXIES = Trusted.named("10.0.0.0/8, 127.0.0.1, fd00::/8, unix")


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "127.0.0.1, 198.51.100.1,10.1.2.3 , 10.9.9.9", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, , 10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("fd00::1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, ::ffff:10.1.2.3", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("", "", ""),
    ],
)
def test_the_client_is_the_last_one_on_the_way_that_is_no_trusted_proxy(
    peer: str, forwarded_for: str, client: str
) -> None:
    assert PROXIES.client(peer, forwarded_for) == client


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "10.0.0.1", ""])
def test_without_the_setting_nobodys_header_counts(peer: str) -> None:
    assert Trusted().client(peer, "198.51.100.1") == peer


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1"])
def test_a_socket_file_is_trusted_apart_from_addresses(peer: str) -> None:
    assert Trusted.named("unix").client(peer, "198.51.100.1") == peer
    assert Trusted.named("127.0.0.1, ::1").client("", "198.51.100.1") == ""


HOSTILE = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "ftp",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "host=evil.example",
    "X-Forwarded-For": "evil.example",
}


@pytest.mark.adds_routes
def test_a_request_is_for_our_own_address_whatever_its_headers_say(sqlite_app: Flask) -> None:
    sqlite_app.add_url_rule("/look", view_func=lambda: {"url": request.url, "from": request.remote_addr})

    answer = sqlite_app.test_client().get("/look", headers=HOSTILE, base_url="https://evil.example")

    assert answer.json == {"url": f"{PUBLIC_URL}/look", "from": "127.0.0.1"}


def stranger(app: Flask) -> FlaskClient:
    """Give a client that sends the cookies it is told to; a browser would keep them from another host."""
    return app.test_client(use_cookies=False)


def cookies(browser: FlaskClient) -> str:
    """Write a browser's cookies as a header, whatever their paths."""
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in (browser._cookies or {}).values())  # noqa: SLF001 - no other list


@pytest.fixture
def person(sqlite_app: Flask) -> Client:
    return enter_course(sqlite_app)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "evil example", "[", "", "evil.example\\@x"])
def test_no_answer_repeats_the_host_that_was_asked_for(
    sqlite_app: Flask, platform: Platform, person: Client, host: str
) -> None:
    platform.register(sqlite_app)
    headers, browser = {**HOSTILE, "Host": host, "Cookie": cookies(person.browser)}, stranger(sqlite_app)
    without_slash = f"/l/{person.launch_id}"

    answers = [
        browser.post("/lti/login", data=login_fields(platform), headers=headers),
        browser.post("/lti/launch", data={"state": "x"}, headers=headers),
        browser.get("/lti/register?openid_configuration=x", headers=headers),
        browser.get("/nowhere", headers=headers),
        browser.get("//lti//login", headers=headers),
        browser.get(without_slash, headers=headers),
        browser.get(without_slash + "/", headers=headers),
    ]

    for answer in answers:
        assert "evil" not in str(answer.headers) + answer.text
    assert answers[6].status_code == 200
    assert answers[5].location == f"{PUBLIC_URL}{without_slash}/"


def test_a_launch_under_a_hostile_host_leads_to_our_own_pages(sqlite_app: Flask, platform: Platform) -> None:
    platform.register(sqlite_app)
    login = begin(sqlite_app, platform)
    form = {"state": login.state, "id_token": sign(platform.claims(sqlite_app, login.nonce))}

    answer = stranger(sqlite_app).post("/lti/launch", data=form, headers={**HOSTILE, "Cookie": cookies(login.browser)})

    assert answer.status_code == 303
    assert answer.location.startswith("/l/")
    assert "evil" not in str(answer.headers)


def test_a_registration_under_a_hostile_host_names_our_own_addresses(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context(headers=HOSTILE):
        registration = tool_registration()

    assert "evil" not in str(registration)
    assert registration["redirect_uris"] == [LAUNCH_URL]
