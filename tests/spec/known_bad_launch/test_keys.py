"""The platform's keys: rotated, taken away, put under an old id, of another platform, or not to be had."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.lti_tool.platform import Answer, Platform, json_answer, public_jwk, serve_platform, sign
from tests.lti_tool.ticking import Ticker
from tests.spec.known_bad_launch.refusing import assert_refused, begun

A_MINUTE = 60
"""Seconds after which a key set may be asked again."""


@pytest.fixture(scope="module")
def another_platform() -> Iterator[Platform]:
    """Serve a second platform."""
    with serve_platform() as serving:
        yield serving


def _publish(platform: Platform, **keys: str) -> None:
    """Make these the platform's keys: the id's name first, then the key's."""
    entries = [public_jwk(key, kid=kid.replace("_", "-")) for kid, key in keys.items()]
    platform.answers["/keys"] = json_answer({"keys": entries})


def _launch(app: Flask, platform: Platform, *, key: str, kid: str) -> TestResponse:
    login = begun(app, platform)
    return login.launch(sign(platform.claims(app, login.nonce), key=key, kid=kid))


def _warm_up(app: Flask, platform: Platform, ticker: Ticker) -> None:
    """Let the platform's keys become known, and let time pass until they may be asked for again."""
    assert _launch(app, platform, key="platform-key", kid="platform-key").status_code == 303
    ticker.move(seconds=A_MINUTE)


def test_a_key_that_the_platform_rotates_in_is_accepted(new_app: Flask, platform: Platform, ticker: Ticker) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, platform_key="platform-key", next="another")

    answer = _launch(new_app, platform, key="another", kid="next")

    assert answer.status_code == 303, answer.text


def test_a_key_that_the_platform_rotated_out_is_refused(
    new_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, next="another")
    assert _launch(new_app, platform, key="another", kid="next").status_code == 303

    answer = _launch(new_app, platform, key="platform-key", kid="platform-key")

    assert_refused(answer, caplog, "kid_unknown")


def test_a_key_that_was_taken_away_is_refused_within_the_hour(
    new_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, next="another")
    ticker.move(hours=1)

    answer = _launch(new_app, platform, key="platform-key", kid="platform-key")

    assert_refused(answer, caplog, "kid_unknown")


def test_a_new_key_under_an_old_id_is_accepted(new_app: Flask, platform: Platform, ticker: Ticker) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, platform_key="another")

    answer = _launch(new_app, platform, key="another", kid="platform-key")

    assert answer.status_code == 303, answer.text


def test_the_old_key_under_an_id_that_was_used_again_is_refused(
    new_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, platform_key="another")
    assert _launch(new_app, platform, key="another", kid="platform-key").status_code == 303

    answer = _launch(new_app, platform, key="platform-key", kid="platform-key")

    assert_refused(answer, caplog, "token_InvalidSignatureError")


def test_a_forged_signature_is_refused_at_the_moment_that_an_id_is_used_again(
    new_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)
    _publish(platform, platform_key="another")

    answer = _launch(new_app, platform, key="forged", kid="platform-key")

    assert_refused(answer, caplog, "token_InvalidSignatureError")
    assert len(platform.asked) == 2


def test_good_launches_do_not_make_us_ask_the_platform_again(
    new_app: Flask, platform: Platform, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)

    answer = _launch(new_app, platform, key="platform-key", kid="platform-key")

    assert answer.status_code == 303, answer.text
    assert len(platform.asked) == 1


def test_forged_signatures_make_us_ask_the_platform_no_more_than_once_a_minute(
    new_app: Flask, platform: Platform, ticker: Ticker
) -> None:
    _warm_up(new_app, platform, ticker)
    asked = []

    for _ in range(3):
        _launch(new_app, platform, key="another", kid="platform-key")
        asked.append(len(platform.asked))

    assert asked == [2, 2, 2]


def test_another_platforms_key_under_the_same_id_is_refused(
    new_app: Flask,
    platform: Platform,
    another_platform: Platform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    another_platform.register(new_app)
    _publish(another_platform, platform_key="another")
    assert _launch(new_app, another_platform, key="another", kid="platform-key").status_code == 303

    answer = _launch(new_app, platform, key="another", kid="platform-key")

    assert_refused(answer, caplog, "token_InvalidSignatureError")


def test_a_key_that_only_another_platform_has_is_refused(
    new_app: Flask,
    platform: Platform,
    another_platform: Platform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    another_platform.register(new_app)
    _publish(another_platform, theirs="another")
    assert _launch(new_app, another_platform, key="another", kid="theirs").status_code == 303

    answer = _launch(new_app, platform, key="another", kid="theirs")

    assert_refused(answer, caplog, "kid_unknown")


def test_another_platforms_message_is_refused_in_a_login_of_this_one(
    new_app: Flask,
    platform: Platform,
    another_platform: Platform,
    caplog: pytest.LogCaptureFixture,
) -> None:
    another_platform.register(new_app)
    login = begun(new_app, platform)

    answer = login.launch(sign(another_platform.claims(new_app, login.nonce)))

    assert_refused(answer, caplog, "rule_iss")


@pytest.mark.parametrize(
    "keys",
    [
        Answer(body=b"", status=503),
        Answer(body=b"<html>"),
        json_answer({"keys": {}}),
        Answer(body=b"", status=302, headers={"Location": "/elsewhere"}),
        json_answer({"keys": [], "padding": "x" * 1_000_001}),
    ],
    ids=["an error", "a page", "no list", "a redirect", "over-long"],
)
def test_a_launch_is_refused_while_the_platforms_keys_are_not_to_be_had(
    new_app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture, keys: Answer
) -> None:
    platform.answers["/keys"] = keys

    answer = _launch(new_app, platform, key="platform-key", kid="platform-key")

    assert_refused(answer, caplog, "key_set_unreadable")
