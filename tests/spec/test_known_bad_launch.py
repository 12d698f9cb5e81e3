"""Known bad launches: each is refused with a page that says what to do, and its reason in the log.

The platform signs and serves its key set as a real one does; the tool is the whole application, on each database.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.errors import LaunchRefused
from lti_tool.lti.registry import WAITING
from lti_tool.lti.views import PLATFORM_REFUSED
from tests.lti_tool.making import close_app, make_app, new_postgresql_database, new_sqlite_database
from tests.lti_tool.signing import (
    AGS,
    CLIENT_ID,
    DL,
    GONE,
    LAUNCH_URL,
    LTI,
    Begun,
    Claims,
    Platform,
    begin,
    encoded,
    login_fields,
    serve_platform,
    sign,
    signing_key,
)
from tests.lti_tool.ticking import Ticker

FINNISH = {"Accept-Language": "fi, en;q=0.5"}
"""A language that only this test has a catalogue for."""
TITLE = "Tehtävää ei voitu avata"
ADVICE = "Palaa Moodleen ja avaa tehtävä uudelleen."
PLATFORM_ADVICE = "Kirjaudu Moodleen uudelleen."
UNAPPROVED = "Tätä Moodlea ei ole vielä hyväksytty."
UNREGISTERED = "Tätä Moodlea ei ole rekisteröity."
OTHER = "https://other.example.org"


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """Serve one platform for all rows."""
    with serve_platform() as serving:
        yield serving


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, platform: Platform
) -> Iterator[Flask]:
    """Give the tool, which knows the platform; each row begins a login of its own."""
    folder = tmp_path_factory.mktemp("tool")
    if request.param == "sqlite":
        url = new_sqlite_database(folder)
    else:
        url = new_postgresql_database(request.getfixturevalue("postgresql"))
    application = make_app(url, Ticker(), TRANSLATIONS_DIR=str(_finnish(folder)))
    platform.register(application)
    yield application
    close_app(application)


def _finnish(folder: Path) -> Path:
    catalogue = Catalog(locale="fi")
    catalogue.add(str(LaunchRefused.title), TITLE)
    catalogue.add(str(LaunchRefused.advice), ADVICE)
    catalogue.add(str(PLATFORM_REFUSED), PLATFORM_ADVICE)
    catalogue.add(str(WAITING), UNAPPROVED)
    catalogue.add(
        "This Moodle site is not registered with the tool. Ask your administrator to register it.", UNREGISTERED
    )
    (folder / "fi/LC_MESSAGES").mkdir(parents=True)
    with (folder / "fi/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


def begun(app: Flask, platform: Platform) -> Begun:
    """Begin a login in a browser that asks for Finnish."""
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = FINNISH["Accept-Language"]
    return begin(app, platform, browser)


def assert_refused(
    answer: TestResponse, caplog: pytest.LogCaptureFixture, reason: str, *, advice: str = ADVICE
) -> None:
    """Hold an answer against what every refusal must be."""
    assert answer.status_code in (400, 403)
    assert TITLE in answer.text
    assert advice in answer.text
    assert '<html lang="fi" dir="ltr">' in answer.text
    assert "__Secure-launch=" not in str(answer.headers)
    assert f": {reason} [" in caplog.text


# Tokens that were not signed by the platform, or not as they must be


def _with_another_mac(claims: Claims) -> str:
    """Sign with the platform's public key as if it were a shared secret."""
    public = signing_key("platform-key").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{encoded({'alg': 'HS256', 'kid': 'platform-key'})}.{encoded(claims)}"
    return f"{signed}.{encoded(hmac.digest(public, signed.encode(), hashlib.sha256))}"


def _with_another_hash(claims: Claims) -> str:
    signed = f"{encoded({'alg': 'RS512', 'kid': 'platform-key'})}.{encoded(claims)}"
    return f"{signed}.{encoded(signing_key('platform-key').sign(signed.encode(), PKCS1v15(), SHA512()))}"


def _with_another_body(claims: Claims) -> str:
    head, _, signature = sign(claims).split(".")
    return f"{head}.{encoded({**claims, 'sub': '6'})}.{signature}"


