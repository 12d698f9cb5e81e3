"""What trainers see of an exercise: everybody's work in their course, who is missing, and each submission."""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import sheet
from lti_tool.exercises import views as exercises
from lti_tool.exercises import wording as exercise_wording
from lti_tool.exercises.store import Submission
from lti_tool.facilitation import rules, store, wording
from lti_tool.facilitation.rules import HandedIn, Unsent, Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, display_name, require_trainer
from lti_tool.readings.rules import Reading
from lti_tool.results import store as results
from lti_tool.roster import store as rosters
from lti_tool.roster.rules import Participant

blueprint = Blueprint("facilitation", __name__)


def open_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer everybody's work, and a trainee the exercise."""
    return _list(slug) if current().is_trainer else exercises.show()


def review_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer what the person that Moodle's gradebook asks for handed in last."""
    session = require_trainer()
    submission = store.find_newest_submission(session.course_id, slug, session.for_sub or "")
    if submission is not None:
        return _reading(slug, submission)
    language, text = pick(find_exercise(slug).texts, reader_language())
    return render_template("facilitation/nothing.html", text=text, text_language=language)


def _list(slug: str) -> ResponseReturnValue:
    exercise, works, roster = find_exercise(slug), _works(slug), _roster()
    _look_after_grades(works)
    language, text = pick(exercise.texts, reader_language())
    people = rosters.participants(current().course_id) if roster and roster.fetched_at else []
    return render_template(
        "facilitation/list.html",
        text=text,
        text_language=language,
        works=works,
        failed=rules.unsent(works, Unsent.FAILED),
        never_sent=rules.unsent(works, Unsent.NEVER),
        roster=roster,
        now=now(),
        may_ask=roster and roster.may_be_asked(now()),
        count=rules.count(works, people),
        missing=rules.missing(works, people),
        exempt=rules.exempt(people),
        left=rules.left(works, people, roster.fetched_at) if roster and roster.fetched_at else (),
        state_of=rules.state_of,
        name_of=_name_of,
        wording=wording,
    )


def _roster() -> Reading | None:
    """Give what we hold of the course's roster; where it is old, have the worker read it, and wait for nothing."""
    roster = rosters.find(current().course_id)
    if roster is None or not roster.is_due(now()):
        return roster
    rosters.want(current().course_id, now())
    db.session.commit()
    return rosters.find(current().course_id)


def _look_after_grades(works: Iterable[Work]) -> None:
    """Have the worker read what Moodle's gradebook holds, where we read it long ago, and wait for nothing."""
    if results.want_due(rules.placements(works), now()):
        db.session.commit()


@blueprint.post(PREFIX + "/roster")
def ask_again() -> ResponseReturnValue:
    """Have the course's roster, and the exercise's grades, read again now."""
    session = require_trainer()
    if rosters.find(session.course_id) is None:
        raise NotFound("roster_unknown")
    rosters.want(session.course_id, now())
    results.want_again(rules.placements(_works(exercises.slug())), now())
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/exemptions")
def exempt() -> ResponseReturnValue:
    """Keep that somebody in the roster is no trainee here."""
    require_trainer()
    rosters.exempt(current().course_id, _participant().sub)
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/exemptions/end")
def end_exemption() -> ResponseReturnValue:
    """Take that back."""
    require_trainer()
    rosters.end_exemption(current().course_id, _participant().sub)
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)


def _participant() -> Participant:
    """Give the person that the form names, of this course's roster alone."""
    people = rosters.participants(current().course_id)
    found = [one for one in people if one.sub == request.form.get("sub")]
    if not found:
        raise NotFound("participant_unknown")
    return found[0]


@blueprint.get(PREFIX + "/submissions/<int:submission_id>")
def show_submission(submission_id: int) -> ResponseReturnValue:
    """Show what one person handed in at one moment."""
    session, slug = require_trainer(), exercises.slug()
    submission = store.find_submission(session.course_id, slug, submission_id)
    if submission is None:
        raise NotFound("submission_unknown")
    return _reading(slug, submission)


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/score")
def send_score(submission_id: int) -> ResponseReturnValue:
    """Send the score of whoever handed this in, for the first time or again; the one that counts by now."""
    require_trainer()
    slug = exercises.slug()
    found = [work for work in _works(slug) if submission_id in {one.id for one in work.submissions}]
    if not found:
        raise NotFound("submission_unknown")
    store.send([work for work in found if work.can_be_sent], _commenter(slug), now())
    db.session.commit()
    return redirect(url_for("facilitation.show_submission", submission_id=submission_id), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/scores/<any(failed, never):which>")
def send_scores(which: str) -> ResponseReturnValue:
    """Send everybody's scores that failed, or those that were never sent."""
    require_trainer()
    slug = exercises.slug()
    store.send(rules.unsent(_works(slug), Unsent(which)), _commenter(slug), now())
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)


def _commenter(slug: str) -> Callable[[Submission], str]:
    """Give what writes a score's comment, in the language in which the work was handed in."""
    exercise = find_exercise(slug)

    def comment(submission: Submission) -> str:
        with force_locale(submission.language):
            return exercise_wording.comment(exercise, pick(exercise.texts, submission.language)[1], submission)

    return comment


def _reading(slug: str, submission: Submission) -> str:
    works = _works(slug)
    _look_after_grades(works)
    work = next(work for work in works if submission.id in {handed_in.id for handed_in in work.submissions})
    before, after = rules.neighbours(works, work.workspace_id)
    exercise = find_exercise(slug)
    language, text = pick(exercise.texts, reader_language())
    return render_template(
        "facilitation/submission.html",
        exercise=exercise,
        text=text,
        text_language=language,
        submission=submission,
        sheet=sheet.lay_out(language, submission.notes),
        score=submission,
        preview=True,
        work=work,
        before=before,
        after=after,
        names=_names(works),
        name_of=_name_of,
        wording=wording,
    )


def _works(slug: str) -> list[Work]:
    return rules.in_order(store.find_works(current().course_id, slug))


def _name_of(one: Work | Participant) -> str:
    if one.name is None and one.number is None:
        return str(gettext("Participant without a number yet"))
    return display_name(one.name, one.number or 0)


def _names(works: list[Work]) -> dict[int, str]:
    """Give people's names by the submissions that count, for the links to them."""
    last: list[tuple[HandedIn | None, Work]] = [(work.last, work) for work in works]
    return {handed_in.id: _name_of(work) for handed_in, work in last if handed_in}
