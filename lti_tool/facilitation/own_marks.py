"""Where a trainer gives one member another mark than the work's, with a reason, or takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import opened
from lti_tool.facilitation import answering, works
from lti_tool.facilitation.rules import Receiver, Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.reviews import rules as marks
from lti_tool.reviews import store as reviews
from lti_tool.reviews.own_marks import rules, store, wording
from lti_tool.reviews.own_marks.rules import OwnMark, Problem, Wanted
from lti_tool.reviews.rules import Score

blueprint = Blueprint("own_marks", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a trainer typed for one member, and what stands in its way."""

    person_id: int
    wanted: Wanted
    maximum: int
    problems: Sequence[Problem]

    def problem(self, field: str) -> str | None:
        """Say what is wrong with a field."""
        found = next((one for one in self.problems if one.field == field), None)
        return wording.problem(found, self.maximum, len(self.wanted.reason)) if found else None


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/own-marks/<int:person_id>")
def give(submission_id: int, person_id: int) -> ResponseReturnValue:
    """Give one member a mark of their own, and send it; with all that was typed, say what stands in the way."""
    require_trainer()
    work, member = _member(submission_id, person_id)
    full, wanted = find_exercise(opened.slug()).score_maximum, _wanted()
    if problems := list(rules.find_problems(wanted, full)):
        return _again(submission_id, person_id, wanted, problems), HTTPStatus.UNPROCESSABLE_ENTITY
    score = Score(given=wanted.given or 0, maximum=full)
    if not _keep(work, member, score, wanted):
        return _again(submission_id, person_id, wanted, [Problem.CHANGED]), HTTPStatus.CONFLICT
    return _back(submission_id)


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/own-marks/<int:person_id>/end")
def take_back(submission_id: int, person_id: int) -> ResponseReturnValue:
    """Give a member the mark of the work again, and send it."""
    require_trainer()
    work, member = _member(submission_id, person_id)
    seen = request.form.get("seen", 0, type=int)
    wanted = Wanted(mark="", reason="", seen=seen)
    if member.own and member.own.score and not _keep(work, member, None, wanted):
        return _again(submission_id, person_id, wanted, [Problem.CHANGED]), HTTPStatus.CONFLICT
    return _back(submission_id)


def _member(submission_id: int, person_id: int) -> tuple[Work, Receiver]:
    """Give one of several who get the mark of a piece of work of this course and exercise alone."""
    work = works.of(opened.slug(), submission_id)
    found = [one for one in work.receivers if one.person.id == person_id]
    if not found or not work.takes_own_marks:
        raise NotFound("participant_unknown")
    return work, found[0]


def _wanted() -> Wanted:
    given = request.form.get
    return Wanted(
        mark=marks.tidy(given("mark", "")), reason=marks.tidy(given("reason", "")), seen=given("seen", 0, type=int)
    )


def _keep(work: Work, member: Receiver, score: Score | None, wanted: Wanted) -> bool:
    """Keep a mark and send what counts for the member by now, all at once; false where it isn't as the trainer saw."""
    terms, moment = works.releasing(opened.slug(), [work]), now()
    reviews.hold([work.workspace_id])
    mark = OwnMark(
        number=wanted.seen + 1,
        score=score,
        reason=wanted.reason,
        language=writing_language(),
        beside=reviews.newest([work.workspace_id])[work.workspace_id].number,
        given_at=moment,
    )
    if not store.add((work.workspace_id, member.person.id), mark, current().person_id, terms.full):
        db.session.rollback()
        return False
    reviews.send({work.workspace_id: [member.person.id]}, terms, moment)
    db.session.commit()
    return True


def _again(submission_id: int, person_id: int, wanted: Wanted, problems: Sequence[Problem]) -> str:
    slug = opened.slug()
    maximum = find_exercise(slug).score_maximum
    form = Form(person_id=person_id, wanted=wanted, maximum=maximum, problems=problems)
    return answering.reading(slug, works.submission(submission_id), own_form=form)


def _back(submission_id: int) -> ResponseReturnValue:
    address = url_for("facilitation.show_submission", submission_id=submission_id, _anchor="own-marks")
    return redirect(address, HTTPStatus.SEE_OTHER)
