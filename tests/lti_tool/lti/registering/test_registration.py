"""Dynamic registration: invited, with one site only, and with nothing left behind where it fails."""

import json
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import db
from lti_tool.lti import registry
from lti_tool.lti.registering import approval
from lti_tool.lti.tables import InvitationRow, RegistrationRow, SiteRow, State
from tests.lti_tool.lti.registering.agreeing import PATH, agree, count, invite, offer
from tests.lti_tool.making import PUBLIC_URL
from tests.lti_tool.platform import CLIENT_ID, LAUNCH_URL, TOOL, Answer, Platform, json_answer, serve_platform


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


def test_an_invitation_is_of_no_use_to_a_second_site(app: Flask, platform: Platform) -> None:
    invitation = invite(app)
    agree(app, offer(platform, invitation))

    with serve_platform() as other:
        answer = agree(app, offer(other, invitation))

    assert answer.status_code == 400
    assert "already used by another Moodle site" in answer.text
    assert "/register" not in [path for path, _ in other.asked]
    assert count(app, RegistrationRow) == 1


@pytest.mark.parametrize("token", ["", None], ids=["empty", "missing"])
def test_a_platform_need_not_send_a_token(sqlite_app: Flask, platform: Platform, token: str | None) -> None:
    fields = offer(platform, invite(sqlite_app))
    del fields["registration_token"]
    if token is not None:
        fields["registration_token"] = token

    asked = sqlite_app.test_client().get(PATH, query_string=fields)
    agreed = agree(sqlite_app, fields)

    assert (asked.status_code, agreed.status_code) == (200, 200)
    assert platform.asked[-1] == ("/register", "")


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