FORGED: dict[str, tuple[Callable[[Claims], str], str]] = {
    "unsigned": (lambda claims: f"{encoded({'alg': 'none', 'kid': 'platform-key'})}.{encoded(claims)}.", "header"),
    "signed with the public key as a secret": (_with_another_mac, "header"),
    "signed with another algorithm": (_with_another_hash, "header"),
    "named RS256, signed with another hash": (
        lambda claims: (
            f"{encoded({'alg': 'RS256', 'kid': 'platform-key'})}." + _with_another_hash(claims).split(".", 1)[1]
        ),
        "token_InvalidSignatureError",
    ),
    "no algorithm named": (lambda claims: sign(claims, alg=GONE), "header"),
    "no key named": (lambda claims: sign(claims, kid=GONE), "header"),
    "a key id that is a number": (lambda claims: sign(claims, kid=7), "header"),
    "an unknown key id": (lambda claims: sign(claims, key="another", kid="another"), "kid_unknown"),
    "another key under the platform's id": (lambda claims: sign(claims, key="another"), "token_InvalidSignatureError"),
    "a key of its own in the header": (
        lambda claims: sign(claims, key="another", jwk={"kty": "RSA"}, jku="http://localhost/"),
        "token_InvalidSignatureError",
    ),
    "a body changed after signing": (_with_another_body, "token_InvalidSignatureError"),
    "no signature": (lambda claims: sign(claims).rsplit(".", 1)[0] + ".", "token_InvalidSignatureError"),
    "no third part": (lambda claims: sign(claims).rsplit(".", 1)[0], "token_LtiException"),
    "no token": (lambda _: "", "token_LtiException"),
    "no JSON": (lambda _: "e30.bm8.e30", "token_LtiException"),
    "not UTF-8": (lambda _: f"{encoded({})}.{encoded(bytes([255, 254]))}.", "token_LtiException"),
    "a list as header": (lambda claims: f"{encoded([])}.{encoded(claims)}.", "header"),
    "a list as body": (lambda _: sign([]), "token_AttributeError"),
    "nested deeper than Python reads": (lambda _: sign(b"[" * 40_000), "token_LtiException"),
    "over-long": (lambda claims: sign({**claims, "name": "x" * 64_000}), "token_too_long"),
}


