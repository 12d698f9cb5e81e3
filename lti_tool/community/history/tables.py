"""What posts and replies said before they were changed."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.belonging import Belongs, once
from lti_tool.community.posts import PostKind
from lti_tool.database import Base, Key, Long, Moment, Short


class VersionRow(Belongs, Base):
    """An earlier version of a post or reply; of a reply without what only posts have."""

    __tablename__ = "versions"
    __table_args__ = once("version")

    id: Mapped[Key]
    version: Mapped[int]
    """The number that the piece had then."""
    kind: Mapped[PostKind | None]
    title: Mapped[Long | None]
    text: Mapped[Long]
    language: Mapped[Short]
    details: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """As in `posts`."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who wrote it so."""
    written_at: Mapped[Moment]
