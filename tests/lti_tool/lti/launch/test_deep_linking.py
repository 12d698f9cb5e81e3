"""The picker: what is chosen goes back to the platform, signed, and to nobody else."""

import re
import time
from collections.abc import Callable
from html import unescape
from typing import Any

import jwt
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.lti.keys import tool_keys
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import RegistrationRow
from tests.lti_tool.entering import Client
from tests.lti_tool.making import packaged_curriculum
from tests.lti_tool.platform import LAUNCH_URL

ISSUER = "http://localhost:8100"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
RETURN = f"{ISSUER}/mod/lti/contentitem_return.php?course=2&sesskey=x"
MATRIX, MAP, UNIT = "exercise/needs-matrix", "exercise/power-interest-map", "unit/needs-and-satisfiers"


@pytest.fixture
def choose(sqlite_app: Flask, sqlite_enter: Callable[..., Client]) -> Callable[..., tuple[Client, TestResponse]]:
    """Give a function that chooses activities as a trainer."""

    def choose(
        *activities: str, multiple: bool = True, data: str | None = None, path: str = "pick"
    ) -> tuple[Client, TestResponse]:
        settings = DeepLinking(return_url=RETURN, accept_multiple=multiple, data=data)
        trainer = sqlite_enter(sub="trainer-1", role=Role.TRAINER, deep_linking=settings)
        return trainer, trainer.post(path, activity=list(activities))

    return choose


def message(app: Flask, answer: TestResponse) -> dict[str, Any]:
    """Read the signed answer as the platform does."""
    found = re.search(r'name="JWT" value="([^"]+)"', answer.text)
    assert found
    with app.app_context():
        key_set = jwt.PyJWKSet.from_dict(tool_keys.key_set())
    key = key_set[jwt.get_unverified_header(found[1])["kid"]]
    claims: dict[str, Any] = jwt.decode(found[1], key, ["RS256"], audience=ISSUER, issuer="client-1")
    return claims


Choose = Callable[..., tuple[Client, TestResponse]]


def test_the_answer_is_signed_for_the_platform_and_its_deployment(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(MATRIX)

    claims = message(sqlite_app, answer)

    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}deployment_id"] == "1"
    assert claims["nonce"]


