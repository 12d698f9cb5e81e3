"""The trainer's page while people work: what each press does, and who may press."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from lti_tool.exercises import stages
from lti_tool.exercises.modes import Mode, Stage
from lti_tool.lti.roles import Role
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.writing import new_id, send
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker

Enter = Callable[..., Client]
PRESSES: list[tuple[str, dict[str, Any]]] = [
    ("step", {"at": "", "to": "1"}),
    ("time", {"ends": "", "minutes": "2"}),
    ("together", {}),
    ("freeze", {}),
    ("unfreeze", {}),
    ("names/shown", {}),
    ("names/hidden", {}),
    ("message", {"message": "Look up"}),
    ("message/end", {}),
    ("step-in", {"in": "course"}),
    ("heard", {"in": "course"}),
]


@pytest.fixture
def tess(enter: Enter) -> Client:
    return trainer(enter)


@pytest.fixture
def course(app: Flask, tess: Client) -> Course:
    course = Course(app=app, course_id=tess.course_id)
    course.arrange(mode=Mode.GROUP)
    return course


@pytest.fixture
def ana(enter: Enter, course: Course) -> Client:
    ana = enter(sub="ana", name="Ana")
    course.put_in(ana, "12")
    return ana


def stage_of(course: Course) -> Stage:
    with course.app.app_context():
        return stages.find(course.course_id, course.exercise)


def press(client: Client, what: str, **form: Any) -> None:
    answer = client.post(f"live/{what}", **form)
    assert (answer.status_code, answer.location.split("/")[-1]) == (303, "live"), answer.text


# Who may press


def test_only_trainers_press(course: Course, ana: Client) -> None:
    before = stage_of(course)

    answers = {what: ana.post(f"live/{what}", **form).status_code for what, form in PRESSES}

    assert answers == {what: 403 for what, _ in PRESSES}
    assert stage_of(course) == before


def test_only_trainers_look(ana: Client) -> None:
    paths = ["live", "live/now", "live/screen?in=course"]

    assert [ana.get(path).status_code for path in paths] == [403] * 3


def test_a_press_is_for_its_own_course_alone(course: Course, enter: Enter) -> None:
    before, stranger = stage_of(course), enter(sub="t2", role=Role.TRAINER, course="another")

    for what, form in PRESSES:
        stranger.post(f"live/{what}", **form)

    assert stage_of(course) == before


def test_a_press_without_the_pages_token_is_refused(course: Course, tess: Client) -> None:
    answer = tess.browser.post(f"/l/{tess.launch_id}/live/freeze", headers={"Origin": tess.origin})

    assert answer.status_code == 403
    assert stage_of(course).frozen_at is None


# What each press does


def test_a_step_begins_with_its_time(course: Course, tess: Client, ticker: Ticker) -> None:
    press(tess, "step", at="", to="2")

    found = stage_of(course)
    assert (found.step, found.step_ends_at) == (2, ticker.time + timedelta(minutes=10))
    assert "Step 2 of 6: Write" in words_of(tess.get("live"))


def test_two_presses_of_next_step_are_one_step(course: Course, tess: Client, enter: Enter) -> None:
    press(tess, "step", at="", to="1")

    press(tess, "step", at="1", to="2")
    press(enter(sub="t2", role=Role.TRAINER), "step", at="1", to="2")
    press(tess, "step", at="1", to="2")

    assert stage_of(course).step == 2


def test_who_presses_on_an_old_page_undoes_nothing(course: Course, tess: Client) -> None:
    course.stage(step=3)

    press(tess, "step", at="1", to="2")

    assert stage_of(course).step == 3


def test_the_last_step_is_ended(course: Course, tess: Client) -> None:
    press(tess, "step", at="", to="6")
    press(tess, "step", at="6", to="0")

    found = stage_of(course)
    assert (found.step, found.step_ends_at) == (None, None)


@pytest.mark.parametrize("to", ["7", "99"])
def test_there_is_no_step_after_the_last(course: Course, tess: Client, to: str) -> None:
    assert tess.post("live/step", at="", to=to).status_code == 422
    assert stage_of(course).step is None


def test_two_minutes_more_are_added_to_what_is_left(course: Course, tess: Client, ticker: Ticker) -> None:
    ends = ticker.time + timedelta(minutes=1)
    course.stage(step=1, step_ends_at=ends)

    for _ in range(2):
        press(tess, "time", ends=ends.isoformat(), minutes="2")

    assert stage_of(course).step_ends_at == ends + timedelta(minutes=2)


def test_where_the_time_is_up_they_begin_now(course: Course, tess: Client, ticker: Ticker) -> None:
    ends = ticker.time - timedelta(minutes=9)
    course.stage(step=1, step_ends_at=ends)

    press(tess, "time", ends=ends.isoformat(), minutes="10")

    assert stage_of(course).step_ends_at == ticker.time + timedelta(minutes=10)


@pytest.mark.parametrize("form", [{"minutes": "500"}, {"minutes": ""}, {}])
def test_no_other_number_of_minutes_is_given(course: Course, tess: Client, form: dict[str, str]) -> None:
    assert tess.post("live/time", ends="", **form).status_code == 422
    assert stage_of(course).step_ends_at is None


@pytest.mark.parametrize("ends", ["yesterday", "2026-11-30T18:00:00"])
def test_a_time_that_no_page_showed_changes_nothing(course: Course, tess: Client, ends: str, ticker: Ticker) -> None:
    course.stage(step_ends_at=ticker.time)

    press(tess, "time", ends=ends, minutes="2")

    assert stage_of(course).step_ends_at == ticker.time


def test_everybody_comes_together_with_what_they_wrote(course: Course, tess: Client, ana: Client) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True)
    assert send(ana, new_id(), satisfier="Written alone").status_code == 303
    assert "Bring everybody together now" in words_of(tess.get("live"))

    press(tess, "together")

    shown = words_of(tess.get("live"))
    assert "Everybody is together." in shown
    assert "Subsistence: 1" in shown  # nobody has looked at the canvas yet
    assert "Written alone" in tess.get(f"exercise?in=group/{course.group('12')}").text


def test_who_brings_together_a_second_time_changes_nothing(
    course: Course, tess: Client, ana: Client, ticker: Ticker
) -> None:
    course.arrange(mode=Mode.GROUP, alone_first=True)
    send(ana, new_id(), satisfier="Written alone")
    press(tess, "together")
    first = stage_of(course).together_at
    ticker.move(minutes=1)

    press(tess, "together")

    assert stage_of(course).together_at == first
    assert tess.get(f"exercise?in=group/{course.group('12')}").text.count("Written alone</bdi>") == 1


def test_writing_is_stopped_and_goes_on(course: Course, tess: Client, ana: Client) -> None:
    query = f"?in=group/{course.group('12')}"
    place = {"part": "matrix", "cell": "subsistence/being", "language": "en", "version": 0}
    note = {**place, "values": {"satisfier": "A well"}}

    press(tess, "freeze")
    stopped = ana.put(f"exercise/notes/{new_id()}{query}", note)
    press(tess, "unfreeze")
    going_on = ana.put(f"exercise/notes/{new_id()}{query}", note)

    assert (stopped.status_code, going_on.status_code) == (423, 200)


def test_names_are_shown_and_hidden(course: Course, tess: Client) -> None:
    press(tess, "names/shown")
    assert stage_of(course).shows_names

    press(tess, "names/hidden")
    assert not stage_of(course).shows_names


def test_a_message_is_shown_to_everybody_and_taken_away(course: Course, tess: Client, ana: Client) -> None:
    press(tess, "message", message="  Look at <the door>\r\nnow ")

    shown = ana.get("exercise").text
    assert '<bdi lang="en" dir="auto">Look at &lt;the door&gt;\nnow</bdi>' in shown

    press(tess, "message/end")
    assert "Look at &lt;" not in ana.get("exercise").text
    assert stage_of(course).message_at is None


def test_a_message_that_is_too_long_is_kept_in_its_field(course: Course, tess: Client) -> None:
    answer = tess.post("live/message", message="x" * 501)

    assert answer.status_code == 422
    assert "500 characters is the most" in words_of(answer)
    assert "x" * 501 in answer.text
    assert stage_of(course).message is None


def test_an_empty_message_changes_nothing(course: Course, tess: Client) -> None:
    course.stage(message="Look up")

    press(tess, "message", message="  ")

    assert stage_of(course).message == "Look up"