@pytest.mark.parametrize(("forge", "reason"), FORGED.values(), ids=FORGED)
def test_a_token_that_the_platform_did_not_sign_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, forge: Callable[[Claims], str], reason: str
) -> None:
    login = begun(app, platform)

    answer = login.launch(forge(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, reason)


# Claims that don't hold, well signed. Numbers under `exp`, `iat` and `nbf` are seconds from now.

DEPLOYMENT, TARGET, ROLES = f"{LTI}deployment_id", f"{LTI}target_link_uri", f"{LTI}roles"
CONTEXT, LINK, TYPE, VERSION = f"{LTI}context", f"{LTI}resource_link", f"{LTI}message_type", f"{LTI}version"
TIMES = ("exp", "iat", "nbf")

BAD_CLAIMS: dict[str, tuple[Claims, str]] = {
    "expired beyond the leeway": ({"exp": -61}, "rule_exp"),
    "not valid yet": ({"nbf": 61}, "rule_nbf"),
    "issued in the future": ({"iat": 61}, "rule_iat_ahead"),
    "too old": ({"iat": -601}, "rule_iat_old"),
    "of another issuer": ({"iss": OTHER}, "rule_iss"),
    "for another client": ({"aud": "client-2"}, "rule_aud"),
    "for other clients": ({"aud": ["client-2", "client-3"], "azp": CLIENT_ID}, "rule_aud"),
    "for several, none of them named": ({"aud": ["client-2", CLIENT_ID]}, "rule_azp"),
    "for several, another of them named": ({"aud": ["client-2", CLIENT_ID], "azp": "client-2"}, "rule_azp"),
    "for us, another party named": ({"azp": "client-2"}, "rule_azp"),
    "the nonce of nobody": ({"nonce": "made-up"}, "rule_nonce"),
    "another target": ({TARGET: f"{OTHER}/lti/launch"}, "rule_target_link_uri"),
    "a target of ours that was not asked for": ({TARGET: LAUNCH_URL + "?x=1"}, "rule_target_link_uri"),
    "another version": ({VERSION: "1.1.0"}, "rule_version"),
    "a message that we do not answer": ({TYPE: "LtiSubmissionReviewRequest"}, "claim_message_type"),
    "an unknown message": ({TYPE: "LtiUnknownRequest"}, "claim_message_type"),
    "a deep link without settings": ({TYPE: "LtiDeepLinkingRequest"}, "rule_deep_linking_settings"),
    "no exp": ({"exp": GONE}, "claim_exp"),
    "no iat": ({"iat": GONE}, "claim_iat"),
    "no nonce": ({"nonce": GONE}, "claim_nonce"),
    "no aud": ({"aud": GONE}, "claim_aud"),
    "no iss": ({"iss": GONE}, "token_LtiException"),
    "no sub": ({"sub": GONE}, "claim_sub"),
    "no deployment": ({DEPLOYMENT: GONE}, "claim_deployment_id"),
    "no target": ({TARGET: GONE}, "claim_target_link_uri"),
    "no roles": ({ROLES: GONE}, "claim_roles"),
    "no course": ({CONTEXT: GONE}, "claim_context"),
    "no activity": ({LINK: GONE}, "rule_resource_link"),
    "no message": ({TYPE: GONE}, "claim_message_type"),
    "no version": ({VERSION: GONE}, "claim_version"),
    "exp is text": ({"exp": "soon"}, "claim_exp"),
    "exp is true": ({"exp": True}, "claim_exp"),
    "exp is not a number": ({"exp": float("nan")}, "rule_exp"),
    "iat is text": ({"iat": "now"}, "claim_iat"),
    "iat is not a number": ({"iat": float("nan")}, "rule_iat_ahead"),
    "nbf is a list": ({"nbf": []}, "claim_nbf"),
    "aud is a number": ({"aud": 5}, "claim_aud"),
    "aud is empty": ({"aud": []}, "rule_aud"),
    "sub is a number": ({"sub": 5}, "token_InvalidSubjectError"),
    "sub is too long": ({"sub": "x" * 256}, "claim_sub"),
    "sub holds a NUL": ({"sub": "5\0"}, "claim_sub"),
    "sub is no Unicode": ({"sub": "\ud800"}, "claim_sub"),
    "the name is a list": ({"name": ["Trainee"]}, "claim_name"),
    "the nonce is a list": ({"nonce": []}, "claim_nonce"),
    "the deployment is a number": ({DEPLOYMENT: 1}, "claim_deployment_id"),
    "the deployment is an object": ({DEPLOYMENT: {"id": "1"}}, "claim_deployment_id"),
    "the roles are text": ({ROLES: "Instructor"}, "claim_roles"),
    "a role is a number": ({ROLES: [5]}, "claim_roles"),
    "the course is a list": ({CONTEXT: ["2"]}, "claim_context"),
    "the course's id is a number": ({CONTEXT: {"id": 2}}, "claim_context"),
    "the activity is text": ({LINK: "7"}, "claim_resource_link"),
    "custom is a list": ({f"{LTI}custom": ["exercise/needs-matrix"]}, "claim_custom"),
    "the grade service is text": ({AGS: "here"}, "claim_endpoint"),
}


@pytest.mark.parametrize(("changes", "reason"), BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_a_message_whose_claims_do_not_hold_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: Claims, reason: str
) -> None:
    login = begun(app, platform)
    claims = platform.claims(app, login.nonce)

    answer = login.launch(sign(_changed(claims, changes)))

    assert_refused(answer, caplog, reason)


def _changed(claims: Claims, changes: Claims) -> Claims:
    moved = {
        name: claims["iat"] + value if name in TIMES and type(value) is int else value
        for name, value in changes.items()
    }
    return {name: value for name, value in {**claims, **moved}.items() if value is not GONE}


def test_a_deployment_that_is_not_known_waits_and_the_page_says_who_can_help(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce, **{DEPLOYMENT: "2"})))

    assert_refused(answer, caplog, "deployment_pending", advice=UNAPPROVED)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example.org/contentitem_return.php",
        "javascript://{host}/%0aalert(1)",
        "https://{host}/contentitem_return.php",
        "http://[",
    ],
)
def test_a_deep_link_whose_answer_would_go_elsewhere_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    login = begun(app, platform)
    claims = platform.deep_linking_claims(app, login.nonce)
    claims[DL]["deep_link_return_url"] = url.format(host=platform.origin.removeprefix("http://"))

    answer = login.launch(sign(claims))

    assert_refused(answer, caplog, "rule_deep_linking_settings")


