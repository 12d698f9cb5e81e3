"""The worker against the miniature of Moodle: whatever happens on the way, a score arrives once, as last given."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread

import pytest
from flask import Flask, Response, request
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, wakeups, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.faults import DROP, LOSE, Fault
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import AccessToken, Activity, Enrolment, Grade, GradeItem, LineItem, Section
from lti_tool.lti import access_tokens, grades
from lti_tool.lti.tables import AttemptsRow, CourseRow, PersonRow, PlacementRow, RegistrationRow, State
from tests.lti_tool.beside_moodle import beside_moodle, tell_moodle, tell_tool
from tests.lti_tool.making import new_sqlite_database
from tests.lti_tool.signing import LINE_ITEMS_SCOPE, RESULT_SCOPE, SCORE_SCOPE
from tests.lti_tool.ticking import Ticker


@dataclass
class School:
    """The tool and a Moodle that know each other, with one graded activity and one trainee."""

    tool: Flask
    moodle: Flask
    ticker: Ticker
    seeded: Seeded
    item_id: int
    placement_id: int
    person_id: int
    posted: list[dict[str, object]] = field(default_factory=list)
    """All scores that were ever posted."""

    @property
    def site(self) -> Site:
        site: Site = self.moodle.extensions["moodle"]
        return site

    def give(self, given: float, maximum: float = 50, comment: str | None = None) -> None:
        """Give the trainee a score, as a submission does."""
        with self.tool.app_context():
            store.add_score(self.placement_id, self.person_id, given=given, maximum=maximum, now=now(), comment=comment)
            db.session.commit()

    def change_placement(self, **changes: object) -> None:
        """Change what the newest launch said of the activity."""
        with self.tool.app_context():
            placement = db.session.get_one(PlacementRow, self.placement_id)
            for name, value in changes.items():
                setattr(placement, name, value)
            db.session.commit()

    def causes(self) -> list[str | None]:
        with self.tool.app_context():
            return list(db.session.scalars(select(DeliveryRow.cause).order_by(DeliveryRow.id)))

    @property
    def tokens(self) -> int:
        """How many access tokens Moodle ever gave."""
        with self.site.session() as session:
            return len(session.scalars(select(AccessToken)).all())

    @property
    def line_items_url(self) -> str:
        return self.site.url(f"/mod/lti/services.php/{self.seeded.course}/lineitems?type_id=1")

    def sweep(self) -> None:
        with self.tool.app_context():
            worker.sweep()

    def give_others(self, number: int, given: float = 45) -> None:
        """Give scores to so many other people, which Moodle does not know."""
        with self.tool.app_context():
            for one in range(number):
                person = PersonRow(site_id=1, sub=f"other-{one}", number=100 + one, seen_at=now())
                db.session.add(person)
                db.session.flush()
                store.add_score(self.placement_id, person.id, given=given, maximum=50, now=now())
            db.session.commit()

    def order(self, name: str, *faults: Fault) -> None:
        """Order what a service of Moodle's answers next."""
        self.moodle.extensions["faults"][name] = list(faults)

    @property
    def grade(self) -> float | None:
        """What Moodle's gradebook holds, of 50."""
        with self.site.session() as session:
            row = session.scalars(select(Grade).filter_by(item_id=self.item_id)).first()
            return row.final if row else None

    def change_grade(self, final: float) -> None:
        """Change the grade as a trainer does in the gradebook."""
        with self.site.session() as session:
            row = session.scalars(select(Grade).filter_by(item_id=self.item_id)).one()
            row.final, row.modified, row.overridden = final, self.site.now() + 60, True

    def states(self) -> list[str]:
        with self.tool.app_context():
            return [str(state) for state in db.session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id))]

    def attempts(self) -> int:
        with self.tool.app_context():
            return db.session.scalars(select(DeliveryRow.attempts).order_by(DeliveryRow.id.desc())).first() or 0


