import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.delivery.rules import Cause
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.facilitation import wording
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import PlacementRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.writing import fields, new_id, write

Enter = Callable[..., Client]


def trainer(enter: Enter, **launch: Any) -> Client:
    return enter(sub="trainer", name="Trainer", role=Role.TRAINER, **launch)


def hand_in(trainee: Client, text: str = "A well") -> None:
    answer = trainee.post("exercise/submissions", **fields(new_id(), satisfier=text, effect="synergic"))
    assert answer.status_code == 303


def rows_of(page: TestResponse) -> list[str]:
    """Give the list's rows as a person reads them."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page.text, flags=re.DOTALL)[1:]
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def submission_ids(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(SubmissionRow.id).order_by(SubmissionRow.id)))


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    yield statements
    event.remove(engine, "before_cursor_execute", count)


def test_the_list_tells_how_far_everybody_is(enter: Enter) -> None:
    write(enter(sub="1", name="Ana"), new_id(), "a draft")
    hand_in(enter(sub="2", name="Bea"))
    changed = enter(sub="3", name="Carlos")
    hand_in(changed)
    hand_in(changed)
    write(changed, new_id(), "more")

    rows = rows_of(trainer(enter).get())

    assert re.fullmatch(r"Ana Draft .+ UTC 0 – –", rows[0])
    assert re.fullmatch(r"Bea Handed in .+ UTC 1 10 of 100 points Waiting The score is sent again .+", rows[1])
    assert re.fullmatch(r"Carlos Handed in, changed since .+ UTC 2 10 of 100 points Waiting .+", rows[2])


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
    with counted_queries(app) as for_one:
        reader.get()
    for number in range(1, 5):
        hand_in(enter(sub=str(number)))

    with counted_queries(app) as for_five:
        reader.get()

    assert len(for_five) == len(for_one)


def test_a_submission_shows_what_was_handed_in_and_not_what_came_later(app: Flask, enter: Enter) -> None:
    trainee = enter(name="Ana")
    hand_in(trainee, "The <well>")
    write(trainee, new_id(), "written later")

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}").text

    assert '<dd class="written" lang="en" dir="auto">The &lt;well&gt;</dd>' in page
    assert "Synergic: meets this need" in page
    assert "10 of 100 points" in page
    assert "written later" not in page
    assert "<textarea" not in page


def test_a_submission_shows_which_criteria_were_met(app: Flask, enter: Enter) -> None:
    hand_in(enter())

    page = trainer(enter).get(f"submissions/{submission_ids(app)[0]}").text

    assert re.findall(r'<li class="is-met" data-criterion="([^"]+)"', page) == ["synergic"]


def test_from_a_submission_one_goes_to_the_next_person_and_to_earlier_ones(app: Flask, enter: Enter) -> None:
    ana, bea = enter(sub="1", name="Ana"), enter(sub="2", name="Bea")
    hand_in(ana)
    hand_in(ana)
    hand_in(bea)
    first, second, of_bea = submission_ids(app)
    reader = trainer(enter)

    newest, earlier = (reader.get(f"submissions/{number}").text for number in (second, first))

    assert re.search(rf'rel="next" href="/l/[^"]+/submissions/{of_bea}">Next: Bea</a>', newest)
    assert 'rel="prev"' not in newest
    assert f'/submissions/{first}">' in newest
    assert "This is an earlier submission. The newest one counts." in earlier
    assert re.search(rf'rel="prev" href="/l/[^"]+/submissions/{second}">', reader.get(f"submissions/{of_bea}").text)


def test_cards_are_read_with_their_map(app: Flask, enter: Enter) -> None:
    trainee = enter(activity="exercise/power-interest-map")
    card = fields(new_id(), "actors cards", actor="The council", power="5", interest="2", affected="not-affected")
    trainee.post("exercise/submissions", **card)

    page = trainer(enter, activity="exercise/power-interest-map").get(f"submissions/{submission_ids(app)[0]}").text

    assert '<b>1</b> <span dir="auto">The council</span>' in page
    assert "<dd>5 of 5</dd>" in page


def test_a_submission_that_never_was_is_nowhere(enter: Enter) -> None:
    assert trainer(enter).get("submissions/99").status_code == 404


def test_a_trainer_finds_the_way_to_what_trainees_see(enter: Enter) -> None:
    reader = trainer(enter)

    link = re.search(r'href="([^"]+)">See the exercise as trainees see it', reader.get().text)

    assert link is not None
    assert reader.browser.get(link[1]).status_code == 200


# Sending again


def fail_all(app: Flask) -> None:
    with app.app_context():
        for row in db.session.scalars(select(DeliveryRow)):
            row.state, row.attempts, row.ended_at = DeliveryState.FAILED, 3, now()
        db.session.commit()


def deliveries(app: Flask) -> list[tuple[int, str]]:
    """Tell each delivery's person and state, oldest first."""
    with app.app_context():
        rows = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        return [(row.person_id, str(row.state)) for row in rows]


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


