"""What a platform says of itself is believed only where its addresses belong together."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from lti_tool.lti.tables import SiteRow
from tests.lti_tool.lti.registering.agreeing import agree, count, invite, offer
from tests.lti_tool.platform import Answer, Platform, json_answer

ELSEWHERE = "https://other.example.org"
BAD_CONFIGURATIONS: dict[str, Answer] = {
    "not there": Answer(body=b"", status=404),
    "no JSON": Answer(body=b"<html>"),
    "a list": json_answer([]),
    "a redirect": Answer(body=b"", status=302, headers={"Location": f"{ELSEWHERE}/"}),
    "too large": Answer(body=b" " * 1_100_000),
}


@pytest.mark.parametrize("answer", BAD_CONFIGURATIONS.values(), ids=BAD_CONFIGURATIONS)
def test_a_configuration_that_cannot_be_read_is_refused(
    sqlite_app: Flask, platform: Platform, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    platform.answers["/configuration"] = answer

    refused = agree(sqlite_app, offer(platform, invite(sqlite_app)))

    assert refused.status_code == 400
    assert "did not answer as a learning platform should" in refused.text
    assert ": configuration_unreadable [" in caplog.text


BAD_ADDRESSES = [
    ("issuer", ELSEWHERE),
    ("issuer", ""),
    ("issuer", None),
    ("issuer", "x" * 256),
    ("issuer", "{origin}\0"),
    ("issuer", "{origin}/another-moodle"),
    ("issuer", "{origin}/config"),
    ("authorization_endpoint", f"{ELSEWHERE}/auth"),
    ("authorization_endpoint", "javascript://{host}/%0aalert(1)"),
    ("authorization_endpoint", "https://{host}/auth"),
    ("token_endpoint", f"{ELSEWHERE}/token"),
    ("token_endpoint", "http://name@{host}/token"),
    ("jwks_uri", f"{ELSEWHERE}/keys"),
    ("jwks_uri", "http://["),
    ("jwks_uri", "{origin}/keys\0"),
    ("jwks_uri", ["{origin}/keys"]),
    ("registration_endpoint", f"{ELSEWHERE}/register"),
    ("registration_endpoint", "{origin}.evil.example/register"),
    ("registration_endpoint", None),
    ("authorization_server", 5),
]


@pytest.mark.parametrize(("name", "value"), BAD_ADDRESSES)
def test_a_configuration_whose_addresses_do_not_belong_together_is_refused(
    sqlite_app: Flask, platform: Platform, name: str, value: object
) -> None:
    host = platform.origin.removeprefix("http://")
    written = value.format(origin=platform.origin, host=host) if isinstance(value, str) else value
    platform.answers["/configuration"] = json_answer(platform.configuration(**{name: written}))

    answer = agree(sqlite_app, offer(platform, invite(sqlite_app)))

    assert answer.status_code == 400
    assert [path for path, _ in platform.asked] == ["/configuration"]
    assert count(sqlite_app, SiteRow) == 0


def test_of_two_moodles_on_one_host_neither_can_speak_for_the_other(sqlite_app: Flask, platform: Platform) -> None:
    one, other = f"{platform.origin}/one", f"{platform.origin}/other"
    configuration = json_answer(platform.configuration(issuer=one))
    addresses = [f"{other}/configuration", f"{one}/../other/configuration", f"{one}/%2e%2E/other/configuration"]
    for address in addresses:
        platform.answers[urlsplit(address).path] = configuration

    refused = [
        agree(sqlite_app, offer(platform, invite(sqlite_app), openid_configuration=address)).status_code
        for address in addresses
    ]

    assert refused == [400, 400, 400]
    platform.answers["/one/configuration"] = configuration
    right = offer(platform, invite(sqlite_app), openid_configuration=f"{one}/configuration")
    assert agree(sqlite_app, right).status_code == 200