# Logins that were not begun here, not by this browser, or not now


def test_the_nonce_of_one_login_is_refused_with_the_state_of_another(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login, other = begun(app, platform), begun(app, platform)

    answer = login.launch(sign(platform.claims(app, other.nonce)))

    assert_refused(answer, caplog, "rule_nonce")


@pytest.mark.parametrize("state", ["", "forged", "\0", "x" * 10_000])
def test_a_state_that_is_missing_or_forged_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))

    answer = login.browser.post("/lti/launch", data={"state": state, "id_token": token})

    assert_refused(answer, caplog, "state_unknown")


def test_a_state_is_refused_the_second_time(app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    login = begun(app, platform)
    token = sign(platform.claims(app, login.nonce))
    login.launch(token)

    answer = login.launch(token)

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
    form = {"state": login.state, "id_token": sign(platform.claims(app, login.nonce))}
    cookies = _cookie_header(login)

    def launch(_: int) -> int:
        return app.test_client(use_cookies=False).post("/lti/launch", data=form, headers=cookies).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(launch, range(8)))

    assert statuses == [303, *[400] * 7]


def _cookie_header(login: Begun) -> dict[str, str]:
    name = f"__Secure-login-{hashlib.sha256(login.state.encode()).hexdigest()[:16]}"
    cookie = login.browser.get_cookie(name, path="/lti")
    assert cookie is not None
    return {"Cookie": f"{name}={cookie.value}"}


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
    [value] = _cookie_header(mine).values()
    name = next(iter(_cookie_header(theirs).values())).split("=")[0]
    mine.browser.set_cookie(name, value.split("=")[1], path="/lti")
    token = sign(platform.claims(app, theirs.nonce))

    answer = mine.browser.post("/lti/launch", data={"state": theirs.state, "id_token": token})

    assert_refused(answer, caplog, "state_of_another_browser")