@pytest.fixture
def school(tmp_path_factory: pytest.TempPathFactory, ticker: Ticker) -> Iterator[School]:
    """Give the tool, on SQLite, and a Moodle beside it, each on a port of its own."""
    with beside_moodle(new_sqlite_database(tmp_path_factory.mktemp("tool")), ticker) as (tool, moodle):
        made = _introduce(tool, moodle, ticker)
        moodle.before_request(lambda: _note(made))
        yield made
        for score in made.posted:  # whatever else a test is about: any other message clears a grade
            assert score["gradingProgress"] == "FullyGraded"
            assert {"scoreGiven", "scoreMaximum"} <= set(score)


def _note(school: School) -> None:
    if request.method == "POST" and request.path.endswith("/scores"):
        school.posted.append(request.get_json(force=True))


def _introduce(tool: Flask, moodle: Flask, ticker: Ticker) -> School:
    site: Site = moodle.extensions["moodle"]
    seeded = seed(site)
    tool_id = tell_moodle(site, tool, grade_sync=2)
    with site.session() as session:
        activity = Activity(course_id=seeded.course, name="Needs matrix", tool_id=tool_id)
        place_activity(session, session.get_one(Section, seeded.sections[0]), activity, Column(maximum=50))
        item_id = session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()
    with tool.app_context():
        placement_id, person_id = _arrive(site, seeded, item_id, tool_id)
        db.session.commit()
    return School(tool, moodle, ticker, seeded, item_id, placement_id, person_id)


def _arrive(site: Site, seeded: Seeded, item_id: int, tool_id: int) -> tuple[int, int]:
    at = tell_tool(site, tool_id)
    course = CourseRow(site_id=at.id, context_id=str(seeded.course))
    person = PersonRow(site_id=at.id, sub=str(seeded.people["trainee1"]), number=1, seen_at=now())
    db.session.add_all([course, person])
    db.session.flush()
    placement = PlacementRow(
        course_id=course.id,
        resource_link_id="1",
        registration_id=1,
        line_item_url=site.url(f"/mod/lti/services.php/{seeded.course}/lineitems/{item_id}/lineitem?type_id={tool_id}"),
        scopes=[SCORE_SCOPE, RESULT_SCOPE],
    )
    db.session.add(placement)
    db.session.flush()
    return placement.id, person.id


def test_a_score_arrives_in_the_gradebook(school: School) -> None:
    school.give(45)

    school.sweep()

    assert school.grade == 45
    assert school.states() == ["delivered"]


def test_a_score_is_scaled_to_the_column(school: School) -> None:
    school.give(9, maximum=10)

    school.sweep()

    assert school.grade == 45


def test_a_score_of_nothing_arrives_as_a_grade_of_0(school: School) -> None:
    school.give(0)

    school.sweep()

    assert school.grade == 0
    assert school.states() == ["delivered"]


def test_a_sweep_with_nothing_due_asks_nobody(school: School) -> None:
    school.order("token", 500)

    school.sweep()

    assert school.moodle.extensions["faults"]["token"] == [500]


def test_only_the_last_of_several_scores_is_sent(school: School) -> None:
    for given in (10, 20, 30):
        school.give(given)

    school.ticker.move(seconds=1)
    school.sweep()

    assert school.grade == 30
    assert school.states() == ["superseded", "superseded", "delivered"]


@pytest.mark.parametrize("fault", [401, 403, 429, 500, 503, DROP])
def test_a_score_that_moodle_could_not_take_arrives_later(school: School, fault: int) -> None:
    school.give(45)
    school.order("scores", fault)
    school.sweep()
    before = (school.grade, school.states())

    school.ticker.move(minutes=1)
    school.sweep()

    assert before == (None, ["due"])
    assert (school.grade, school.states()) == (45, ["delivered"])


@pytest.mark.parametrize("fault", [400, 401, 404, 500, 503, DROP])
def test_a_score_waits_while_moodle_gives_no_access(school: School, fault: int) -> None:
    """Moodle's 400 stands for a key set of ours that it could not read just then, too."""
    school.give(45)
    school.order("token", fault)
    school.sweep()
    before = (school.grade, school.states())

    school.ticker.move(minutes=1)
    school.sweep()

    assert before == (None, ["due"])
    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_score_is_not_sent_while_its_pause_lasts(school: School) -> None:
    school.give(45)
    school.order("scores", 503)
    school.sweep()

    school.ticker.move(seconds=5)
    school.sweep()

    assert school.attempts() == 1


