"""A trainer opens a vote at all canvases at once, and closes it."""

from collections.abc import Callable

import pytest
from flask import Flask

from lti_tool.exercises.modes import Mode
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]


@pytest.fixture
def facilitator(app: Flask, enter: Enter) -> Client:
    """Give a trainer whose course works in groups."""
    found = trainer(enter)
    Course(app=app, course_id=found.course_id).arrange(mode=Mode.GROUP)
    return found


def test_a_vote_is_opened_and_closed(facilitator: Client) -> None:
    opened = facilitator.post("ballots", part="start", each="5", secret="1")
    page = facilitator.get("ballots").text
    closed = facilitator.post("ballots/1/close")

    assert (opened.status_code, closed.status_code) == (303, 303)
    for said in ("A vote is open.", "Everybody has 5 votes.", "It is secret.", "0 people have voted so far."):
        assert said in page
    assert "The last vote is closed." in facilitator.get("ballots").text


def test_of_two_facilitators_at_once_one_opens_and_the_other_is_told(app: Flask, enter: Enter) -> None:
    people = [enter(sub=name, role="trainer") for name in ("one", "two")]
    Course(app=app, course_id=people[0].course_id).arrange(mode=Mode.GROUP)

    answers = at_once(app, *[lambda one=one: one.post("ballots", each="3") for one in people])

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert any("A vote is open already." in answer.text for answer in answers)


def test_closing_an_earlier_vote_leaves_the_one_that_is_open(facilitator: Client) -> None:
    for _ in range(2):
        facilitator.post("ballots", each="3")
        facilitator.post("ballots/1/close")

    assert "A vote is open." in facilitator.get("ballots").text


@pytest.mark.parametrize("form", [{}, {"each": "0"}, {"each": "11"}, {"each": "many"}, {"each": "3", "part": "other"}])
def test_what_no_form_of_ours_sends_opens_nothing(facilitator: Client, form: dict[str, str]) -> None:
    assert facilitator.post("ballots", **form).status_code == 422

    assert "A vote is open." not in facilitator.get("ballots").text


def test_trainees_open_and_close_nothing(facilitator: Client, enter: Enter) -> None:
    trainee = enter(sub="trainee")
    facilitator.post("ballots", each="3")

    answers = [trainee.get("ballots"), trainee.post("ballots", each="3"), trainee.post("ballots/1/close")]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert "A vote is open." in facilitator.get("ballots").text


def test_where_everybody_works_alone_there_is_nothing_to_vote_on(enter: Enter) -> None:
    page = trainer(enter).get("ballots").text

    assert "Everybody does this exercise alone" in page
    assert "<select" not in page
