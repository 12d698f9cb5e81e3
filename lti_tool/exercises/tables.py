"""Workspaces, the notes in them, what was handed in, and how a course goes about it."""

from typing import TypedDict

from sqlalchemy import JSON, Computed, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from content.fields.field import Value
from lti_tool.database import Base, Hash, Key, Long, Moment, Short
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Mode
from lti_tool.groups.rules import Source


class NoteSnapshot(TypedDict):
    """A note as it was handed in."""

    id: str
    part: str
    cell: str
    values: dict[str, Value]
    version: int
    language: str


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
    people_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """Counts who comes, who goes, and which note they open."""
    called_at: Mapped[Moment | None]
    """When those who work here asked their trainer to come, who hasn't been there since."""


class NoteRow(Base):
    """A piece of a workspace; its id is made by the page, so that sending it twice makes one note."""

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_cell", "workspace_id", "part", "cell", "deleted"),
        Index("ix_notes_changed_in", "workspace_id", "changed_in"),
    )

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
    changed_in: Mapped[int | None]
    """The workspace's version in which its words, place or stack changed last."""
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it was begun after the step's soft end."""
    from_workspace_id: Mapped[int | None]
    """Where it was copied from, for good: it is a note of its own since."""
    from_note_id: Mapped[str | None] = mapped_column(String(36))
    stack_id: Mapped[str | None] = mapped_column(String(36))
    """The stack of alike notes that it lies in."""


class StackRow(Base):
    """A heading over alike notes of one cell, which stay as they are."""

    __tablename__ = "stacks"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    part: Mapped[Short]
    cell: Mapped[Short]
    heading: Mapped[Long]
    language: Mapped[Short]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int]
    changed_in: Mapped[int]
    """The workspace's version in which it changed last."""
    deleted: Mapped[bool] = mapped_column(default=False)


class BroughtRow(Base):
    """What a person had answered alone, or a group sent, where the canvas has one answer: it stands beside that."""

    __tablename__ = "brought"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    part: Mapped[Short] = mapped_column(primary_key=True)
    cell: Mapped[Short] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    values: Mapped[dict[str, Value]] = mapped_column(JSON)
    language: Mapped[Short]
    from_workspace_id: Mapped[int | None]
    """The group's workspace from which it was sent to the course's; none where a person wrote it alone."""


class GatheringRow(Base):
    """How far one workspace's notes were copied into another one."""

    __tablename__ = "gatherings"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    from_workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    version: Mapped[int]
    """Of the workspace that was copied from."""


class PresenceRow(Base):
    """Who is, or was, at a workspace, by which activity in Moodle they came, and which note they have open."""

    __tablename__ = "presences"

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placements.id"))
    seen_at: Mapped[Moment]
    note_id: Mapped[str | None] = mapped_column(String(36))
    has_left: Mapped[bool] = mapped_column(default=False)


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
    submitted_by: Mapped[int | None]
    """Who pressed; versions of before didn't say, since it was the person whose work it is."""
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it came after the due date."""


class CreditRow(Base):
    """Who gets a submission's score, and at which activity; versions of before wrote none: it was one person's work."""

    __tablename__ = "credits"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)


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
    mode: Mapped[Mode] = mapped_column(default=Mode.ALONE, server_default=Mode.ALONE)
    alone_first: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether each writes alone before they come together."""
    self_review: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether people are asked to look at their own work before they hand in."""
    source: Mapped[Source] = mapped_column(default=Source.PLATFORM, server_default=Source.PLATFORM)
    ticked: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    """The platform's numbers of the groups that count; all of them where none is ticked."""
    opens_at: Mapped[Moment | None]
    due_at: Mapped[Moment | None]
    closes_at: Mapped[Moment | None]
    together_at: Mapped[Moment | None]
    """When those who write alone first come together, if no trainer brings them together before."""


class StageRow(Base):
    """How far an exercise is in a course, for everybody at once."""

    __tablename__ = "stages"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    exercise: Mapped[Short] = mapped_column(primary_key=True)
    version: Mapped[int]
    """Counts what its trainers change here, in the arrangement and in the groups: open pages notice by it."""
    together_at: Mapped[Moment | None]
    frozen_at: Mapped[Moment | None]
    step: Mapped[int | None]
    step_ends_at: Mapped[Moment | None]
    shows_names: Mapped[bool] = mapped_column(default=False)
    message: Mapped[Long | None]
    message_language: Mapped[Short | None]
    message_at: Mapped[Moment | None]


class BallotRow(Base):
    """One round of votes on notes, in all workspaces of an exercise in a course."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("course_id", "exercise", "number"),)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    exercise: Mapped[Short]
    number: Mapped[int]
    """1, 2, … ; the newest is the one that is shown."""
    part: Mapped[Short | None]
    """The part whose notes are voted on; all where none is named."""
    each: Mapped[int]
    """Votes that everybody has."""
    is_secret: Mapped[bool]
    """Whether nobody sees votes before it is closed, and then only if enough people voted."""
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]


class VoteRow(Base):
    """How many of their votes somebody gave to a note."""

    __tablename__ = "votes"

    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    note_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int]
