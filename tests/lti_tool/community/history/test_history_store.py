"""What pieces said before, in both databases."""

from flask import Flask

from lti_tool.clock import now
from lti_tool.community import store
from lti_tool.community.history import store as history
from lti_tool.community.posts import Draft, Post, Reader, Reply
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from tests.lti_tool.community.talking import member, new_id
from tests.lti_tool.entering import enter_course


def test_versions_are_kept_with_their_piece_and_forgotten_with_it(app: Flask) -> None:
    ana = member(lambda **launch: enter_course(app, **launch))
    with app.app_context():
        reader = Reader(person_id=ana.person_id, course_id=ana.course_id, is_trainer=False)
        visit = Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)
        first = Draft(id=new_id(), kind="need", title="Title", text="Text", language="en")
        store.add_post(visit, first, now())
        answer = Draft(id=new_id(), text="Text", language="en")
        store.add_reply(visit, first.id, answer, now())
        for number in (1, 2):
            changed = {"text": f"Text {number}", "language": "es", "version": number}
            store.edit(Post, visit, Draft(id=first.id, kind="doubt", title="Title", **changed), now())  # type: ignore[arg-type]  # a table of texts
            store.edit(Reply, visit, Draft(id=answer.id, **changed), now())  # type: ignore[arg-type]  # as above
        db.session.commit()
        post, reply = (store.row_of(table, visit.key, one.id) for table, one in ((PostRow, first), (ReplyRow, answer)))

        for row in (post, reply):
            assert [version.text for version in history.find(row)] == ["Text", "Text 1", "Text 2"]
            assert [version.number for version in history.find(row, until=2)] == [1, 2]
        assert history.find(post)[0].kind == "need"

        store.delete(Post, visit, first.id, now())
        db.session.commit()
        assert [version.text for version in history.find(post)] == [""]
        assert len(history.find(reply)) == 3
