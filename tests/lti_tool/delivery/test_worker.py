"""The worker against the miniature of Moodle: whatever happens on the way, a score arrives once, as last given."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.app import create_moodle
from lti_tool.demo.moodle.faults import DROP, LOSE
from lti_tool.demo.moodle.placing import Column, place_activity
from lti_tool.demo.moodle.seed import Seeded, seed
from lti_tool.demo.moodle.settings import MoodleSettings
from lti_tool.demo.moodle.site import Site
from lti_tool.demo.moodle.tables import Activity, Enrolment, Grade, GradeItem, LineItem, Section, Tool
from lti_tool.lti import registry
from lti_tool.lti.registry import Granted
from lti_tool.lti.tables import CourseRow, PersonRow, PlacementRow
from tests.lti_tool.making import close_app, make_app, new_sqlite_database
from tests.lti_tool.signing import SCORE_SCOPE, signing_key
from tests.lti_tool.ticking import Ticker

RESULT_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Write nothing."""


class Late:
    """An application whose address must be known before it can be made."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


@contextmanager
def listening(app: Late) -> Iterator[str]:
    """Answer on a port of loopback until the end of the block; give the address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_QuietHandler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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

    @property
    def site(self) -> Site:
        site: Site = self.moodle.extensions["moodle"]
        return site

    def give(self, given: float, maximum: float = 50) -> None:
        """Give the trainee a score, as a submission does."""
        with self.tool.app_context():
            store.add_score(self.placement_id, self.person_id, given=given, maximum=maximum, now=now())
            db.session.commit()

    def sweep(self) -> None:
        with self.tool.app_context():
            worker.sweep()

    def order(self, name: str, *faults: int) -> None:
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
    late_moodle, late_tool = Late(), Late()
    with listening(late_moodle) as moodle_url, listening(late_tool) as tool_url:
        moodle = late_moodle.app = create_moodle(MoodleSettings(wwwroot=moodle_url, private_key_pem=_moodle_key()))
        url = new_sqlite_database(tmp_path_factory.mktemp("tool"))
        tool = late_tool.app = make_app(url, ticker, PUBLIC_URL=tool_url)
        yield _introduce(tool, moodle, ticker, tool_url)
        close_app(tool)
        moodle.extensions["moodle"].close()


def _moodle_key() -> str:
    return signing_key("moodle").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _introduce(tool: Flask, moodle: Flask, ticker: Ticker, tool_url: str) -> School:
    site: Site = moodle.extensions["moodle"]
    seeded = seed(site)
    with site.session() as session:
        known = Tool(
            client_id="client-1",
            name="MedTOWN",
            base_url=f"{tool_url}/lti/launch",
            domain=tool_url.removeprefix("http://"),
            login_url=f"{tool_url}/lti/login",
            redirect_uris=f"{tool_url}/lti/launch",
            keyset_url=f"{tool_url}/lti/keys",
            active=True,
            grade_sync=2,
        )
        session.add(known)
        session.flush()
        activity = Activity(course_id=seeded.course, name="Needs matrix", tool_id=known.id)
        place_activity(session, session.get_one(Section, seeded.sections[0]), activity, Column(maximum=50))
        item_id = session.scalars(select(GradeItem.id).filter_by(activity_id=activity.id)).one()
        tool_id = known.id
    with tool.app_context():
        placement_id, person_id = _arrive(site, seeded, item_id, tool_id)
        db.session.commit()
    return School(tool, moodle, ticker, seeded, item_id, placement_id, person_id)


def _arrive(site: Site, seeded: Seeded, item_id: int, tool_id: int) -> tuple[int, int]:
    granted = Granted(
        client_id="client-1",
        deployment_id=str(tool_id),
        authorization_endpoint=site.url("/mod/lti/auth.php"),
        token_endpoint=site.url("/mod/lti/token.php"),
        token_audience=None,
        jwks_uri=site.url("/mod/lti/certs.php"),
    )
    at = registry.site(site.settings.wwwroot)
    registry.grant(at, granted, approved=True, now=now())
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
