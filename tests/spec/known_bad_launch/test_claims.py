"""Claims that don't hold though they are well signed. Whole numbers under `exp`, `iat`, `nbf` are seconds from now."""

import json

import pytest
from flask import Flask
from sqlalchemy import update

from lti_tool.database import db
from lti_tool.lti.tables import DeploymentRow, State
from tests.lti_tool.platform import CLIENT_ID, DL, GONE, LAUNCH_URL, Claims, Platform, login_fields, sign
from tests.spec.known_bad_launch.refusing import (
    CONTEXT,
    COURSE_ADVICE,
    DEPLOYMENT,
    FINNISH,
    LINK,
    NOT_ALLOWED_TITLE,
    OTHER,
    ROLE_ADVICE,
    ROLES,
    SUSPENDED_ADVICE,
    TARGET,
    TYPE,
    VERSION,
    WAITING_ADVICE,
    assert_refused,
    begun,
    with_changes,
)

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"

BAD_CLAIMS: dict[str, tuple[Claims, str]] = {
    "expired beyond the leeway": ({"exp": -60}, "rule_exp"),
    "expired long ago": ({"exp": 5.0}, "rule_exp"),
    "expired before there was time": ({"exp": -1e300}, "rule_exp"),
    "expires never": ({"exp": float("inf")}, "token_malformed"),
    "not valid yet": ({"nbf": 61}, "rule_nbf"),
    "valid after all time": ({"nbf": 1e300}, "rule_nbf"),
    "issued in the future": ({"iat": 61}, "rule_iat_ahead"),
    "issued after all time": ({"iat": 1e300}, "rule_iat_ahead"),
    "issued in milliseconds": ({"iat": 1_800_000_000_000.0}, "rule_iat_ahead"),
    "too old": ({"iat": -601}, "rule_iat_old"),
    "too old, though it would be valid for years": ({"iat": -601, "exp": 100_000_000}, "rule_iat_old"),
    "issued before time": ({"iat": -5.5}, "rule_iat_old"),
    "issued in a number of a thousand digits": ({"iat": 10**1_000 - 2 * 10**9}, "rule_iat_ahead"),
    "of another issuer": ({"iss": OTHER}, "rule_iss"),
    "for another client": ({"aud": "client-2"}, "rule_aud"),
    "for a client whose name begins like ours": ({"aud": CLIENT_ID + "0"}, "rule_aud"),
    "for other clients": ({"aud": ["client-2", "client-3"], "azp": CLIENT_ID}, "rule_aud"),
    "for several, none of them named": ({"aud": ["client-2", CLIENT_ID]}, "rule_azp"),
    "for several, another of them named": ({"aud": ["client-2", CLIENT_ID], "azp": "client-2"}, "rule_azp"),
    "for several, an empty one named": ({"aud": ["client-2", CLIENT_ID], "azp": ""}, "rule_azp"),
    "for us, another party named": ({"azp": "client-2"}, "rule_azp"),
    "for nobody": ({"aud": []}, "rule_aud"),
    "the nonce of nobody": ({"nonce": "made-up"}, "rule_nonce"),
    "another target": ({TARGET: f"{OTHER}/lti/launch"}, "rule_target_link_uri"),
    "a target of ours that was not asked for": ({TARGET: LAUNCH_URL + "?x=1"}, "rule_target_link_uri"),
    "a target that is nothing": ({TARGET: ""}, "rule_target_link_uri"),
    "another version": ({VERSION: "1.1.0"}, "rule_version"),
    "a version that is nearly ours": ({VERSION: "1.3"}, "rule_version"),
    "a review of nobody's work": ({TYPE: "LtiSubmissionReviewRequest"}, "rule_for_user"),
    "an unknown message": ({TYPE: "LtiUnknownRequest"}, "claim_message_type"),
    "a message in other letters": ({TYPE: "ltiresourcelinkrequest"}, "claim_message_type"),
    "a launch without an activity": ({LINK: GONE}, "rule_resource_link"),
    "a deep link without settings": ({TYPE: "LtiDeepLinkingRequest"}, "rule_deep_linking_settings"),
    "not a number": ({"exp": float("nan")}, "token_malformed"),
    "a person whose id holds half a character": ({"sub": "\ud800"}, "claim_sub"),
}


@pytest.mark.parametrize(("changes", "reason"), BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_a_message_whose_claims_do_not_hold_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: Claims, reason: str
) -> None:
    login = begun(app, platform)
    claims = platform.claims(app, login.nonce)

    answer = login.launch(sign(with_changes(claims, changes)))

    assert_refused(answer, caplog, reason)


@pytest.mark.parametrize("name", ["exp", "iat", "nbf"])
def test_a_time_too_large_for_a_number_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    login = begun(sqlite_app, platform)
    claims = _sign_text(platform.claims(sqlite_app, login.nonce, **{name: "HUGE"}), "1e999")

    answer = login.launch(claims)

    assert_refused(answer, caplog, f"claim_{name}")


def _sign_text(claims: Claims, number: str) -> str:
    """Sign claims in which a number stands that Python would not write."""
    return sign(json.dumps(claims).replace('"HUGE"', number).encode())


def test_a_deployment_that_is_not_known_waits_and_the_page_says_who_can_help(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, **{DEPLOYMENT: "2"})))

    assert_refused(answer, caplog, "deployment_pending", advice=WAITING_ADVICE)


def test_the_deployment_of_another_client_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.register(app, client_id="client-3", deployment_id="3")
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, **{DEPLOYMENT: "3"})))

    assert_refused(answer, caplog, "deployment_pending", advice=WAITING_ADVICE)


