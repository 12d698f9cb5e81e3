"""The list tells trainers how far everybody is, and nobody else."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from lti_tool.database import db
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.lti.roles import Role
from tests.lti_tool.exercises.writing import hand_in, new_id, write
from tests.lti_tool.facilitation.trainers import Enter, fail_all, submission_ids, trainer
from tests.lti_tool.reading import rows_of
from tests.lti_tool.watching import statements


def test_the_list_tells_how_far_everybody_is(enter: Enter) -> None:
    write(enter(sub="1", name="Ana"), new_id(), "a draft")
    hand_in(enter(sub="2", name="Bea"))
    changed = enter(sub="3", name="Carlos")
    hand_in(changed)
    hand_in(changed)
    write(changed, new_id(), "more")

    rows = rows_of(trainer(enter).get())

    assert re.fullmatch(r"Ana Draft .+ UTC 0 – –", rows[0])
    assert re.fullmatch(r"Bea Handed in .+ UTC 1 – Waiting The score is sent again .+", rows[1])
    assert re.fullmatch(r"Carlos Handed in, changed since .+ UTC 2 – Waiting .+", rows[2])


def test_a_name_that_moodle_withholds_is_a_number(enter: Enter) -> None:
    hand_in(enter(sub="1", name=None))

    assert rows_of(trainer(enter).get())[0].startswith("Participant 1 ")


def test_who_wrote_nothing_is_not_in_the_list(enter: Enter) -> None:
    enter().get()

    assert "Nobody has written anything yet." in trainer(enter).get().text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DeliveryState.DUE, "Waiting The score is sent again by itself"),
        (DeliveryState.DELIVERED, "Arrived"),
        (DeliveryState.SUPERSEDED, "Replaced A later grade"),
        (DeliveryState.FAILED, "Failed Moodle does not take this score. See whether"),
    ],
)
def test_the_list_tells_how_far_the_grade_is_and_what_to_do(
    app: Flask, enter: Enter, state: DeliveryState, words: str
) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().state = state
        db.session.commit()

    assert words in rows_of(trainer(enter).get())[0]


def test_an_activity_that_is_not_graded_says_so(enter: Enter) -> None:
    hand_in(enter(graded=False))

    assert rows_of(enter(sub="trainer", role=Role.TRAINER, graded=False).get())[0].endswith("Not graded here")


@pytest.mark.parametrize(
    "other", [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]
)
def test_a_trainer_of_elsewhere_sees_nothing_of_it(app: Flask, enter: Enter, other: dict[str, str]) -> None:
    hand_in(enter())
    elsewhere = trainer(enter, **other)

    assert rows_of(elsewhere.get()) == []
    assert elsewhere.get(f"submissions/{submission_ids(app)[0]}").status_code == 404


def test_a_trainee_reads_no_submission_of_others_nor_the_list(app: Flask, enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"))
    other = enter(sub="2", name="Bea")

    assert other.get(f"submissions/{submission_ids(app)[0]}").status_code == 403
    assert "Ana" not in other.get().text


def test_the_list_takes_as_many_queries_for_five_people_as_for_one(app: Flask, enter: Enter) -> None:
    hand_in(enter(sub="0"))
    reader = trainer(enter)
    with statements(app) as for_one:
        reader.get()
    for number in range(1, 5):
        hand_in(enter(sub=str(number)))

    with statements(app) as for_five:
        reader.get()

    assert len(for_five) == len(for_one)


def test_a_trainer_finds_the_way_to_try_the_exercise(enter: Enter) -> None:
    reader = trainer(enter)

    link = re.search(r'href="([^"]+)">Try the exercise as trainees do', reader.get().text)

    assert link is not None
    assert reader.browser.get(link[1]).status_code == 200


def test_a_grade_that_waits_tells_how_often_it_was_tried(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().attempts = 2
        db.session.commit()

    assert "Tried 2 times so far. Next try: " in rows_of(trainer(enter).get())[0]


def test_a_grade_that_failed_tells_how_often_it_was_tried(app: Flask, enter: Enter) -> None:
    hand_in(enter())
    fail_all(app)

    assert "Tried 3 times. Given up: " in rows_of(trainer(enter).get())[0]


@pytest.mark.parametrize(("history", "told"), [((), False), (("4",), True)])
def test_a_copy_says_where_earlier_work_stays(enter: Enter, history: tuple[str, ...], told: bool) -> None:  # noqa: FBT001
    page = trainer(enter, history=history).get().text

    assert ("This course is a copy." in page) is told