def test_a_platform_whose_clock_is_five_seconds_behind_takes_the_answer(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(MATRIX)

    claims = message(sqlite_app, answer)

    assert claims["iat"] <= time.time() - 5
    assert claims["exp"] - claims["iat"] == 605


def test_an_exercise_comes_with_its_line_item_and_what_identifies_it(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(MATRIX)

    [item] = message(sqlite_app, answer)[f"{DL}content_items"]

    assert item["type"] == "ltiResourceLink"
    assert item["url"] == LAUNCH_URL
    assert item["custom"] == {"activity": MATRIX}
    assert item["title"]
    assert item["text"]
    assert item["lineItem"]["resourceId"] == MATRIX
    assert item["lineItem"]["tag"] == "exercise"
    assert type(item["lineItem"]["scoreMaximum"]) is int
    assert 0 < item["lineItem"]["scoreMaximum"] <= 100


def test_a_unit_comes_without_a_line_item(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(UNIT)

    [item] = message(sqlite_app, answer)[f"{DL}content_items"]

    assert "lineItem" not in item


def test_several_activities_go_back_at_once_in_the_catalogues_order(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(MAP, UNIT, MATRIX)

    items = message(sqlite_app, answer)[f"{DL}content_items"]

    assert [item["custom"]["activity"] for item in items] == [UNIT, MATRIX, MAP]


@pytest.mark.parametrize(("data", "sent"), [("opaque", {"opaque"}), (None, set())])
def test_what_the_platform_gave_goes_back_and_nothing_else(
    sqlite_app: Flask, choose: Choose, data: str | None, sent: set[str]
) -> None:
    _, answer = choose(MATRIX, data=data)

    claims = message(sqlite_app, answer)

    assert {claims[name] for name in claims if name == f"{DL}data"} == sent


def test_the_form_leads_to_the_platform_and_the_headers_allow_just_that(choose: Choose) -> None:
    _, answer = choose(MATRIX)

    form = re.search(r'<form method="post" action="([^"]+)"', answer.text)
    assert form
    assert unescape(form[1]) == RETURN
    policy = answer.headers["Content-Security-Policy"]
    assert f"form-action 'self' {ISSUER};" in policy
    assert policy.endswith(f"frame-ancestors {ISSUER}")


@pytest.mark.parametrize(("path", "passes_on"), [("pick", False), ("pick?awaited=1", True)])
def test_only_a_tab_that_a_page_of_ours_opened_passes_its_choice_on(
    choose: Choose,
    path: str,
    passes_on: bool,  # noqa: FBT001 - of a table
) -> None:
    _, answer = choose(MATRIX, path=path)

    assert ("data-awaited" in answer.text) is passes_on


def test_nothing_chosen_is_asked_again(choose: Choose) -> None:
    _, answer = choose()

    assert answer.status_code == 422
    assert "Choose at least one activity." in answer.text
    assert "JWT" not in answer.text


@pytest.mark.parametrize("activity", ["exercise/no-such", "unit", "../../etc/passwd", "community/feed\0"])
def test_what_the_catalogue_does_not_hold_cannot_be_placed(choose: Choose, activity: str) -> None:
    _, answer = choose(activity)

    assert answer.status_code == 422


def test_where_the_platform_takes_one_two_are_refused(choose: Choose) -> None:
    _, answer = choose(MATRIX, MAP, multiple=False)

    assert answer.status_code == 422
    assert "Moodle takes only one activity here. Choose one." in answer.text


def test_what_was_refused_stays_ticked(choose: Choose) -> None:
    _, answer = choose(MATRIX, MAP, multiple=False)

    ticked = re.findall(r'<input [^>]*value="([^"]+)"[^>]* checked>', answer.text)
    assert ticked == [MATRIX, MAP]


@pytest.mark.parametrize(("multiple", "kind"), [(True, "checkbox"), (False, "radio")])
def test_the_picker_offers_every_activity_once(choose: Choose, multiple: bool, kind: str) -> None:  # noqa: FBT001
    trainer, _ = choose(multiple=multiple)

    page = trainer.get("pick").text

    offered = re.findall(rf'<input type="{kind}" name="activity" value="([^"]+)"', page)
    assert {UNIT, MATRIX, MAP} <= set(offered)
    assert len(offered) == len(set(offered))
    assert ("data-whole-module" in page) is multiple


def test_no_line_item_asks_for_more_than_the_sites_largest_grade(sqlite_app: Flask, choose: Choose) -> None:
    choose(MATRIX)
    with sqlite_app.app_context():
        db.session.get_one(RegistrationRow, 1).largest_grade = 50
        db.session.commit()

    _, answer = choose(MATRIX, MAP)

    items = message(sqlite_app, answer)[f"{DL}content_items"]
    assert [item["lineItem"]["scoreMaximum"] for item in items] == [50, 50]


def test_a_line_item_offers_its_submissions_for_review(sqlite_app: Flask, choose: Choose) -> None:
    _, answer = choose(MATRIX)

    [item] = message(sqlite_app, answer)[f"{DL}content_items"]

    assert item["lineItem"]["submissionReview"] == {"reviewableStatus": ["Submitted", "Completed"]}


@pytest.mark.parametrize("multiple", [True, False])
def test_the_picker_says_what_it_means_when_exercises_vanish(choose: Choose, multiple: bool) -> None:  # noqa: FBT001
    trainer, _ = choose(multiple=multiple)

    assert ("are missing in the course afterwards" in trainer.get("pick").text) is multiple


def titled(app: Flask, answer: TestResponse) -> str:
    """Give the title of the one activity that goes back."""
    [item] = message(app, answer)[f"{DL}content_items"]
    return str(item["title"])


def test_activities_have_the_titles_of_the_courses_language_whatever_the_trainer_reads(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client]
) -> None:
    settings = DeepLinking(return_url=RETURN, accept_multiple=True, data=None)
    trainer = sqlite_enter(sub="trainer-1", role=Role.TRAINER, deep_linking=settings)
    titles = {language: text.title for language, text in packaged_curriculum().exercise("needs-matrix").texts.items()}

    spanish = trainer.post("pick", activity=[MATRIX], titles="es")
    the_next_time = trainer.post("pick", activity=[MATRIX])
    elsewhere = sqlite_enter(sub="trainer-1", role=Role.TRAINER, deep_linking=settings, course="course-2")

    assert titled(sqlite_app, spanish) == titled(sqlite_app, the_next_time) == titles["es"]
    assert titled(sqlite_app, elsewhere.post("pick", activity=[MATRIX])) == titles["en"]


@pytest.mark.parametrize("titles", ["xx", "", "\0"])
def test_a_language_of_titles_that_is_not_there_is_the_trainers(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client], titles: str
) -> None:
    settings = DeepLinking(return_url=RETURN, accept_multiple=True, data=None)
    trainer = sqlite_enter(sub="trainer-1", role=Role.TRAINER, deep_linking=settings, locale="es")

    answer = trainer.post("pick", activity=[MATRIX], titles=titles)

    assert titled(sqlite_app, answer) == packaged_curriculum().exercise("needs-matrix").texts["es"].title
