"""Workers show that they work, so that others can tell whether grades leave."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store
from lti_tool.delivery.tables import WorkerRow
from tests.lti_tool.ticking import Ticker


def test_without_a_worker_there_is_no_beat(app: Flask) -> None:
    with app.app_context():
        assert store.newest_beat() is None


def test_the_newest_beat_of_all_workers_counts(app: Flask, ticker: Ticker) -> None:
    with app.app_context():
        store.beat("one", now())
        ticker.move(seconds=30)
        store.beat("other", now() - timedelta(seconds=10))
        store.beat("one", now())

        assert store.newest_beat() == now()


def test_a_worker_that_ended_a_day_ago_is_forgotten(app: Flask, ticker: Ticker) -> None:
    with app.app_context():
        store.beat("one", now())
        ticker.move(days=1, seconds=1)
        store.beat("other", now())

        assert db.session.scalars(select(WorkerRow.name)).all() == ["other"]
