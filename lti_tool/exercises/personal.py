"""What exercises keep of a person: what they do alone, what they do with others, and how they vote."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext, ngettext
from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update

from lti_tool.database import db
from lti_tool.exercises import rows as works
from lti_tool.exercises.tables import (
    BallotRow,
    BroughtRow,
    CreditRow,
    GatheringRow,
    NoteRow,
    PresenceRow,
    StackRow,
    SubmissionRow,
    VoteRow,
    WorkspaceRow,
)
from lti_tool.lti.tables import CourseRow
from lti_tool.personal import (
    AS_IT_IS,
    Fate,
    Kept,
    SeenBy,
    Told,
    Until,
    Whose,
    but_files,
    days_after,
    deleted,
    rows,
    theirs,
    told,
)

SEEN_ONCE_HANDED_IN = lazy_gettext("You, and the trainers of the course once you hand it in.")


# A person's own work


def own(whose: Whose) -> Select[int]:
    """Select the ids of the workspaces that are this person's alone, trials included."""
    theirs_alone = or_(WorkspaceRow.person_id == whose.person_id, WorkspaceRow.trial_by == whose.person_id)
    return select(WorkspaceRow.id).where(theirs_alone)


def hold(whose: Whose) -> None:
    """Keep others from writing in a person's own work until the transaction ends."""
    for workspace_id in db.session.scalars(own(whose).order_by(WorkspaceRow.id)).all():
        works.lock(workspace_id)


def where(workspace: WorkspaceRow, course: str | None) -> Told:
    """Say of which work something is."""
    return {"exercise": workspace.exercise, "course": course}


def with_work(table: Any, *which: ColumnElement[bool]) -> list[Told]:
    """Write the chosen rows of a table of things in workspaces, each with the work that it is of."""
    query = (
        select(table, WorkspaceRow, CourseRow.title)
        .join(WorkspaceRow, WorkspaceRow.id == table.workspace_id)
        .join(CourseRow, CourseRow.id == WorkspaceRow.course_id)
        .where(*which)
        .order_by(*table.__table__.primary_key)
        .options(*but_files(table))
    )
    return [{**where(workspace, course), **told(row)} for row, workspace, course in db.session.execute(query)]


def _own_work(whose: Whose) -> Sequence[Told]:
    query = select(WorkspaceRow, CourseRow.title).join(CourseRow, CourseRow.id == WorkspaceRow.course_id)
    found = db.session.execute(query.where(WorkspaceRow.id.in_(own(whose))).order_by(WorkspaceRow.id)).all()
    return [{**where(row, course), **told(row), **_written_in(row.id)} for row, course in found]


def _written_in(workspace_id: int) -> Told:
    return {
        "notes": rows(NoteRow, NoteRow.workspace_id == workspace_id, ~NoteRow.deleted),
        "stacks": rows(StackRow, StackRow.workspace_id == workspace_id, ~StackRow.deleted),
        "handed_in": rows(SubmissionRow, SubmissionRow.workspace_id == workspace_id, without=["submitted_by"]),
    }


def _erase_own_work(whose: Whose) -> None:
    handed_in = select(SubmissionRow.id).where(SubmissionRow.workspace_id.in_(own(whose)))
    both = or_(GatheringRow.workspace_id.in_(own(whose)), GatheringRow.from_workspace_id.in_(own(whose)))
    gone = [delete(GatheringRow).where(both), delete(CreditRow).where(CreditRow.submission_id.in_(handed_in))]
    gone += [
        delete(table).where(table.workspace_id.in_(own(whose)))
        for table in (VoteRow, PresenceRow, BroughtRow, NoteRow, StackRow, SubmissionRow)
    ]
    for each in (*gone, delete(WorkspaceRow).where(WorkspaceRow.id.in_(own(whose)))):
        db.session.execute(each, execution_options=AS_IT_IS)


# What they do with others


