"""Who plans a meeting about a need of their own that bears no name isn't named either."""

from flask import Flask
from sqlalchemy import update

from lti_tool.community.tables import PostRow
from lti_tool.database import db
from lti_tool.lti.roles import Role
from tests.lti_tool.community.calendar.planning import calendar, plan
from tests.lti_tool.community.talking import Enter, member, post, thread, trainer
from tests.lti_tool.reading import words_of
from tests.lti_tool.ticking import Ticker


def test_only_trainers_of_the_course_learn_who_planned_it(app: Flask, enter: Enter, ticker: Ticker) -> None:
    ana = member(enter, "Ana")
    post_id = post(ana)
    with app.app_context():
        db.session.execute(update(PostRow).where(PostRow.id == post_id).values(is_nameless=True))
        db.session.commit()

    plan(ana, ticker, post=post_id)

    for peer in (member(enter, "Bea"), member(enter, "Far", role=Role.TRAINER, course="course-2")):
        assert "Planned by: A member" in calendar(peer)
        assert "Planned by: A member" in words_of(thread(peer, post_id))
    for who in (member(enter, "Ana"), trainer(enter)):
        assert "Planned by: Ana" in calendar(who)


def test_a_trainer_who_plans_it_is_named(enter: Enter, app: Flask, ticker: Ticker) -> None:
    post_id = post(member(enter, "Ana"))
    with app.app_context():
        db.session.execute(update(PostRow).where(PostRow.id == post_id).values(is_nameless=True))
        db.session.commit()

    plan(trainer(enter), ticker, post=post_id)

    assert "Planned by: Trainer" in calendar(member(enter, "Bea"))


def test_trainers_of_another_course_from_which_it_is_planned_do_not_learn_it(enter: Enter, ticker: Ticker) -> None:
    post_id = post(member(enter, "Ana"), is_nameless="yes")

    plan(member(enter, "Ana", course="course-2"), ticker, post=post_id)

    assert "Planned by: A member" in calendar(trainer(enter, sub="far", course="course-2"))
    assert "Planned by: Ana" in calendar(trainer(enter))
