"""The outbox on both databases: coalesced, leased, and never taken twice."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store
from lti_tool.delivery.rules import LEASE
from lti_tool.delivery.store import Delivery
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from tests.lti_tool.entering import Client
from tests.lti_tool.giving import give
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]


def take(app: Flask, limit: int = 20) -> Sequence[Delivery]:
    """Take what may leave now, one after the other."""
    with app.app_context():
        taken = (store.take_due(now()) for _ in range(limit))
        return [delivery for delivery in taken if delivery is not None]


def rows(app: Flask) -> list[tuple[float, str]]:
    """Tell each delivery's score and state, oldest first."""
    with app.app_context():
        found = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(row.score["given"], str(row.state)) for row in found]


def test_a_score_that_is_due_is_taken(app: Flask, enter: Enter) -> None:
    person = enter()
    give(app, person, 40)

    [taken] = take(app)

    assert (taken.placement_id, taken.person_id) == (person.placement_id, person.person_id)
    assert (taken.given, taken.maximum, taken.attempts) == (40, 100, 1)


def test_a_score_goes_with_its_transaction(app: Flask, enter: Enter) -> None:
    person = enter()
    with app.app_context():
        store.add_score(person.placement_id or 0, person.person_id, given=40, maximum=100, now=now())

    assert take(app) == []


def test_what_one_worker_took_no_other_gets_until_its_lease_is_over(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter(), 40)
    taken = [len(take(app)), len(take(app))]

    ticker.move(seconds=LEASE.total_seconds() - 1)
    taken.append(len(take(app)))
    ticker.move(seconds=1)
    taken.append(len(take(app)))

    assert taken == [1, 0, 0, 1]


def test_of_many_workers_no_two_get_the_same(app: Flask, enter: Enter) -> None:
    for number in range(10):
        give(app, enter(sub=f"trainee-{number}"), 40)

    def work() -> list[int]:
        return [delivery.id for _ in range(3) for delivery in take(app, limit=1)]

    taken = [found for one in at_once(app, *[work] * 4) for found in one]
    taken += [delivery.id for delivery in take(app)]

    assert sorted(taken) == list(range(1, 11))


def test_a_newer_score_takes_the_place_of_one_that_waits(app: Flask, enter: Enter, ticker: Ticker) -> None:
    person = enter()
    give(app, person, 40)

    give(app, person, 60)

    ticker.move(seconds=1)
    assert rows(app) == [(40, "superseded"), (60, "due")]
    assert [taken.given for taken in take(app)] == [60]


def test_of_scores_that_are_given_at_the_same_time_one_waits_and_all_have_their_own_stamp(
    app: Flask, enter: Enter
) -> None:
    person = enter()

    at_once(app, *[partial(give, app, person, given) for given in range(6)])

    with app.app_context():
        stamps = set(db.session.scalars(select(DeliveryRow.scored_at)))
    assert [state for _, state in rows(app)].count("due") == 1
    assert len(stamps) == 6


def test_scores_of_other_people_and_of_other_placements_stay(app: Flask, enter: Enter) -> None:
    for person in (enter(), enter(sub="trainee-2"), enter(course="course-2")):
        give(app, person, 40)

    assert [state for _, state in rows(app)] == ["due", "due", "due"]


def test_each_score_is_stamped_in_a_later_second_than_the_one_before(app: Flask, enter: Enter) -> None:
    person = enter()
    for given in (10, 20, 30):
        give(app, person, given)

    with app.app_context():
        stamps = db.session.scalars(select(DeliveryRow.scored_at).order_by(DeliveryRow.id)).all()

    seconds = [int(stamp.timestamp()) for stamp in stamps]
    assert [later - earlier for earlier, later in pairwise(seconds)] == [1] * 2


def test_a_delivery_that_a_newer_score_replaced_meanwhile_stays_replaced(app: Flask, enter: Enter) -> None:
    person = enter()
    give(app, person, 40)
    [taken] = take(app)
    give(app, person, 60)

    with app.app_context():
        store.end(taken, DeliveryState.DELIVERED, None, now())
        store.try_again(taken, now(), "late")
        store.restamp(taken, now())

    assert rows(app) == [(40, "superseded"), (60, "due")]


def test_a_delivery_that_is_put_off_is_due_again_then(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter(), 40)
    [taken] = take(app)
    with app.app_context():
        store.try_again(taken, now() + timedelta(minutes=5), "Moodle was down")

    ticker.move(minutes=5, seconds=-1)
    before = take(app)
    ticker.move(seconds=1)

    assert (len(before), [again.attempts for again in take(app)]) == (0, [2])


def test_a_delivery_that_ended_is_never_taken_again(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter(), 40)
    [taken] = take(app)
    with app.app_context():
        store.end(taken, DeliveryState.FAILED, "no", now())

    ticker.move(days=30)

    assert take(app) == []


def test_a_later_stamp_is_later_than_the_delivery_s_own(app: Flask, enter: Enter) -> None:
    give(app, enter(), 40)
    [taken] = take(app)

    with app.app_context():
        store.restamp(taken, now())
        row = db.session.get_one(DeliveryRow, taken.id)

        assert int(row.scored_at.timestamp()) == int(taken.scored_at.timestamp()) + 1
        assert row.due_at == now() + timedelta(seconds=1)


def test_scores_that_never_left_count_as_never_sent(app: Flask, enter: Enter, ticker: Ticker) -> None:
    person = enter()
    give(app, person, 10)
    take(app)
    give(app, person, 20)
    give(app, person, 30)
    ticker.move(seconds=LEASE.total_seconds())
    [taken] = take(app)

    with app.app_context():
        assert store.sent_before(taken) == [0.1]


def test_the_newest_state_of_each_person_is_told(app: Flask, enter: Enter, ticker: Ticker) -> None:
    one, other = enter(), enter(sub="trainee-2")
    give(app, one, 10)
    give(app, one, 20)
    give(app, other, 30)
    ticker.move(seconds=1)
    waiting = take(app)
    with app.app_context():
        for taken in waiting:
            if taken.person_id == one.person_id:
                store.end(taken, DeliveryState.DELIVERED, None, now())

        found = store.progress([one.placement_id or 0], [one.person_id, other.person_id])

    states = {person_id: progress.state for (_, person_id), progress in found.items()}
    assert states == {one.person_id: DeliveryState.DELIVERED, other.person_id: DeliveryState.DUE}


@pytest.mark.parametrize(("placements", "people"), [([], [1]), ([1], []), ([99], [99])])
def test_who_has_no_score_has_no_state(app: Flask, placements: list[int], people: list[int]) -> None:
    with app.app_context():
        assert store.progress(placements, people) == {}
