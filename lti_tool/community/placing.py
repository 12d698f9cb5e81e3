"""Where a piece stands now: a post that was merged is a reply, and a reply may have become a post; its id stays."""

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from lti_tool.community.tables import PostRow, ReplyRow
from lti_tool.database import db

Home: TypeAlias = int | ScalarSelect[int]
"""A community's id, or the query for it."""
IS_MERGED = and_(
    PostRow.community_id == ReplyRow.community_id, PostRow.id == ReplyRow.id, PostRow.merged_at.is_not(None)
)
"""Joins the reply that a merged post is by now to the row that keeps its address."""


def thread_now(home: Home, post_id: str) -> str:
    """Name the post in whose thread that stands which an address names: itself, or the one that it was merged into."""
    merged = select(ReplyRow.post_id).join(PostRow, IS_MERGED).where(ReplyRow.community_id == home)
    return db.session.scalar(merged.where(ReplyRow.id == post_id)) or post_id


def stands_in(home: Home, post_id: str, named: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Say of a column that it names a post, or one that was merged into it."""
    merged = select(ReplyRow.id).join(PostRow, IS_MERGED)
    return or_(named == post_id, named.in_(merged.where(ReplyRow.community_id == home, ReplyRow.post_id == post_id)))


def table_now(table: type[Any], home: Home, piece_id: str) -> type[Any]:
    """Name the table in which a piece is: only posts and replies become each other."""
    if table is PostRow:
        merged = (PostRow.community_id == home, PostRow.id == piece_id, PostRow.merged_at.is_not(None))
        return ReplyRow if db.session.scalar(select(exists().where(*merged))) else PostRow
    if table is ReplyRow:
        there = (ReplyRow.community_id == home, ReplyRow.id == piece_id)
        split = (PostRow.community_id == home, PostRow.id == piece_id, PostRow.split_at.is_not(None))
        became = and_(~exists().where(*there), exists().where(*split))
        return PostRow if db.session.scalar(select(became)) else ReplyRow
    return table
