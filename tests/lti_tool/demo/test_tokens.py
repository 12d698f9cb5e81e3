"""Access tokens."""

import pytest

from lti_tool.demo.moodle.claims import LINEITEM, SCORE
from tests.lti_tool.demo.classroom import NOON, Classroom, Json, read_json


def test_a_token_lasts_an_hour(classroom: Classroom) -> None:
    answer = read_json(classroom.ask_token(f"{SCORE} {LINEITEM}"))

    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    assert set(answer["scope"].split()) == {SCORE, LINEITEM}


def test_the_answer_calls_itself_html(classroom: Classroom) -> None:
    assert classroom.ask_token(SCORE).content_type == "text/html; charset=utf-8"


def test_the_tools_key_set_is_fetched_during_the_call(classroom: Classroom) -> None:
    classroom.tool.keyset_requests.clear()

    classroom.ask_token(SCORE)

    assert classroom.tool.keyset_requests == ["/jwks.json"]


def test_scopes_that_are_not_registered_are_left_out(classroom: Classroom) -> None:
    assert read_json(classroom.ask_token(f"{SCORE} openid"))["scope"] == SCORE


def test_without_any_registered_scope_there_is_no_token(classroom: Classroom) -> None:
    answer = classroom.ask_token("openid")

    assert (answer.status_code, read_json(answer)) == (400, {"error": "invalid_scope"})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sub": "nobody"}, "invalid_client"),
        ({"iss": "nobody"}, "invalid_client"),
        ({"jti": None}, "invalid_client"),
        ({"aud": "http://localhost:1/token"}, "Audience doesn't match"),
        ({"aud": None}, 'Token is missing the "aud" claim'),
        ({"exp": NOON}, "Expired token"),
        ({"exp": None}, 'Token is missing the "exp" claim'),
        ({"exp": "soon"}, "A time is not a number"),
        ({"iat": NOON + 1}, "The token comes from the future"),
        ({"headers": {"kid": None}}, "The header of the JWT has no kid"),
    ],
    ids=str,
)
def test_a_wrong_assertion_is_refused(classroom: Classroom, changes: Json, error: str) -> None:
    answer = classroom.ask_token(SCORE, **changes)

    assert (answer.status_code, read_json(answer)) == (400, {"error": error})


def test_an_unknown_key_is_refused(classroom: Classroom) -> None:
    answer = classroom.ask_token(SCORE, headers={"kid": "another"})

    assert answer.status_code == 400
    assert read_json(answer)["error"].startswith("No usable key another")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"client_assertion": "x.y.z"}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "other"}, "unsupported_grant_type"),
    ],
    ids=str,
)
def test_a_malformed_request_is_refused(classroom: Classroom, form: Json, error: str) -> None:
    whole = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": "a.b.c",
        "scope": SCORE,
    }

    answer = classroom.app.test_client().post("/mod/lti/token.php", data={**whole, **form} if form else {})

    assert (answer.status_code, read_json(answer)) == (400, {"error": error})


def test_faults_can_be_ordered(classroom: Classroom) -> None:
    classroom.app.extensions["faults"]["token"] = [503, 429]

    statuses = [classroom.ask_token(SCORE).status_code for _ in range(3)]

    assert statuses == [503, 429, 200]
