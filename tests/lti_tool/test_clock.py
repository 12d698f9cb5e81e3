"""The application's clock."""

from datetime import UTC, timedelta

from flask import Flask

from lti_tool import clock
from tests.lti_tool.ticking import Ticker


def test_the_machine_tells_the_time_in_utc() -> None:
    assert clock.utc_now().tzinfo is UTC


def test_an_application_goes_by_the_clock_that_it_was_given() -> None:
    app, ticker = Flask(__name__), Ticker()
    clock.init_app(app, ticker)
    began = ticker.time

    ticker.move(hours=1)

    with app.app_context():
        assert clock.now() == began + timedelta(hours=1)
