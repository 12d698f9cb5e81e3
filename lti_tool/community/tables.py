"""Communities, the posts in them, and the replies."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from lti_tool.community.rules import PostKind
from lti_tool.database import Base, Key, Long, Moment, Short
from lti_tool.lti.tables import PersonRow


class CommunityRow(Base):
    """One community of a site: above its courses, since people of several meet in it."""

    __tablename__ = "communities"
    __table_args__ = (UniqueConstraint("site_id", "slug"),)

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    slug: Mapped[Short]


class Written:
    """What posts and replies have in common; the id is made by the form, so that sending it twice makes one."""

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    """The course it was written in: its trainers look after it."""
    text: Mapped[Long]
    """Empty once its author deleted it."""
    language: Mapped[Short]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Moment]
    edited_at: Mapped[Moment | None]
    deleted_at: Mapped[Moment | None]
    hidden_at: Mapped[Moment | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_reason: Mapped[Long | None]

    @declared_attr
    @classmethod
    def author(cls) -> Mapped[PersonRow]:
        """Join the author to every row that is read."""
        return relationship(lazy="joined", innerjoin=True, foreign_keys=[cls.author_id])


class PostRow(Written, Base):
    """A doubt, tool, experience or need."""

    __tablename__ = "posts"

    kind: Mapped[PostKind]
    title: Mapped[Long]
    answered_at: Mapped[Moment | None]
    """When a need was marked as answered; means nothing for the other kinds."""


class ReplyRow(Written, Base):
    """An answer to a post."""

    __tablename__ = "replies"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_replies_post", "community_id", "post_id"),
    )

    post_id: Mapped[str] = mapped_column(String(36))
    helped: Mapped[bool] = mapped_column(default=False)
    """Named as the reply that answered the need."""
