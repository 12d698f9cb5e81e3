"""How far the exercise is: what the page says of it, late notes, names, and a group that asks its trainer to come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import stages
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.tables import WorkspaceRow
from lti_tool.lti.launch.claims import DeepLinking
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id, send, write
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
LATE = "After the time was up"


@pytest.fixture
def ana(enter: Enter) -> Client:
    return enter(sub="ana", name="Ana")


@pytest.fixture
def course(app: Flask, ana: Client) -> Course:
    return Course(app=app, course_id=ana.course_id)


@pytest.fixture
def in_group(course: Course, ana: Client) -> str:
    """Put Ana into a group that writes together; give how addresses name its canvas."""
    course.put_in(ana, "12")
    course.arrange(mode=Mode.GROUP)
    return f"in=group/{course.group('12')}"


def stage(client: Client, query: str = "") -> dict[str, Any]:
    answer = client.get(f"exercise/stage{query}")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


# What the page says


def test_the_page_tells_the_step_that_is_on_and_what_to_do(course: Course, ana: Client, ticker: Ticker) -> None:
    course.stage(step=2, step_ends_at=ticker.time + timedelta(minutes=10))

    page = ana.get("exercise")

    assert "Step 2 of 6: Write Write one concrete thing in each note" in words_of(page)
    assert page.text.count('data-step="2" hidden') == 0
    assert page.text.count('data-step="3" hidden') == 1


def test_without_script_the_time_of_its_end_is_told_in_the_persons_zone(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    ana = enter(timezone="Europe/Madrid")
    ticker.time = ticker.time.replace(year=2026, month=1, day=15, hour=17, minute=50)
    Course(app=app, course_id=ana.course_id).stage(step=1, step_ends_at=ticker.time + timedelta(minutes=10))

    assert "Until 19:00 +0100" in words_of(ana.get("exercise"))


def test_when_the_time_is_up_nothing_is_cut_off(course: Course, ana: Client, ticker: Ticker) -> None:
    course.stage(step=1, step_ends_at=ticker.time - timedelta(minutes=1))

    page = words_of(ana.get("exercise"))

    assert "Time is up: finish your sentence." in page
    assert send(ana, new_id(), satisfier="A last sentence").status_code == 303


def test_the_page_says_what_the_trainer_says_in_its_language(course: Course, ana: Client) -> None:
    course.stage(message="<b>Mirad</b> a la pared", message_language="es", message_at=now_in(course))

    page = ana.get("exercise").text

    assert '<bdi lang="es" dir="auto">&lt;b&gt;Mirad&lt;/b&gt; a la pared</bdi>' in page


def now_in(course: Course) -> object:
    with course.app.app_context():
        return now()


def test_a_page_without_a_stage_shows_nothing_of_one(ana: Client) -> None:
    page = ana.get("exercise").text

    for hidden in ('data-step="1" hidden', "data-frozen hidden", "data-message hidden"):
        assert hidden in page


def test_a_preview_has_no_stage(enter: Enter) -> None:
    choosing = DeepLinking(return_url="http://localhost:8100/return", accept_multiple=True, data=None)
    picker = enter(sub="t", role=Role.TRAINER, activity=None, deep_linking=choosing)

    page = picker.post("pick/look", look="exercise/needs-matrix")

    assert page.status_code == 200
    assert "data-stage" not in page.text


# What a page that asks is told


def test_a_page_is_told_where_the_person_writes_and_whether_they_may(
    course: Course, ana: Client, in_group: str
) -> None:
    before = stage(ana, f"?{in_group}")
    course.stage(frozen_at=now_in(course))
    after = stage(ana, f"?{in_group}")

    assert (before["place"], before["shut"]) == (in_group.removeprefix("in="), None)
    assert (after["shut"], after["frozen"]) == ("frozen", True)
    assert after["version"] > before["version"]


def test_whoever_is_in_no_group_is_told_so(course: Course, ana: Client) -> None:
    course.arrange(mode=Mode.GROUP)

    assert stage(ana)["place"] == "not_told"


def test_a_page_of_a_group_that_somebody_left_is_told_that_they_left(
    course: Course, ana: Client, in_group: str
) -> None:
    course.put_in(ana, "13")

    assert stage(ana, f"?{in_group}")["shut"] == "not_yours"


def test_another_course_is_told_nothing_of_this_ones_stage(course: Course, enter: Enter) -> None:
    course.stage(step=4, message="Only for us")

    told = stage(enter(course="another"))

    assert (told["version"], told["step"], told["message"]) == (0, None, None)


# Two presses


def test_a_press_counts_only_where_things_are_as_they_were_seen(app: Flask, course: Course) -> None:
    course.stage(step=2)

    for _ in range(2):
        course.stage(seen={"step": 2}, step=3)

    with app.app_context():
        found = stages.find(course.course_id, course.exercise)
    assert (found.step, found.version) == (3, 2)


def test_a_press_at_the_very_beginning_counts(app: Flask, course: Course) -> None:
    course.stage(seen={"step": None}, step=1)

    with app.app_context():
        assert stages.find(course.course_id, course.exercise).step == 1


# Late notes


def late_notes(page: str) -> int:
    assert page.count(LATE) == page.count("data-late ") + 1  # one stands ready for the script
    return page.count("data-late ")


def test_a_note_that_is_begun_after_the_time_is_marked(course: Course, ana: Client, ticker: Ticker) -> None:
    write(ana, early := new_id(), "In time")
    course.stage(step=1, step_ends_at=ticker.time + timedelta(minutes=1))
    ticker.move(minutes=2)

    write(ana, new_id(), "Late")
    write(ana, early, "In time, and finished late", version=1)

    assert late_notes(ana.get("exercise").text) == 1


def test_it_is_marked_too_where_the_script_sends_it(course: Course, ana: Client, ticker: Ticker) -> None:
    course.stage(step=1, step_ends_at=ticker.time)
    ticker.move(seconds=1)
    place = {"part": "matrix", "cell": "subsistence/being", "language": "en", "version": 0}

    saved = ana.put(f"exercise/notes/{new_id()}", {**place, "values": {"satisfier": "Late"}})

    assert saved.status_code == 200
    assert late_notes(ana.get("exercise").text) == 1


def test_in_the_next_step_nobody_is_late(course: Course, ana: Client, ticker: Ticker) -> None:
    course.stage(step=1, step_ends_at=ticker.time)
    ticker.move(minutes=5)
    course.stage(step=2, step_ends_at=ticker.time + timedelta(minutes=5))

    write(ana, new_id(), "In time")

    assert late_notes(ana.get("exercise").text) == 0


# Names


def test_names_are_shown_only_while_the_trainer_shows_them(course: Course, ana: Client, in_group: str) -> None:
    send_to(ana, in_group, "A well")

    off = ana.get(f"exercise?{in_group}").text
    course.stage(shows_names=True)
    on = ana.get(f"exercise?{in_group}").text
    course.stage(shows_names=False)

    assert "<bdi>Ana</bdi>" not in off
    assert "<bdi>Ana</bdi>" in on
    assert "<bdi>Ana</bdi>" not in ana.get(f"exercise?{in_group}").text


def test_what_somebody_writes_alone_has_no_name(course: Course, ana: Client) -> None:
    write(ana, new_id(), "Mine")

    course.stage(shows_names=True)

    assert "<bdi>Ana</bdi>" not in ana.get("exercise").text


def send_to(client: Client, query: str, text: str) -> str:
    note_id = new_id()
    place = {"part": "matrix", "cell": "subsistence/being", "language": "en", "version": 0}
    saved = client.put(f"exercise/notes/{note_id}?{query}", {**place, "values": {"satisfier": text}})
    assert saved.status_code == 200, saved.text
    return note_id


# Please come


def called(app: Flask) -> list[bool]:
    with app.app_context():
        return [moment is not None for moment in db.session.scalars(select(WorkspaceRow.called_at))]


def test_a_group_asks_its_trainer_to_come_and_takes_it_back(app: Flask, ana: Client, in_group: str) -> None:
    answer = ana.post(f"exercise/call?{in_group}")

    assert (answer.status_code, answer.location.split("/exercise")[1]) == (303, f"?{in_group}")
    assert 'data-call="on" hidden' in ana.get(f"exercise?{in_group}").text
    assert called(app) == [True]

    assert ana.post(f"exercise/call/end?{in_group}").status_code == 303
    assert called(app) == [False]


def test_a_call_waits_since_it_was_first_made(app: Flask, ana: Client, in_group: str, ticker: Ticker) -> None:
    ana.post(f"exercise/call?{in_group}")
    first = ticker.time
    ticker.move(minutes=5)

    ana.post(f"exercise/call?{in_group}")

    with app.app_context():
        assert db.session.scalars(select(WorkspaceRow.called_at)).one() == first


def test_nobody_calls_to_a_canvas_of_their_own(app: Flask, ana: Client) -> None:
    assert ana.post("exercise/call").status_code == 404
    assert called(app) == []


def test_nobody_calls_to_another_group(enter: Enter, app: Flask, in_group: str) -> None:
    assert enter(sub="ben").post(f"exercise/call?{in_group}").status_code == 404
    assert called(app) == []
