"""The keys of a launch: the platform's are fetched and kept, and the tool's own are public."""

import pytest
from flask import Flask

from tests.lti_tool.lti.conftest import launch_row
from tests.lti_tool.platform import Answer, Platform, begin, json_answer, public_jwk, sign
from tests.lti_tool.ticking import Ticker


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"", status=503),
        Answer(body=b"<html>"),
        Answer(body=b"", status=302, headers={"Location": "http://127.0.0.1:1/"}),
        json_answer({"keys": "none"}),
        json_answer([]),
        Answer(body=b"x" * 1_100_000),
    ],
)
def test_a_key_set_that_cannot_be_read_refuses_the_launch(
    sqlite_app: Flask, sqlite_known: Platform, caplog: pytest.LogCaptureFixture, answer: Answer
) -> None:
    sqlite_known.answers["/keys"] = answer
    login = begin(sqlite_app, sqlite_known)

    refused = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce)))

    assert refused.status_code == 400
    assert ": key_set_unreadable [" in caplog.text


def test_the_key_set_is_not_fetched_for_every_launch(sqlite_app: Flask, sqlite_known: Platform) -> None:
    for _ in range(3):
        launch_row(sqlite_app, sqlite_known)

    assert [path for path, _ in sqlite_known.asked] == ["/keys"]


def test_a_platform_that_changes_its_key_is_let_in_after_a_minute(
    sqlite_app: Flask, sqlite_known: Platform, ticker: Ticker
) -> None:
    launch_row(sqlite_app, sqlite_known)
    sqlite_known.answers["/keys"] = json_answer({"keys": [public_jwk("another")]})
    ticker.move(seconds=61)
    login = begin(sqlite_app, sqlite_known)

    answer = login.launch(sign(sqlite_known.claims(sqlite_app, login.nonce), key="another", kid="another"))

    assert answer.status_code == 303


def test_the_tools_key_set_is_public_and_has_no_private_part(app: Flask) -> None:
    answer = app.test_client().get("/lti/keys")

    assert answer.json is not None
    assert [set(key) for key in answer.json["keys"]] == [{"kty", "alg", "use", "kid", "n", "e"}] * 2
