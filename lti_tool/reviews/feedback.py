"""Reads and writes of what trainers said of people's work, and of what those answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, bindparam, func, null, select
from sqlalchemy.orm import aliased

from content.model import Exercise
from lti_tool.database import INSERTS, db
from lti_tool.exercises import credit_rows, editions, levels, owners, rows
from lti_tool.exercises.rules import Note
from lti_tool.exercises.store import Submission, WorkspaceKey, find_last_submission, is_at, submission_of
from lti_tool.exercises.tables import SubmissionRow, WorkspaceRow
from lti_tool.lti.launch.session import name_of
from lti_tool.lti.statements import run
from lti_tool.lti.tables import PersonRow
from lti_tool.reviews import drafts, level_rows, rules, store
from lti_tool.reviews.rules import Draft, Outcome, Score, Seen
from lti_tool.reviews.said import WHOLE, Answered, Comment, Release, Reply
from lti_tool.reviews.store import Reviewer, Terms
from lti_tool.reviews.tables import CommentRow, FeedbackReplyRow, FeedbackRow, ReviewRow

LONGEST_WORDS = 200
"""What is kept of a note's first words."""

_NEWEST = select(func.max(FeedbackRow.number)).where(FeedbackRow.workspace_id == bindparam("workspace", type_=Integer))

# Reads


def workspace_of(key: WorkspaceKey) -> int | None:
    """Give the workspace of a key, if anything was ever written there."""
    return db.session.scalar(select(WorkspaceRow.id).where(is_at(key)))


def find(course_id: int, exercise: str, feedback_id: int) -> tuple[WorkspaceKey, int, Release] | None:
    """Give a release of this course and exercise, with whose work it was about; of any other there is none."""
    row = db.session.execute(
        select(WorkspaceRow.id, WorkspaceRow.owner)
        .join(FeedbackRow, FeedbackRow.workspace_id == WorkspaceRow.id)
        .where(FeedbackRow.id == feedback_id, WorkspaceRow.course_id == course_id, WorkspaceRow.exercise == exercise)
    ).first()
    owner = owners.read(row.owner) if row else None
    if row is None or owner is None:
        return None
    release = next(one for one in of_work(row.id) if one.id == feedback_id)
    return WorkspaceKey(course_id=course_id, exercise=exercise, owner=owner), row.id, release


def may_reply(workspace_id: int, person_id: int) -> bool:
    """Tell whether somebody was ever credited for a piece of work: they answer for it."""
    credited = credit_rows.find(SubmissionRow.workspace_id == workspace_id)
    return any(one.person_id == person_id for each in credited.values() for one in each)


def of_work(workspace_id: int) -> Sequence[Release]:
    """Give all that was said of a piece of work, the newest first."""
    found = [*_feedback(workspace_id), *_marks_alone(workspace_id)]
    return sorted(found, key=lambda one: (one.released_at, one.hand_in, one.id or 0), reverse=True)


def _feedback(workspace_id: int) -> Iterable[Release]:
    query = (
        select(FeedbackRow, SubmissionRow.number, SubmissionRow.submitted_at, PersonRow, ReviewRow)
        .join(SubmissionRow, SubmissionRow.id == FeedbackRow.submission_id)
        .join(PersonRow, PersonRow.id == FeedbackRow.reviewer_id)
        .outerjoin(ReviewRow, ReviewRow.id == FeedbackRow.review_id)
        .where(FeedbackRow.workspace_id == workspace_id)
    )
    found = db.session.execute(query).all()
    numbers = [row.id for row, *_ in found]
    replies, comments, chosen = _replies(numbers), _comments(numbers), level_rows.of(numbers)
    for row, hand_in, handed_in_at, reviewer, review in found:
        yield Release(
            id=row.id,
            submission_id=row.submission_id,
            hand_in=hand_in,
            handed_in_at=handed_in_at,
            outcome=Outcome(row.outcome),
            text=row.text,
            language=row.language,
            reviewer=name_of(reviewer),
            released_at=row.released_at,
            score=Score(given=review.given, maximum=review.maximum) if row.review_id is not None else None,
            comments=[_comment(one, replies.get((row.id, one.id))) for one in comments[row.id]],
            levels=chosen[row.id],
            reply=replies.get((row.id, WHOLE)),
        )


