"""Before anything is registered, the page tells what will happen, and asks nobody without an invitation."""

import pytest
from flask import Flask

from lti_tool.lti.tables import RegistrationRow, SiteRow
from tests.lti_tool.lti.registering.agreeing import PATH, agree, count, invite, offer
from tests.lti_tool.platform import Platform
from tests.lti_tool.ticking import Ticker


def test_the_administrator_sees_what_will_be_asked_before_anything_happens(app: Flask, platform: Platform) -> None:
    answer = app.test_client().get(PATH, query_string=offer(platform, invite(app)))

    assert answer.status_code == 200
    assert f"Site: {platform.origin}" in answer.text
    assert [path for path, _ in platform.asked] == ["/configuration"]
    assert count(app, RegistrationRow) == count(app, SiteRow) == 0


def test_the_page_may_be_framed_by_the_site_that_was_invited(sqlite_app: Flask, platform: Platform) -> None:
    answer = sqlite_app.test_client().get(PATH, query_string=offer(platform, invite(sqlite_app)))

    assert answer.headers["Content-Security-Policy"].endswith(f"frame-ancestors {platform.origin}")


@pytest.mark.parametrize(
    "url", ["https://evil.example; script-src *", "https://evil.example *", "https://[", "javascript:alert(1)"]
)
def test_no_configuration_url_writes_into_the_headers(sqlite_app: Flask, platform: Platform, url: str) -> None:
    fields = offer(platform, invite(sqlite_app), openid_configuration=url)

    answer = sqlite_app.test_client().get(PATH, query_string=fields)

    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"].endswith("; form-action 'self'; frame-ancestors 'none'")


def test_what_stands_in_the_url_is_escaped_on_the_page(sqlite_app: Flask, platform: Platform) -> None:
    fields = offer(platform, invite(sqlite_app), registration_token='"><script>alert(1)</script>')

    assert "<script>" not in sqlite_app.test_client().get(PATH, query_string=fields).text


@pytest.mark.parametrize("invitation", ["", "guessed"])
def test_without_an_invitation_no_address_is_asked(app: Flask, platform: Platform, invitation: str) -> None:
    answers = [
        app.test_client().get(PATH, query_string=offer(platform, invitation)),
        agree(app, offer(platform, invitation)),
    ]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert platform.asked == []


def test_an_expired_invitation_asks_no_address(app: Flask, platform: Platform, ticker: Ticker) -> None:
    invitation = invite(app)
    ticker.move(days=8)

    assert agree(app, offer(platform, invitation)).status_code == 400
    assert platform.asked == []


def test_opened_outside_of_moodle_the_address_says_where_to_paste_it(sqlite_app: Flask, platform: Platform) -> None:
    fields = offer(platform, invite(sqlite_app), openid_configuration="")

    answer = sqlite_app.test_client().get(PATH, query_string=fields)

    assert answer.status_code == 400
    assert "This address works only from inside Moodle" in answer.text


def test_the_page_tells_before_anything_happens_that_the_site_is_known(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    before = app.test_client().get(PATH, query_string=offer(platform, invitation))
    agree(app, offer(platform, invitation))

    after = app.test_client().get(PATH, query_string=offer(platform, invitation))

    known = ["MedTOWN knows this site already." in page.text for page in (before, after)]
    assert known == [False, True]


def test_an_expired_invitation_says_what_goes_on_working_and_how_to_update(
    sqlite_app: Flask, platform: Platform, ticker: Ticker
) -> None:
    invitation = invite(sqlite_app)
    agree(sqlite_app, offer(platform, invitation))
    ticker.move(days=8)

    answer = sqlite_app.test_client().get(PATH, query_string=offer(platform, invitation))

    assert answer.status_code == 400
    assert "What is registered already goes on working." in answer.text
    assert "ask whoever runs this tool for a new URL" in answer.text
    assert "if Moodle then asks, press “Update”" in answer.text
    assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors *")
