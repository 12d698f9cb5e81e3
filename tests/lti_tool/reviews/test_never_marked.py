"""An exercise that is never marked: it is done once it is handed in, and a trainer answers with a sentence."""

from dataclasses import replace

import pytest
from flask import Flask

from lti_tool.exercises.marking import Marking
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.releasing import release, releases, sent


@pytest.fixture(autouse=True)
def _never_marked(sqlite_app: Flask) -> None:
    curriculum = sqlite_app.extensions["curriculum"]
    matrix = curriculum.exercise("needs-matrix").model_copy(update={"marked": False})
    exercises = {**curriculum.exercises, "needs-matrix": matrix}
    sqlite_app.extensions["curriculum"] = replace(curriculum, exercises=exercises)


def test_handing_in_is_all_that_counts_and_the_page_says_so(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee = sqlite_enter()

    assert "With that it is done: nobody marks this exercise." in words_of(trainee.get())

    hand_in(trainee)
    assert [(given, maximum) for given, maximum, _ in sent(sqlite_app)] == [(100, 100)]


def test_a_trainer_cannot_choose_to_mark_it(sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)

    assert "This exercise is never marked" in words_of(reader.get())
    assert reader.post("marking", marking=str(Marking.BY_TRAINER)).status_code == 422


def test_a_trainer_answers_with_a_sentence_alone(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    trainee, reader = sqlite_enter(), trainer(sqlite_enter)
    hand_in(trainee)
    [submission] = submission_ids(sqlite_app)

    assert 'name="mark"' not in reader.get(f"submissions/{submission}").text
    assert release(reader, submission, mark="10", sentence="Thank you.").status_code == 303

    assert releases(sqlite_app) == []
    assert len(sent(sqlite_app)) == 1
    assert "Thank you." in words_of(trainee.get())
    assert "100" not in words_of(reader.get(f"submissions/{submission}")).split("Your answer")[1]


def test_an_answer_without_a_sentence_is_refused(sqlite_app: Flask, sqlite_enter: Enter) -> None:
    reader = trainer(sqlite_enter)
    hand_in(sqlite_enter())
    [submission] = submission_ids(sqlite_app)

    answer = release(reader, submission)

    assert answer.status_code == 422
    assert "There is nothing to release yet" in words_of(answer)
    assert releases(sqlite_app) == []
