"""What is shown of what changed in a piece of work since an earlier hand-in of it: to trainers, and to who did it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import request
from sqlalchemy import select

from content.model import Exercise, ExerciseText
from content.text import pick
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import editions, pages, sheet
from lti_tool.exercises.sheet import Sheet
from lti_tool.exercises.store import Submission, submission_of
from lti_tool.exercises.tables import SubmissionRow
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.reviews import changes, changes_wording, feedback
from lti_tool.reviews.changes import Change, Changes, Kind
from lti_tool.reviews.rules import Outcome
from lti_tool.reviews.said import Answered

SINCE = "since"
"""What the address calls the earlier hand-in; without it the page chooses one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A hand-in with the words of its exercise as it was, in the reader's language as far as there are any."""

    exercise: Exercise
    language: str
    text: ExerciseText
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What changed in one cell."""

    caption: str
    side: Side
    """Whose words name it."""
    was_here: bool
    """Whether the exercise has this place no more."""
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two hand-ins beside each other."""

    since: Submission
    earlier: Sequence[Submission]
    """All with which the later one can be compared, the newest first."""
    is_open: bool
    """Whether somebody chose the earlier one, or a trainer asked to revise that."""
    was: Side
    now: Side
    changes: Changes
    stretches: Sequence[Stretch]

    @property
    def counted(self) -> Sequence[str]:
        """Say how many notes became what."""
        return changes_wording.counted(self.changes)

    def called(self, kind: Kind) -> str:
        """Say what became of a note."""
        return str(changes_wording.CHANGE[kind])

    def side(self, change: Change) -> Side:
        """Tell whose words name what a note holds."""
        return self.now if change.after else self.was

    def came_from(self, change: Change) -> str | None:
        """Name where a note stood, where that was elsewhere."""
        cell, words = change.came_from, self.was.text.parts.get(change.part.id)
        return pages.caption(self.was.exercise.part(change.part.id), words, cell) if cell and words else None


def told(workspace_id: int, submission: Submission, exercise: Exercise) -> Comparison | None:
    """Compare a hand-in with the one that the address names; else with what was answered, or the one before.

    Raises:
        NotFound: the address names none of this work that came before this one.
    """
    earlier, answered = _earlier(workspace_id, submission), feedback.answered([workspace_id]).get(workspace_id)
    asked = request.args.get(SINCE)
    since = _chosen(earlier, asked) if asked is not None else _expected(answered, earlier)
    if since is None:
        return None
    is_open = asked is not None or _was_to_be_revised(answered, since)
    return _compare(since, earlier, submission, exercise, is_open=is_open)


def _earlier(workspace_id: int, submission: Submission) -> Sequence[Submission]:
    of_work = select(SubmissionRow).where(
        SubmissionRow.workspace_id == workspace_id, SubmissionRow.number < submission.number
    )
    return [submission_of(row) for row in db.session.scalars(of_work.order_by(SubmissionRow.number.desc()))]


def _chosen(earlier: Iterable[Submission], asked: str) -> Submission:
    found = next((one for one in earlier if str(one.id) == asked), None)
    if found is None:
        raise NotFound("submission_unknown")
    return found


def _expected(answered: Answered | None, earlier: Sequence[Submission]) -> Submission | None:
    """Choose what a trainer answered last; whoever reads the work again wants to know what came of that."""
    number = answered.submission_id if answered else None
    return next((one for one in earlier if one.id == number), next(iter(earlier), None))


def _was_to_be_revised(answered: Answered | None, since: Submission) -> bool:
    return answered is not None and answered.outcome is Outcome.REVISE and answered.submission_id == since.id


def _compare(
    since: Submission, earlier: Sequence[Submission], submission: Submission, exercise: Exercise, *, is_open: bool
) -> Comparison:
    was, now = _side(since, editions.give(since.edition, find_exercise(exercise.id))), _side(submission, exercise)
    found = changes.compare(
        changes.HandedIn(exercise=was.exercise, notes=since.notes),
        changes.HandedIn(exercise=now.exercise, notes=submission.notes),
    )
    stretches = [_stretch(was, now, list(each)) for _, each in groupby(found.all, key=_place)]
    return Comparison(
        since=since,
        earlier=earlier,
        is_open=is_open,
        was=was,
        now=now,
        changes=found,
        stretches=stretches,
    )


def _side(submission: Submission, exercise: Exercise) -> Side:
    language, text = pick(exercise.texts, reader_language())
    return Side(exercise=exercise, language=language, text=text, sheet=sheet.lay_out(language, submission.notes))


def _place(change: Change) -> tuple[str, str]:
    return change.part.id, change.note.cell


def _stretch(was: Side, now: Side, found: Sequence[Change]) -> Stretch:
    part, cell = found[0].part, found[0].note.cell
    is_there = any(one.id == part.id and cell in one.cells() for one in now.exercise.parts)
    side = now if is_there else was
    return Stretch(
        caption=pages.caption(part, side.text.parts[part.id], cell), side=side, was_here=not is_there, changes=found
    )
