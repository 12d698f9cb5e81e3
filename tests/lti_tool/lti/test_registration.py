"""Dynamic registration: invited, seen before it happens, and with one site only."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti import registration, registry
from lti_tool.lti.tables import DeploymentRow, InvitationRow, RegistrationRow, SiteRow, State
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.signing import CLIENT_ID, LAUNCH_URL, TOOL, Answer, Platform, json_answer, serve_platform
from tests.lti_tool.ticking import Ticker

PATH = "/lti/register"


def invite(app: Flask, *, approves: bool = True) -> str:
    """Make an invitation; give its secret."""
    with app.app_context():
        url = registration.invite(PUBLIC_URL, approves=approves, lasts=timedelta(days=7), now=now())
        db.session.commit()
    return parse_qs(urlsplit(url).query)["invitation"][0]


def offer(platform: Platform, invitation: str, **changes: str) -> dict[str, str]:
    """Write what Moodle adds to the URL that was pasted."""
    return {
        "invitation": invitation,
        "openid_configuration": platform.configuration_url,
        "registration_token": "token-of-moodle",
        **changes,
    }


def agree(app: Flask, fields: dict[str, str]) -> TestResponse:
    return app.test_client().post(PATH, data=fields)


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


# Asking


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


@pytest.mark.parametrize("left_out", ["openid_configuration", "registration_token"])
def test_opened_outside_of_moodle_the_address_says_where_to_paste_it(
    sqlite_app: Flask, platform: Platform, left_out: str
) -> None:
    answer = sqlite_app.test_client().get(PATH, query_string=offer(platform, invite(sqlite_app), **{left_out: ""}))

    assert answer.status_code == 400
    assert "This address works only from inside Moodle" in answer.text


# What the platform says of itself

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


# Registering


def test_a_registration_is_kept_and_says_what_to_press_next(app: Flask, platform: Platform) -> None:
    answer = agree(app, offer(platform, invite(app)))

    assert answer.status_code == 200
    assert "press “Activate”" in answer.text
    assert "approve your site" not in answer.text
    with app.app_context():
        row = registry.find_registration(platform.origin, CLIENT_ID)
        assert row.jwks_uri == f"{platform.origin}/keys"
        assert registry.usable_deployment(row, "1").state is State.ACTIVE


def test_the_tool_asks_for_everything_at_once(sqlite_app: Flask, platform: Platform) -> None:
    agree(sqlite_app, offer(platform, invite(sqlite_app)))

    sent = json.loads(platform.bodies[0])
    assert platform.asked[-1] == ("/register", "Bearer token-of-moodle")
    assert sent["redirect_uris"] == [LAUNCH_URL]
    assert sent["initiate_login_uri"] == f"{PUBLIC_URL}/lti/login"
    assert sent["jwks_uri"] == f"{PUBLIC_URL}/lti/keys"
    assert sent["token_endpoint_auth_method"] == "private_key_jwt"
    assert [scope.split("/scope/")[1] for scope in sent["scope"].split()] == [
        "lineitem",
        "lineitem.readonly",
        "result.readonly",
        "score",
        "contextmembership.readonly",
    ]
    assert sent[TOOL]["domain"] == urlsplit(PUBLIC_URL).netloc
    assert sent[TOOL]["target_link_uri"] == LAUNCH_URL
    assert {"name", "email"} <= set(sent[TOOL]["claims"])
    assert sent[TOOL]["custom_parameters"] == {
        "group_ids": "$Moodle.Person.userGroupIds",
        "context_history": "$Context.id.history",
        "timezone": "$Person.address.timezone",
    }


def test_an_invitation_that_does_not_approve_makes_a_registration_that_waits(app: Flask, platform: Platform) -> None:
    answer = agree(app, offer(platform, invite(app, approves=False)))

    assert "Ask whoever runs this tool to approve your site." in answer.text
    with app.app_context():
        assert registry.registrations()[0].state is State.PENDING


def test_pasting_the_url_again_updates_in_place(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    again = agree(app, offer(platform, invitation))

    assert again.status_code == 200
    assert (count(app, RegistrationRow), count(app, DeploymentRow), count(app, SiteRow)) == (1, 1, 1)


def test_a_tool_deleted_and_registered_again_is_a_second_registration_of_the_same_site(
    app: Flask, platform: Platform
) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))
    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})

    agree(app, offer(platform, invitation))

    assert (count(app, RegistrationRow), count(app, SiteRow)) == (2, 1)


def test_an_invitation_is_of_no_use_to_a_second_site(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    with serve_platform() as other:
        answer = agree(app, offer(other, invitation))

    assert answer.status_code == 400
    assert "already used by another Moodle site" in answer.text
    assert "/register" not in [path for path, _ in other.asked]
    assert count(app, RegistrationRow) == 1


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (Answer(body=b"token_already_used", status=401), "its permission lasts one hour and works once"),
        (Answer(body=b"", status=500), "did not answer as a learning platform should"),
        (Answer(body=b"<html>"), "did not answer as a learning platform should"),
        (json_answer({"client_id": "x"}), "did not answer as a learning platform should"),
        (json_answer({"client_id": "", TOOL: {"deployment_id": "1"}}), "did not answer as a learning platform should"),
        (
            json_answer({"client_id": "x\0", TOOL: {"deployment_id": "1"}}),
            "did not answer as a learning platform should",
        ),
        (
            json_answer({"client_id": "x", TOOL: {"deployment_id": "1\0"}}),
            "did not answer as a learning platform should",
        ),
        (json_answer({"client_id": "x" * 256, TOOL: {"deployment_id": "1"}}), "did not answer as a learning platform"),
    ],
)
def test_what_the_platform_refuses_is_told_and_leaves_nothing_behind(
    app: Flask, platform: Platform, answer: Answer, advice: str
) -> None:
    invitation = invite(app)
    good, platform.answers["/register"] = platform.answers["/register"], answer

    refused = agree(app, offer(platform, invitation))

    assert refused.status_code == 400
    assert advice in refused.text
    assert count(app, SiteRow) == 0
    platform.answers["/register"] = good
    assert agree(app, offer(platform, invitation)).status_code == 200


def test_others_can_write_while_a_platform_takes_its_time(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    written: list[int] = []

    class Watching(dict[str, Answer]):
        """Answers, and writes as another process would while the tool waits for `/register`."""

        def get(self, path: str, default: object = None) -> Answer:
            if path == "/register":
                with app.app_context(), Session(db.engine) as other:
                    other.add(SiteRow(issuer="https://written-meanwhile.example.org"))
                    other.commit()
                    written.append(1)
            return self[path]

    platform.answers = Watching(platform.answers)

    assert agree(app, offer(platform, invitation)).status_code == 200
    assert written == [1]


def test_neither_invitation_nor_token_is_logged(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    invitation = invite(sqlite_app)
    platform.answers["/register"] = Answer(body=b"", status=500)

    sqlite_app.test_client().get(PATH, query_string=offer(platform, invitation))
    agree(sqlite_app, offer(platform, invitation))

    assert [secret for secret in (invitation, "token-of-moodle") if secret in caplog.text] == []


def test_an_invitation_is_kept_as_a_hash(sqlite_app: Flask) -> None:
    invitation = invite(sqlite_app)

    with sqlite_app.app_context():
        assert invitation not in str(vars(db.session.scalars(select(InvitationRow)).one()))