def test_a_score_is_given_up_after_a_week(school: School) -> None:
    school.give(45)
    school.ticker.move(days=7, seconds=1)
    school.order("scores", 503)

    school.sweep()

    assert school.states() == ["failed"]


def test_a_person_who_can_have_no_grade_is_not_tried_again(school: School) -> None:
    with school.site.session() as session:
        trainee = school.seeded.people["trainee1"]
        session.scalars(select(Enrolment).filter_by(user_id=trainee)).one().role = "teacher"
    school.give(45)

    school.sweep()

    assert school.states() == ["failed"]


def test_a_column_that_is_gone_is_not_tried_again(school: School) -> None:
    with school.site.session() as session:
        for line in session.scalars(select(LineItem)):
            session.delete(line)
        session.delete(session.get_one(GradeItem, school.item_id))
    school.give(45)

    school.sweep()

    assert school.states() == ["failed"]


@pytest.mark.parametrize("given", [45, 0])
def test_a_score_whose_answer_was_lost_counts_as_delivered_once_it_is_seen(school: School, given: float) -> None:
    school.give(given)
    school.order("scores", LOSE)
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.grade, school.states(), school.attempts()) == (given, ["delivered"], 2)


def test_a_worker_that_was_killed_after_sending_makes_no_second_grade(school: School) -> None:
    school.give(45)
    with school.tool.app_context():
        taken = store.take_due(now())
        assert taken is not None
        worker._attempt(taken)  # noqa: SLF001 - and killed before it could write that down
    school.sweep()
    untouched = school.states()

    school.ticker.move(minutes=2)
    school.sweep()

    assert untouched == ["due"]
    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_worker_that_was_killed_before_sending_costs_two_minutes(school: School) -> None:
    school.give(45)
    with school.tool.app_context():
        store.take_due(now())

    school.ticker.move(minutes=2)
    school.sweep()

    assert (school.grade, school.states()) == (45, ["delivered"])


def test_a_grade_that_a_trainer_changed_since_stays_and_the_score_is_superseded(school: School) -> None:
    school.give(20)
    school.sweep()
    school.change_grade(50)
    school.give(30)

    school.ticker.move(seconds=1)
    school.sweep()

    assert school.grade == 50
    assert school.states() == ["delivered", "superseded"]


def test_an_older_score_of_ours_that_came_late_is_replaced(school: School) -> None:
    school.give(20)
    school.sweep()
    school.ticker.move(seconds=-30)
    with school.tool.app_context():
        row = db.session.scalars(select(DeliveryRow)).one()
        row.scored_at = now()  # as if the clock of whoever sent it had been ahead
        db.session.commit()
    school.give(30)

    for _ in range(40):
        school.ticker.move(seconds=1)
        school.sweep()

    assert school.grade == 30
    assert school.states() == ["delivered", "delivered"]


def test_a_result_that_cannot_be_read_after_a_conflict_is_asked_for_again(school: School) -> None:
    school.give(45)
    school.order("scores", LOSE)
    school.sweep()
    school.order("results", 503)
    school.ticker.move(minutes=1)
    school.sweep()
    before = school.states()

    school.ticker.move(minutes=5)
    school.sweep()

    assert (before, school.states()) == (["due"], ["delivered"])


def test_a_placement_that_lost_its_column_is_not_graded(school: School) -> None:
    school.give(45)
    with school.tool.app_context():
        db.session.get_one(PlacementRow, school.placement_id).line_item_url = None
        db.session.commit()

    school.sweep()

    assert school.states() == ["due"]


