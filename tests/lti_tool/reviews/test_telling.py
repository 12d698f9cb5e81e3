"""An open canvas hears of a new release by its poll, which costs what it did."""

from collections.abc import Callable

from flask import Flask

from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.grouping import poll
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.reviews.answering import answer
from tests.lti_tool.watching import statements

Enter = Callable[..., Client]


def test_a_page_hears_once_that_a_trainer_answered(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    before = poll(trainee).get_json()
    has = {"version": before["version"], "people": before["people"]["version"], "stage": before["stage"]["mark"]}
    assert poll(trainee, **has).status_code == 204
    answer(sqlite_app, reader, sentence="Ask the elders.")

    news = poll(trainee, **has).get_json()

    assert (before["answered"], news["answered"]) == (0, 1)
    assert news["notes"] == []
    with statements(sqlite_app) as sent:
        assert poll(trainee, **{**has, "people": news["people"]["version"]}).status_code == 204
    assert len(sent) == 1


def test_the_page_says_how_many_answers_it_shows(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    assert "data-hears" not in trainee.get("exercise").text
    hand_in(trainee)
    answer(sqlite_app, reader, sentence="Ask the elders.")

    page = trainee.get("exercise").text

    assert 'data-answered="1"' in page
    assert "data-hears" in page
