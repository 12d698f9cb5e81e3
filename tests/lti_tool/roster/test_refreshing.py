"""A roster is read in the background, from the miniature of Moodle, and what was read is kept."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import worker as delivery
from lti_tool.demo.moodle.faults import DROP
from lti_tool.demo.moodle.tables import Tool, User
from lti_tool.lti.platform import roster
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import RegistrationRow, State
from lti_tool.readings import store as readings
from lti_tool.readings.rules import MOST_TRIES, Reading
from lti_tool.readings.store import Due
from lti_tool.roster import store, worker
from lti_tool.roster.rules import Participant
from lti_tool.roster.tables import RosterRow
from tests.lti_tool.roster.conftest import School
from tests.lti_tool.watching import set_at_log

EVERYBODY = 8


def participants(school: School, course_id: int = 1) -> dict[str | None, Participant]:
    with school.tool.app_context():
        return {one.name: one for one in store.participants(course_id)}


def found(school: School) -> Reading:
    with school.tool.app_context():
        roster = store.find(1)
    assert roster is not None
    return roster


def want(school: School, course_id: int = 1) -> None:
    with school.tool.app_context():
        store.want(course_id, now())
        db.session.commit()


def read(school: School) -> None:
    """Have the roster read now, whenever it was last."""
    school.ticker.move(minutes=2)
    want(school)
    assert school.work()


def test_everybody_in_the_course_is_kept(school: School) -> None:
    school.trainer()

    read(school)

    people = participants(school)
    assert len(people) == EVERYBODY
    teaches, learns = (str(school.seeded.people[username]) for username in ("trainer", "trainee6"))
    assert people["Trainer One"] == Participant(
        name="Trainer One", role=Role.TRAINER, sub=teaches, person_id=1, number=1, last_role=Role.TRAINER
    )
    assert people["Trainee Six"] == Participant(name="Trainee Six", role=Role.TRAINEE, sub=learns)


def test_all_of_moodles_pages_are_kept(school: School) -> None:
    school.trainer(roster=school.roster_url + "?limit=3")

    read(school)

    assert len(participants(school)) == EVERYBODY


def test_a_role_lasts_through_moodles_pages(school: School) -> None:
    school.trainer(roster=school.roster_url + "?role=Learner&limit=3")

    read(school)

    assert {one.role for one in participants(school).values()} == {Role.TRAINEE}
    assert len(participants(school)) == EVERYBODY - 1


def test_nobody_is_asked_for_what_nobody_wants(school: School) -> None:
    school.trainer()

    assert not school.work()


def test_what_was_read_is_not_read_again(school: School) -> None:
    school.trainer()
    read(school)

    assert not school.work()
    assert found(school) == Reading(fetched_at=school.ticker.time, asked_at=school.ticker.time)


def test_who_left_or_is_suspended_goes_and_who_came_is_there(school: School) -> None:
    school.trainer()
    school.suspend("trainee2")
    read(school)
    before = set(participants(school))
    with school.site.session() as session:
        session.execute(update(User).where(User.username == "trainee1").values(firstname="Renamed"))
    school.suspend("trainee3")

    read(school)

    after = set(participants(school))
    assert "Trainee Two" not in before
    assert (before - after, after - before) == ({"Trainee One", "Trainee Three"}, {"Renamed One"})


def test_names_that_moodle_withholds_are_not_kept(school: School) -> None:
    school.trainer()
    read(school)
    with school.site.session() as session:
        session.scalars(select(Tool)).one().send_name = False

    read(school)

    assert set(participants(school)) == {None}


@pytest.mark.parametrize("fault", [401, 500, DROP])
@pytest.mark.parametrize("service", ["memberships", "token"])
def test_after_a_failure_what_was_read_stays_and_moodle_is_asked_again_later(
    school: School, service: str, fault: int
) -> None:
    school.trainer()
    read(school)
    school.forget_access()
    school.order(service, fault)
    fetched_at = found(school).fetched_at

    read(school)

    failed = found(school)
    assert (failed.fetched_at, failed.failed_at, failed.is_wanted) == (fetched_at, school.ticker.time, True)
    assert len(participants(school)) == EVERYBODY
    assert not school.work()
    school.ticker.move(hours=1)
    assert school.work()
    assert found(school).failed_at is None


def test_after_enough_failures_nobody_asks_until_somebody_looks(school: School) -> None:
    school.trainer()
    school.order("memberships", *[500] * MOST_TRIES)
    want(school)

    for _ in range(MOST_TRIES):
        assert school.work()
        school.ticker.move(hours=1)

    assert not school.work()
    assert found(school).is_due(school.ticker.time)


def test_a_worker_that_is_killed_costs_a_delay_only(school: School) -> None:
    school.trainer()
    want(school)
    with school.tool.app_context():
        readings.take_due(store.ROSTERS, now())

    assert not school.work()
    school.ticker.move(minutes=3)
    assert school.work()
    assert len(participants(school)) == EVERYBODY


def test_two_workers_take_a_roster_once(school: School) -> None:
    school.trainer()
    want(school)

    with school.tool.app_context():
        taken = [readings.take_due(store.ROSTERS, now()) for _ in range(2)]

    assert [one is not None for one in taken] == [True, False]


def put_late() -> None:
    store.put(1, [roster.Member(sub="1", name="Late", role=Role.TRAINEE)])


@pytest.mark.parametrize(
    "end",
    [
        lambda due, moment: readings.keep(store.ROSTERS, due, put_late, moment),
        lambda due, moment: readings.put_off(store.ROSTERS, due, None, "late", moment),
    ],
    ids=["read", "failed"],
)
def test_a_worker_that_comes_too_late_changes_nothing(school: School, end: Callable[[Due, object], None]) -> None:
    school.trainer()
    want(school)
    with school.tool.app_context():
        due = readings.take_due(store.ROSTERS, now())
        assert due is not None
        school.ticker.move(minutes=3)
        school.work()
        before = found(school)

        end(due, now())

    assert found(school) == before
    assert "Late" not in participants(school)


def test_who_asks_while_a_worker_reads_is_answered_by_another_reading(school: School) -> None:
    school.trainer()
    want(school)
    with school.tool.app_context():
        due = readings.take_due(store.ROSTERS, now())
        assert due is not None
        school.ticker.move(minutes=2)
        want(school)

        readings.keep(store.ROSTERS, due, lambda: store.put(1, []), now())

    assert school.work()


def test_moodle_is_asked_no_more_than_once_a_minute(school: School) -> None:
    school.trainer()
    read(school)
    school.ticker.move(seconds=59)
    want(school)

    assert not school.work()
    school.ticker.move(seconds=1)
    want(school)
    assert school.work()


def test_the_newest_launch_says_where_the_roster_is(school: School) -> None:
    school.trainer(roster="http://127.0.0.1:1/old")
    school.trainer()

    read(school)

    assert found(school).failed_at is None


def test_a_launch_without_the_claim_leaves_the_roster_be(school: School) -> None:
    school.trainer()
    school.trainer(roster=None)

    read(school)

    assert len(participants(school)) == EVERYBODY


def test_a_platform_that_is_no_longer_approved_is_not_asked(school: School) -> None:
    school.trainer()
    with school.tool.app_context():
        db.session.scalars(select(RegistrationRow)).one().state = State.SUSPENDED
        db.session.commit()

    read(school)

    assert found(school).failed_at is not None


def test_a_person_is_known_by_site_and_sub(school: School) -> None:
    school.enter("trainee1", issuer="http://localhost:8200", roster=None)
    school.enter("trainee2", course="another", roster=None)
    course_id = school.trainer().course_id
    with school.tool.app_context():
        store.want(course_id, now())
        db.session.commit()

    school.work()

    people = participants(school, course_id)
    assert people["Trainee One"].person_id is None
    assert people["Trainee Two"].person_id == 2
    assert not people["Trainee Two"].was_here


def test_a_roster_stays_in_its_course(school: School) -> None:
    other = school.trainer(course="another").course_id
    course_id = school.trainer().course_id
    want(school, course_id)

    school.work()

    assert len(participants(school, course_id)) == EVERYBODY
    assert participants(school, other) == {}


def test_the_worker_of_the_outbox_reads_rosters_too(school: School) -> None:
    school.trainer()
    want(school)
    worker.log.setLevel(logging.INFO)

    with set_at_log(worker.log) as stop:
        delivery.run(school.tool, stop)

    assert len(participants(school)) == EVERYBODY


def test_no_name_and_no_token_is_logged(school: School, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="lti_tool")
    school.trainer()
    read(school)
    school.order("memberships", 500)

    read(school)

    assert "roster of course 1: 8 people" in caplog.text
    assert "answered 500" in caplog.text
    assert "Trainee" not in caplog.text
    assert "Bearer" not in caplog.text


def test_what_went_wrong_is_kept_for_those_who_run_the_tool(school: School) -> None:
    school.trainer()
    school.order("memberships", 500)

    read(school)

    with school.tool.app_context():
        problem = db.session.scalar(select(RosterRow.problem)) or ""
    assert problem.endswith("/memberships answered 500")
