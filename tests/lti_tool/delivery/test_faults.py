"""Whatever Moodle, the network or the database does, and for however long: scores arrive as last given, in order."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from flask import Response, request
from sqlalchemy import delete, event, select, update

from lti_tool.database import db
from lti_tool.demo.moodle.faults import DROP, LOSE, Fault, Lasting, Late, Work
from lti_tool.demo.moodle.tables import AccessToken, Tool
from lti_tool.lti.tables import RegistrationRow, State
from tests.chaos.school import STEP, School, expect_nothing_lost, open_school
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.ticking import Ticker

Spell = Callable[[School], AbstractContextManager[None]]
"""Makes something go wrong for as long as the block lasts."""
NOWHERE = "http://127.0.0.1:9/"
"""The port of `discard`, on which nobody listens."""
PATIENCE = 30
"""Seconds, for what takes none."""
MAINTENANCE = Response("<!DOCTYPE html><title>Back soon</title>", 200, {"Content-Type": "text/html"})
JSON = {"Content-Type": "application/json"}
CUT = Response('{"access_token": "0123', 200, {**JSON, "Content-Length": "1000"})
TOKEN_ANSWERS = {
    "is cut short": CUT,
    "is empty": Response("", 200, JSON),
    "is no JSON": Response('{"access_token": ', 200, JSON),
    "is a list": Response('["access_token"]', 200, JSON),
    "is null": Response("null", 200, JSON),
    "has no token": Response('{"expires_in": 3600}', 200, JSON),
    "has a number for a token": Response('{"access_token": 5, "expires_in": 3600}', 200, JSON),
    "has words for a lifetime": Response('{"access_token": "x", "expires_in": "an hour"}', 200, JSON),
    "has a lifetime without end": Response('{"access_token": "x", "expires_in": 1e999}', 200, JSON),
    "has a token that breaks a header": Response('{"access_token": "a\\nb", "expires_in": 3600}', 200, JSON),
    "has a token that opens nothing": Response('{"access_token": "x", "expires_in": 3600}', 200, JSON),
    "is deeper than a reader can go": Response("[" * 100_000, 200, JSON),
}


def always(fault: Fault, *names: str) -> Spell:
    """Let endpoints fail in one way."""

    @contextmanager
    def spell(school: School) -> Iterator[None]:
        for name in names:
            school.order(name, Lasting(fault))
        yield
        for name in names:
            school.order(name)

    return spell


def losing_answers_while_results(fault: Fault) -> Spell:
    """Let scores arrive without an answer, and what the gradebook holds not be readable."""

    @contextmanager
    def spell(school: School) -> Iterator[None]:
        with always(LOSE, "scores")(school), always(fault, "results")(school):
            yield

    return spell


@contextmanager
def tokens_are_forgotten(school: School) -> Iterator[None]:
    """Let every access token work once, whatever lifetime its answer said."""

    def forget(work: Work) -> Response:
        answer = work()
        with school.site.session() as session:
            session.execute(delete(AccessToken))
        return answer

    with always(forget, "scores", "results")(school):
        yield


@contextmanager
def tokens_end_at_once(school: School) -> Iterator[None]:
    """Give tokens that say an hour and are over before they are shown."""

    def spoil(work: Work) -> Response:
        answer = work()
        with school.site.session() as session:
            session.execute(update(AccessToken).values(expires=0))
        return answer

    with always(spoil, "token")(school):
        yield


@contextmanager
def our_key_set_is_out_of_reach(school: School) -> Iterator[None]:
    """Let Moodle find nobody where our key set should be."""
    with school.site.session() as session:
        tool = session.scalars(select(Tool)).one()
        address, tool.keyset_url = tool.keyset_url, NOWHERE
    yield
    with school.site.session() as session:
        session.scalars(select(Tool)).one().keyset_url = address


@contextmanager
def registration_is_suspended(school: School) -> Iterator[None]:
    """Let whoever runs the tool suspend the platform for a while."""
    _set_registration(school, State.SUSPENDED)
    yield
    _set_registration(school, State.ACTIVE)


def _set_registration(school: School, state: State) -> None:
    with school.tool.app_context():
        db.session.scalars(select(RegistrationRow)).one().state = state
        db.session.commit()


def retry_after_seconds(_work: Work) -> Response:
    """Ask for ten minutes."""
    return Response(status=429, headers={"Retry-After": "600"})


FAULTS: dict[str, Spell] = {
    "the platform is down": always(DROP, "token", "scores", "results", "certs"),
    "the platform answers 500": always(500, "token", "scores", "results", "certs"),
    "the platform answers 503": always(503, "token", "scores", "results", "certs"),
    "a maintenance page stands everywhere": always(MAINTENANCE, "token", "scores", "results", "certs"),
    "scores answer 500": always(500, "scores"),
    "scores answer 502": always(502, "scores"),
    "scores answer 401": always(401, "scores"),
    "scores answer 403": always(403, "scores"),
    "scores answer 408": always(408, "scores"),
    "scores answer 429": always(429, "scores"),
    "scores answer 429 and ask for ten minutes": always(retry_after_seconds, "scores"),
    "tokens answer 429 and ask for ten minutes": always(retry_after_seconds, "token"),
    "429 asks for nonsense": always(Response("", 429, {"Retry-After": "soon"}), "scores"),
    "429 asks for the past": always(Response("", 429, {"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}), "scores"),
    "429 asks for less than nothing": always(Response("", 429, {"Retry-After": "-5"}), "scores"),
    "503 asks for ten minutes": always(Response("", 503, {"Retry-After": "600"}), "scores"),
    "scores redirect elsewhere": always(Response("", 302, {"Location": NOWHERE}), "scores"),
    "the connection is closed before a score is entered": always(DROP, "scores"),
    "the connection is closed after a score was entered": always(LOSE, "scores"),
    "a score's answer is cut short": always(CUT, "scores"),
    "a score's answer is a maintenance page": always(MAINTENANCE, "scores"),
    "answers are lost and results are down": losing_answers_while_results(503),
    "answers are lost and results are HTML": losing_answers_while_results(MAINTENANCE),
    "answers are lost and results are cut": losing_answers_while_results(CUT),
    "answers are lost and results are no list": losing_answers_while_results(Response('{"a": 1}', 200, JSON)),
    "answers are lost and results hold words": losing_answers_while_results(Response('["a", "b"]', 200, JSON)),
    "tokens answer 500": always(500, "token"),
    "tokens answer 400": always(400, "token"),
    "tokens answer 401": always(401, "token"),
    "the connection is closed when a token is asked for": always(DROP, "token"),
    "the connection is closed after a token was made": always(LOSE, "token"),
    "the token's answer is a maintenance page": always(MAINTENANCE, "token"),
    "a token works once": tokens_are_forgotten,
    "a token is over before it is shown": tokens_end_at_once,
    "our key set is out of reach": our_key_set_is_out_of_reach,
    "the platform's key set is gone": always(404, "certs"),
    "the registration is suspended": registration_is_suspended,
}
ON_POSTGRESQL = (
    "the platform is down",
    "the platform answers 500",
    "scores answer 429 and ask for ten minutes",
    "the connection is closed after a score was entered",
    "answers are lost and results are down",
    "a token works once",
    "our key set is out of reach",
    "the registration is suspended",
)
"""One of each way in which the outbox's rows change; what else the wire holds makes no difference to a database."""


