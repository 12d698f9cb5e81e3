"""Reports, pins and moves of several at the same moment, on each database."""

from functools import partial

from flask import Flask
from sqlalchemy import func, select

from lti_tool.clock import now
from lti_tool.community.caring import moving, store
from lti_tool.community.caring.rules import Complaint, Why
from lti_tool.community.caring.tables import DeedRow, ReportRow
from lti_tool.community.posts import Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from lti_tool.errors import Conflict
from tests.lti_tool.community.talking import Enter, member, post, reply, trainer
from tests.lti_tool.entering import Client
from tests.lti_tool.together import at_once


def visit_of(client: Client, *, is_trainer: bool) -> Visit:
    reader = Reader(person_id=client.person_id, course_id=client.course_id, is_trainer=is_trainer)
    return Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)


def test_a_report_that_is_sent_twice_at_once_is_one(app: Flask, enter: Enter) -> None:
    post_id, bea = post(member(enter, "Ana")), visit_of(member(enter, "Bea"), is_trainer=False)

    def report() -> None:
        store.report(bea, "posts", post_id, Complaint(why=Why.OTHER, words=""), now())
        db.session.commit()

    at_once(app, *[report] * 4)

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ReportRow)) == 1


def test_posts_that_are_pinned_at_once_are_three_at_most(app: Flask, enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), visit_of(trainer(enter), is_trainer=True)

    def pin(post_id: str) -> bool:
        try:
            store.pin(teacher, post_id, now())
        except Conflict:
            return False
        db.session.commit()
        return True

    done = at_once(app, *[partial(pin, post(ana)) for _ in range(5)])

    assert sorted(done) == [False, False, True, True, True]


def test_a_reply_that_is_moved_to_two_posts_at_once_is_in_one_and_counted_there(app: Flask, enter: Enter) -> None:
    ana, teacher = member(enter, "Ana"), visit_of(trainer(enter), is_trainer=True)
    here, one, other = post(ana), post(ana), post(ana)
    reply_id = reply(ana, here)

    def move(post_id: str) -> bool:
        try:
            moving.move(teacher, reply_id, post_id, "There", now())
        except Conflict:
            return False
        db.session.commit()
        return True

    done = at_once(app, partial(move, one), partial(move, other))

    with app.app_context():
        counted = {row.id: row.replies for row in db.session.scalars(select(PostRow))}
        [place] = db.session.scalars(select(ReplyRow.post_id))
        deeds = db.session.scalar(select(func.count()).select_from(DeedRow))
    assert place in {one, other}
    assert counted == {post_id: int(post_id == place) for post_id in (here, one, other)}
    assert deeds == done.count(True) > 0
