"""What must be let in: a check that refuses too much is as wrong as one that refuses too little."""

import pytest
from flask import Flask

from tests.lti_tool.platform import AGS, CLIENT_ID, DL, GONE, LTI, Claims, Platform, sign
from tests.spec.known_bad_launch.refusing import CONTEXT, CUSTOM, LINK, PRESENTATION, ROLES, begun, with_changes

LONG = 40_000
"""Characters of an activity's description, which Moodle puts into every token, six or twelve letters for each."""

GOOD_CLAIMS: dict[str, Claims] = {
    "as Moodle sends it": {},
    "a second before the leeway ends": {"exp": -59},
    "valid for years": {"exp": 100_000_000},
    "issued by a clock that is ahead": {"iat": 60, "exp": 119},
    "valid by a clock that is ahead": {"nbf": 60},
    "ten minutes old": {"iat": -600},
    "valid since before time": {"nbf": -5.5},
    "for a list of one": {"aud": [CLIENT_ID]},
    "for several, ours second and named": {"aud": ["client-2", CLIENT_ID], "azp": CLIENT_ID},
    "for us twice, and named": {"aud": [CLIENT_ID, CLIENT_ID], "azp": CLIENT_ID},
    "for us, and named": {"azp": CLIENT_ID},
    "without names": {"name": GONE, "email": GONE},
    "with names that are empty": {"name": None, "email": ""},
    "without a grade service": {AGS: GONE},
    "with a grade service that offers nothing": {AGS: {}},
    "without anything custom": {CUSTOM: GONE},
    "without a presentation": {PRESENTATION: GONE},
    "with claims that we don't know": {f"{LTI}unknown": {"a": [1]}, "jti": 5},
    "a role in short": {ROLES: ["Learner"]},
    "somebody who is tried out": {
        ROLES: [
            "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
            "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",
        ]
    },
    "ids as long as a column": {"sub": "x" * 255, CONTEXT: {"id": "y" * 255}, LINK: {"id": "z" * 255}},
    "with texts longer than a column": {
        "name": "x" * 300,
        "email": "y" * 300,
        CONTEXT: {"id": "2", "title": "z" * 300},
    },
    "with a locale and a zone longer than a column": {
        PRESENTATION: {"locale": "l" * 300},
        CUSTOM: {"timezone": "t" * 300, "activity": "a" * 300},
    },
    "with more groups than we keep": {CUSTOM: {"group_ids": "7," * 5_000}},
    "with addresses longer than we keep": {
        PRESENTATION: {"return_url": "http://localhost/" + "x" * 3_000},
        AGS: {"lineitem": "http://localhost/" + "x" * 3_000, "scope": ["y" * 3_000]},
    },
    "with a long description in Arabic": {LINK: {"id": "7", "description": "م" * LONG}},
    "with a long description in Greek": {LINK: {"id": "7", "description": "ω" * LONG}},
    "with a long description in emoji": {LINK: {"id": "7", "description": "\U0001f600" * LONG}},
    "with texts that hold what a database won't": {
        "name": "Trainee\0 \ud800One",
        "email": "\0",
        CONTEXT: {"id": "2", "title": "\0\ud800"},
        LINK: {"id": "7", "title": "\0\ud800"},
        PRESENTATION: {"locale": "\0\ud800", "return_url": "\0\ud800"},
        CUSTOM: {"timezone": "\0\ud800", "activity": "\0\ud800", "group_ids": "\0\ud800", "\0": "\ud800"},
        AGS: {"lineitem": "\0\ud800", "scope": ["\0\ud800"]},
    },
}


@pytest.mark.parametrize("changes", GOOD_CLAIMS.values(), ids=GOOD_CLAIMS)
def test_a_good_launch_is_let_in(app: Flask, platform: Platform, changes: Claims) -> None:
    login = begun(app, platform)
    claims = platform.claims(app, login.nonce)

    answer = login.launch(sign(with_changes(claims, changes)))

    assert answer.status_code == 303, answer.text
    assert answer.location.startswith("/l/")


@pytest.mark.parametrize(
    "data", [GONE, None, "", "\0\ud800", "x" * 10_000], ids=["gone", "null", "empty", "no Unicode", "long"]
)
def test_a_good_deep_link_is_let_in(app: Flask, platform: Platform, data: object) -> None:
    login = begun(app, platform)
    claims = platform.deep_linking_claims(app, login.nonce)
    claims[DL] = with_changes(claims[DL], {"data": data})

    answer = login.launch(sign(claims))

    assert answer.status_code == 303, answer.text
    assert answer.location.endswith("/pick")


@pytest.mark.parametrize("targets", [GONE, [], None, 5], ids=["gone", "empty", "null", "number"])
def test_a_deep_link_need_not_say_how_an_activity_may_be_shown(
    sqlite_app: Flask, platform: Platform, targets: object
) -> None:
    login = begun(sqlite_app, platform)
    claims = platform.deep_linking_claims(sqlite_app, login.nonce)
    claims[DL] = with_changes(claims[DL], {"accept_presentation_document_targets": targets})

    answer = login.launch(sign(claims))

    assert answer.status_code == 303, answer.text
