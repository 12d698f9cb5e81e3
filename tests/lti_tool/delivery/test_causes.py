"""Why a score isn't in Moodle, or not as it was sent, is told."""

import pytest
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.demo.moodle.tables import Enrolment, Grade, GradeItem
from lti_tool.lti.tables import RegistrationRow, State
from tests.lti_tool.delivery.conftest import School
from tests.lti_tool.platform import RESULT_SCOPE


def test_somebody_without_a_gradable_role_is_told_from_a_score_that_is_not_understood(school: School) -> None:
    with school.site.session() as session:
        session.delete(session.scalars(select(Enrolment).filter_by(user_id=school.seeded.people["trainee1"])).one())
    school.give(45)
    school.sweep()
    school.order("scores", 400)
    school.ticker.move(seconds=1)
    school.give(45)
    school.sweep()

    assert school.causes() == ["no_gradable_role", "not_understood"]


def test_a_locked_column_is_told_at_once_and_tried_again(school: School) -> None:
    with school.site.session() as session:
        session.get_one(GradeItem, school.item_id).locked = True
    school.give(45)
    school.sweep()
    before = (school.states(), school.causes())
    with school.site.session() as session:
        session.get_one(GradeItem, school.item_id).locked = False

    school.ticker.move(minutes=1)
    school.sweep()

    assert before == (["due"], ["locked"])
    assert (school.grade, school.states(), school.causes()) == (45, ["delivered"], [None])


def test_a_column_that_is_gone_is_told(school: School) -> None:
    school.order("scores", 404)
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes()) == (["failed"], ["gone"])


@pytest.mark.parametrize(("status", "cause"), [(400, "no_access"), (401, "no_access"), (503, None)])
def test_missing_access_is_told_unless_moodle_is_just_down(school: School, status: int, cause: str | None) -> None:
    school.order("token", status)
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes()) == (["due"], [cause])


def test_a_suspended_registration_is_told(school: School) -> None:
    with school.tool.app_context():
        db.session.get_one(RegistrationRow, 1).state = State.SUSPENDED
        db.session.commit()
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes(), school.tokens) == (["due"], ["no_access"], 0)


def test_a_launch_without_the_right_to_score_is_told(school: School) -> None:
    school.change_placement(scopes=[RESULT_SCOPE])
    school.give(45)

    school.sweep()

    assert (school.states(), school.causes()) == (["due"], ["no_rights"])


@pytest.mark.parametrize("by_hand", [50, 0])
def test_a_grade_that_moodle_keeps_is_told(school: School, by_hand: float) -> None:
    school.give(20)
    school.sweep()
    with school.site.session() as session:
        row = session.scalars(select(Grade)).one()
        row.final, row.overridden = by_hand, True
    school.ticker.move(minutes=1)
    school.give(30)

    school.sweep()

    assert school.grade == by_hand
    assert (school.states(), school.causes()) == (["delivered"] * 2, [None, "graded_by_hand"])
