"""A trainer tries an exercise as a trainee would: nobody else sees it, and nothing of it counts."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow
from lti_tool.exercises.tables import NoteRow
from tests.lti_tool.exercises.writing import hand_in, new_id, send, write
from tests.lti_tool.facilitation.trainers import Enter, submission_ids, trainer
from tests.lti_tool.reading import rows_of, words_of


def test_a_trainer_writes_in_a_trial_of_their_own(enter: Enter) -> None:
    reader = trainer(enter)

    write(reader, new_id(), "only tried")

    page = reader.get("exercise")
    assert "You try the exercise as a trainee would." in words_of(page)
    assert "only tried</bdi>" in page.text


@pytest.mark.parametrize("other", [{}, {"sub": "another trainer"}], ids=["a trainee", "another trainer"])
def test_nobody_else_sees_what_a_trainer_tried(enter: Enter, other: dict[str, str]) -> None:
    reader = trainer(enter)
    write(reader, new_id(), "only tried")
    somebody = trainer(enter, **other) if other else enter()

    pages = [
        somebody.get("exercise"),
        somebody.get(f"exercise?in=trial/{reader.person_id}"),
        somebody.get(f"exercise?in=person/{reader.person_id}"),
    ]

    assert pages[0].status_code == 200
    assert not any("only tried" in page.text for page in pages)


def test_what_a_trainer_hands_in_gives_no_score_and_is_in_no_list(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)

    hand_in(reader, "only tried")

    with app.app_context():
        assert db.session.scalars(select(DeliveryRow)).all() == []
    assert rows_of(reader.get()) == []


def test_a_trial_can_begin_again(app: Flask, enter: Enter) -> None:
    reader = trainer(enter)
    hand_in(reader, "only tried")

    answer = reader.post("exercise/trial/anew")

    assert answer.status_code == 303
    page = reader.get("exercise")
    assert "only tried" not in page.text
    assert "Not handed in yet." in words_of(page)
    assert submission_ids(app) == []


def test_a_window_that_still_shows_the_trial_of_before_loses_nothing(app: Flask, enter: Enter) -> None:
    reader, note_id = trainer(enter), new_id()
    write(reader, note_id, "only tried")
    reader.post("exercise/trial/anew")

    answer = send(reader, note_id, version=1, satisfier="goes on")

    assert answer.status_code == 409
    with app.app_context():
        assert db.session.scalars(select(NoteRow.version)).all() == [2]


def test_beginning_again_deletes_nothing_of_anybody_else(enter: Enter) -> None:
    trainee = enter()
    write(trainee, new_id(), "real words")
    write(reader := trainer(enter), new_id(), "only tried")
    write(another := trainer(enter, course="another"), new_id(), "tried elsewhere")

    reader.post("exercise/trial/anew")

    assert "real words" in trainee.get().text
    assert "tried elsewhere" in another.get("exercise").text


def test_a_trainee_has_no_trial_to_begin_again(enter: Enter) -> None:
    trainee = enter()
    write(trainee, new_id(), "real words")

    assert trainee.post("exercise/trial/anew").status_code == 403
    assert "real words" in trainee.get().text
