"""Files are rows of a piece in both databases, and of no other."""

from collections.abc import Sequence

from flask import Flask

from lti_tool.clock import now
from lti_tool.community import store
from lti_tool.community.files import store as files
from lti_tool.community.files.rules import Content, Sent
from lti_tool.community.posts import Draft, Reader
from lti_tool.community.store import CommunityKey, Visit
from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db
from tests.lti_tool.community.talking import member, new_id
from tests.lti_tool.entering import enter_course


def text(name: str) -> Content:
    return Content(name=name, suffix="txt", digest=name, content=name.encode())


def test_files_belong_to_one_piece_even_where_a_reply_has_the_id_of_its_post(app: Flask) -> None:
    ana = member(lambda **launch: enter_course(app, **launch))
    with app.app_context():
        reader = Reader(person_id=ana.person_id, course_id=ana.course_id, is_trainer=False)
        visit = Visit(key=CommunityKey(site_id=1, slug="practice"), reader=reader)
        draft = Draft(id=new_id(), kind="need", title="Title", text="Text", language="en")
        store.add_post(visit, draft, now())
        store.add_reply(visit, draft.id, draft, now())
        post, reply = (store.row_of(table, visit.key, draft.id) for table in (PostRow, ReplyRow))
        files.save(post, Sent(new=[text("a"), text("b"), text("a")]), now())
        files.save(reply, Sent(new=[text("c")]), now())
        db.session.commit()

        def found() -> tuple[Sequence[str], Sequence[str]]:
            there = files.in_thread(store.community(visit.key), draft.id)
            return tuple([file.name for file in there[whose]] for whose in ((draft.id, None), (None, draft.id)))  # type: ignore[return-value]  # two

        assert found() == (["a", "b"], ["c"])
        assert files.added_within_a_day(ana.person_id, now()) == 3
        there = files.at(store.community(visit.key), draft.id, None)
        assert files.content(there[0].id) == b"a"
        files.save(reply, Sent(removed={there[0].id}, alts={there[1].id: "not theirs"}), now())
        assert found() == (["a", "b"], ["c"])
        files.save(post, Sent(removed={there[0].id}, alts={there[1].id: "said"}), now())
        assert [file.alt for file in files.at(store.community(visit.key), draft.id, None)] == ["said"]
        files.forget(post)
        assert found() == ([], ["c"])
