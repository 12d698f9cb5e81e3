"""A mark that one member of a group has instead of the group's: given with a reason, kept, changed and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import db
from lti_tool.exercises.modes import Mode
from lti_tool.reviews.own_marks.tables import OwnMarkRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises.arranging import Course
from tests.lti_tool.exercises.sharing import Canvas, scored
from tests.lti_tool.exports.exporting import fetched
from tests.lti_tool.exports.paper import words_of
from tests.lti_tool.facilitation.trainers import submission_ids, trainer
from tests.lti_tool.reviews.releasing import release, sent

REASON = "You were ill for half of it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A group that handed in and was given 60."""

    app: Flask
    canvas: Canvas
    trainer: Client
    people: dict[str, Client]

    @property
    def work(self) -> str:
        """The address of what was handed in last."""
        return f"submissions/{submission_ids(self.app)[-1]}"

    def give(self, name: str, mark: str = "80", reason: str = REASON, seen: int = 0, **other: Any) -> TestResponse:
        """Give one of them a mark of their own."""
        by = other.get("by", self.trainer)
        answer: TestResponse = by.post(
            f"{self.work}/own-marks/{self.people[name].person_id}", mark=mark, reason=reason, seen=str(seen)
        )
        return answer

    def last_scores(self) -> dict[str, float]:
        """Give the points that are on their way last, by name."""
        names = {client.person_id: name for name, client in self.people.items()}
        return {names[person]: given for person, _, given in scored(self.app)}


@pytest.fixture
def together(app: Flask, enter: Callable[..., Client]) -> Together:
    """Let Ana's and Ben's group hand in, be given 60 and a sentence."""
    people = {name: enter(sub=name, name=name) for name in ("ana", "ben", "cleo")}
    course = Course(app=app, course_id=people["ana"].course_id)
    for name, group in (("ana", "12"), ("ben", "12"), ("cleo", "13")):
        course.put_in(people[name], group)
    course.arrange(mode=Mode.GROUP)
    canvas = Canvas(app=app, owner=f"group/{course.group('12')}")
    canvas.write(people["ana"])
    canvas.write(people["ben"], "A school")
    canvas.hand_in(people["ana"], people["ben"])
    made = Together(app=app, canvas=canvas, trainer=trainer(enter), people=people)
    assert release(made.trainer, submission_ids(app)[0], "60", "Well done.").status_code == HTTPStatus.SEE_OTHER
    return made


def test_a_mark_of_one_s_own_goes_to_moodle_for_this_member_alone(together: Together, app: Flask) -> None:
    before = len(scored(app))

    answer = together.give("ben")

    assert answer.status_code == HTTPStatus.SEE_OTHER
    ben = together.people["ben"]
    assert scored(app)[before:] == [(ben.person_id, ben.placement_id, 80)]
    assert f"{REASON} Well done." in (sent(app)[-1][2] or "")


def test_the_member_and_the_trainers_alone_read_the_reason(together: Together) -> None:
    together.give("ben")

    readers = {name for name, client in together.people.items() if REASON in read_all(client, together)}

    assert readers == {"ben"}
    assert REASON in together.trainer.get(together.work).text


def read_all(client: Client, together: Together) -> str:
    """Ask for all that may tell of it."""
    ways = [
        f"exercise{together.canvas.query}",
        f"exercise/around{together.canvas.query}",
        "exercise",
        "",
        together.work,
    ]
    return "".join(client.get(way).text for way in ways)


def test_it_holds_through_a_later_release_which_says_so(together: Together, app: Flask) -> None:
    together.give("ben")

    release(together.trainer, submission_ids(app)[0], "90", "Better.")

    assert together.last_scores() == {"ana": 90, "ben": 80}
    assert "The work got another mark since: 90 of 100 points." in together.trainer.get(together.work).text


def test_it_holds_for_what_is_handed_in_again(together: Together, app: Flask) -> None:
    together.give("ben")
    together.canvas.write(together.people["ben"], "A clinic")
    together.canvas.hand_in(together.people["ben"], together.people["ana"])

    release(together.trainer, submission_ids(app)[-1], "90")

    assert together.last_scores() == {"ana": 90, "ben": 80}


def test_taken_back_the_mark_of_the_work_counts_and_what_was_is_kept(together: Together, app: Flask) -> None:
    together.give("ben")

    back = together.trainer.post(f"{together.work}/own-marks/{together.people['ben'].person_id}/end", seen="1")

    assert back.status_code == HTTPStatus.SEE_OTHER
    assert together.last_scores() == {"ana": 60, "ben": 60}
    assert REASON not in read_all(together.people["ben"], together)
    with app.app_context():
        rows = db.session.scalars(select(OwnMarkRow).order_by(OwnMarkRow.number)).all()
        assert [(row.given, row.reason) for row in rows] == [(80, REASON), (None, "")]


@pytest.mark.parametrize(
    ("mark", "reason", "told"),
    [
        ("101", REASON, "100 is the highest mark of this exercise."),
        ("101", REASON, "Where Moodle&#39;s column has another maximum, a mark goes there in proportion"),
        ("many", REASON, "A mark is a whole number or has one decimal place"),
        ("-5", REASON, "A mark is a whole number or has one decimal place"),
        ("", REASON, "A mark is a whole number or has one decimal place"),
        ("80", " ", "Say why: this person reads it"),
        ("80", "x" * 301, "The reason has 301 characters, and 300 is the most."),
    ],
)
def test_what_cannot_be_given_is_said_with_all_that_was_typed(
    together: Together, app: Flask, mark: str, reason: str, told: str
) -> None:
    before = scored(app)

    answer = together.give("ben", mark, reason)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text
    assert f'value="{mark}" aria-invalid' in answer.text or f'value="{mark}">' in answer.text
    assert reason.strip() in answer.text
    assert scored(app) == before


def test_who_saw_an_older_mark_is_shown_the_newer_one_with_what_was_typed(together: Together) -> None:
    together.give("ben")

    answer = together.give("ben", "70", "You wrote most of it.", seen=0)

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Another trainer changed this person&#39;s mark meanwhile." in answer.text
    assert REASON in answer.text
    assert "You wrote most of it." in answer.text
    assert together.last_scores()["ben"] == 80


def test_nobody_else_gives_one_and_nobody_else_gets_one(together: Together, enter: Callable[..., Client]) -> None:
    other = trainer(enter, sub="t2", course="another")

    assert together.give("ben", by=together.people["ana"]).status_code == HTTPStatus.FORBIDDEN
    assert together.give("ben", by=other).status_code == HTTPStatus.NOT_FOUND
    assert together.give("cleo").status_code == HTTPStatus.NOT_FOUND


def test_a_trainers_file_of_the_work_tells_it_and_the_groups_own_file_does_not(together: Together, app: Flask) -> None:
    together.give("ben")

    of_trainer = words_of(fetched(app, together.trainer, where=f"{together.work}/export").data)
    of_ana = words_of(fetched(app, together.people["ana"], where=f"exports?in={together.canvas.owner}").data)

    assert f"ben: 80 of 100 points ({REASON})" in of_trainer
    assert REASON not in of_ana
    assert "ben: 80" not in of_ana
