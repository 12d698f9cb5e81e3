"""What the platform says when it does not let somebody in: told in our words, and only in the browser of the login."""

import pytest
from flask import Flask

from tests.lti_tool.platform import Platform, sign
from tests.spec.known_bad_launch.refusing import FINNISH, PLATFORM_ADVICE, assert_refused, begun


def test_the_platforms_own_error_is_told_in_words_that_help(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch("", error="login_required\nforged line", error_description="Whatever it says")

    assert_refused(answer, caplog, r'platform_"login_required\nforged line"', advice=PLATFORM_ADVICE)
    assert "Whatever" not in answer.text


def test_the_platforms_error_counts_even_beside_a_good_token(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch(sign(platform.claims(app, login.nonce)), error="access_denied")

    assert_refused(answer, caplog, 'platform_"access_denied"', advice=PLATFORM_ADVICE)


def test_the_platforms_error_is_cut_short_in_the_log(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = login.launch("", error="x" * 1_000)

    assert_refused(answer, caplog, f'platform_"{"x" * 40}"', advice=PLATFORM_ADVICE)


def test_the_platforms_error_uses_up_the_state(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)
    login.launch("", error="login_required")

    answer = login.launch(sign(platform.claims(app, login.nonce)))

    assert_refused(answer, caplog, "state_unknown")


@pytest.mark.parametrize("form", [{}, {"state": ""}, {"state": "forged"}], ids=str)
def test_an_error_without_a_state_of_ours_is_nobodys(
    app: Flask, caplog: pytest.LogCaptureFixture, form: dict[str, str]
) -> None:
    answer = app.test_client().post("/lti/launch", data={"error": "login_required", **form}, headers=FINNISH)

    assert_refused(answer, caplog, "state_unknown")


def test_an_error_in_another_browser_is_not_told_as_the_platforms(
    app: Flask, platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    login = begun(app, platform)

    answer = app.test_client().post(
        "/lti/launch", data={"error": "login_required", "state": login.state}, headers=FINNISH
    )

    assert_refused(answer, caplog, "state_of_another_browser")
