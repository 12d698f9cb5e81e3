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
from lti_tool.lti import approval, registration, registry
from lti_tool.lti.tables import DeploymentRow, InvitationRow, PlacementRow, RegistrationRow, SiteRow, State
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.signing import (
    AGS,
    CLIENT_ID,
    LAUNCH_URL,
    TOOL,
    Answer,
    Platform,
    begin,
    json_answer,
    serve_platform,
    sign,
)
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
        assert registry.usable_deployment(row.id, "1") == 1


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
        assert approval.registrations()[0].state is State.PENDING


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


def stand(app: Flask, state: State) -> None:
    """Let the first registration stand as whoever runs the tool decided."""
    with app.app_context():
        db.session.get_one(RegistrationRow, 1).state = state
        db.session.commit()


def launched_once(app: Flask, platform: Platform) -> None:
    """Let one person of the site come in."""
    login = begin(app, platform)
    assert login.launch(sign(platform.claims(app, login.nonce))).status_code == 303


def test_an_update_says_that_it_was_one_and_that_everything_stays(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    answer = agree(app, offer(platform, invitation))

    assert "<h1>Registration updated</h1>" in answer.text
    assert "Everything placed and written stays as it was." in answer.text
    assert "If the card “MedTOWN” shows “Activate”, press it." in answer.text
    assert "approve your site" not in answer.text


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        (State.PENDING, "Ask whoever runs this tool to approve your site."),
        (State.SUSPENDED, "Whoever runs this tool has suspended it for your site, and the update leaves it so."),
    ],
)
def test_an_update_that_approves_nothing_leaves_the_registration_as_it_stands(
    app: Flask, platform: Platform, state: State, advice: str
) -> None:
    agree(app, offer(platform, invite(app)))
    stand(app, state)

    answer = agree(app, offer(platform, invite(app, approves=False)))

    assert advice in answer.text
    with app.app_context():
        assert [row.state for row in approval.registrations()] == [state]


def test_an_update_by_an_invitation_that_approves_lifts_no_suspension(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    stand(app, State.SUSPENDED)

    answer = agree(app, offer(platform, invite(app)))

    assert "has suspended it for your site" in answer.text
    with app.app_context():
        assert approval.registrations()[0].state is State.SUSPENDED


def test_an_update_by_an_invitation_of_another_site_changes_nothing(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    with serve_platform() as other:
        invitation = invite(app)
        agree(app, offer(other, invitation))

    platform.answers["/configuration"] = json_answer(platform.configuration(jwks_uri=f"{platform.origin}/other-keys"))
    answer = agree(app, offer(platform, invitation))

    assert "already used by another Moodle site" in answer.text
    with app.app_context():
        assert registry.find_registration(platform.origin, CLIENT_ID).jwks_uri == f"{platform.origin}/keys"


def test_a_tool_registered_again_at_a_site_that_is_in_use_may_be_approved_by_its_invitation(
    app: Flask, platform: Platform
) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)
    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})

    answer = agree(app, offer(platform, invite(app)))

    assert "<h1>Registered</h1>" in answer.text
    assert "approve your site" not in answer.text


@pytest.mark.parametrize("client_id", [CLIENT_ID, "client-2"])
def test_no_invitation_approves_other_keys_for_a_site_that_is_in_use(
    app: Flask, platform: Platform, client_id: str
) -> None:
    """Somebody with an invitation for a Moodle of their own, and a file put on this one, would get its people."""
    agree(app, offer(platform, invite(app)))
    uploaded = f"{platform.origin}/pluginfile.php/keys-of-somebody.json"
    platform.answers["/configuration"] = json_answer(platform.configuration(jwks_uri=uploaded))
    platform.answers["/register"] = json_answer({"client_id": client_id, TOOL: {"deployment_id": "2"}})

    answers = [agree(app, offer(platform, invite(app))) for _ in range(2)]

    assert all("approve your site" in answer.text for answer in answers)
    with app.app_context():
        found = [row.state for row in approval.registrations() if row.jwks_uri == uploaded]
        assert found == [State.PENDING]


def test_no_invitation_approves_a_site_whose_people_are_known_and_that_has_nothing_in_use(
    app: Flask, platform: Platform
) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)
    with app.app_context():
        approval.remove(db.session.get_one(RegistrationRow, 1))
        db.session.commit()

    answer = agree(app, offer(platform, invite(app)))

    assert "<h1>Registered</h1>" in answer.text
    assert "Ask whoever runs this tool to approve your site." in answer.text


def test_no_later_invitation_approves_a_registration_that_waits(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app, approves=False)))

    answer = agree(app, offer(platform, invite(app)))

    assert "Ask whoever runs this tool to approve your site." in answer.text
    with app.app_context():
        assert approval.registrations()[0].state is State.PENDING


def test_a_site_that_is_stopped_while_it_lets_us_wait_is_not_let_in_again(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    class Late(dict[str, Answer]):
        """Answers `/register` only after whoever runs the tool has suspended the site."""

        def get(self, path: str, default: object = None) -> Answer:
            if path == "/register":
                with app.app_context():
                    approval.suspend(db.session.get_one(RegistrationRow, 1))
                    db.session.commit()
            return self[path]

    platform.answers["/register"] = json_answer({"client_id": "client-2", TOOL: {"deployment_id": "2"}})
    platform.answers = Late(platform.answers)

    answer = agree(app, offer(platform, invitation))

    assert answer.status_code == 400
    assert "This registration URL has expired." in answer.text
    assert count(app, RegistrationRow) == 1


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


def test_what_the_tool_may_do_follows_each_launch_when_an_update_changes_it(app: Flask, platform: Platform) -> None:
    agree(app, offer(platform, invite(app)))
    launched_once(app, platform)

    agree(app, offer(platform, invite(app)))
    login = begin(app, platform)
    login.launch(sign(platform.claims(app, login.nonce, **{AGS: {"scope": []}})))

    with app.app_context():
        assert [row.scopes for row in db.session.scalars(select(PlacementRow))] == [[]]
    assert [json.loads(body)["scope"].count("/scope/") for body in platform.bodies] == [5, 5]


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
