"""What Prometheus reads: numbers of all processes together, for those who may, and nobody's data."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import delete, text

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery import store as outbox
from lti_tool.delivery.tables import DeliveryState
from lti_tool.lti.keys.tables import ToolKeyRow
from lti_tool.lti.launch import store
from tests.lti_tool.databases import new_postgresql_database, new_sqlite_database
from tests.lti_tool.entering import Client
from tests.lti_tool.giving import give
from tests.lti_tool.making import close_app, make_app
from tests.lti_tool.platform import Platform, begin, login_fields, sign
from tests.lti_tool.ticking import Ticker
from tests.spec.tool import WAIT, Tool

TOKEN = "a token for Prometheus"
Samples = dict[tuple[str, ...], float]


def samples(page: str, name: str) -> Samples:
    """Read a metric's samples: its labels' values, in the labels' order, and the number."""
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        if sample.name == name
    }


def page(app: Flask) -> str:
    """Read the page as a program on the same machine does."""
    answer = app.test_client().get("/metrics", base_url="http://127.0.0.1:8000")
    assert answer.status_code == 200
    return answer.text


# Who may look


@pytest.mark.parametrize(
    ("peer", "host", "headers", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", {}, 200),
        ("127.0.0.1", "localhost", {}, 200),
        ("::1", "[::1]:8000", {}, 200),
        ("::ffff:127.0.0.1", "localhost", {}, 200),
        ("203.0.113.9", "localhost", {}, 401),
        ("10.0.0.1", "localhost", {}, 401),
        ("", "localhost", {}, 401),
        ("127.0.0.1", "tool.example.org", {}, 401),
        ("127.0.0.1", "", {}, 401),
        ("127.0.0.1", "localhost", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", "localhost", {"X-Forwarded-For": ""}, 401),
        ("127.0.0.1", "localhost", {"X-Forwarded-Proto": "https"}, 401),
        ("127.0.0.1", "localhost", {"X-Real-IP": "203.0.113.9"}, 401),
        ("127.0.0.1", "localhost", {"Forwarded": "for=203.0.113.9"}, 401),
        ("127.0.0.1", "localhost", {"Via": "1.1 proxy"}, 401),
        ("127.0.0.1", "localhost", {"Authorization": "Bearer None"}, 200),
        ("203.0.113.9", "localhost", {"Authorization": "Bearer None"}, 401),
        ("203.0.113.9", "localhost", {"Authorization": "Bearer "}, 401),
    ],
)
def test_without_a_token_only_this_machine_may_look_and_through_no_proxy(
    sqlite_app: Flask, peer: str, host: str, headers: dict[str, str], status: int
) -> None:
    environment = {"REMOTE_ADDR": peer, "HTTP_HOST": host}

    answer = sqlite_app.test_client().get("/metrics", headers=headers, environ_overrides=environment)

    assert answer.status_code == status
    assert ("medtown_" in answer.text) is (status == 200)


@pytest.fixture
def guarded(tmp_path: Path, ticker: Ticker) -> Iterator[Flask]:
    """Give the application with a token, and a proxy that it trusts."""
    settings = {"METRICS_TOKEN": TOKEN, "TRUSTED_PROXIES": "127.0.0.1"}
    app = make_app(new_sqlite_database(tmp_path), ticker, **settings)
    yield app
    close_app(app)


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (f"Basic {TOKEN}", 401),
        (TOKEN, 401),
        ("Bearer é", 401),
        ("", 401),
    ],
)
def test_with_a_token_everybody_needs_it_this_machine_too(guarded: Flask, authorization: str, status: int) -> None:
    environment = {"HTTP_HOST": "localhost", "HTTP_AUTHORIZATION": authorization}

    answer = guarded.test_client().get("/metrics", environ_overrides=environment)

    assert answer.status_code == status
    assert answer.headers.get("WWW-Authenticate") == (None if status == 200 else "Bearer")


def test_the_token_counts_through_a_proxy(guarded: Flask) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.9"}

    assert guarded.test_client().get("/metrics", headers=headers).status_code == 200


