"""Where the launch named no line item, the worker finds it among those that the platform lists."""

import pytest

from lti_tool.database import db
from lti_tool.demo.moodle.tables import GradeItem, LineItem
from lti_tool.lti.platform import grades
from lti_tool.lti.platform.grades import Grading
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.delivery.conftest import School


@pytest.fixture
def unnamed(school: School) -> School:
    """Give an activity whose launch named no line item, since there are two."""
    school.change_placement(line_item_url=None, confirmed_url=None, asked_claim=None, activity="exercise/needs-matrix")
    with school.site.session() as session:
        link = session.get_one(GradeItem, school.item_id).activity_id
        second = GradeItem(course_id=school.seeded.course, activity_id=None, name="Second", grade_max=10)
        session.add(second)
        session.flush()
        session.add(LineItem(item_id=second.id, course_id=school.seeded.course, tool_id=1, activity_id=link))
    return school


def test_a_line_item_that_the_launch_did_not_name_is_found(unnamed: School) -> None:
    unnamed.give(45)

    unnamed.sweep()

    assert (unnamed.grade, unnamed.states()) == (45, ["delivered"])


def test_a_line_item_that_was_found_is_kept(unnamed: School) -> None:
    unnamed.give(45)
    unnamed.sweep()
    unnamed.order("lineitems", 503)

    unnamed.ticker.move(seconds=1)
    unnamed.give(40)
    unnamed.sweep()

    assert (unnamed.grade, unnamed.states()[-1]) == (40, "delivered")


def test_an_activity_without_any_line_item_is_not_graded_and_says_so(unnamed: School) -> None:
    unnamed.change_placement(resource_link_id="999")
    unnamed.give(45)

    unnamed.sweep()

    with unnamed.tool.app_context():
        assert grades.grading(db.session.get_one(PlacementRow, unnamed.placement_id)) is Grading.NONE
    assert (unnamed.states(), unnamed.causes()) == (["due"], ["no_line_item"])
