"""The exercise page and the answers to its script, from what is saved and what is not."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import render_template
from flask_babel import gettext

from content.model import Exercise, ExerciseText
from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import answers, arrangements, sheet, store, wording
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.rules import Decision, Note, Verdict
from lti_tool.exercises.scoring import score
from lti_tool.exercises.store import Submission, Workspace, WorkspaceKey
from lti_tool.learning.store import reader_language, writing_language
from lti_tool.lti.launch.session import current
from lti_tool.results import store as results

OPEN = {Verdict.CONFLICT: HTTPStatus.CONFLICT, Verdict.REFUSED: HTTPStatus.UNPROCESSABLE_ENTITY}


def text_of(exercise: Exercise) -> tuple[str, ExerciseText]:
    """Give the exercise's text in the person's language, with the language it is really in."""
    return pick(exercise.texts, reader_language())


def render(
    exercise: Exercise, key: WorkspaceKey, decisions: Sequence[Decision] = (), *, problem: str | None = None
) -> str:
    """Show the page; `decisions` bring back what the person sent and what was not saved of it."""
    workspace = None if current().is_trainer else store.find_workspace(key)
    notes = workspace.notes if workspace else {}
    language, text = text_of(exercise)
    return render_template(
        "exercises/page.html",
        exercise=exercise,
        text=text,
        text_language=language,
        sheet=sheet.lay_out(text, writing_language(), notes, decisions),
        score=score(exercise, notes.values()),
        key=key,
        workspace=workspace,
        problem=problem,
        preview=current().is_trainer,
        **_handing_in(key, workspace),
    )


def _handing_in(key: WorkspaceKey, workspace: Workspace | None) -> Mapping[str, object]:
    """Give what the page says of handing in: what it does, and what came of it."""
    marking, grading = arrangements.find(key.course_id, key.exercise).marking, current().grading
    submission = store.find_last_submission(workspace.id) if workspace else None
    if workspace is None or submission is None:
        return {"submission": None, "promise": wording.promise(marking, grading)}
    answer = answers.find(key)
    return {
        "submission": submission,
        "changed_since": submission.version != workspace.version,
        "grade": _grade(submission),
        "answer": answer,
        "waits": wording.FOR_TRAINER if marking is Marking.BY_TRAINER and current().graded and not answer else None,
        "promise": wording.promise(marking, grading, is_marked=answer is not None),
    }


def _grade(submission: Submission) -> str | None:
    """Say where the grade stands; nothing where no score was sent. What is old is read again, and not waited for."""
    placement_id, person_id = submission.placement_id, current().person_id
    found = results.grades([placement_id], [person_id]).get((placement_id, person_id))
    if found is None:
        return None
    if results.want_due([placement_id], now()):
        db.session.commit()
    return str(wording.grade(found.standing, found.cause))


def status(decisions: Sequence[Decision]) -> HTTPStatus:
    """Choose the status of an answer: a conflict is told before a refusal."""
    verdicts = {decision.verdict for decision in decisions}
    return next((code for verdict, code in OPEN.items() if verdict in verdicts), HTTPStatus.OK)


def answer(exercise: Exercise, key: WorkspaceKey, decision: Decision) -> Mapping[str, object]:
    """Tell the page's script what became of a note."""
    if decision.verdict is Verdict.REFUSED:
        text = text_of(exercise)[1].parts.get(decision.draft.part)
        problems = [wording.sentence(problem, text) for problem in decision.problems]
        return {"title": gettext("This note could not be saved"), "problems": problems}
    if decision.verdict is Verdict.CONFLICT and decision.saved:
        return {"title": gettext("This note was changed elsewhere"), "theirs": _theirs(decision.saved)}
    workspace = store.find_workspace(key)
    counted = score(exercise, workspace.notes.values() if workspace else ())
    return {"version": decision.version, "met": counted.met}


def _theirs(note: Note) -> Mapping[str, object]:
    return {"values": note.values, "version": note.version}


def placement() -> int:
    """Name the placement whose grade a submission gives.

    Raises:
        NotFound: the launch opened no activity.
    """
    placement_id = current().placement_id
    if placement_id is None:
        raise NotFound("no_placement")
    return placement_id