def test_the_platforms_own_error_is_told_in_words_that_help(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch("", error="login_required\nforged line", error_description="Whatever it says")

    assert_refused(answer, caplog, r'platform_"login_required\nforged line"', advice=PLATFORM_ADVICE)
    assert "Whatever" not in answer.text


def test_an_over_long_body_is_refused(app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    login = begun(app, platform)

    answer = login.launch("x" * 1_100_000)

    assert_refused(answer, caplog, "body_unreadable")


def test_a_body_that_is_not_utf_8_is_refused(app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture) -> None:
    login = begun(app, platform)

    answer = login.browser.post(
        "/lti/launch", data=b"state=\xff\xfe&id_token=\xff", content_type="application/x-www-form-urlencoded"
    )

    assert_refused(answer, caplog, "state_unknown")


BAD_LOGINS: dict[str, tuple[dict[str, str], str]] = {
    "no issuer": ({"iss": ""}, "login_incomplete"),
    "no hint": ({"login_hint": ""}, "login_incomplete"),
    "a foreign target": ({"target_link_uri": f"{OTHER}/lti/launch"}, "login_target"),
    "no target": ({"target_link_uri": ""}, "login_target"),
    "an over-long hint": ({"login_hint": "x" * 8_001}, "login_too_long"),
    "an over-long message hint": ({"lti_message_hint": "x" * 8_001}, "login_too_long"),
    "a NUL in the issuer": ({"iss": "\0"}, "login_unreadable"),
    "a NUL in the client": ({"client_id": "\0"}, "login_unreadable"),
    "a NUL in the hint": ({"login_hint": "\0"}, "login_unreadable"),
    "a NUL in the message hint": ({"lti_message_hint": "\0"}, "login_unreadable"),
    "an over-long body": ({"login_hint": "x" * 1_100_000}, "body_unreadable"),
}


@pytest.mark.parametrize(("changes", "reason"), BAD_LOGINS.values(), ids=BAD_LOGINS)
def test_a_login_that_does_not_hold_together_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: dict[str, str], reason: str
) -> None:
    answer = app.test_client().post("/lti/login", data=login_fields(platform, **changes), headers=FINNISH)

    assert_refused(answer, caplog, reason)


@pytest.mark.parametrize("changes", [{"iss": OTHER}, {"client_id": "client-2"}, {"iss": OTHER, "client_id": ""}])
def test_a_login_from_a_platform_that_is_not_known_is_refused(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, changes: dict[str, str]
) -> None:
    answer = app.test_client().post("/lti/login", data=login_fields(platform, **changes), headers=FINNISH)

    assert_refused(answer, caplog, "registration_unknown", advice=UNREGISTERED)


# And what must be let in


GOOD_CLAIMS: dict[str, Claims] = {
    "as Moodle sends it": {},
    "a second before the leeway ends": {"exp": -59},
    "issued by a clock that is ahead": {"iat": 59, "exp": 119},
    "valid by a clock that is ahead": {"nbf": 59},
    "nine minutes old": {"iat": -540},
    "times with fractions": {"nbf": 0.5},
    "for a list of one": {"aud": [CLIENT_ID]},
    "for several, ours second and named": {"aud": ["client-2", CLIENT_ID], "azp": CLIENT_ID},
    "for us, and named": {"azp": CLIENT_ID},
    "without names": {"name": GONE, "email": GONE},
    "with names that are empty": {"name": None, "email": ""},
    "without a grade service": {AGS: GONE},
    "without anything custom": {f"{LTI}custom": GONE},
    "without a presentation": {f"{LTI}launch_presentation": GONE},
    "with claims that we don't know": {f"{LTI}unknown": {"a": [1]}},
    "with texts longer than a column": {
        "name": "x" * 300,
        "email": "y" * 300,
        CONTEXT: {"id": "2", "title": "z" * 300},
    },
    "with a locale and a zone longer than a column": {
        f"{LTI}launch_presentation": {"locale": "l" * 300},
        f"{LTI}custom": {"timezone": "t" * 300, "activity": "a" * 300},
    },
    "with texts that hold what a database won't": {
        "name": "Trainee\0 \ud800One",
        "email": "\0",
        CONTEXT: {"id": "2", "title": "\0\ud800"},
        LINK: {"id": "7", "title": "\0\ud800"},
        f"{LTI}launch_presentation": {"locale": "\0\ud800", "return_url": "\0\ud800"},
        f"{LTI}custom": {"timezone": "\0\ud800", "activity": "\0\ud800"},
    },
}


@pytest.mark.parametrize("changes", GOOD_CLAIMS.values(), ids=GOOD_CLAIMS)
def test_a_good_launch_is_let_in(app: Flask, platform: Platform, changes: Claims) -> None:
    login = begun(app, platform)
    claims = platform.claims(app, login.nonce)

    answer = login.launch(sign(_changed(claims, changes)))

    assert answer.status_code == 303, answer.text
    assert answer.location.startswith("/l/")


def test_what_is_secret_is_neither_in_the_log_nor_on_the_page(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refused, let_in = begun(app, platform), begun(app, platform)
    bad, good = sign(platform.claims(app, "x")), sign(platform.claims(app, let_in.nonce))

    answer = refused.launch(bad)
    let_in.launch(good)

    secrets: list[Any] = [refused.state, refused.nonce, let_in.state, let_in.nonce, *bad.split("."), *good.split(".")]
    assert [secret for secret in secrets if secret in caplog.text + answer.text] == []
    assert "Trainee" not in caplog.text + answer.text