@pytest.fixture
def school(database_url: str, ticker: Ticker) -> Iterator[School]:
    """Give the tool, on a database of each kind, beside a miniature."""
    with open_school(database_url, ticker) as opened:
        yield opened


@pytest.fixture
def sqlite_school(tmp_path: Path, ticker: Ticker) -> Iterator[School]:
    """Give the tool on SQLite only, beside a miniature, where the database makes no difference."""
    with open_school(new_sqlite_database(tmp_path), ticker) as opened:
        yield opened


def live_through(school: School, fault: Spell) -> None:
    """Hand in before, while and after something goes wrong for an hour, and wait for what comes of it."""
    school.all_hand_in(10)
    school.work(minutes=1)
    with fault(school):
        for least in (20, 30, 15):
            school.all_hand_in(least)
            school.work(minutes=20)
    school.hand_in(school.desks[0], 40)
    school.work_until_all_has_ended()


@pytest.mark.parametrize(
    ("database_url", "fault"),
    [("sqlite", fault) for fault in FAULTS] + [("postgresql", fault) for fault in ON_POSTGRESQL],
    indirect=["database_url"],
)
def test_after_an_hour_of_a_fault_all_scores_arrive_as_last_given_and_in_order(school: School, fault: str) -> None:
    live_through(school, FAULTS[fault])

    expect_nothing_lost(school)


@pytest.mark.parametrize("answer", TOKEN_ANSWERS)
def test_no_answer_to_a_question_for_a_token_loses_a_score(sqlite_school: School, answer: str) -> None:
    live_through(sqlite_school, always(TOKEN_ANSWERS[answer], "token"))

    expect_nothing_lost(sqlite_school)


def test_what_moodle_does_long_after_we_gave_up_waiting_undoes_no_newer_score(school: School) -> None:
    slow, desk = Late(), school.desks[0]
    school.order("scores", slow)
    school.hand_in(desk, 10)
    school.work_a_moment()
    school.hand_in(desk, 20)
    school.work_until_all_has_ended()
    before = school.grades()

    slow.begin.set()
    done = slow.done.wait(PATIENCE)

    assert (done, before[desk]) == (True, 20)
    expect_nothing_lost(school)