def test_what_is_sent_again_is_the_score_that_counts_by_now(app: Flask, enter: Enter) -> None:
    trainee = enter()
    hand_in(trainee)
    write(trainee, new_id(), "another")
    hand_in(trainee)
    with app.app_context():
        newest = db.session.scalars(select(SubmissionRow).order_by(SubmissionRow.id.desc())).first()
        assert newest is not None
        newest.score_given = 70
        db.session.commit()
    fail_all(app)

    trainer(enter).post(f"submissions/{submission_ids(app)[0]}/score")

    with app.app_context():
        sent = db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id.desc())).first()
        assert sent is not None
        assert sent.score == {"given": 70, "maximum": 100}


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

    assert "<button>" not in page
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


# Why a grade isn't in Moodle


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_told_with_what_to_do(app: Flask, enter: Enter, cause: Cause) -> None:
    hand_in(enter())
    with app.app_context():
        db.session.scalars(select(DeliveryRow)).one().cause = cause
        db.session.commit()

    words = rows_of(trainer(enter).get())[0]

    assert str(wording.CAUSE[cause]) in words
    assert "The score is sent again by itself until" not in words


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
        (Cause.GRADED_BY_HAND, "Moodle keeps a grade that your trainer gave."),
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


# From Moodle's gradebook


def test_a_review_shows_a_persons_newest_submission(enter: Enter) -> None:
    ana = enter(sub="1", name="Ana")
    hand_in(ana, "first")
    hand_in(ana, "second")
    hand_in(enter(sub="2", name="Bea"), "of another")

    page = trainer(enter, for_sub="1").get("review").text

    assert ("second" in page, "of another" in page, "Ana" in page) == (True, False, True)
    assert "This is an earlier submission." not in page


def test_a_review_of_who_handed_in_nothing_says_so_and_leads_to_all_work(enter: Enter) -> None:
    write(enter(sub="1", name="Ana"), new_id(), "a draft")
    reader = trainer(enter, for_sub="1")

    page = reader.get("review").text

    assert "This person has not handed in anything here yet." in page
    assert "a draft" not in page
    assert f'href="/l/{reader.launch_id}/"' in page


@pytest.mark.parametrize(
    "other", [{"course": "another"}, {"issuer": "http://localhost:8200"}, {"activity": "exercise/power-interest-map"}]
)
def test_a_review_reaches_nobody_of_elsewhere(enter: Enter, other: dict[str, str]) -> None:
    hand_in(enter(sub="1", name="Ana"))

    page = trainer(enter, for_sub="1", **other).get("review").text

    assert "This person has not handed in anything here yet." in page
    assert "Ana" not in page


def test_a_trainee_sees_their_own_whoever_is_to_be_reviewed(enter: Enter) -> None:
    hand_in(enter(sub="1", name="Ana"), "written by Ana")

    page = enter(sub="2", name="Bea", for_sub="1").get("review").text

    assert "written by Ana" not in page
    assert "Hand in" in page


def test_a_review_of_what_has_no_submissions_opens_it(enter: Enter) -> None:
    page = trainer(enter, activity="unit/needs-and-satisfiers", for_sub="1").get("review")

    assert page.status_code == 200


# Copies of courses


@pytest.mark.parametrize(("history", "told"), [((), False), (("4",), True)])
def test_a_copy_says_where_earlier_work_stays(enter: Enter, history: tuple[str, ...], told: bool) -> None:  # noqa: FBT001
    page = trainer(enter, history=history).get().text

    assert ("This course is a copy." in page) is told
