"""What belongs to one post or one reply: how its rows name it, and how they are found."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKeyConstraint, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.tables import PostRow, ReplyRow


class Belongs:
    """A row that belongs to a post or to a reply, and to nothing else."""

    community_id: Mapped[int]
    post_id: Mapped[str | None] = mapped_column(String(36))
    reply_id: Mapped[str | None] = mapped_column(String(36))


def once(column: str) -> tuple[Any, ...]:
    """Write the rules of such a table, in which each piece has each value of a column once."""
    return (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        ForeignKeyConstraint(["community_id", "reply_id"], ["replies.community_id", "replies.id"]),
        UniqueConstraint("community_id", "post_id", column),
        UniqueConstraint("community_id", "reply_id", column),
        CheckConstraint("(post_id IS NULL) <> (reply_id IS NULL)", name="one_piece"),
    )


def of(row: PostRow | ReplyRow) -> Mapping[str, Any]:
    """Name a piece as the rows that belong to it do."""
    return {"community_id": row.community_id, "post_id" if isinstance(row, PostRow) else "reply_id": row.id}


def belongs(table: type[Belongs], row: PostRow | ReplyRow) -> ColumnElement[bool]:
    """Look for what belongs to a piece."""
    return and_(*(getattr(table, name) == value for name, value in of(row).items()))
