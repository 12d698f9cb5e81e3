"""Scores leave evenly, one after the other for each grade, and not at all for a platform that is in trouble."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import pace, store
from lti_tool.delivery.rules import FAILURES_BEFORE_PAUSE, LEASE
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryState
from tests.lti_tool.entering import Client
from tests.lti_tool.giving import give
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
ELSEWHERE = "http://localhost:8200"


def take(app: Flask) -> Delivery | None:
    with app.app_context():
        return store.take_due(now())


def take_all(app: Flask) -> int:
    count = 0
    while take(app):
        count += 1
    return count


def fail(app: Flask, times: int = 1, asked: timedelta | None = None) -> None:
    """Let the first site's platform be in trouble, with as long a pause as luck can make it."""
    with app.app_context():
        for _ in range(times):
            pace.failed(1, asked, 1, now())
        db.session.commit()


def answer(app: Flask) -> None:
    with app.app_context():
        pace.answered(1)
        db.session.commit()


def end(app: Flask, delivery: Delivery) -> None:
    with app.app_context():
        store.end(delivery, DeliveryState.DELIVERED, None, now())


def next_moment(app: Flask) -> float | None:
    """Tell in how many seconds the next delivery may leave."""
    with app.app_context():
        moment = store.next_moment(now())
        return (moment - now()).total_seconds() if moment else None


# One grade


def test_a_newer_score_waits_for_the_one_under_way(app: Flask, enter: Enter, ticker: Ticker) -> None:
    person = enter()
    give(app, person, 40)
    older = take(app)
    assert older is not None
    give(app, person, 60)
    ticker.move(seconds=5)
    meanwhile = take(app)

    end(app, older)

    newer = take(app)
    assert (meanwhile, newer and newer.given) == (None, 60)


def test_a_newer_score_waits_no_longer_than_a_lease(app: Flask, enter: Enter, ticker: Ticker) -> None:
    person = enter()
    give(app, person, 40)
    take(app)
    give(app, person, 60)

    ticker.move(seconds=LEASE.total_seconds())

    newer = take(app)
    assert newer is not None
    assert newer.given == 60


def test_other_grades_don_t_wait_for_the_one_under_way(app: Flask, enter: Enter) -> None:
    give(app, enter())
    take(app)

    give(app, enter(course="course-2"))

    assert take(app) is not None


def test_a_second_score_of_the_same_second_leaves_a_second_later(app: Flask, enter: Enter, ticker: Ticker) -> None:
    person = enter()
    for given in (40, 60):
        give(app, person, given)
    at_once = take(app)

    ticker.move(seconds=1)

    assert at_once is None
    assert take(app) is not None


def test_who_comes_after_the_end_of_a_lease_records_nothing(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter())
    late = take(app)
    assert late is not None
    ticker.move(seconds=LEASE.total_seconds())
    current = take(app)
    assert current is not None

    end(app, late)
    ticker.move(seconds=LEASE.total_seconds())

    assert take(app) is not None


# One platform


def test_about_ten_scores_leave_at_once_and_then_ten_a_second(app: Flask, enter: Enter, ticker: Ticker) -> None:
    for number in range(25):
        give(app, enter(sub=str(number)))
    counts = [take_all(app)]

    for _ in range(2):
        ticker.move(seconds=0.5)
        counts.append(take_all(app))

    assert counts == [11, 5, 5]


def test_a_platform_that_may_not_be_asked_holds_up_no_other(app: Flask, enter: Enter) -> None:
    for number in range(15):
        give(app, enter(sub=str(number)))
    give(app, enter(issuer=ELSEWHERE))

    assert take_all(app) == 12


def test_a_platform_that_asks_to_be_left_alone_is(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter())
    take(app)
    fail(app, asked=timedelta(minutes=10))
    give(app, enter(sub="2"))
    give(app, enter(issuer=ELSEWHERE))
    counts = [take_all(app)]

    for minutes, seconds in ((9, 59), (0, 1)):
        ticker.move(minutes=minutes, seconds=seconds)
        counts.append(take_all(app))  # those whose lease is over are taken again

    assert counts == [1, 1, 2]


@pytest.mark.parametrize(("times", "seconds"), [(1, 0), (2, 0), (3, 10), (4, 20), (5, 40), (8, 300), (80, 300)])
def test_a_platform_that_fails_again_and_again_is_left_alone_for_longer_and_longer(
    app: Flask, enter: Enter, times: int, seconds: float
) -> None:
    first, other = enter(), enter(sub="2")
    give(app, first)
    take(app)
    fail(app, times)

    give(app, other)

    assert next_moment(app) == seconds


def test_an_answer_ends_the_count_of_failures(app: Flask, enter: Enter) -> None:
    give(app, enter())
    take(app)
    fail(app, FAILURES_BEFORE_PAUSE - 1)
    answer(app)

    fail(app, FAILURES_BEFORE_PAUSE - 1)

    give(app, enter(sub="2"))
    assert take(app) is not None


def test_an_answer_does_not_end_a_pause_that_was_asked_for(app: Flask, enter: Enter) -> None:
    give(app, enter())
    take(app)
    fail(app, asked=timedelta(minutes=10))

    answer(app)

    give(app, enter(sub="2"))
    assert take(app) is None


# When the worker has to look again


def test_without_anything_to_send_there_is_no_next_moment(app: Flask) -> None:
    assert next_moment(app) is None


def test_the_next_moment_is_that_of_the_earliest_delivery(app: Flask, enter: Enter) -> None:
    people = [enter(), enter(sub="2")]
    for person, seconds in zip(people, (40, 30), strict=True):
        give(app, person)
        taken = take(app)
        assert taken is not None
        with app.app_context():
            store.try_again(taken, now() + timedelta(seconds=seconds), "no")

    assert next_moment(app) == 30


def test_what_a_worker_has_is_no_reason_to_look(app: Flask, enter: Enter) -> None:
    person = enter()
    give(app, person)
    take(app)
    give(app, person)

    assert next_moment(app) is None


def test_the_next_moment_of_a_crowd_is_its_platform_s_next_turn(app: Flask, enter: Enter) -> None:
    for number in range(15):
        give(app, enter(sub=str(number)))
    take_all(app)

    assert next_moment(app) == pytest.approx(0.1)
