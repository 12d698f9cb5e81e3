"""Ballots of an exercise, and the votes that people give in them: reads and writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from lti_tool.database import INSERTS, db
from lti_tool.exercises import rows, stages, voting
from lti_tool.exercises.store import WorkspaceKey, is_at, locked
from lti_tool.exercises.tables import BallotRow, NoteRow, VoteRow, WorkspaceRow
from lti_tool.exercises.voting import Ballot, Decision, Standing, Tally, Terms, Verdict, Vote
from lti_tool.lti.statements import run

# The trainer's part


def newest(course_id: int, exercise: str) -> Ballot | None:
    """Give the ballot that is open, or was last."""
    found = _of(course_id, exercise).order_by(BallotRow.number.desc()).limit(1)
    row = run(found, {}).first()
    return _ballot_of(row) if row else None


def begin(course_id: int, exercise: str, terms: Terms, now: datetime) -> bool:
    """Open a ballot in the caller's transaction, unless one is open; tell whether it was done."""
    stages.change(course_id, exercise)  # of two trainers at once, the second waits here and sees what the first did
    last = newest(course_id, exercise)
    if last and last.is_open:
        return False
    new = {"part": terms.part, "each": terms.each, "is_secret": terms.is_secret, "opened_at": now}
    number = last.number + 1 if last else 1
    db.session.execute(insert(BallotRow).values(course_id=course_id, exercise=exercise, number=number, **new))
    return True


def close(course_id: int, exercise: str, number: int, now: datetime) -> None:
    """Close a ballot in the caller's transaction; one that is closed stays so."""
    stages.change(course_id, exercise)
    ended = update(BallotRow).filter_by(course_id=course_id, exercise=exercise, number=number, closed_at=None)
    db.session.execute(ended.values(closed_at=now), execution_options={"synchronize_session": False})


def voters(ballot: Ballot) -> int:
    """Count the people who voted, at all canvases together."""
    people = select(func.count(VoteRow.person_id.distinct())).filter_by(ballot_id=ballot.id)
    found: int = db.session.scalars(people.where(VoteRow.number > 0)).one()
    return found


# A person's votes


def give(key: WorkspaceKey, vote: Vote, now: datetime) -> Decision:
    """Set how many of their votes somebody gives to a note, in the caller's transaction.

    The workspace's row is held until it ends, so that of two windows at once neither goes over the limit. The ballot's
    is too: what was closed before takes no vote.
    """
    seen = locked(key, now)
    ballot = _held(key, vote.ballot)
    if ballot is None:
        return Decision(verdict=Verdict.CLOSED)
    decision = voting.decide(ballot, _part(seen.id, vote.note_id), _given(ballot, seen.id, vote.person_id), vote)
    if decision.verdict is Verdict.COUNTED:
        _free(ballot, seen.id, vote.person_id)
        _put(ballot, seen.id, vote)
        if not ballot.terms.is_secret:
            rows.tell_others(seen.id)
    return decision


def _held(key: WorkspaceKey, number: int) -> Ballot | None:
    found = _of(key.course_id, key.exercise).where(BallotRow.number == number).with_for_update(read=True)
    row = run(found, {}).first()
    return _ballot_of(row) if row else None


def _part(workspace_id: int, note_id: str) -> str | None:
    """Give the part of a note that is there."""
    note = rows.find(workspace_id, note_id)
    return note.part if note and note.values else None


def _given(ballot: Ballot, workspace_id: int, person_id: int) -> Mapping[str, int]:
    """Give somebody's votes on the notes that are still there: those on a deleted one can be given anew."""
    query = _votes(ballot, workspace_id).where(VoteRow.person_id == person_id)
    found = run(query.with_only_columns(VoteRow.note_id, VoteRow.number), {})
    return {row.note_id: row.number for row in found}


def _votes(ballot: Ballot, workspace_id: int) -> Select[VoteRow]:
    """Choose the votes on notes that are still there."""
    of_note = (NoteRow.workspace_id == VoteRow.workspace_id) & (NoteRow.id == VoteRow.note_id)
    query = select(VoteRow).join(NoteRow, of_note).where(~NoteRow.deleted, VoteRow.number > 0)
    return query.where(VoteRow.ballot_id == ballot.id, VoteRow.workspace_id == workspace_id)


