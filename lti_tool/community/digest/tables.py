"""Who wants a digest, the mails on their way, and what the links in them stand for."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.community.digest.rules import LinkUse, MailState, Rhythm
from lti_tool.database import Base, Hash, Key, Moment, Short


class DigestRow(Base):
    """What somebody answered when they were asked whether they want a digest; until then there is none."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_due_at", "due_at"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    rhythm: Mapped[Rhythm]
    weekday: Mapped[int]
    """0 is Monday; means nothing for the other rhythms."""
    told_until: Mapped[Moment]
    """What was written until then is told, or was before they asked for a digest."""
    due_at: Mapped[Moment | None]
    """When the next is made; nothing where none is wanted."""
    problem: Mapped[Short | None]
    """Why the digest stopped by itself: the code by which a mail server refused the address, or a word of ours."""
    kept_at: Mapped[Moment | None]
    """When they last said by a press in a mail that it should go on."""
    asked_at: Mapped[Moment | None]
    """When they were first asked since they were last heard of."""


class MailRow(Base):
    """One digest for one person, sent at most once."""

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_state_due_at", "state", "due_at"),
        Index("ix_mails_person", "community_id", "person_id"),
    )

    id: Mapped[Key]
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[MailState]
    contents: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Which posts and replies it tells of; chosen when it is claimed."""
    told_until: Mapped[Moment]
    """Until when what was written is told in it."""
    made_at: Mapped[Moment]
    due_at: Mapped[Moment]
    """When to try next."""
    leased_until: Mapped[Moment | None]
    """Until when a worker's word is waited for; then nobody knows what became of it."""
    attempts: Mapped[int] = mapped_column(default=0)
    is_last: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it says that it is the last one: the digest ends with it."""
    ended_at: Mapped[Moment | None]
    problem: Mapped[Short | None]
    """What the last try ran into: a code, and nobody's address."""


class CallRow(Base):
    """A need that nobody answered, told in a mail to its territory's connector: once to each."""

    __tablename__ = "calls"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "post_id"], ["posts.community_id", "posts.id"]),
        Index("ix_calls_post", "community_id", "post_id"),
    )

    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class MailLinkRow(Base):
    """What the links of one mail stand for; of the links themselves only a hash is kept."""

    __tablename__ = "mail_links"
    __table_args__ = (Index("ix_mail_links_expires_at", "expires_at"),)

    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    posts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The posts that it leads to, by their place in the mail; nothing where it does something else."""
    use: Mapped[LinkUse | None]
    """What it does; of a version before this one those without posts stop the digest."""
    rhythm: Mapped[Rhythm | None]
    """How often the digest comes, of a link that keeps it."""
    expires_at: Mapped[Moment]


class ArrivalRow(Base):
    """A post that somebody is on their way to, from a mail through Moodle."""

    __tablename__ = "arrivals"
    __table_args__ = (Index("ix_arrivals_until", "until"),)

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    post_id: Mapped[str] = mapped_column(String(36))
    until: Mapped[Moment]
