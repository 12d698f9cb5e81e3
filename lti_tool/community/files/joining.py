"""Joins the files of a form to the piece that it saves."""

from lti_tool.clock import now
from lti_tool.community import store
from lti_tool.community.files import sending
from lti_tool.community.files import store as files
from lti_tool.community.files.rules import Sent
from lti_tool.community.posts import Post, Reply
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Sort, Visit
from lti_tool.errors import NotFound


def sent(visit: Visit, sort: Sort, piece_id: str) -> Sent:
    """Read the files of a form, whose piece may be there already."""
    try:
        row = store.row_now(sort, visit.key, piece_id)
    except NotFound:
        row = None
    return sending.read(visit.reader.person_id, row)


def saved(visit: Visit, done: Saved, files_sent: Sent) -> Saved:
    """Join the files where the words were saved, in the caller's transaction."""
    if done.verdict is Verdict.SAVED:
        sort: Sort = Reply if isinstance(done.piece, Reply) else Post
        row = store.row_of(store.TABLES[sort], visit.key, done.piece.id)
        files.save(row, files_sent, now())
    return done
