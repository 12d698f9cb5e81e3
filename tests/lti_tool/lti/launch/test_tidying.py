"""What the edge forgets, and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool import keeping
from lti_tool.clock import now
from lti_tool.database import Base, db
from lti_tool.lti.launch import store
from lti_tool.lti.tables import AttemptsRow, LaunchRow, LoginRow
from tests.lti_tool.entering import Client
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("later", "kept"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_a_launch_is_kept_for_thirty_days_after_its_end(
    app: Flask, enter: Enter, ticker: Ticker, later: timedelta, kept: int
) -> None:
    enter()
    ticker.time += store.SESSION_LASTS + timedelta(days=30) + later

    with app.app_context():
        keeping.forget_some()

        assert count(LaunchRow) == kept


@pytest.mark.parametrize(("later", "kept"), [(timedelta(seconds=-1), 1), (timedelta(0), 0)])
def test_a_login_goes_when_it_is_over(app: Flask, enter: Enter, ticker: Ticker, later: timedelta, kept: int) -> None:
    enter()
    with app.app_context():
        login = LoginRow(
            state_hash="f" * 64,
            nonce="nonce",
            browser_hash="b" * 64,
            registration_id=1,
            target_link_uri="target",
            login_hint="5",
            expires_at=now() + store.LOGIN_LASTS,
        )
        db.session.add(login)
        db.session.commit()
        ticker.time += store.LOGIN_LASTS + later

        keeping.forget_some()

        assert count(LoginRow) == kept


@pytest.mark.parametrize(("later", "kept"), [(timedelta(seconds=-1), 1), (timedelta(0), 0)])
def test_an_address_goes_when_its_window_is_over(app: Flask, ticker: Ticker, later: timedelta, kept: int) -> None:
    with app.app_context():
        ends_at = now() + timedelta(minutes=10)
        db.session.add(AttemptsRow(limit="launches", address_hash="a" * 64, number=3, ends_at=ends_at))
        db.session.commit()
        ticker.time = ends_at + later

        keeping.forget_some()

        assert count(AttemptsRow) == kept


def test_what_was_forgotten_stays_forgotten(app: Flask, enter: Enter, ticker: Ticker) -> None:
    enter()
    ticker.move(days=60)

    with app.app_context():
        keeping.forget_some()
        db.session.rollback()

        assert count(LaunchRow) == 0