def _free(ballot: Ballot, workspace_id: int, person_id: int) -> None:
    """Take back somebody's votes on deleted notes: once one comes back they would have more than their number."""
    gone = select(NoteRow.id).where(NoteRow.workspace_id == workspace_id, NoteRow.deleted)
    mine = {"ballot_id": ballot.id, "workspace_id": workspace_id, "person_id": person_id}
    taken = delete(VoteRow).filter_by(**mine).where(VoteRow.note_id.in_(gone))
    db.session.execute(taken, execution_options={"synchronize_session": False})


def _put(ballot: Ballot, workspace_id: int, vote: Vote) -> None:
    note = {"workspace_id": workspace_id, "note_id": vote.note_id}
    key = {"ballot_id": ballot.id, **note, "person_id": vote.person_id}
    put = INSERTS[db.engine.dialect.name](VoteRow).values(**key, number=vote.number)
    db.session.execute(put.on_conflict_do_update(index_elements=list(key), set_={"number": vote.number}))


# What is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A canvas that several share, which may not be begun yet."""

    course_id: int
    exercise: str
    workspace_id: int | None


def standing(key: WorkspaceKey, person_id: int, *, may_vote: bool) -> Standing | None:
    """Give how the newest ballot stands at a canvas that several share, for a person."""
    if not key.owner.is_shared:
        return None
    workspace_id = run(select(WorkspaceRow.id).where(is_at(key)), {}).scalar()
    place = Place(course_id=key.course_id, exercise=key.exercise, workspace_id=workspace_id)
    return standing_at(place, person_id, may_vote=may_vote)


def standing_at(place: Place, person_id: int, *, may_vote: bool) -> Standing | None:
    """Give the same where the workspace is known."""
    ballot, workspace_id = newest(place.course_id, place.exercise), place.workspace_id
    if ballot is None:
        return None
    given = _given(ballot, workspace_id, person_id) if workspace_id else {}
    counted = tallies(ballot, workspace_id).get(workspace_id, Tally()) if workspace_id else Tally()
    return Standing(ballot=ballot, given=given, totals=voting.shown(ballot, counted), may_vote=may_vote)


def tallies(ballot: Ballot, *workspace_ids: int) -> Mapping[int, Tally]:
    """Count the votes at canvases, in two statements however many there are; whether it is shown is asked elsewhere."""
    of_note = (NoteRow.workspace_id == VoteRow.workspace_id) & (NoteRow.id == VoteRow.note_id)
    counts = VoteRow.ballot_id == ballot.id, VoteRow.number > 0, ~NoteRow.deleted
    here = VoteRow.workspace_id.in_(workspace_ids)
    people = select(VoteRow.workspace_id, func.count(VoteRow.person_id.distinct()).label("voters"))
    people = people.join(NoteRow, of_note).where(*counts, here).group_by(VoteRow.workspace_id)
    notes = select(VoteRow.workspace_id, VoteRow.note_id, func.sum(VoteRow.number).label("number"))
    notes = notes.join(NoteRow, of_note).where(*counts, here).group_by(VoteRow.workspace_id, VoteRow.note_id)
    by_note: dict[int, dict[str, int]] = {}
    for row in run(notes, {}):
        by_note.setdefault(row.workspace_id, {})[row.note_id] = row.number
    found = run(people, {})
    return {row.workspace_id: Tally(voters=row.voters, by_note=by_note.get(row.workspace_id, {})) for row in found}


def _of(course_id: int, exercise: str) -> Select[int, int, str | None, int, bool, datetime | None]:
    columns = (BallotRow.id, BallotRow.number, BallotRow.part, BallotRow.each, BallotRow.is_secret, BallotRow.closed_at)
    return select(*columns).where(BallotRow.course_id == course_id, BallotRow.exercise == exercise)


def _ballot_of(row: Row[Any]) -> Ballot:
    terms = Terms(part=row.part, each=row.each, is_secret=row.is_secret)
    return Ballot(id=row.id, number=row.number, terms=terms, is_open=row.closed_at is None)
