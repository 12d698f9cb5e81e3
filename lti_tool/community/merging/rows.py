"""Turns the row of a post into that of a reply and back: its id stays, and what belongs to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from lti_tool.community import pieces, rewriting
from lti_tool.community.caring.tables import DeedRow, ReportRow
from lti_tool.community.files.tables import FileRow
from lti_tool.community.history.tables import VersionRow
from lti_tool.community.posts import Draft, PostKind
from lti_tool.community.tables import PostRow, ReplyRow, Written
from lti_tool.database import db
from lti_tool.errors import Conflict

AS_IT_IS = {"synchronize_session": False}
WRITTEN = [name for name in Written.__annotations__ if name != "community_id"]
"""The columns that posts and replies have in common."""


def to_reply(post: PostRow, target_id: str, now: datetime) -> ReplyRow:
    """Make a post a reply under another; its row stays without a word, to keep its address.

    Raises:
        Conflict: there is a reply of its id.
    """
    home, heading = post.community_id, rewriting.heading_kept(pieces.post_of(post).draft)
    if db.session.get(ReplyRow, (home, post.id)):
        raise Conflict("id_taken")
    row = ReplyRow(community_id=home, post_id=target_id, helped=False, heading=heading, **_written(post))
    db.session.add(row)
    db.session.flush()
    _turn(row, FileRow, VersionRow, was="post_id", now_is="reply_id")
    _tell_of(row, PostRow)
    _leave_empty(post, now)
    return row


def to_post(reply: ReplyRow, kind: PostKind, title: str, now: datetime) -> PostRow:
    """Make a reply a post of its own; of one that was a post before, all else comes back that it said.

    Raises:
        Conflict: there is a post of its id.
    """
    home, before = reply.community_id, pieces.reply_of(reply).draft
    draft = replace(before, kind=kind, title=title)
    post = _post_row(home, reply.id)
    for name, value in _written(reply).items():
        setattr(post, name, value)
    post.merged_at, post.split_at = None, now
    _put_heading(post, draft)
    _turn(reply, FileRow, VersionRow, was="reply_id", now_is="post_id")
    db.session.delete(reply)
    db.session.flush()
    _tell_of(post, ReplyRow)
    return post


def _written(row: PostRow | ReplyRow) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in WRITTEN}


def _post_row(home: int, post_id: str) -> PostRow:
    row = db.session.get(PostRow, (home, post_id))
    if row is None:
        return PostRow(community_id=home, id=post_id, tags=[], details={})
    if row.merged_at is None:
        raise Conflict("id_taken")
    return row


def _put_heading(post: PostRow, draft: Draft) -> None:
    rewriting.put_heading(post, draft)
    db.session.add(post)
    db.session.flush()


def _turn(row: PostRow | ReplyRow, *tables: Any, was: str, now_is: str) -> None:
    """Let belong what belonged to it as a post to the same as a reply, or the other way round."""
    for table in tables:
        its = (table.community_id == row.community_id, getattr(table, was) == row.id)
        turned = update(table).where(*its).values({was: None, now_is: row.id})
        db.session.execute(turned, execution_options=AS_IT_IS)


def _tell_of(row: PostRow | ReplyRow, before: type[PostRow] | type[ReplyRow]) -> None:
    """Let what was reported of it and done to it name it as what it is now."""
    for table in (ReportRow, DeedRow):
        its = (table.community_id == row.community_id, table.sort == before.__tablename__, table.piece_id == row.id)
        db.session.execute(update(table).where(*its).values(sort=row.__tablename__), execution_options=AS_IT_IS)


def _leave_empty(post: PostRow, now: datetime) -> None:
    rewriting.empty(post, now)
    post.merged_at, post.hidden_at, post.hidden_by_id, post.hidden_reason = now, None, None, None
    post.pinned_at, post.locked_at, post.locked_reason, post.answered_at = None, None, None, None
    db.session.flush()