def _comments(numbers: Collection[int]) -> Mapping[int, Sequence[CommentRow]]:
    found: defaultdict[int, list[CommentRow]] = defaultdict(list)
    for row in db.session.scalars(
        select(CommentRow).where(CommentRow.feedback_id.in_(numbers)).order_by(CommentRow.id)
    ):
        found[row.feedback_id].append(row)
    return found


def _comment(row: CommentRow, reply: Reply | None) -> Comment:
    return Comment(
        number=row.id, note_id=row.note_id, words=row.words, text=row.text, language=row.language, reply=reply
    )


def _replies(numbers: Collection[int]) -> Mapping[tuple[int, int], Reply]:
    query = select(FeedbackReplyRow, PersonRow).join(PersonRow, PersonRow.id == FeedbackReplyRow.author_id)
    found = db.session.execute(query.where(FeedbackReplyRow.feedback_id.in_(numbers)))
    return {
        (row.feedback_id, row.comment_id): Reply(
            text=row.text, language=row.language, author=name_of(author), written_at=row.written_at
        )
        for row, author in found
    }


def _marks_alone(workspace_id: int) -> Iterable[Release]:
    """Give the marks that versions before released."""
    said = aliased(FeedbackRow)
    query = (
        select(ReviewRow, SubmissionRow.number, SubmissionRow.submitted_at, PersonRow)
        .join(SubmissionRow, SubmissionRow.id == ReviewRow.submission_id)
        .join(PersonRow, PersonRow.id == ReviewRow.reviewer_id)
        .outerjoin(said, said.review_id == ReviewRow.id)
        .where(ReviewRow.workspace_id == workspace_id, said.id.is_(None))
    )
    for row, hand_in, handed_in_at, reviewer in db.session.execute(query):
        yield Release(
            id=None,
            submission_id=row.submission_id,
            hand_in=hand_in,
            handed_in_at=handed_in_at,
            outcome=None,
            text=row.sentence,
            language=row.language,
            reviewer=name_of(reviewer),
            released_at=row.released_at,
            score=Score(given=row.given, maximum=row.maximum),
        )


def answered(workspace_ids: Collection[int]) -> Mapping[int, Answered]:
    """Tell how far the answers to pieces of work are, in two queries for however many."""
    marks = select(ReviewRow.id, ReviewRow.workspace_id, ReviewRow.submission_id)
    said = select(FeedbackRow.workspace_id, FeedbackRow.submission_id, FeedbackRow.outcome, FeedbackRow.review_id)
    spoken = db.session.execute(
        said.where(FeedbackRow.workspace_id.in_(workspace_ids)).order_by(FeedbackRow.number)
    ).all()
    with_words = {row.review_id for row in spoken}
    found: dict[int, Answered] = {}
    alone = db.session.execute(marks.where(ReviewRow.workspace_id.in_(workspace_ids)).order_by(ReviewRow.number))
    for number, workspace_id, submission_id in alone:
        if number not in with_words:
            _count(found, workspace_id, submission_id, None)
    for row in spoken:
        _count(found, row.workspace_id, row.submission_id, Outcome(row.outcome))
    return found


def count(workspace_id: int) -> int:
    """Tell how many releases there are of a piece of work, for pages that ask again and again."""
    numbers: int | None = run(_NEWEST, {"workspace": workspace_id}).scalar()
    return numbers or 0


def newest(*which: ColumnElement[bool]) -> Mapping[int, tuple[int, str | None]]:
    """Tell of chosen workspaces, by workspace, which submission the newest answer is about and what it asks for.

    It says as much as `answered`, of some thousand pieces of work in half the time.
    """
    marks = select(ReviewRow.workspace_id, ReviewRow.submission_id, null())
    marks = marks.join(WorkspaceRow, WorkspaceRow.id == ReviewRow.workspace_id)
    alone = marks.outerjoin(FeedbackRow, FeedbackRow.review_id == ReviewRow.id).where(FeedbackRow.id.is_(None), *which)
    said = select(FeedbackRow.workspace_id, FeedbackRow.submission_id, FeedbackRow.outcome)
    said = said.join(WorkspaceRow, WorkspaceRow.id == FeedbackRow.workspace_id).where(*which)
    found: dict[int, tuple[int, str | None]] = {}
    for query in (alone.order_by(ReviewRow.number), said.order_by(FeedbackRow.number)):
        for workspace_id, submission_id, outcome in db.session.connection().execute(query).all():
            if workspace_id not in found or found[workspace_id][0] <= submission_id:
                found[workspace_id] = submission_id, outcome
    return found


