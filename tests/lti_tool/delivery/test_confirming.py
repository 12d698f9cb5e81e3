"""A score goes only to the line item that Moodle itself says is the activity's, whatever a launch claims."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import request
from sqlalchemy import delete, select

from lti_tool.database import db
from lti_tool.demo.moodle.placing import Column, add_column, place_activity, remove_column
from lti_tool.demo.moodle.tables import Activity, Grade, GradeItem, LineItem, Section
from lti_tool.lti.platform import grades
from lti_tool.lti.platform.grades import Grading
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.delivery.conftest import School
from tests.lti_tool.platform import RESULT_SCOPE, SCORE_SCOPE, Platform, serve_platform

TEN_MINUTES = 10


@dataclass(kw_only=True)
class Doubtful:
    """A school whose activity's line item is as its newest launch claims, and a second activity with a column."""

    school: School
    other_item: int
    lists: list[str]
    """Which lists of line items were read."""

    @property
    def other_grades(self) -> int:
        with self.school.site.session() as session:
            return len(session.scalars(select(Grade).filter_by(item_id=self.other_item)).all())

    def url(self, item: int, course: int | None = None) -> str:
        where = f"/mod/lti/services.php/{course or self.school.seeded.course}/lineitems/{item}/lineitem?type_id=1"
        return self.school.site.url(where)

    def give(self, given: float) -> None:
        self.school.ticker.move(seconds=1)
        self.school.give(given)
        self.school.sweep()

    @property
    def grading(self) -> Grading:
        with self.school.tool.app_context():
            return grades.grading(db.session.get_one(PlacementRow, self.school.placement_id))


@pytest.fixture
def doubtful(school: School) -> Doubtful:
    """Give a school of which nothing is confirmed yet."""
    school.change_placement(confirmed_url=None, asked_claim=None)
    with school.site.session() as session:
        other = Activity(course_id=school.seeded.course, name="Power map", tool_id=1)
        place_activity(session, session.get_one(Section, school.seeded.sections[0]), other, Column(maximum=50))
        item = session.scalars(select(GradeItem.id).filter_by(activity_id=other.id)).one()
    lists: list[str] = []

    def note() -> None:
        if request.path.endswith("/lineitems"):
            lists.append(request.path)

    school.moodle.before_request(note)
    return Doubtful(school=school, other_item=item, lists=lists)


@pytest.fixture
def stranger() -> Iterator[Platform]:
    """Give a host that isn't Moodle, and that hears what it is asked."""
    with serve_platform() as listener:
        yield listener


def test_a_claimed_line_item_is_confirmed_before_the_first_score(doubtful: Doubtful) -> None:
    before = doubtful.grading

    doubtful.give(45)

    assert (before, doubtful.grading) == (Grading.PERHAPS, Grading.SURE)
    assert (doubtful.school.grade, doubtful.lists) == (45, ["/mod/lti/services.php/2/lineitems"])


def test_it_is_confirmed_once(doubtful: Doubtful) -> None:
    doubtful.give(45)

    doubtful.school.ticker.move(hours=1)
    doubtful.give(40)

    assert (doubtful.school.grade, len(doubtful.lists)) == (40, 1)


def test_a_claim_of_another_activitys_column_leads_no_grade_there(doubtful: Doubtful) -> None:
    doubtful.school.change_placement(line_item_url=doubtful.url(doubtful.other_item))

    doubtful.give(45)

    assert (doubtful.school.grade, doubtful.other_grades) == (45, 0)