# Launches


def launches(app: Flask) -> Samples:
    return samples(page(app), "medtown_launches_total")


def come_in(app: Flask, platform: Platform) -> None:
    login = begin(app, platform)
    login.launch(sign(platform.claims(app, login.nonce)))


def use_a_launch_twice(app: Flask, platform: Platform) -> None:
    login = begin(app, platform)
    token = sign(platform.claims(app, login.nonce))
    login.launch(token)
    login.launch(token)


def bring_another_nonce(app: Flask, platform: Platform) -> None:
    begin(app, platform).launch(sign(platform.claims(app, "another")))


def come_back_with_errors(app: Flask, platform: Platform) -> None:
    for error in ("login_required", "anything at all", "platform"):
        begin(app, platform).launch("", error=error)


def come_from_nowhere(app: Flask, platform: Platform) -> None:
    app.test_client().post("/lti/login", data=login_fields(platform, iss="https://unknown.example.org"))


def lose_the_tables(app: Flask, platform: Platform) -> None:
    login = begin(app, platform)
    token = sign(platform.claims(app, login.nonce))
    with app.app_context():
        db.session.execute(text("ALTER TABLE launches RENAME TO lost"))
        db.session.commit()
    login.launch(token)


@pytest.mark.parametrize(
    ("happens", "counted"),
    [
        (begin, {}),
        (come_in, {("opened", ""): 1}),
        (use_a_launch_twice, {("opened", ""): 1, ("refused", "state_unknown"): 1}),
        (bring_another_nonce, {("refused", "rule_nonce"): 1}),
        (come_back_with_errors, {("refused", "platform"): 3}),
        (come_from_nowhere, {("refused", "registration_unknown"): 1}),
        (lose_the_tables, {("crashed", ""): 1}),
    ],
)
def test_launches_are_counted_by_how_they_ended_and_why(
    sqlite_app: Flask, platform: Platform, happens: Callable[[Flask, Platform], object], counted: Samples
) -> None:
    platform.register(sqlite_app)

    happens(sqlite_app, platform)

    by_result_and_reason = {(labels[1], labels[0]): number for labels, number in launches(sqlite_app).items()}
    assert by_result_and_reason == counted


# Requests


def test_requests_are_timed_by_endpoint_and_no_address_or_launch_is_told(
    sqlite_app: Flask, sqlite_enter: Callable[..., Client]
) -> None:
    person = sqlite_enter(sub="sub-of-a-person", name="Ariadna Villanueva")
    person.get()
    sqlite_app.test_client().get(f"/l/{person.launch_id}/exercise")
    sqlite_app.test_client().get("/some/address?of=somebody")

    told = page(sqlite_app)

    assert samples(told, "medtown_request_seconds_count") == {
        ("lti.open_activity", "2xx"): 1,
        ("exercises.show", "4xx"): 1,
        ("none", "4xx"): 1,
    }
    secrets = (person.launch_id, "sub-of-a-person", "Ariadna", "address", "somebody")
    assert [secret for secret in secrets if secret in told] == []


# What the database holds


def gauges(app: Flask) -> dict[str, float]:
    """Read the gauges that have no labels."""
    told = page(app)
    names = ("database_up", "unfinished_logins", "oldest_undelivered_grade_seconds", "worker_seen_seconds")
    found = {name: samples(told, f"medtown_{name}").get(()) for name in (*names, "signing_key_age_seconds")}
    return {name: value for name, value in found.items() if value is not None}


def test_an_empty_database_has_nothing_that_waits(app: Flask) -> None:
    assert gauges(app) == {
        "database_up": 1,
        "unfinished_logins": 0,
        "oldest_undelivered_grade_seconds": 0,
        "signing_key_age_seconds": 0,
    }
    assert samples(page(app), "medtown_deliveries") == {(str(state),): 0 for state in DeliveryState}