def _count(found: dict[int, Answered], workspace_id: int, submission_id: int, outcome: Outcome | None) -> None:
    """Take one release more; of two, what was about the newer submission stands."""
    before = found.get(workspace_id)
    number = before.number + 1 if before else 1
    if before and before.submission_id > submission_id:
        submission_id, outcome = before.submission_id, before.outcome
    found[workspace_id] = Answered(outcome=outcome, submission_id=submission_id, number=number)


# Writes


def release(workspace_id: int, draft: Draft, reviewer: Reviewer, terms: Terms, now: datetime) -> bool:
    """Release a draft that has no problems, in the caller's transaction; a mark is sent to all credited.

    Nothing is released where the work was handed in, another trainer released, or changed the draft that is kept,
    since the page was shown: false.
    """
    store.hold([workspace_id])
    last, before = find_last_submission(workspace_id), answered([workspace_id]).get(workspace_id)
    number = before.number if before else 0
    if last is None or draft.seen != Seen(release=number, hand_in=last.number):
        return False
    read = last if draft.about is None else _hand_in(workspace_id, draft.about)
    if read is None or draft.version != drafts.version(workspace_id):
        return False
    row = FeedbackRow(
        workspace_id=workspace_id,
        submission_id=read.id,
        number=number + 1,
        outcome=str(draft.outcome),
        text=draft.text,
        language=reviewer.language,
        reviewer_id=reviewer.person_id,
        released_at=now,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(_spoken_of(row, draft, read, terms.present))
    exercise = editions.give(read.edition, terms.present)
    db.session.add_all(level_rows.rows(row.id, levels.worded(exercise, draft.levels, read.language)))
    drafts.clear(workspace_id, reviewer.person_id, now)
    rows.tell_others(workspace_id)
    if draft.given is not None:
        store.add_mark(row, draft.given, terms.full)
        store.send({workspace_id: [one.person_id for one in credit_rows.of(last.id)]}, terms, now)
    return True


def _hand_in(workspace_id: int, number: int) -> Submission | None:
    row = db.session.scalar(select(SubmissionRow).filter_by(workspace_id=workspace_id, number=number))
    return submission_of(row) if row else None


def _spoken_of(row: FeedbackRow, draft: Draft, last: Submission, present: Exercise) -> Iterable[CommentRow]:
    """Keep each comment with its note as it was; of a note that was never handed in there is nothing to say."""
    notes = find_notes(row.workspace_id, last, present, draft.comments)
    known = [note_id for note_id in notes if note_id in draft.comments]
    for number, note_id in enumerate(known, start=1):
        note, words = notes[note_id]
        yield CommentRow(
            feedback_id=row.id,
            id=number,
            note_id=note_id,
            part=note.part,
            cell=note.cell,
            words=words,
            text=draft.comments[note_id],
            language=row.language,
        )


def find_notes(
    workspace_id: int, last: Submission, present: Exercise, wanted: Collection[str]
) -> Mapping[str, tuple[Note, str]]:
    """Give the notes of what was handed in last, and of those wanted that are gone from it, with their first words."""
    found = _with_words(last, present)
    if set(wanted) <= set(found):
        return found
    all_ = db.session.scalars(select(SubmissionRow).filter_by(workspace_id=workspace_id).order_by(SubmissionRow.number))
    ever = {id_: note for row in all_ for id_, note in _with_words(submission_of(row), present).items()}
    return {**found, **{note_id: ever[note_id] for note_id in wanted if note_id in ever and note_id not in found}}


def _with_words(submission: Submission, present: Exercise) -> Mapping[str, tuple[Note, str]]:
    exercise = editions.give(submission.edition, present)
    first = {part.id: part.fields[0].id for part in exercise.parts}
    return {
        note.id: (note, rules.tidy(str(note.values.get(first.get(note.part, ""), "")))[:LONGEST_WORDS])
        for note in submission.notes
    }


def reply(release: Release, number: int, text: str, author: Reviewer, now: datetime) -> bool:
    """Keep an answer, in the caller's transaction; false where there is one, which may have come just now."""
    added = INSERTS[db.engine.dialect.name](FeedbackReplyRow).values(
        feedback_id=release.id,
        comment_id=number,
        author_id=author.person_id,
        text=text,
        language=author.language,
        written_at=now,
    )
    return bool(db.session.execute(added.on_conflict_do_nothing().returning(FeedbackReplyRow.comment_id)).first())
