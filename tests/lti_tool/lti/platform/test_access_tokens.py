"""Access tokens on both databases: asked for once, kept sealed, and never used for too long."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Event

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import PlatformBusy, PlatformUnreachable
from lti_tool.lti import registry
from lti_tool.lti.platform import access_tokens
from lti_tool.lti.platform.access_tokens import Granted
from lti_tool.lti.platform.tables import AccessTokenRow
from lti_tool.lti.registering import approval
from lti_tool.lti.tables import RegistrationRow
from tests.lti_tool.platform import Platform
from tests.lti_tool.ticking import Ticker

SCORE, RESULT = "scope/score", "scope/result.readonly"
HOUR = timedelta(hours=1)
AT_ONCE = 50


@dataclass
class Asked:
    """Stands where a platform is asked, and counts."""

    tokens: list[str] = field(default_factory=list)

    def __call__(self) -> Granted:
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return Granted(token=self.tokens[-1], lasts=HOUR)


@pytest.fixture
def registered(app: Flask, platform: Platform) -> Flask:
    """Give the application with registration 1."""
    platform.register(app)
    return app


def get(app: Flask, asked: Callable[[], Granted], *scopes: str) -> str:
    with app.app_context():
        return access_tokens.get(1, scopes or (SCORE, RESULT), asked).token


def test_a_token_is_asked_for_once(registered: Flask) -> None:
    asked = Asked()

    tokens = [get(registered, asked) for _ in range(3)]

    assert tokens == ["token-1"] * 3
    assert len(asked.tokens) == 1


def test_the_order_of_scopes_makes_no_difference_and_other_scopes_do(registered: Flask) -> None:
    asked = Asked()

    tokens = [get(registered, asked, *scopes) for scopes in ((SCORE, RESULT), (RESULT, SCORE), (SCORE,))]

    assert tokens == ["token-1", "token-1", "token-2"]


def test_a_token_is_replaced_a_minute_before_it_ends(registered: Flask, ticker: Ticker) -> None:
    asked = Asked()
    tokens = [get(registered, asked)]

    ticker.move(minutes=58, seconds=59)
    tokens.append(get(registered, asked))
    ticker.move(seconds=1)
    tokens.append(get(registered, asked))

    assert tokens == ["token-1", "token-1", "token-2"]


def test_many_at_once_ask_the_platform_once(registered: Flask) -> None:
    asked, together = Asked(), Barrier(AT_ONCE)

    def work(_: int) -> str:
        together.wait(timeout=60)
        while True:
            try:
                return get(registered, asked)
            except PlatformBusy:
                time.sleep(0.05)  # as a worker comes again: who asks must come to write what it got

    with ThreadPoolExecutor(AT_ONCE) as pool:
        tokens = set(pool.map(work, range(AT_ONCE)))

    assert tokens == {"token-1"}
    assert len(asked.tokens) == 1


def test_who_comes_while_somebody_asks_is_told_to_come_again(registered: Flask) -> None:
    asked, began, go_on = Asked(), Event(), Event()

    def slowly() -> Granted:
        began.set()
        assert go_on.wait(timeout=60)
        return asked()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(get, registered, slowly)
        assert began.wait(timeout=60)
        with pytest.raises(PlatformBusy):
            get(registered, asked)
        go_on.set()

    assert (first.result(), get(registered, asked)) == ("token-1", "token-1")


def test_whoever_was_killed_while_asking_holds_the_others_up_for_45_seconds(registered: Flask, ticker: Ticker) -> None:
    asked = Asked()

    def killed() -> Granted:
        ticker.move(seconds=44)
        with pytest.raises(PlatformBusy):
            get(registered, asked)
        ticker.move(seconds=1)
        return Granted(token=get(registered, asked), lasts=HOUR)

    assert get(registered, killed) == "token-1"


def test_after_a_refusal_the_next_one_may_ask_at_once(registered: Flask) -> None:
    def refused() -> Granted:
        msg = "down"
        raise PlatformUnreachable(msg)

    with pytest.raises(PlatformUnreachable):
        get(registered, refused)

    assert get(registered, Asked()) == "token-1"


def test_a_token_that_is_no_longer_taken_is_forgotten_unless_somebody_replaced_it(registered: Flask) -> None:
    asked = Asked()
    with registered.app_context():
        stale = access_tokens.get(1, [SCORE], asked)
        access_tokens.forget(1, [SCORE], stale)
        renewed = access_tokens.get(1, [SCORE], asked)
        access_tokens.forget(1, [SCORE], stale)

        kept = access_tokens.get(1, [SCORE], asked)

    assert (stale.token, renewed.token, kept.token) == ("token-1", "token-2", "token-2")
    assert (renewed.is_new, kept.is_new) == (True, False)


def test_a_token_is_sealed_where_it_is_kept_and_hidden_where_it_is_shown(registered: Flask) -> None:
    with registered.app_context():
        access = access_tokens.get(1, [SCORE], Asked())
        row = db.session.scalars(select(AccessTokenRow)).one()

    assert row.sealed
    assert b"token-1" not in row.sealed
    assert "token-1" not in repr(access)


def test_what_another_passphrase_sealed_is_asked_for_again(registered: Flask) -> None:
    asked = Asked()
    get(registered, asked)
    with registered.app_context():
        access_tokens.init_app(registered, "another passphrase")

    assert get(registered, asked) == "token-2"


@pytest.mark.parametrize("end", [approval.suspend, approval.remove])
def test_the_tokens_of_a_registration_that_ends_are_forgotten(
    registered: Flask, end: Callable[[RegistrationRow], None]
) -> None:
    get(registered, Asked())

    with registered.app_context():
        end(db.session.get_one(RegistrationRow, 1))
        db.session.commit()

        assert db.session.scalars(select(AccessTokenRow)).all() == []


def test_each_registration_has_its_own(registered: Flask, platform: Platform) -> None:
    asked = Asked()
    get(registered, asked)
    with registered.app_context():
        registry.grant(registry.site("http://localhost:8200"), platform.granted(), approved=True, now=now())
        db.session.commit()

        other = access_tokens.get(2, [SCORE, RESULT], asked)

    assert other.token == "token-2"
