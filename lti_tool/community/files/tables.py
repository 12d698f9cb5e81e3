"""Files at posts and replies."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.belonging import Belongs, once
from lti_tool.database import Base, Hash, Long, Moment, Short


class FileRow(Belongs, Base):
    """A file at a post or reply; nothing of one that was removed."""

    __tablename__ = "files"
    __table_args__ = (*once("digest"), Index("ix_files_author", "author_id", "added_at"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    position: Mapped[int]
    """Among the files at the piece, from 1."""
    digest: Mapped[Hash]
    """Of its content as it is kept: the same one is there once."""
    name: Mapped[Short]
    suffix: Mapped[Short]
    """The ending of its name, which says its kind."""
    alt: Mapped[Long]
    """In the language of the piece."""
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    small: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of a picture, as JPEG like the whole one."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[Moment]
