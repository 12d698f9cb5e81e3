"""A conversation by pages: a post with some of its replies."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from lti_tool.community import pieces, store
from lti_tool.community.posts import Post, Reply
from lti_tool.community.store import CommunityKey
from lti_tool.community.tables import ReplyRow
from lti_tool.community.typed import is_id
from lti_tool.database import db

PAGE = 50
"""Replies at once: on a poor line, a page of hundreds would not arrive."""
LAST = 1_000_000
"""The number of a page behind all there are: it gives the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A post with a page of its replies, in the order they were written."""

    post: Post
    replies: Sequence[Reply]
    page: int = 1
    """From 1 on."""
    pages: int = 1
    answer: str | None = None
    """The reply that answered the post, be it on another page."""
    first_new: str | None = None
    """The reply to go on reading at, once somebody knows who reads."""

    @property
    def is_first(self) -> bool:
        """Whether the conversation begins here."""
        return self.page == 1

    @property
    def is_last(self) -> bool:
        """Whether it ends here."""
        return self.page == self.pages

    def elsewhere(self, reply_id: str | None) -> str | None:
        """Give a reply only where it stands on another page than this one."""
        return None if any(reply.id == reply_id for reply in self.replies) else reply_id


def find(key: CommunityKey, post_id: str, *, page: int = 1, at: str | None = None) -> Thread:
    """Give a post with a page of its replies, deleted and hidden ones included.

    It is the page on which the reply `at` stands, if it stands there at all, or else the page of that number; a number
    that is too large gives the last one.

    Raises:
        NotFound: this community has no such post.
    """
    post = store.find_post(key, post_id)
    there = of_post(key, post.id)
    pages = max(1, -(-_count(there) // PAGE))
    page = max(1, min(_page_of(there, at) or page, pages))
    found = select(ReplyRow).where(there).order_by(ReplyRow.created_at, ReplyRow.id)
    rows = db.session.scalars(found.offset((page - 1) * PAGE).limit(PAGE))
    replies = [pieces.reply_of(row) for row in rows]
    return Thread(post=post, replies=replies, page=page, pages=pages, answer=_answer(post, there))


def of_post(key: CommunityKey, post_id: str) -> ColumnElement[bool]:
    """Say of a reply that it stands under a post."""
    return and_(ReplyRow.community_id == store.community(key), ReplyRow.post_id == post_id)


def _answer(post: Post, there: ColumnElement[bool]) -> str | None:
    if not post.is_answered:
        return None
    return db.session.scalar(select(ReplyRow.id).where(there, ReplyRow.helped, store.is_up(ReplyRow)).limit(1))


def _count(there: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(ReplyRow).where(there)) or 0


def _page_of(there: ColumnElement[bool], reply_id: str | None) -> int | None:
    """Tell on which page a reply stands; nothing where there is none."""
    if not reply_id or not is_id(reply_id):
        return None
    row = db.session.scalar(select(ReplyRow).where(there, ReplyRow.id == reply_id))
    if row is None:
        return None
    before = tuple_(ReplyRow.created_at, ReplyRow.id) < tuple_(row.created_at, row.id)
    return _count(and_(there, before)) // PAGE + 1
