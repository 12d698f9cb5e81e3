"""Why a grade isn't in Moodle is told to trainers with what to do, and to trainees as far as it concerns them."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.rules import Cause
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.facilitation import wording
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, trainer
from tests.lti_tool.reading import rows_of


@pytest.mark.parametrize("cause", wording.CAUSE)
def test_every_cause_is_told_with_what_to_do(app: Flask, enter: Enter, cause: Cause) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().cause = cause
        db.session.commit()

    words = rows_of(trainer(enter).get())[0]

    assert str(wording.CAUSE[cause]) in words
    assert "The score is sent again by itself until" not in words


def test_every_cause_has_its_words_or_is_a_standing_of_its_own() -> None:
    assert set(Cause) - set(wording.CAUSE) == {Cause.GRADED_BY_HAND}


def test_an_activity_that_turned_out_to_have_no_grade_says_so(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().cause = Cause.NO_LINE_ITEM
        db.session.commit()

    assert rows_of(trainer(enter, graded=False).get())[0].endswith("Not graded here")


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (None, "The score is on its way to Moodle."),
        (Cause.LOCKED, "The score is on its way to Moodle."),
        (Cause.NO_LINE_ITEM, "This activity has no grade in Moodle."),
    ],
)
def test_a_trainee_reads_what_concerns_them(app: Flask, enter: Enter, cause: Cause | None, words: str) -> None:
    trainee = enter()
    hand_in(trainee)
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().cause = cause
        db.session.commit()

    assert words in trainee.get("exercise").text
