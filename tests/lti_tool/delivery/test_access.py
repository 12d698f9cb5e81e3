"""One access token serves many scores, and one that is over is replaced."""

from collections.abc import Iterable
from datetime import timedelta
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.demo.moodle.tables import Tool
from lti_tool.lti.platform import access_tokens
from tests.lti_tool.delivery.conftest import School
from tests.lti_tool.platform import LINE_ITEMS_SCOPE, RESULT_SCOPE, SCORE_SCOPE

REFUSALS = {401: "unrecognised", 403: "no_rights"}
"""Moodle's answer to a token that is over, and Open edX's; and what it means where the token was just given."""


def test_many_scores_need_one_access_token(school: School) -> None:
    for given in (10, 20, 30):
        school.give(given)
        school.sweep()
        school.ticker.move(seconds=1)

    assert (school.grade, school.tokens) == (30, 1)


@pytest.mark.parametrize("status", REFUSALS)
def test_a_token_that_ended_early_is_replaced_at_once(school: School, status: int) -> None:
    school.give(10)
    school.sweep()
    school.order("scores", status)

    school.ticker.move(seconds=1)
    school.give(20)
    school.sweep()

    assert (school.grade, school.states()[-1], school.tokens) == (20, "delivered", 2)


@pytest.mark.parametrize("status", REFUSALS)
def test_a_token_that_is_not_taken_is_replaced_once(school: School, status: int) -> None:
    school.give(10)
    school.sweep()
    school.order("scores", *[status] * 9)

    school.ticker.move(seconds=1)
    school.give(20)
    school.sweep()

    assert (school.grade, school.states()[-1], school.tokens) == (10, "due", 2)
    assert school.causes()[-1] == REFUSALS[status]


@pytest.mark.parametrize("status", REFUSALS)
def test_a_new_token_that_is_not_taken_is_not_replaced_at_once(school: School, status: int) -> None:
    school.give(45)
    school.order("scores", status, status)

    school.sweep()

    assert (school.states(), school.causes(), school.tokens) == (["due"], [REFUSALS[status]], 1)


@pytest.mark.parametrize("known", [{}, {"confirmed_url": None, "asked_claim": None}])
def test_a_web_server_that_keeps_the_header_from_moodle_is_told_with_the_line_to_add(
    school: School, known: dict[str, None]
) -> None:
    school.change_placement(**known)
    school.moodle.wsgi_app = without_authorization(school.moodle.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask documents it
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes()) == (["due"], ["unrecognised"])
    assert "CGIPassAuth On" in (school.problems()[0] or "")


def without_authorization(app: WSGIApplication) -> WSGIApplication:
    """Run an application as Apache runs CGI: without the header that tells who asks."""

    def run(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return app({**environ, "HTTP_AUTHORIZATION": ""}, start_response)

    return run


def test_a_token_with_fewer_rights_than_asked_for_was_seen(school: School) -> None:
    with school.site.session() as session:
        session.scalars(select(Tool)).one().grade_sync = 1
    school.change_placement(
        scopes=[SCORE_SCOPE, RESULT_SCOPE, "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"]
    )
    school.give(45)
    school.order("scores", 401)

    school.sweep()

    assert (school.states(), school.causes()) == (["due"], ["no_rights"])


def test_while_another_process_asks_for_access_a_score_waits_a_second(school: School) -> None:
    school.give(45)
    scopes = [SCORE_SCOPE, RESULT_SCOPE, LINE_ITEMS_SCOPE]
    with school.tool.app_context():
        access_tokens.get(1, scopes, lambda: _asked_meanwhile(school))
    before = school.states()
    with school.tool.app_context():
        access_tokens.forget_all(1)
        db.session.commit()

    school.ticker.move(seconds=1)
    school.sweep()

    assert (before, school.states()) == (["due"], ["delivered"])


def _asked_meanwhile(school: School) -> access_tokens.Granted:
    school.sweep()
    return access_tokens.Granted(token="made up", lasts=timedelta(hours=1))