def test_what_moodle_does_late_but_before_the_next_try_is_entered_once(school: School) -> None:
    slow, desk = Late(), school.desks[0]
    school.order("scores", slow)
    school.hand_in(desk, 10)
    school.work_a_moment()

    slow.begin.set()
    done = slow.done.wait(PATIENCE)
    school.work_until_all_has_ended()

    assert (done, [final for _, final in school.history(desk)]) == (True, [10])
    expect_nothing_lost(school)


# A platform that asks for a pause


def _in_seconds(_school: School) -> str:
    return "600"


def _as_a_date(school: School) -> str:
    return format_datetime(school.ticker.time + timedelta(seconds=600), usegmt=True)


@pytest.mark.parametrize("endpoint", ["scores", "token"])
@pytest.mark.parametrize("written", [_in_seconds, _as_a_date])
def test_a_platform_that_asks_for_ten_minutes_is_not_asked_for_anything_before(
    sqlite_school: School, endpoint: str, written: Callable[[School], str]
) -> None:
    school, asked = sqlite_school, []
    school.order(endpoint, Response("", 429, {"Retry-After": written(school)}))
    school.hand_in(school.desks[0], 10)
    school.sweep()

    def count(work: Work) -> Response:
        asked.append(school.ticker.time)
        return work()

    with always(count, "token", "scores", "results")(school):
        school.all_hand_in(20)
        school.work(seconds=599)
        before = len(asked)
        school.work_until_all_has_ended()

    assert (before, len(asked) > 0) == (0, True)
    expect_nothing_lost(school)


# What happens to the database


def test_a_database_that_is_locked_when_an_end_should_be_recorded_delays_it_and_no_more(
    sqlite_school: School, tmp_path: Path
) -> None:
    school = sqlite_school
    with school.tool.app_context():
        event.listen(db.engine, "connect", lambda connection, _entry: connection.execute("PRAGMA busy_timeout=20"))
        db.engine.dispose()
    other = sqlite3.connect(tmp_path / "tool.sqlite3", isolation_level=None, check_same_thread=False)

    def lock(work: Work) -> Response:
        answer = work()
        other.execute("BEGIN IMMEDIATE")
        return answer

    school.order("scores", lock)
    school.all_hand_in(10)
    school.work_a_moment()
    was_locked, counts = other.in_transaction, school.counts()
    other.close()
    school.hand_in(school.desks[1], 20)
    school.work_until_all_has_ended()

    assert (was_locked, counts) == (True, {"due": len(school.desks)})
    expect_nothing_lost(school)


@pytest.mark.parametrize("end", ["pg_cancel_backend", "pg_terminate_backend"])
def test_a_statement_that_is_ended_in_the_middle_delays_a_score_and_no_more(
    postgresql: str, ticker: Ticker, end: str
) -> None:
    ended: list[int] = []
    with (
        open_school(url := new_postgresql_database(postgresql), ticker) as school,
        psycopg.connect(_schema_of(url), host=postgresql, user="tests", dbname="postgres") as other,
        ThreadPoolExecutor(1) as pool,
    ):

        def hold(work: Work) -> Response:
            answer = work()
            other.execute("SELECT id FROM deliveries FOR UPDATE")
            pool.submit(lambda: ended.extend(_end_who_waits(postgresql, other, end)))
            return answer

        school.order("scores", hold)
        school.all_hand_in(10)
        school.work_a_moment()
        school.hand_in(school.desks[1], 20)
        school.work_until_all_has_ended()

        assert len(ended) == 1
        expect_nothing_lost(school)


def _schema_of(url: str) -> str:
    """Write a connection string whose tables are those of this address."""
    return f"options='-csearch_path={url.rpartition('%3D')[2]}'"


def _end_who_waits(socket_folder: str, holder: psycopg.Connection, end: str) -> list[int]:
    """End the statement that waits for the holder's locks, and let go of them."""
    waits = f"SELECT pid, {end}(pid) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    deadline = time.monotonic() + PATIENCE
    ended: list[int] = []
    with psycopg.connect(host=socket_folder, user="tests", dbname="postgres", autocommit=True) as other:
        while not ended and time.monotonic() < deadline:
            ended = [pid for pid, _ in other.execute(waits, [holder.info.backend_pid]).fetchall()]
    holder.rollback()
    return ended


# Several workers


def test_of_several_workers_at_once_each_score_is_sent_by_one(school: School) -> None:
    school.all_hand_in(10)
    together = Barrier(4)
    sent: list[float] = []

    def count(work: Work) -> Response:
        sent.append(request.get_json(force=True)["scoreGiven"])
        return work()

    def sweep(_: int) -> None:
        together.wait(PATIENCE)
        school.sweep()

    with always(count, "scores")(school):
        for _ in range(6):
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(sweep, range(4)))
            school.pass_time(STEP)
        school.work_until_all_has_ended()

    assert sorted(sent) == sorted(given[-1] for given in school.given.values())
    expect_nothing_lost(school)