def test_neither_does_one_that_comes_after_the_own_one_was_confirmed(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.change_placement(line_item_url=doubtful.url(doubtful.other_item))

    doubtful.give(40)

    assert (doubtful.school.grade, doubtful.other_grades, len(doubtful.lists)) == (40, 0, 2)


def test_a_claim_that_is_empty_loses_no_grade(doubtful: Doubtful) -> None:
    doubtful.school.change_placement(line_item_url=None)

    doubtful.give(45)

    assert (doubtful.school.grade, doubtful.school.states()) == (45, ["delivered"])


def test_a_claim_of_another_course_leads_no_grade_there(doubtful: Doubtful) -> None:
    with doubtful.school.site.session() as session:
        session.execute(delete(LineItem).where(LineItem.item_id == doubtful.school.item_id))
        session.get_one(GradeItem, doubtful.school.item_id).activity_id = None  # an activity without a grade
    doubtful.school.change_placement(line_item_url=doubtful.url(doubtful.other_item, course=3))

    doubtful.give(45)

    assert (doubtful.school.posted, doubtful.school.causes()) == ([], ["no_line_item"])


@pytest.mark.parametrize("claims", [("line_item_url",), ("line_item_url", "line_items_url")])
def test_nothing_goes_to_a_host_that_a_claim_names(
    doubtful: Doubtful, stranger: Platform, claims: tuple[str, ...]
) -> None:
    doubtful.school.change_placement(**dict.fromkeys(claims, f"{stranger.origin}/2/lineitems/1/lineitem"))

    doubtful.give(45)

    assert stranger.asked == []


def test_a_grade_service_elsewhere_is_told_with_what_to_do(doubtful: Doubtful, stranger: Platform) -> None:
    doubtful.school.change_placement(line_items_url=f"{stranger.origin}/2/lineitems")

    doubtful.give(45)

    assert (doubtful.school.states(), doubtful.school.causes()) == (["due"], ["foreign"])


@pytest.mark.parametrize("missing", [{"scopes": [SCORE_SCOPE, RESULT_SCOPE]}, {"line_items_url": None}])
def test_where_line_items_cannot_be_read_nothing_is_sent_and_the_cause_is_told(
    doubtful: Doubtful, missing: dict[str, object]
) -> None:
    doubtful.school.change_placement(**missing)

    doubtful.give(45)

    assert (doubtful.school.posted, doubtful.lists) == ([], [])
    assert (doubtful.school.states(), doubtful.school.causes()) == (["due"], ["unconfirmed"])


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503])
def test_a_list_that_cannot_be_read_delays_and_never_fails(doubtful: Doubtful, status: int) -> None:
    doubtful.school.order("lineitems", status)
    doubtful.give(45)
    before = doubtful.school.states()

    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.sweep()

    assert before == ["due"]
    assert (doubtful.school.grade, doubtful.school.states()) == (45, ["delivered"])


def test_meanwhile_what_was_confirmed_counts(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.change_placement(line_item_url=doubtful.url(doubtful.other_item))
    doubtful.school.order("lineitems", 404)

    doubtful.give(40)

    assert (doubtful.school.grade, doubtful.other_grades) == (40, 0)


def test_then_a_list_that_cannot_be_read_is_asked_again_ten_minutes_later(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.change_placement(line_item_url=doubtful.url(doubtful.other_item))
    doubtful.school.order("lineitems", 500, 500)

    doubtful.give(40)
    doubtful.give(35)

    assert (doubtful.school.grade, len(doubtful.lists)) == (35, 2)


def test_moodle_is_asked_at_most_once_in_ten_minutes(doubtful: Doubtful) -> None:
    doubtful.school.change_placement(resource_link_id="999")
    doubtful.give(45)
    doubtful.give(40)
    within = len(doubtful.lists)

    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.give(35)

    assert (within, len(doubtful.lists)) == (1, 2)


# A column that is gone


def make_anew(doubtful: Doubtful) -> int:
    """Delete the activity's column and make it anew, as Moodle does where grading is switched off and on."""
    with doubtful.school.site.session() as session:
        activity = session.get_one(Activity, session.get_one(GradeItem, doubtful.school.item_id).activity_id)
        session.execute(delete(Grade).where(Grade.item_id == doubtful.school.item_id))
        remove_column(session, activity)
        add_column(session, activity, Column(maximum=50))
        session.flush()
        new = session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()
        assert new != doubtful.school.item_id  # MariaDB gives no number twice
        return new


def test_a_column_that_was_made_anew_is_found(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.item_id = make_anew(doubtful)

    doubtful.give(40)

    assert (doubtful.school.grade, doubtful.school.states()[-1]) == (40, "delivered")


def test_it_is_looked_for_later_where_moodle_was_asked_lately(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.item_id = make_anew(doubtful)
    doubtful.give(40)
    before = (doubtful.school.states()[-1], doubtful.school.causes()[-1], len(doubtful.lists))

    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    doubtful.school.sweep()

    assert before == ("due", "unconfirmed", 1)
    assert (doubtful.school.grade, len(doubtful.lists)) == (40, 2)


def test_a_column_that_is_gone_for_good_is_told(doubtful: Doubtful) -> None:
    doubtful.give(45)
    doubtful.school.ticker.move(minutes=TEN_MINUTES)
    with doubtful.school.site.session() as session:
        for table in (LineItem, Grade):
            session.execute(delete(table).where(table.item_id == doubtful.school.item_id))
        session.execute(delete(GradeItem).where(GradeItem.id == doubtful.school.item_id))

    doubtful.give(40)

    assert (doubtful.school.states()[-1], doubtful.school.causes()[-1]) == ("due", "no_line_item")


def test_a_column_that_moodle_still_lists_and_does_not_serve_is_given_up(doubtful: Doubtful) -> None:
    doubtful.school.order("scores", 404)

    doubtful.give(45)

    assert (doubtful.school.states(), doubtful.school.causes()) == (["failed"], ["gone"])
