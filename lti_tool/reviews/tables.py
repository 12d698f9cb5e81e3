"""What trainers released of people's work, what they are about to, and what was answered to it."""

from typing import NotRequired, TypedDict

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base, Key, Long, Moment, Short


class ReviewRow(Base):
    """One mark that was released: it is never changed; a later one takes its place."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    id: Mapped[Key]
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    """What the trainer had read."""
    number: Mapped[int]
    """1, 2, … within the workspace; the newest counts."""
    given: Mapped[float]
    maximum: Mapped[int]
    """The exercise's, when it was released."""
    sentence: Mapped[Long]
    language: Mapped[Short]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[Moment]


class FeedbackRow(Base):
    """What was said of a piece of work at one release: it is never changed, and stays when the next one comes.

    A release of the version before left a mark alone.
    """

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    id: Mapped[Key]
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    """What the trainer had read."""
    number: Mapped[int]
    """1, 2, … within the workspace."""
    outcome: Mapped[Short]
    text: Mapped[Long]
    """On the whole; may be empty."""
    language: Mapped[Short]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[Moment]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"))
    """The mark that was released with it."""


class CommentRow(Base):
    """What was said of one note; the note may be changed or gone since."""

    __tablename__ = "feedback_comments"

    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, … within the release."""
    note_id: Mapped[str] = mapped_column(String(36))
    part: Mapped[Short]
    cell: Mapped[Short]
    words: Mapped[Long]
    """The note's first words, as they were."""
    text: Mapped[Long]
    language: Mapped[Short]


class LevelRow(Base):
    """A level that was chosen of one criterion of the rubric, which may be changed or gone since."""

    __tablename__ = "feedback_levels"

    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, … within the release."""
    criterion: Mapped[Short]
    level: Mapped[Short]
    title: Mapped[Long]
    """What the criterion was called."""
    words: Mapped[Long]
    """What the level said."""
    language: Mapped[Short]


class FeedbackReplyRow(Base):
    """What those who did the work answered to one comment, or to the whole, which is 0: once to each."""

    __tablename__ = "feedback_replies"

    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[Long]
    language: Mapped[Short]
    written_at: Mapped[Moment]


class DraftBody(TypedDict):
    """What trainers wrote and did not release; empty when nothing is."""

    outcome: NotRequired[str]
    mark: NotRequired[str]
    text: NotRequired[str]
    comments: NotRequired[dict[str, str]]
    """By the notes' ids."""
    levels: NotRequired[dict[str, str]]
    """By the criteria."""


class DraftRow(Base):
    """What a course's trainers are about to say of a piece of work: one draft for all of them."""

    __tablename__ = "feedback_drafts"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True, autoincrement=False)
    body: Mapped[DraftBody] = mapped_column(JSON)
    hand_in: Mapped[int]
    """The number of the submission that the trainer had before them."""
    version: Mapped[int]
    """Counts the changes; a release is one, and so is throwing it away."""
    changed_at: Mapped[Moment]
    changed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
