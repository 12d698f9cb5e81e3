"""Courses that are there without activities, and are filled from a template: only where that can do no harm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

import pytest

from lti_tool.demo.moodle.faults import LOSE
from moodle_sync.planning.plan import Plan
from moodle_sync.things.course import COURSES
from moodle_sync.things.filling import OTHERWISE, TWICE
from moodle_sync.things.section import MODULES, Module
from moodle_sync.things.state import State
from moodle_sync.webservice.functions import IMPORT_COURSE
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.examples import COURSE, FULL
from tests.moodle_sync.templates import TEMPLATE, activities, add_activity, make_template

FIRST = FULL.having(MODULES, {"tot": (Module(id="needs", name="Needs"), Module(id="policies", name="Policies"))})
MODULE_TITLES = (Module(id="needs", name="Needs", titles=("Necesidades",)), Module(id="policies", name="Policies"))


def filling(*, fill: bool | None = True) -> State:
    """Make a file that asks to fill the course."""
    course = replace(COURSE, template=TEMPLATE, fill=fill)
    return FULL.having(COURSES, {"tot": course}).having(MODULES, {"tot": MODULE_TITLES})


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def test_a_course_without_activities_is_filled_once(site: Administered) -> None:
    site.apply(FIRST)
    make_template(site.miniature, "Necesidades", "Policies", "More")

    planned = site.plan(filling())
    site.apply(filling())

    assert lines(planned) == ["course tot: fill it with what TEMPLATE has"]
    assert [remark.message for remark in planned.remarks] == [TWICE]
    assert [name for _, name, _ in activities(site.miniature, "TOT")] == ["Exercise 1", "Exercise 2", "Exercise 3"]
    assert [section for section, _, _ in activities(site.miniature, "TOT")] == ["Needs", "Policies", "More"]
    assert site.plan(filling()).actions == ()


def test_what_came_and_was_not_answered_for_does_not_come_again(site: Administered) -> None:
    site.apply(FIRST)
    make_template(site.miniature, "Needs", "Policies")
    site.miniature.order_faults(IMPORT_COURSE.name, LOSE)

    site.apply(filling())

    assert len(activities(site.miniature, "TOT")) == 2
    assert site.plan(filling()).actions == ()


@pytest.mark.parametrize(
    ("case", "template", "fill", "said"),
    [
        ("nobody asked", ("Needs", "Policies"), None, []),
        ("sections stand otherwise", ("Policies", "Needs"), True, [OTHERWISE]),
        ("the template has fewer sections", ("Needs",), True, [OTHERWISE]),
    ],
)
def test_a_course_is_not_filled_where(
    site: Administered, case: str, template: Sequence[str], *, fill: bool | None, said: list[str]
) -> None:
    site.apply(FIRST)
    make_template(site.miniature, *template)

    planned = site.plan(filling(fill=fill))

    assert planned.actions == (), case
    assert [remark.message for remark in planned.remarks if "its template has" not in remark.message] == said


def test_a_course_with_an_activity_is_never_filled(site: Administered) -> None:
    site.apply(FIRST)
    make_template(site.miniature, "Needs", "Policies")
    add_activity(site.miniature, "Needs", "Ours", "TOT")

    assert site.plan(filling()).actions == ()
