"""Communities, the posts in them, and the replies."""

from typing import Any

from sqlalchemy import JSON, Computed, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from lti_tool.community.posts import PostKind, State
from lti_tool.database import Base, Key, Long, Moment, Short
from lti_tool.lti.tables import PersonRow

WAITS = "kind = 'need' AND answered_at IS NULL AND deleted_at IS NULL AND hidden_at IS NULL"
URGENCY = f"CASE WHEN NOT ({WAITS}) THEN 0 WHEN stage = 'accepted' THEN 1 ELSE 2 END"
REPLIED_AT = "coalesce(newest_reply_at, created_at)"
ACTIVE_AT = f"CASE WHEN newest_offer_at > {REPLIED_AT} THEN newest_offer_at ELSE {REPLIED_AT} END"

PINNED = text("pinned_at IS NOT NULL")


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
    is_nameless: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its author is named to the course's trainers alone."""
    is_by_trainer: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its author taught that course when it was written: the platform's signed roles said so."""
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
    __table_args__ = (
        Index("ix_posts_created", "community_id", "created_at"),
        Index("ix_posts_author", "community_id", "author_id"),
        Index("ix_posts_newest", "community_id", "active_at", "id"),
        Index("ix_posts_order", "community_id", "urgency", "active_at", "id"),
        Index("ix_posts_order_of_kind", "community_id", "kind", "urgency", "active_at", "id"),
        Index("ix_posts_order_of_territory", "community_id", "territory", "urgency", "active_at", "id"),
        Index("ix_posts_order_of_language", "community_id", "language", "urgency", "active_at", "id"),
        Index("ix_posts_pinned", "community_id", sqlite_where=PINNED, postgresql_where=PINNED),
    )

    kind: Mapped[PostKind]
    title: Mapped[Long]
    details: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """What was typed in the fields of any kind, by their names: changing the kind keeps it."""
    territory: Mapped[Short | None]
    """A territory of the vocabulary."""
    summary: Mapped[Long | None]
    """The whole in one line, in another language than the text's."""
    summary_language: Mapped[Short | None]
    tags: Mapped[list["TagRow"]] = relationship(lazy="selectin", order_by="TagRow.tag", cascade="all, delete-orphan")
    answered_at: Mapped[Moment | None]
    """When a need was closed or a doubt answered; means nothing for the other kinds."""
    stage: Mapped[State | None]
    """How far its offers and its outcome bring it, as `settling` tells; a version before this one didn't."""
    replies: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many replies everybody can read."""
    newest_reply_at: Mapped[Moment | None]
    """When the newest of those was written."""
    newest_offer_at: Mapped[Moment | None]
    """When the newest offer was made that everybody can read."""
    locked_at: Mapped[Moment | None]
    locked_reason: Mapped[Long | None]
    """Why nobody may write under it."""
    pinned_at: Mapped[Moment | None]
    """Since when it stands at the top of the list."""
    merged_at: Mapped[Moment | None]
    """Since when it is a reply of the same id to another post; this row only keeps its address."""
    split_at: Mapped[Moment | None]
    """When it became a post that was a reply of the same id."""
    waits: Mapped[bool] = mapped_column(Computed(WAITS, persisted=True))
    """As `Post.is_open_need` says; the database keeps it, whoever writes."""
    urgency: Mapped[int] = mapped_column(Computed(URGENCY, persisted=True))
    """As `Post.urgency` says; the database keeps it."""
    active_at: Mapped[Moment] = mapped_column(Computed(ACTIVE_AT, persisted=True))
    """As `Post.active_at` says; the database keeps it."""


class ReplyRow(Written, Base):
    """An answer to a post."""

    __tablename__ = "replies"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_replies_post", "community_id", "post_id"),
        Index("ix_replies_created", "community_id", "created_at"),
        Index("ix_replies_author", "community_id", "author_id"),
    )

    post_id: Mapped[str] = mapped_column(String(36))
    helped: Mapped[bool] = mapped_column(default=False)
    """Named as the reply that answered the need or the doubt; counts while it can be read."""
    heading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What only posts have, as `rewriting.heading_kept` writes it, of one that was merged into another."""


class TagRow(Base):
    """A word of the vocabulary that a post carries."""

    __tablename__ = "post_tags"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_post_tags_tag", "community_id", "tag"),
    )

    community_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tag: Mapped[Short] = mapped_column(primary_key=True)


class MemberRow(Base):
    """Somebody who opened a community, and when."""

    __tablename__ = "members"

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    territory: Mapped[Short | None]
    """Theirs, of the vocabulary; what a new post of theirs begins with."""
    joined_at: Mapped[Moment]
    here_since: Mapped[Moment]
    """When the visit began that goes on, or was the last."""
    here_before: Mapped[Moment | None]
    """When the visit before that one began."""
    seen_at: Mapped[Moment | None]
    """When they last opened one of its pages, to the minute; a version before this one didn't tell."""