def test_a_deployment_that_was_suspended_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    platform.register(app, deployment_id="4")
    with app.app_context():
        db.session.execute(update(DeploymentRow).filter_by(deployment_id="4").values(state=State.SUSPENDED))
        db.session.commit()
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, **{DEPLOYMENT: "4"})))

    assert_refused(answer, caplog, "deployment_suspended", advice=SUSPENDED_ADVICE)


@pytest.mark.parametrize(
    "value", [GONE, None, {}, {"title": "A course"}, "2"], ids=["gone", "null", "empty", "no id", "text"]
)
def test_a_launch_that_names_no_course_says_where_to_open_it(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, value: object
) -> None:
    login = begun(sqlite_app, platform)

    answer = login.launch(sign(platform.claims(sqlite_app, login.nonce, **{CONTEXT: value})))

    assert_refused(answer, caplog, "claim_context", advice=COURSE_ADVICE)


FOREIGN_TARGETS = {
    "another host": "https://other.example.org/lti/launch",
    "another scheme": LAUNCH_URL.replace("http:", "https:"),
    "the scheme in capitals": LAUNCH_URL.replace("http:", "HTTP:"),
    "another port": LAUNCH_URL.replace(":8000", ":8001"),
    "no port": LAUNCH_URL.replace(":8000", ""),
    "a dot after the host": LAUNCH_URL.replace(":8000", ".:8000"),
    "a name before the host": LAUNCH_URL.replace("//", "//somebody@"),
    "our host as a name": LAUNCH_URL.replace("/lti", "@other.example.org/lti"),
    "our host's beginning": LAUNCH_URL.replace(":8000", ":8000.other.example.org"),
    "the host by another name": LAUNCH_URL.replace("127.0.0.1", "localhost"),
    "the path in capitals": LAUNCH_URL.replace("launch", "Launch"),
    "a longer path": LAUNCH_URL + "/more",
    "a slash at the end": LAUNCH_URL + "/",
    "a path up and down": LAUNCH_URL.replace("/lti", "/x/../lti"),
    "a path with an encoded letter": LAUNCH_URL.replace("launch", "%6caunch"),
    "a query": LAUNCH_URL + "?next=https://other.example.org",
    "a fragment": LAUNCH_URL + "#x",
    "a target within": LAUNCH_URL + "?target_link_uri=" + LAUNCH_URL,
    "a space before it": " " + LAUNCH_URL,
    "a line's end after it": LAUNCH_URL + "\n",
    "a path alone": "/lti/launch",
    "no address": "javascript:alert(1)",
}


@pytest.mark.parametrize("target", FOREIGN_TARGETS.values(), ids=FOREIGN_TARGETS)
def test_a_target_other_than_the_logins_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, target: str
) -> None:
    login = begun(sqlite_app, platform)

    answer = login.launch(sign(platform.claims(sqlite_app, login.nonce, **{TARGET: target})))

    assert_refused(answer, caplog, "rule_target_link_uri")


@pytest.mark.parametrize("target", FOREIGN_TARGETS.values(), ids=FOREIGN_TARGETS)
def test_a_login_for_a_foreign_target_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, target: str
) -> None:
    fields = login_fields(platform, target_link_uri=target)

    answer = sqlite_app.test_client().post("/lti/login", data=fields, headers=FINNISH)

    assert_refused(answer, caplog, "login_target")


BAD_SETTINGS: dict[str, Claims] = {
    "an answer to another host": {"deep_link_return_url": "https://other.example.org/contentitem_return.php"},
    "an answer to a script": {"deep_link_return_url": "javascript://{host}/%0aalert(1)"},
    "an answer by another scheme": {"deep_link_return_url": "https://{host}/contentitem_return.php"},
    "an answer to a name before another host": {"deep_link_return_url": "http://{host}@other.example.org/"},
    "an answer to a host that begins like it": {"deep_link_return_url": "http://{host}.other.example.org/"},
    "an answer to a path": {"deep_link_return_url": "/contentitem_return.php"},
    "an answer to no address": {"deep_link_return_url": "http://["},
    "other kinds of content": {"accept_types": ["link", "file"]},
    "no kind of content": {"accept_types": []},
}


@pytest.mark.parametrize("changes", BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_a_deep_link_that_we_cannot_answer_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: Claims
) -> None:
    login = begun(app, platform)
    claims = platform.deep_linking_claims(app, login.nonce)
    claims[DL].update(changes)
    claims[DL]["deep_link_return_url"] = claims[DL]["deep_link_return_url"].format(
        host=platform.origin.removeprefix("http://")
    )

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, "rule_deep_linking_settings")


@pytest.mark.parametrize("end", ["\0", "\ud800", "\r\nX: y", " ", "é"], ids=ascii)
def test_a_deep_link_whose_answer_would_go_to_no_address_is_refused(
    sqlite_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, end: str
) -> None:
    login = begun(sqlite_app, platform)
    claims = platform.deep_linking_claims(sqlite_app, login.nonce)
    claims[DL]["deep_link_return_url"] += end

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, "rule_deep_linking_settings")


NO_ROLE_HERE: dict[str, list[str]] = {
    "none": [],
    "of the site": ["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"],
    "of the institution": ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"],
    "a mentor": [f"{MEMBERSHIP}#Mentor"],
    "an observer": [f"{MEMBERSHIP}#Manager", f"{MEMBERSHIP}/Manager#Observer"],
    "unknown": [f"{MEMBERSHIP}#Wizard", "Wizard"],
}


@pytest.mark.parametrize("roles", NO_ROLE_HERE.values(), ids=NO_ROLE_HERE)
def test_who_has_no_role_in_the_course_is_told_whom_to_ask(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, roles: list[str]
) -> None:
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, **{ROLES: roles})))

    assert_refused(answer, caplog, "role_unknown", title=NOT_ALLOWED_TITLE, advice=ROLE_ADVICE)