def _shared(whose: Whose) -> Sequence[Told]:
    elsewhere = WorkspaceRow.id.not_in(own(whose))
    written = [
        *with_work(NoteRow, NoteRow.author_id == whose.person_id, ~NoteRow.deleted, elsewhere),
        *with_work(StackRow, StackRow.author_id == whose.person_id, ~StackRow.deleted, elsewhere),
        *with_work(BroughtRow, BroughtRow.author_id == whose.person_id, elsewhere),
    ]
    return [*written, *_credited(whose)]


def _credited(whose: Whose) -> Sequence[Told]:
    """Tell what was handed in together, without the words of others in it."""
    credited = select(CreditRow.submission_id).where(CreditRow.person_id == whose.person_id)
    mine = or_(SubmissionRow.id.in_(credited), SubmissionRow.submitted_by == whose.person_id)
    found = with_work(SubmissionRow, mine, WorkspaceRow.id.not_in(own(whose)))
    return [{key: value for key, value in row.items() if key not in ("notes", "submitted_by")} for row in found]


def _leave_shared(whose: Whose) -> None:
    """Leave what is the group's; what they wrote alone and what stands beside it was theirs, and no score is sent."""
    beside = and_(BroughtRow.author_id == whose.person_id, BroughtRow.from_workspace_id.is_(None))
    taken_back = and_(NoteRow.author_id == whose.person_id, NoteRow.deleted)
    for each in (
        delete(BroughtRow).where(beside),
        delete(CreditRow).where(CreditRow.person_id == whose.person_id),
        update(NoteRow).where(taken_back).values(values={}),
    ):
        db.session.execute(each, execution_options=AS_IT_IS)


def _erase_votes(whose: Whose) -> None:
    """Take votes back where the ballot is open; of a closed one the result stays what it was."""
    is_open = select(BallotRow.id).where(BallotRow.closed_at.is_(None))
    mine = and_(VoteRow.person_id == whose.person_id, VoteRow.ballot_id.in_(is_open))
    db.session.execute(delete(VoteRow).where(mine), execution_options=AS_IT_IS)


def _unless_left_behind(days: int) -> str:
    text = ngettext(
        "Until it is erased; what was never handed in goes once nobody has come back to it for %(num)s day.",
        "Until it is erased; what was never handed in goes once nobody has come back to it for %(num)s days.",
        days,
    )
    return str(text)


KEPT = (
    Kept(
        key="own_work",
        title=lazy_gettext("What you write in exercises alone, and what you handed in of it"),
        seen_by=SEEN_ONCE_HANDED_IN,
        until=days_after("KEEP_DRAFTS_DAYS", _unless_left_behind),
        tables=(WorkspaceRow, NoteRow, StackRow, SubmissionRow, CreditRow, GatheringRow),
        find=_own_work,
        erase=_erase_own_work,
    ),
    Kept(
        key="shared_work",
        title=lazy_gettext("What you write in exercises with others, and that you handed it in"),
        seen_by=SeenBy.GROUP,
        until=days_after("KEEP_DRAFTS_DAYS", _unless_left_behind),
        fate=Fate.GROUPS,
        tables=(NoteRow, StackRow, BroughtRow, SubmissionRow, CreditRow),
        find=_shared,
        erase=_leave_shared,
    ),
    Kept(
        key="presences",
        title=lazy_gettext("When you were last at an exercise"),
        seen_by=SeenBy.GROUP,
        tables=(PresenceRow,),
        find=theirs(PresenceRow.person_id),
        erase=deleted(PresenceRow.person_id),
    ),
    Kept(
        key="votes",
        title=lazy_gettext("Which notes you voted for"),
        seen_by=SeenBy.YOU,
        fate=lazy_gettext("In a vote that is open your votes are deleted; in one that is closed they stay counted."),
        until=Until.CHANGED,
        tables=(VoteRow,),
        find=theirs(VoteRow.person_id),
        erase=_erase_votes,
    ),
)