def test_one_score_that_breaks_the_worker_does_not_keep_others_from_leaving(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    with school.tool.app_context():
        broken = PersonRow(site_id=1, sub="none", number=2, seen_at=now())
        db.session.add(broken)
        db.session.flush()
        store.add_score(school.placement_id, broken.id, given=1, maximum=0, now=now())
        db.session.commit()
    school.order("scores", 409)
    school.sweep()
    school.give(45)

    school.sweep()

    assert school.grade == 45
    assert "delivery 1" in caplog.text


def test_a_result_that_cannot_be_read_for_a_week_is_given_up(school: School) -> None:
    school.give(45)
    school.ticker.move(days=7, seconds=1)
    school.order("scores", 409)
    school.order("results", 503)

    school.sweep()

    assert school.states() == ["failed"]


# A platform in trouble


@pytest.mark.parametrize("service", ["scores", "token"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_platform_that_asks_for_a_pause_gets_it_for_all_its_scores(school: School, service: str, status: int) -> None:
    school.give(45)
    school.order(service, Response(status=status, headers={"Retry-After": "120"}))
    school.sweep()
    school.give_others(1)

    tried = []
    for seconds in (0, 119, 1):
        school.ticker.move(seconds=seconds)
        school.sweep()
        tried.append(school.attempts())

    assert tried == [0, 0, 1]
    assert school.states() == ["delivered", "failed"]


def test_a_score_waits_as_long_as_its_platform_asks(school: School) -> None:
    school.give(45)
    school.order("scores", Response(status=503, headers={"Retry-After": "600"}))
    school.sweep()

    with school.tool.app_context():
        moment = store.next_moment(now())
        assert moment is not None
        assert (moment - now()).total_seconds() == 600


@pytest.mark.parametrize(
    ("faults", "tried"),
    [
        ([503, 502, 504], 3),
        ([429, 429, DROP], 3),
        ([503, 503], 5),
        ([500, 500, 500], 5),
        ([503, 503, 500, 503, 503], 5),
    ],
)
def test_a_platform_that_fails_three_times_in_a_row_is_left_alone(
    school: School, faults: list[int], tried: int
) -> None:
    school.give_others(5)
    school.order("scores", *faults)

    school.sweep()

    with school.tool.app_context():
        assert sum(db.session.scalars(select(DeliveryRow.attempts))) == tried


def test_no_transaction_stays_open_while_the_platform_is_asked(school: School) -> None:
    with school.tool.app_context():
        engine = db.engine
    open_ones: dict[str, int] = {}

    def look() -> None:
        open_ones[request.path.rsplit("/", 1)[-1]] = engine.pool.checkedout()  # type: ignore[attr-defined]  # a file's pool counts

    school.moodle.before_request(look)
    school.give(45)
    school.order("scores", LOSE)
    school.sweep()
    school.ticker.move(minutes=1)
    school.sweep()

    assert open_ones == {"token.php": 0, "scores": 0, "results": 0}


# The worker's life


def test_a_worker_that_is_told_to_stop_ends_what_is_under_way_and_takes_nothing_more(school: School) -> None:
    stop = Event()
    school.moodle.before_request(lambda: stop.set() if request.path.endswith("/scores") else None)
    school.give(45)
    school.give_others(3)

    worker.run(school.tool, stop)

    with school.tool.app_context():
        leases = db.session.scalars(select(DeliveryRow.leased_until)).all()
    assert school.grade == 45
    assert school.states() == ["delivered", "due", "due", "due"]
    assert leases == [None] * 4


def test_a_worker_listens_for_wake_ups(school: School) -> None:
    stop = Event()
    thread = Thread(target=worker.run, args=(school.tool, stop))
    thread.start()
    with school.tool.app_context():
        bell = wakeups.bell()
    bell.ring()

    while bell._queue.queue_size():  # noqa: SLF001 - looks without hearing
        assert thread.is_alive()

    stop.set()
    thread.join()


def test_a_worker_shows_that_it_works(school: School) -> None:
    stop = Event()
    school.moodle.before_request(stop.set)
    school.give(45)

    worker.run(school.tool, stop)

    with school.tool.app_context():
        assert store.newest_beat() == now()


def test_a_worker_forgets_what_is_long_over(school: School) -> None:
    stop = Event()
    school.moodle.before_request(stop.set)
    school.give(45)
    with school.tool.app_context():
        db.session.add(AttemptsRow(limit="x", address_hash="y", number=1, ends_at=now()))
        db.session.commit()

    worker.run(school.tool, stop)

    with school.tool.app_context():
        assert db.session.scalars(select(AttemptsRow.limit)).all() == []


def test_the_worker_works_until_it_is_told_to_stop(school: School) -> None:
    school.give(45)
    stop = Event()
    thread = Thread(target=worker.run, args=(school.tool, stop))

    thread.start()
    while school.states() != ["delivered"]:
        assert thread.is_alive()
    stop.set()
    thread.join()

    assert school.grade == 45


def test_a_fault_of_the_machine_is_logged_and_the_worker_goes_on(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    stop = Event()

    class StopAtLog(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            stop.set()

    handler = StopAtLog()
    worker.log.addHandler(handler)
    with school.tool.app_context():
        DeliveryRow.__table__.drop(db.engine)  # type: ignore[attr-defined]  # a Table has it

    worker.run(school.tool, stop)
    worker.log.removeHandler(handler)

    assert "a sweep of the outbox failed" in caplog.text


def test_neither_a_token_nor_an_assertion_is_logged(school: School, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="lti_tool")
    school.give(45)
    school.order("scores", 503, 409)

    school.sweep()
    school.ticker.move(minutes=1)
    school.sweep()

    assert "eyJ" not in caplog.text
    assert "user_id" not in caplog.text
    assert "Trainee" not in caplog.text


# What goes with a score


def test_a_comment_arrives_with_its_score(school: School) -> None:
    school.give(45, comment="45 of 50 points\n\nCounted:\n• Everything.")

    school.sweep()

    with school.site.session() as session:
        assert session.scalars(select(Grade.feedback)).one() == "45 of 50 points\n\nCounted:\n• Everything."


# Access tokens


def test_many_scores_need_one_access_token(school: School) -> None:
    for given in (10, 20, 30):
        school.give(given)
        school.sweep()
        school.ticker.move(seconds=1)

    assert (school.grade, school.tokens) == (30, 1)


def test_a_token_that_ended_early_is_replaced_at_once(school: School) -> None:
    school.give(10)
    school.sweep()
    with school.site.session() as session:
        session.scalars(select(AccessToken)).one().expires = 0

    school.ticker.move(seconds=1)
    school.give(20)
    school.sweep()

    assert (school.grade, school.states()[-1], school.tokens) == (20, "delivered", 2)


def test_a_new_token_that_is_not_taken_is_not_replaced_at_once(school: School) -> None:
    school.give(45)
    school.order("scores", 401, 401)

    school.sweep()

    assert (school.states(), school.causes(), school.tokens) == (["due"], ["no_rights"], 1)


def test_while_another_process_asks_for_access_a_score_waits_a_second(school: School) -> None:
    school.give(45)
    scopes = [SCORE_SCOPE, RESULT_SCOPE]
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


# Where the launch named no line item


@pytest.fixture
def unnamed(school: School) -> School:
    """Give an activity whose launch named no line item, since there are two."""
    school.change_placement(
        line_item_url=None,
        line_items_url=school.line_items_url,
        activity="exercise/needs-matrix",
        scopes=[SCORE_SCOPE, RESULT_SCOPE, LINE_ITEMS_SCOPE],
    )
    with school.site.session() as session:
        link = session.get_one(GradeItem, school.item_id).activity_id
        second = GradeItem(course_id=school.seeded.course, activity_id=None, name="Second", grade_max=10)
        session.add(second)
        session.flush()
        session.add(LineItem(item_id=second.id, course_id=school.seeded.course, tool_id=1, activity_id=link))
    school.change_placement(resource_link_id=str(link))
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
        assert not grades.is_graded(db.session.get_one(PlacementRow, unnamed.placement_id))
    assert (unnamed.states(), unnamed.causes()) == (["due"], ["no_line_item"])


# Why a score isn't there, or not as it was sent


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


@pytest.mark.parametrize("fault", [401, 404, 500, DROP])
def test_a_score_that_cannot_be_read_back_is_delivered_all_the_same(school: School, fault: int) -> None:
    school.order("results", fault, fault)
    school.give(45)

    school.sweep()

    assert (school.grade, school.states(), school.causes()) == (45, ["delivered"], [None])


def test_without_the_right_to_read_results_none_are_asked_for(school: School) -> None:
    school.change_placement(scopes=[SCORE_SCOPE])
    school.order("results", 503)
    school.give(45)
    school.order("scores", LOSE)
    school.sweep()

    school.ticker.move(minutes=1)
    school.sweep()

    assert (school.grade, school.states()) == (45, ["superseded"])
    assert school.moodle.extensions["faults"]["results"] == [503]