def test_grades_in_the_outbox_are_counted_by_state_and_the_oldest_that_waits_is_told(
    app: Flask, enter: Callable[..., Client], ticker: Ticker
) -> None:
    for sub in ("one", "two", "three"):
        give(app, enter(sub=sub))
        ticker.move(seconds=100)
    with app.app_context():
        first = outbox.take_due(now())
        assert first is not None
        outbox.end(first, DeliveryState.DELIVERED, None, now())

    assert samples(page(app), "medtown_deliveries") == {
        ("due",): 2,
        ("delivered",): 1,
        ("superseded",): 0,
        ("failed",): 0,
    }
    assert gauges(app)["oldest_undelivered_grade_seconds"] == 200


def test_times_of_worker_and_key_and_logins_under_way_are_told(app: Flask, platform: Platform, ticker: Ticker) -> None:
    platform.register(app)
    begin(app, platform)
    ticker.move(minutes=11)
    with app.app_context():
        outbox.beat("worker-1", now())
    ticker.move(seconds=30)
    begin(app, platform)

    assert gauges(app) == {
        "database_up": 1,
        "unfinished_logins": 1,
        "oldest_undelivered_grade_seconds": 0,
        "worker_seen_seconds": 30,
        "signing_key_age_seconds": 690,
    }
    assert store.LOGIN_LASTS.total_seconds() == 600


def test_a_key_that_is_not_there_has_no_age(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(ToolKeyRow))
        db.session.commit()

    assert "signing_key_age_seconds" not in gauges(app)


def test_without_the_tables_the_process_tells_its_own_numbers(app: Flask) -> None:
    app.test_client().get("/nowhere")
    with app.app_context():
        db.session.execute(text("ALTER TABLE workers RENAME TO lost"))
        db.session.commit()

    told = page(app)

    assert gauges(app) == {"database_up": 0}
    assert samples(told, "medtown_request_seconds_count") == {("none", "4xx"): 1}


# Several processes


class Crowd:
    """The tool in three processes, and many who ask at once."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool

    def ask(self, path: str, times: int) -> list[int]:
        """Ask from several threads, each time on a connection of its own; give the statuses."""
        with ThreadPoolExecutor(12) as threads:
            return list(
                threads.map(lambda _: requests.get(self.tool.public_url + path, timeout=30).status_code, range(times))
            )

    def counted(self) -> float:
        """Read how many addresses without anything there were asked for."""
        told = requests.get(f"{self.tool.public_url}/metrics", timeout=30).text
        return samples(told, "medtown_request_seconds_count")["none", "4xx"]


@pytest.fixture
def crowd(tmp_path: Path, postgresql: str) -> Iterator[Crowd]:
    tool = Tool(tmp_path, new_postgresql_database(postgresql))
    tool.environment["TMPDIR"] = str(tmp_path)
    tool.command("migrate")
    tool.start_web(processes=3)
    yield Crowd(tool)
    tool.stop()


def wait_for(condition: Callable[[], bool], tool: Tool) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, tool.log()
        time.sleep(0.05)


def test_the_numbers_of_all_processes_add_up_whichever_is_asked(crowd: Crowd) -> None:
    crowd.ask("/nowhere", 40)

    assert {crowd.counted() for _ in range(12)} == {40}


def test_what_a_process_counted_outlives_it(crowd: Crowd) -> None:
    crowd.ask("/nowhere", 40)
    before = crowd.tool.web_processes()

    os.kill(before[0], signal.SIGKILL)
    wait_for(lambda: len(set(crowd.tool.web_processes()) - {before[0]}) == len(before), crowd.tool)

    crowd.ask("/nowhere", 2)
    assert crowd.counted() == 42


def test_processes_share_no_connection_to_the_database(crowd: Crowd) -> None:
    assert set(crowd.ask("/readyz", 60)) == {200}
    assert "can't be used" not in crowd.tool.log()


def test_a_server_that_ends_takes_its_folder_of_numbers_away(crowd: Crowd, tmp_path: Path) -> None:
    during = list(tmp_path.glob("lti-tool-metrics-*"))

    crowd.tool.stop()

    assert len(during) == 1
    assert list(tmp_path.glob("lti-tool-metrics-*")) == []
