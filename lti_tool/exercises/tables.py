"""Workspaces, the notes in them, and what was handed in."""

from typing import TypedDict

from sqlalchemy import JSON, Computed, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.fields.field import Value
from lti_tool.database import Base, Hash, Key, Long, Moment, Short
from lti_tool.exercises.marking import Marking


class NoteSnapshot(TypedDict):
    """A note as it was handed in."""

    id: str
    part: str
    cell: str
    values: dict[str, Value]
    version: int
    language: str


class GroupRow(Base):
    """A group of a course: one of the platform's, which tells no more than its number, or one made for an exercise."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("course_id", "platform_id"), UniqueConstraint("course_id", "number"))

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short | None]
    """The slug of the exercise that it was made for; the platform's groups are the whole course's."""
    platform_id: Mapped[Short | None]
    """Moodle's number of it; none where it was made here."""
    number: Mapped[int]
    """Counts up within the course; stands in for a name."""
    name: Mapped[Short | None]


OWNER = """CASE
    WHEN person_id IS NOT NULL THEN 'person/' || CAST(person_id AS VARCHAR)
    WHEN group_id IS NOT NULL THEN 'group/' || CAST(group_id AS VARCHAR)
    WHEN trial_by IS NOT NULL THEN 'trial/' || CAST(trial_by AS VARCHAR)
    ELSE 'course'
END"""
"""Whose a workspace is, as `owners` writes it; made by the database, so that it holds for whatever adds a row."""


class WorkspaceRow(Base):
    """Where an exercise of one course is done, whichever activity in Moodle leads there."""

    __tablename__ = "workspaces"
    __table_args__ = (
        UniqueConstraint("course_id", "exercise", "owner"),
        # Processes of the version before insert by this key. A later version drops it.
        UniqueConstraint("course_id", "exercise", "person_id"),
    )

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short]
    """The exercise's slug."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    trial_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Of whose it is, at most one is there; none where it is the course's."""
    owner: Mapped[Short] = mapped_column(Computed(OWNER, persisted=True))
    """The same in one column that is never empty: a unique key with an empty column admits doubles."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts the changes of all notes; 0 means that nothing was ever written."""
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]


class NoteRow(Base):
    """A piece of a workspace; its id is made by the page, so that sending it twice makes one note."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_cell", "workspace_id", "part", "cell", "deleted"),)

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part: Mapped[Short]
    cell: Mapped[Short]
    values: Mapped[dict[str, Value]] = mapped_column(JSON)
    """The last words, even of a deleted note."""
    language: Mapped[Short]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int]
    position: Mapped[int]
    """The workspace's version in which the note was written first."""
    rank: Mapped[str | None] = mapped_column(String(64))
    """Orders the notes of a cell; where a version of before wrote the note, its position does."""
    place_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts the moves, apart from the words."""
    created_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    deleted: Mapped[bool] = mapped_column(default=False)


class SubmissionRow(Base):
    """What a person handed in at one moment: the notes as they were."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "version", "placement_id"),
        Index("ix_submissions_placement_id", "placement_id"),
    )

    id: Mapped[Key]
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    number: Mapped[int]
    """1, 2, … within the workspace; the newest counts."""
    version: Mapped[int]
    """The workspace's version that was handed in."""
    submitted_at: Mapped[Moment]
    notes: Mapped[list[NoteSnapshot]] = mapped_column(JSON)
    # Nothing of this version reads the two scores. Processes of the version before do, during an upgrade: they show
    # and send what stands here, so it is what handing in gives. A later version drops both.
    score_given: Mapped[int]
    score_maximum: Mapped[int]
    met: Mapped[list[str]] = mapped_column(JSON)
    """Ids of the checks that were met."""
    language: Mapped[Short]
    """Of the exercise's text that the person had before them."""
    edition: Mapped[str | None] = mapped_column(String(64))
    """Names the edition of the exercise that the person had before them; versions of before named none."""


class EditionRow(Base):
    """An exercise as people once had it before them; what is the same is kept once."""

    __tablename__ = "editions"

    digest: Mapped[Hash] = mapped_column(primary_key=True)
    """Of the body."""
    body: Mapped[Long]
    """The exercise with its texts, as JSON."""


class ArrangementRow(Base):
    """How a course does an exercise, once its trainers chose; where they never did, there is no row."""

    __tablename__ = "arrangements"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    exercise: Mapped[Short] = mapped_column(primary_key=True)
    """The exercise's slug."""
    marking: Mapped[Marking]
