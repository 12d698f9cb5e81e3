"""Results are read in the background, from the miniature of Moodle, and what was read is kept."""

import pytest
from sqlalchemy import select, update

from lti_tool.database import db
from lti_tool.demo.moodle.faults import DROP
from lti_tool.demo.moodle.tables import Grade as MoodlesGrade
from lti_tool.lti.tables import PlacementRow
from lti_tool.results import store
from lti_tool.results.rules import Standing
from lti_tool.results.store import Grade
from lti_tool.results.tables import HeldRow, ResultsRow
from tests.lti_tool.entering import Client
from tests.lti_tool.platform import SCORE_SCOPE
from tests.lti_tool.results.conftest import School


def grade_of(school: School, person: Client) -> Grade:
    assert person.placement_id is not None
    whose = (person.placement_id, person.person_id)
    with school.tool.app_context():
        return store.grades([whose[0]], [whose[1]])[whose]


@pytest.fixture
def trainee(school: School) -> Client:
    """Give a trainee whose full points are in Moodle, as 50 of 50."""
    person = school.enter("trainee1")
    school.hand_in(person)
    return person


def test_what_a_trainer_changed_in_moodle_is_read_when_somebody_looks(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 30)
    before = grade_of(school, trainee)

    school.look(trainee)

    after = grade_of(school, trainee)
    assert (before.standing, before.held) == (Standing.ARRIVED, None)
    assert after.standing is Standing.BY_HAND
    assert after.held is not None
    assert (after.held.score, after.held.maximum, after.held.read_at) == (30, 50, school.ticker.time)


@pytest.mark.parametrize(
    ("by_hand", "standing", "score"),
    [
        (50, Standing.ARRIVED, 50),
        (0, Standing.BY_HAND, 0),
        (None, Standing.MISSING, None),
    ],
)
def test_what_the_gradebook_holds_decides(
    school: School, trainee: Client, by_hand: float | None, standing: Standing, score: float | None
) -> None:
    school.grade_by_hand("trainee1", by_hand)

    school.look(trainee)

    grade = grade_of(school, trainee)
    assert grade.held is not None
    assert (grade.standing, grade.held.score) == (standing, score)


def test_after_a_resubmission_the_grade_that_moodle_keeps_is_told(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 30)
    school.look(trainee)

    school.hand_in(trainee)
    at_once = grade_of(school, trainee)
    school.ticker.move(minutes=15)
    school.look(trainee)

    later = grade_of(school, trainee)
    assert (at_once.standing, at_once.held) == (Standing.BY_HAND, None)
    assert later.standing is Standing.BY_HAND
    assert later.held is not None
    assert later.held.score == 30


def test_an_override_that_was_taken_back_is_noticed(school: School, trainee: Client) -> None:
    school.grade_by_hand("trainee1", 30)
    school.hand_in(trainee)
    school.take_override_back("trainee1")

    school.look(trainee)

    assert grade_of(school, trainee).standing is Standing.ARRIVED


def test_one_request_reads_everybody_and_only_those_who_were_sent_a_score_are_kept(
    school: School, trainee: Client
) -> None:
    other = school.enter("trainee2")
    school.hand_in(other)
    school.grade_by_hand("trainee2", 40)
    stranger = {"item_id": school.item_id, "user_id": school.seeded.people["trainee3"]}
    with school.site.session() as session:
        session.add(MoodlesGrade(**stranger, final=50, maximum=50, modified=school.site.now(), overridden=True))
    school.results_asked.clear()

    school.look(school.trainer())

    assert len(school.results_asked) == 1
    assert grade_of(school, other).standing is Standing.BY_HAND
    assert grade_of(school, trainee).standing is Standing.ARRIVED
    with school.tool.app_context():
        assert set(db.session.scalars(select(HeldRow.person_id))) == {trainee.person_id, other.person_id}


def test_moodle_is_asked_no_more_than_every_fifteen_minutes(school: School, trainee: Client) -> None:
    school.look(trainee)
    school.ticker.move(minutes=14, seconds=58)
    trainee.get("exercise")
    early = school.work()

    school.ticker.move(seconds=2)
    trainee.get("exercise")

    assert (early, school.work()) == (False, True)


def test_nobody_asks_while_nobody_looks(school: School, trainee: Client) -> None:
    assert trainee.placement_id == 1
    assert not school.work()


def test_who_has_handed_in_nothing_makes_nobody_ask(school: School) -> None:
    newcomer = school.enter("trainee2")

    newcomer.get("exercise")

    assert not school.work()


def test_without_the_right_to_read_results_nobody_asks(school: School, trainee: Client) -> None:
    school.scopes = (SCORE_SCOPE,)
    again = school.enter("trainee1")

    again.get("exercise")

    assert again.person_id == trainee.person_id
    assert not school.work()


def test_of_a_line_item_that_is_not_confirmed_nobody_asks(school: School, trainee: Client) -> None:
    with school.tool.app_context():
        db.session.execute(update(PlacementRow).values(confirmed_url=None))
        db.session.commit()

    trainee.get("exercise")

    assert not school.work()


@pytest.mark.parametrize("fault", [401, 404, 500, DROP])
def test_after_a_failure_what_was_read_stays_and_moodle_is_asked_again_later(
    school: School, trainee: Client, fault: int
) -> None:
    school.grade_by_hand("trainee1", 30)
    school.look(trainee)
    read_before = grade_of(school, trainee).held
    school.ticker.move(minutes=15)
    school.order("results", fault, fault)

    school.look(trainee)

    assert grade_of(school, trainee).held == read_before
    with school.tool.app_context():
        row = db.session.scalars(select(ResultsRow)).one()
        assert (row.failed_at, row.due_at is not None) == (school.ticker.time, True)
    school.order("results")
    school.ticker.move(hours=1)
    assert school.work()
    assert grade_of(school, trainee).held != read_before
