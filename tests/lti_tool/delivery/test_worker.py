"""The worker's life: it works until it is told to stop, whatever breaks on the way, and keeps secrets."""

import logging
from datetime import datetime
from threading import Event, Thread

import pytest
from flask import request
from sqlalchemy import select

from lti_tool import keeping
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store, wakeups, worker
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.demo.moodle.faults import LOSE
from lti_tool.keeping import Kept
from lti_tool.lti.tables import AttemptsRow, PersonRow
from tests.lti_tool.delivery.conftest import School
from tests.lti_tool.watching import set_at_log


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
    stop, kept = Event(), school.tool.extensions["keeping"].kept
    with school.tool.app_context():
        db.session.add(AttemptsRow(limit="x", address_hash="y", number=1, ends_at=now()))
        db.session.commit()

    def end(_before: datetime, _most: int) -> int:
        stop.set()
        return 0

    keeping.init_app(school.tool, [*kept, Kept(name="the end", forget=end)])
    worker.run(school.tool, stop)
    keeping.init_app(school.tool, kept)

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
    with school.tool.app_context():
        DeliveryRow.__table__.drop(db.engine)  # type: ignore[attr-defined]  # a Table has it

    with set_at_log(worker.log) as stop:
        worker.run(school.tool, stop)

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
