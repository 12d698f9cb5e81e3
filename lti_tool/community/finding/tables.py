"""The folded words of posts, which the databases' own trigram indices stand on: made by a migration."""

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long

TRIGRAMS = Table("post_words_trigrams", MetaData(), Column("rowid"), Column("post_words_trigrams", String))
"""SQLite's index, which is a table: triggers keep it."""


class PostWordsRow(Base):
    """What is found of a post that everybody can read; of others there is none."""

    __tablename__ = "post_words"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        UniqueConstraint("community_id", "post_id"),
    )

    id: Mapped[Key]
    community_id: Mapped[int]
    post_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    """The post's version that the words are of."""
    heading: Mapped[Long]
    """Title and summary, folded."""
    body: Mapped[Long]
    """The text and the fields of the post's kind, folded."""
    replies: Mapped[Long]
    """The replies that everybody can read, and behind them offers, outcomes and translations, folded: a line each."""
