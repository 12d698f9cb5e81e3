"""Reading everybody's results from a platform that may be any other than Moodle, or ill."""

from collections.abc import Mapping

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import PlatformError, PlatformUnreachable, ScopeMissing
from lti_tool.lti.platform import grades, results
from lti_tool.lti.platform.results import Result
from lti_tool.lti.tables import CourseRow, PersonRow, PlacementRow
from tests.lti_tool.platform import RESULT_SCOPE, SCORE_SCOPE, Answer, Platform, json_answer


def page(*found: object, following: str | None = None) -> Answer:
    """Write one page; the link to the next one as Moodle writes it."""
    answer = json_answer(list(found))
    links = f"<http://first>; rel=“first”, <{following}>; rel=“next”".encode().decode("latin-1")
    return Answer(body=answer.body, headers={**answer.headers, **({"Link": links} if following else {})})


BEYOND = (float("nan"), float("inf"), 10**400)
"""What Python reads as numbers of JSON, and no gradebook holds."""


def result(person: str | int, score: object = 60, **changes: object) -> dict[str, object]:
    return {"userId": person, "resultScore": score, "resultMaximum": 100, **changes}


@pytest.fixture
def column(sqlite_app: Flask, platform: Platform) -> Platform:
    """Give a registered platform that hands out tokens, and has a column for placement 1."""
    platform.register(sqlite_app)
    platform.answers["/token"] = json_answer({"access_token": "the-token"})
    with sqlite_app.app_context():
        db.session.add(CourseRow(id=1, site_id=1, context_id="2"))
        db.session.flush()
        of_link = {"course_id": 1, "resource_link_id": "7", "registration_id": 1, "scopes": [RESULT_SCOPE]}
        db.session.add(PlacementRow(**of_link, confirmed_url=f"{platform.origin}/items/7/lineitem?type_id=1"))
        db.session.commit()
    return platform


RESULTS = "/items/7/lineitem/results"


def fetch(app: Flask) -> Mapping[str, Result]:
    with app.app_context():
        return results.fetch(1)


def test_everybodys_results_come_by_one_request(sqlite_app: Flask, column: Platform) -> None:
    column.answers[RESULTS] = page(result("5"), result(6, 12.5, resultMaximum=50), {"userId": "7"})

    found = fetch(sqlite_app)

    nought = Result(score=0, maximum=None)
    assert found == {"5": Result(score=60, maximum=100), "6": Result(score=12.5, maximum=50), "7": nought}
    assert column.asked[1:] == [(f"{RESULTS}?type_id=1", "Bearer the-token")]


def test_all_pages_are_read(sqlite_app: Flask, column: Platform) -> None:
    column.answers[RESULTS] = page(result("5"), following=f"{column.origin}/Second?type_id=1&amp;from=1")
    column.answers["/Second"] = page(result("6"))

    assert set(fetch(sqlite_app)) == {"5", "6"}
    assert column.asked[-1][0] == "/Second?type_id=1&from=1"


@pytest.mark.parametrize(
    "odd",
    [
        *(None, 5, [], {}, {"resultScore": 5}),
        *(result("6", score) for score in ("60", [60], {"points": 60}, True, *BEYOND)),
        *(result("6", resultMaximum=maximum) for maximum in BEYOND),
    ],
)
def test_what_is_no_result_is_left_out(sqlite_app: Flask, column: Platform, odd: object) -> None:
    column.answers[RESULTS] = page(odd, result("5"))

    assert set(fetch(sqlite_app)) == {"5"}


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"<html>"),
        json_answer({"results": []}),
        Answer(body=b"", status=404),
        Answer(body=b"", status=500),
        page(result("5"), following="http://127.0.0.1:1/elsewhere"),
    ],
)
def test_what_is_not_all_of_the_results_is_none(sqlite_app: Flask, column: Platform, answer: Answer) -> None:
    column.answers[RESULTS] = answer

    with pytest.raises(PlatformError):
        fetch(sqlite_app)


def test_results_without_an_end_are_given_up(sqlite_app: Flask, column: Platform) -> None:
    column.answers[RESULTS] = page(following=f"{column.origin}{RESULTS}")

    with pytest.raises(PlatformUnreachable, match="has no end"):
        fetch(sqlite_app)

    assert len(column.asked) == 3  # a token, and each address once


def test_results_that_take_too_long_are_given_up(sqlite_app: Flask, column: Platform) -> None:
    column.answers[RESULTS] = page(following=f"{column.origin}{RESULTS}")

    with sqlite_app.app_context(), pytest.raises(PlatformUnreachable, match="has no end after 1 pages"):
        results.fetch(1, lasts=0)


def test_more_than_a_megabyte_is_read(sqlite_app: Flask, column: Platform) -> None:
    column.answers[RESULTS] = page(*(result(number, comment="م" * 1_000) for number in range(500)))

    assert len(fetch(sqlite_app)) == 500


def test_without_the_right_to_read_results_nothing_is_asked(sqlite_app: Flask, column: Platform) -> None:
    with sqlite_app.app_context():
        db.session.get_one(PlacementRow, 1).scopes = [SCORE_SCOPE]
        db.session.commit()

    with pytest.raises(ScopeMissing):
        fetch(sqlite_app)

    assert column.asked == []


@pytest.mark.parametrize(
    "odd", [result("5", 10**400), result("5", resultMaximum="0"), result("5", "sixty"), result("5", float("nan"))]
)
def test_one_persons_result_that_is_no_number_is_no_answer(
    sqlite_app: Flask, column: Platform, odd: dict[str, object]
) -> None:
    column.answers[RESULTS] = page(odd)
    with sqlite_app.app_context():
        db.session.add(PersonRow(id=1, site_id=1, sub="5", number=1, seen_at=now()))
        db.session.commit()

        with pytest.raises(PlatformUnreachable):
            grades.read_result(1, 1)
