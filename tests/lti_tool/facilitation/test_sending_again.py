"""Trainers send grades again that have not arrived, and nothing else."""

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.exercises.writing import hand_in
from tests.lti_tool.facilitation.trainers import Enter, deliveries, fail_all, submission_ids, trainer
from tests.lti_tool.reading import rows_of


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.DUE, DeliveryState.SUPERSEDED])
def test_a_grade_that_has_not_arrived_can_be_sent_again(app: Flask, enter: Enter, state: DeliveryState) -> None:
    trainee = enter(name="Ana")
    hand_in(trainee)
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().state = state
        db.session.commit()
    reader = trainer(enter)
    offered = rows_of(reader.get())[0].endswith("Send again : Ana")

    answer = reader.post(f"submissions/{submission_ids(app)[0]}/score")

    assert (offered, answer.status_code) == (True, 303)
    assert deliveries(app)[1:] == [(trainee.person_id, "due")]
    with app.app_context():
        stamps = db.session.scalars(select(DeliveryRow.scored_at).order_by(DeliveryRow.id)).all()
    assert stamps[1] > stamps[0]


def test_a_grade_that_has_arrived_is_not_sent_again(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().state = DeliveryState.DELIVERED
        db.session.commit()
    reader = trainer(enter)

    reader.post(f"submissions/{submission_ids(app)[0]}/score")

    assert "Send again" not in reader.get().text
    assert [state for _, state in deliveries(app)] == ["delivered"]


def test_what_is_sent_again_is_full_points_whatever_the_version_before_counted(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(SubmissionRow)).one().score_given = 15
        db.session.commit()
    fail_all(app)

    trainer(enter).post(f"submissions/{submission_ids(app)[0]}/score")

    with app.app_context():
        scores = db.session.scalars(select(DeliveryRow.score).order_by(DeliveryRow.id)).all()
        assert scores[-1] == {"given": 100, "maximum": 100}


def test_all_that_failed_are_sent_again_at_once_and_nothing_else(app: Flask, enter: Enter) -> None:
    failed = [enter(sub="1"), enter(sub="2")]
    for one in failed:
        hand_in(one)
    fail_all(app)
    hand_in(enter(sub="3"))
    reader = trainer(enter)
    offered = "Send 2 failed grades again" in reader.get().text

    answer = reader.post("scores/failed")

    assert (offered, answer.status_code) == (True, 303)
    assert deliveries(app)[3:] == [(one.person_id, "due") for one in failed]


def test_scores_from_before_the_activity_was_graded_can_be_sent(app: Flask, enter: Enter) -> None:
    early = enter(sub="1", graded=False)
    hand_in(early)
    hand_in(enter(sub="2"))
    reader = trainer(enter)
    page = reader.get()

    reader.post("scores/never")

    assert "Send 1 grade that was never sent" in page.text
    assert rows_of(page)[0].endswith("Never sent Send : Trainee One")
    assert deliveries(app)[1:] == [(early.person_id, "due")]
    assert "never sent" not in reader.get().text


def test_where_nothing_is_graded_there_is_nothing_to_send(app: Flask, enter: Enter) -> None:
    hand_in(enter(graded=False))
    reader = enter(sub="trainer", role=Role.TRAINER, graded=False)
    page = reader.get().text

    reader.post("scores/never")

    assert "/scores/" not in page
    assert "/score" not in page
    assert deliveries(app) == []


def test_without_leave_to_send_scores_there_is_nothing_to_send(app: Flask, enter: Enter) -> None:
    hand_in(enter(graded=False))
    reader = trainer(enter)
    with app.app_context():
        db.session.scalars(select(PlacementRow)).one().scopes = []
        db.session.commit()

    reader.post("scores/never")

    assert deliveries(app) == []


SENDING = ["submissions/1/score", "scores/failed", "scores/never"]


@pytest.mark.parametrize("path", SENDING)
def test_a_trainee_sends_no_scores(app: Flask, enter: Enter, path: str) -> None:
    trainee = enter()
    hand_in(trainee)
    fail_all(app)

    assert trainee.post(path).status_code == 403
    assert len(deliveries(app)) == 1


@pytest.mark.parametrize("path", SENDING)
@pytest.mark.parametrize(
    "other", [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]
)
def test_a_trainer_of_elsewhere_sends_none_of_these_scores(
    app: Flask, enter: Enter, other: dict[str, str], path: str
) -> None:
    hand_in(enter())
    fail_all(app)

    trainer(enter, **other).post(path)

    assert len(deliveries(app)) == 1


@pytest.mark.parametrize("path", ["submissions/99/score", "scores/all"])
def test_what_is_not_there_cannot_be_sent(enter: Enter, path: str) -> None:
    hand_in(enter())

    assert trainer(enter).post(path).status_code == 404
