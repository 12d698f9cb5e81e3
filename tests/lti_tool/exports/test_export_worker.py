"""How files are made: in slices that are kept, by whichever worker comes, and never without an end."""

import os
import signal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exports import store, worker
from lti_tool.exports.press import Press
from lti_tool.exports.rules import LARGEST_GATHERED
from lti_tool.exports.tables import ExportPieceRow, ExportRow
from lti_tool.exports.worker import UnderWay
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client, enter_course
from tests.lti_tool.exercises.writing import new_id
from tests.lti_tool.exports.exporting import ask, table, work
from tests.lti_tool.ticking import Ticker

NAMES = ("Ana", "Ben", "Cleo")


@pytest.fixture
def trainer(sqlite_app: Flask) -> Client:
    """Let three people hand in, and a trainer come."""
    return hand_all_in(sqlite_app)


def hand_all_in(app: Flask) -> Client:
    for name in NAMES:
        person = enter_course(app, sub=name, name=name)
        values = {"satisfier": f"words of {name}"}
        body = {"part": "matrix", "cell": "protection/being", "values": values, "version": 0, "language": "en"}
        assert person.put(f"exercise/notes/{new_id()}", body).status_code == 200
        assert person.post("exercise/submissions").status_code == 303
    return enter_course(app, sub="trainer", role=Role.TRAINER)


def slice_(app: Flask, times: int = 1) -> None:
    for _ in range(times):
        with app.app_context():
            assert worker.go_on()


def under_way(app: Flask) -> UnderWay:
    found = app.extensions["exports_under_way"]
    assert isinstance(found, UnderWay)
    return found


def pieces(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(ExportPieceRow)) or 0


def state(person: Client, address: str) -> tuple[object, object]:
    told = person.get(f"{address}/state").json
    assert told
    return told["value"], told["says"]


def stop_the_press(app: Flask) -> None:
    """Let it stand still, so that it never ends by itself."""
    os.kill(under_way(app).press.pid, signal.SIGSTOP)


def test_one_slice_counts_or_gathers_one_piece_and_the_bar_tells_of_each(sqlite_app: Flask, trainer: Client) -> None:
    address = ask(trainer, "csv", "submissions/export")
    told = [state(trainer, address)]

    for _ in range(4):
        slice_(sqlite_app)
        told.append(state(trainer, address))
    work(sqlite_app)
    told.append(state(trainer, address))

    assert told == [
        (0, "Waiting for its turn."),
        (1, "Gathered: 0 of 3 pieces of work"),
        (2, "Gathered: 1 of 3 pieces of work"),
        (3, "Gathered: 2 of 3 pieces of work"),
        (4, "All is gathered; the file is being made."),
        (5, "The file is ready."),
    ]
    assert pieces(sqlite_app) == 0


@pytest.mark.parametrize("slices", [1, 3, 5])
def test_what_a_killed_worker_leaves_another_one_ends(
    sqlite_app: Flask, trainer: Client, ticker: Ticker, slices: int
) -> None:
    address = ask(trainer, "csv", "submissions/export")
    slice_(sqlite_app, slices)
    with sqlite_app.app_context():
        assert store.take_due(now()) or slices == 5  # and then it is killed
    if slices == 5:
        under_way(sqlite_app).press.stop()
        sqlite_app.extensions["exports_under_way"] = None
    assert work(sqlite_app) == 0

    ticker.move(minutes=3)
    work(sqlite_app)

    rows = table(trainer.get(f"{address}/file").data)
    assert [row["Words"] for row in rows] == [f"words of {name}" for name in NAMES]


def test_no_two_workers_take_the_same(app: Flask) -> None:
    ask(hand_all_in(app), "csv", "submissions/export")

    with app.app_context():
        first = store.take_due(now())
        second = store.take_due(now())

    assert first
    assert second is None


def test_a_worker_whose_lease_is_over_changes_nothing(app: Flask, ticker: Ticker) -> None:
    trainer = hand_all_in(app)
    address = ask(trainer, "csv", "submissions/export")
    with app.app_context():
        slow = store.take_due(now())
        ticker.move(minutes=3)
        assert slow
        assert store.take_due(now())
        store.keep(slow, b"late", now())

    assert trainer.get(f"{address}/file").status_code == 404


def test_a_worker_that_goes_on_keeps_its_lease(sqlite_app: Flask, trainer: Client, ticker: Ticker) -> None:
    ask(trainer, "csv", "submissions/export")
    slice_(sqlite_app, 5)
    stop_the_press(sqlite_app)

    ticker.move(seconds=90)
    slice_(sqlite_app)
    ticker.move(seconds=25)
    slice_(sqlite_app)

    with sqlite_app.app_context():
        assert store.take_due(now()) is None
    under_way(sqlite_app).press.stop()
    sqlite_app.extensions["exports_under_way"] = None


def test_a_file_that_takes_too_long_is_given_up_and_can_be_asked_for_again(
    sqlite_app: Flask, trainer: Client, ticker: Ticker
) -> None:
    address = ask(trainer, "csv", "submissions/export")
    slice_(sqlite_app, 5)
    stop_the_press(sqlite_app)

    ticker.move(minutes=3)
    work(sqlite_app)

    page = trainer.get(address).text
    assert "took too long" in page
    assert "Ask again" in page
    assert trainer.get(f"{address}/file").status_code == 404
    assert ask(trainer, "csv", "submissions/export") != address


def test_a_press_that_is_killed_says_that_it_was_too_much(sqlite_app: Flask, trainer: Client) -> None:
    address = ask(trainer, "pdf", "submissions/export")
    slice_(sqlite_app, 5)
    os.kill(under_way(sqlite_app).press.pid, signal.SIGKILL)

    work(sqlite_app)

    assert "too much for one file" in trainer.get(address).text


def test_what_is_too_large_is_given_up_before_it_is_set(sqlite_app: Flask, trainer: Client) -> None:
    address = ask(trainer, "pdf", "submissions/export")
    slice_(sqlite_app)
    with sqlite_app.app_context():
        db.session.execute(update(ExportRow).values(size=LARGEST_GATHERED))
        db.session.commit()

    work(sqlite_app)

    assert "too much for one file" in trainer.get(address).text
    assert pieces(sqlite_app) == 0


def test_what_breaks_again_and_again_is_given_up(sqlite_app: Flask, trainer: Client, ticker: Ticker) -> None:
    address = ask(trainer, "pdf", "submissions/export")
    for _ in range(3):
        with sqlite_app.app_context():
            assert store.take_due(now())  # and then its worker is killed
        ticker.move(minutes=3)

    work(sqlite_app)

    assert "could not be made" in trainer.get(address).text


def environment_of(press: Press) -> str:
    """Read what a process was given, once its program has taken the place of the one that began it."""
    given = Path(f"/proc/{press.pid}/environ")
    while not (known := given.read_text()) and not press.is_done(within=0.01):
        continue
    return known


def test_the_press_is_given_no_setting_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYS_PASSPHRASE", "known to the worker alone")
    press = Press({"form": "none"})

    known = environment_of(press)
    press.stop()

    assert "PYTHONPATH" in known
    assert "KEYS_PASSPHRASE" not in known
