"""How long things are kept: each goes when its time is over, not before, and nothing else goes with it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lti_tool import keeping
from lti_tool.community.digest.rules import MailState
from lti_tool.community.digest.tables import ArrivalRow, MailLinkRow, MailRow
from lti_tool.community.tables import CommunityRow
from lti_tool.database import Base, db
from lti_tool.delivery import store as outbox
from lti_tool.delivery.tables import DeliveryRow, DeliveryState
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.tables import NoteRow
from lti_tool.keeping import Kept
from lti_tool.lti.roles import Role
from lti_tool.lti.tables import LaunchRow, PersonRow
from lti_tool.reviews.tables import DraftRow
from tests.lti_tool.entering import Client
from tests.lti_tool.exercises import grouping
from tests.lti_tool.exercises.writing import hand_in, new_id, write
from tests.lti_tool.facilitation.trainers import trainer
from tests.lti_tool.giving import give
from tests.lti_tool.reading import words_of
from tests.lti_tool.reviews.answering import keep
from tests.lti_tool.reviews.releasing import choose
from tests.lti_tool.ticking import Ticker
from tests.lti_tool.together import at_once

Enter = Callable[..., Client]
TWO_YEARS = {"days": 730, "minutes": 1}


def count(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def forget(app: Flask) -> None:
    with app.app_context():
        keeping.forget_some()


class TestWorkThatWasNeverHandedIn:
    def test_it_goes_two_years_after_whoever_wrote_it_last_came(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        write(enter(), new_id(), "my only copy")

        ticker.move(days=729)
        forget(app)
        assert count(app, NoteRow) == 1
        ticker.move(days=2)
        forget(app)

        assert count(app, NoteRow) == 0
        assert "my only copy" not in enter().get("exercise").text

    def test_it_stays_while_they_come_to_the_course(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        write(enter(), new_id(), "my only copy")
        ticker.move(days=700)
        enter(activity="unit/co-production")

        ticker.move(days=700)
        forget(app)

        assert "my only copy" in enter().get("exercise").text

    def test_it_can_be_begun_anew(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        write(enter(), new_id(), "forgotten")
        ticker.move(**TWO_YEARS)
        forget(app)
        back = enter()

        write(back, new_id(), "a new beginning")

        page = back.get("exercise")
        assert "a new beginning" in page.text
        assert "forgotten" not in page.text

    def test_what_was_handed_in_stays(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        hand_in(enter(), "handed in")

        ticker.move(days=3000)
        forget(app)

        assert "handed in" in enter().get("exercise").text

    def test_a_groups_stays_while_one_who_wrote_there_comes_to_the_course(
        self, app: Flask, enter: Enter, ticker: Ticker
    ) -> None:
        ana, inside = grouping.member(app)
        grouping.member(app, "ben")
        grouping.arrange(app, ana.course_id)
        grouping.put_note(ana, inside, "our only copy")
        ticker.move(days=700)
        enter(sub="ana", activity="unit/co-production")
        ticker.move(days=700)

        forget(app)
        assert count(app, NoteRow) == 1
        ticker.move(days=31)
        enter(sub="ben", activity="unit/co-production")  # who wrote nothing
        forget(app)

        assert count(app, NoteRow) == 0

    def test_a_trial_goes_when_its_trainer_stays_away(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        write(trainer(enter), new_id(), "tried")
        ticker.move(**TWO_YEARS)
        enter()  # somebody else of the course

        forget(app)

        assert count(app, NoteRow) == 0

    def test_the_page_says_so_until_it_is_handed_in(self, enter: Enter) -> None:
        ana = enter()
        before = words_of(ana.get("exercise"))
        hand_in(ana)

        assert "Once nobody has for 730 days, it is deleted." in before
        assert "it is deleted" not in words_of(ana.get("exercise"))


class TestAnswersThatWereNeverReleased:
    @pytest.fixture
    def drafted(self, app: Flask, enter: Enter) -> None:
        hand_in(enter())
        choose(trainer(enter), Marking.BY_TRAINER)
        reader = trainer(enter)
        assert keep(app, reader, sentence="Nearly done").status_code == 303
        page = words_of(reader.get("submissions/1"))
        assert "is deleted once no trainer has come to this course for 730 days." in page

    @pytest.mark.usefixtures("drafted")
    def test_one_goes_two_years_after_a_trainer_last_came(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        ticker.move(**TWO_YEARS)
        enter()  # a trainee

        forget(app)

        assert count(app, DraftRow) == 0

    @pytest.mark.usefixtures("drafted")
    def test_one_stays_while_a_trainer_comes(self, app: Flask, enter: Enter, ticker: Ticker) -> None:
        ticker.move(**TWO_YEARS)
        trainer(enter, sub="another trainer")

        forget(app)

        assert count(app, DraftRow) == 1


def _end_all(app: Flask, moment: datetime) -> None:
    with app.app_context():
        for row in db.session.scalars(select(DeliveryRow).where(DeliveryRow.ended_at.is_(None))):
            row.state, row.ended_at = DeliveryState.DELIVERED, moment
        db.session.commit()


def test_an_older_grade_goes_a_year_after_the_newer_one_and_the_newest_stays(
    app: Flask, enter: Enter, ticker: Ticker
) -> None:
    person, other = enter(), enter(sub="other")
    for points in (10, 20):
        give(app, person, points)
        _end_all(app, ticker.time)
        ticker.move(days=300)
    give(app, other, 30)
    _end_all(app, ticker.time)

    ticker.move(days=60)
    forget(app)
    assert count(app, DeliveryRow) == 3
    ticker.move(days=700)
    forget(app)

    with app.app_context():
        left = [row.score["given"] for row in db.session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))]
        assert left == [20, 30]
        assert outbox.progress([person.placement_id or 0], [person.person_id])


def test_a_grade_that_waits_is_never_forgotten(app: Flask, enter: Enter, ticker: Ticker) -> None:
    give(app, enter(), 10)

    ticker.move(days=5000)
    forget(app)

    assert count(app, DeliveryRow) == 1


@pytest.fixture
def mails(app: Flask, enter: Enter, ticker: Ticker) -> datetime:
    """Leave a mail that was sent, one that waits, and what their links stand for."""
    person = enter(activity="community/practice")
    moment = ticker.time
    with app.app_context():
        home = CommunityRow(site_id=db.session.get_one(PersonRow, person.person_id).site_id, slug="practice")
        db.session.add(home)
        db.session.flush()
        of_person = {"community_id": home.id, "person_id": person.person_id}
        times = {"told_until": moment, "made_at": moment, "due_at": moment}
        db.session.add(MailRow(**of_person, **times, state=MailState.SENT, ended_at=moment))
        db.session.add(MailRow(**of_person, **times, state=MailState.MADE))
        db.session.add(MailLinkRow(token_hash="f" * 64, **of_person, expires_at=moment + timedelta(days=90)))
        db.session.add(ArrivalRow(**of_person, post_id="p", until=moment + timedelta(minutes=10)))
        db.session.commit()
    return moment


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (timedelta(minutes=9), (2, 1, 1)),
        (timedelta(minutes=10), (2, 1, 0)),
        (timedelta(days=90), (2, 0, 0)),
        (timedelta(days=90, seconds=1), (1, 0, 0)),
    ],
)
def test_mails_links_and_targets_go_each_at_its_time(
    app: Flask, mails: datetime, ticker: Ticker, later: timedelta, left: tuple[int, int, int]
) -> None:
    ticker.time = mails + later

    forget(app)

    assert (count(app, MailRow), count(app, MailLinkRow), count(app, ArrivalRow)) == left


def test_a_piece_is_bounded_and_the_rest_comes_in_the_next(app: Flask, enter: Enter, ticker: Ticker) -> None:
    for number in range(5):
        enter(sub=f"person-{number}")
    ticker.move(days=60)
    kept = app.extensions["keeping"].kept
    launches = next(one for one in kept if one.name == "launches")

    with app.app_context():
        forgotten = [launches.forget(ticker.time, 3) for _ in range(3)]
        db.session.commit()

    assert forgotten == [3, 2, 0]


def test_several_workers_may_forget_at_the_same_time(app: Flask, enter: Enter, ticker: Ticker) -> None:
    for number in range(5):
        write(enter(sub=f"person-{number}"), new_id(), "left behind")
    ticker.move(**TWO_YEARS)

    at_once(app, *[keeping.forget_some] * 3)

    assert (count(app, NoteRow), count(app, LaunchRow)) == (0, 0)


def test_a_worker_looks_now_and_then_and_what_fails_keeps_nothing_else(
    sqlite_app: Flask, ticker: Ticker, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[datetime] = []

    def breaks(_before: datetime, _most: int) -> int:
        raise RuntimeError

    def counts(before: datetime, most: int) -> int:
        asked.append(before)
        return most if len(asked) == 1 else 0

    before = sqlite_app.extensions["keeping"]
    lasts = timedelta(days=2)
    keeping.init_app(sqlite_app, [Kept(name="a", forget=breaks), Kept(name="b", forget=counts, lasts=lasts)])
    with sqlite_app.app_context():
        more = [keeping.go_on() for _ in range(3)]
        ticker.move(minutes=10)
        keeping.go_on()
    sqlite_app.extensions["keeping"] = before

    assert more == [True, False, False]
    assert [ticker.time - lasts - moment for moment in asked] == [timedelta(minutes=10)] * 2 + [timedelta(0)]
    assert "a can't be forgotten" in caplog.text


def test_a_launch_that_goes_takes_nothing_of_its_person(app: Flask, enter: Enter, ticker: Ticker) -> None:
    enter(role=Role.TRAINER)
    ticker.move(days=60)

    forget(app)

    assert (count(app, LaunchRow), count(app, PersonRow)) == (0, 1)
