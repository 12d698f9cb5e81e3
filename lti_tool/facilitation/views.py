"""What trainers see of an exercise: everybody's work in their course, who is missing, and each submission."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content.text import pick
from lti_tool.clock import now
from lti_tool.community.joint import store as joint
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.exercises import arrangements, stages
from lti_tool.exercises import views as exercises
from lti_tool.exercises.forms import Unreadable
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Mode
from lti_tool.facilitation import (
    all_drafts,
    answering,
    arranging,
    arranging_wording,
    balloting,
    grouping,
    guiding,
    live,
    one_text,
    own_marks,
    photos,
    rules,
    store,
    wishing,
    wording,
)
from lti_tool.facilitation import works as course_works
from lti_tool.facilitation.board import views as board
from lti_tool.facilitation.rules import Unsent
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.referral import shown
from lti_tool.results import store as results
from lti_tool.reviews import wording as mark_wording
from lti_tool.roster import store as rosters
from lti_tool.roster.rules import Participant

blueprint = Blueprint("facilitation", __name__)
blueprint.add_app_template_global(mark_wording.points, "points")
for room in (
    all_drafts,
    answering,
    board,
    live,
    arranging,
    balloting,
    grouping,
    guiding,
    one_text,
    own_marks,
    photos,
    wishing,
):
    blueprint.register_blueprint(room.blueprint)


def open_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer everybody's work, and a trainee the exercise."""
    return _list(slug) if current().is_trainer else exercises.show()


def review_exercise(slug: str) -> ResponseReturnValue:
    """Show a trainer what the person that Moodle's gradebook asks for handed in last."""
    session = require_trainer()
    submission = store.find_newest_submission(session.course_id, slug, session.for_sub or "")
    if submission is not None:
        return answering.reading(slug, submission)
    language, text = pick(find_exercise(slug).texts, reader_language())
    return render_template("facilitation/nothing.html", text=text, text_language=language)


def _list(slug: str) -> ResponseReturnValue:
    exercise, works, roster = find_exercise(slug), course_works.every(slug), course_works.roster()
    arrangement = arrangements.find(current().course_id, slug)
    answering.look_after_grades(works)
    language, text = pick(exercise.texts, reader_language())
    arrangement = arrangements.find(current().course_id, slug)
    people = rosters.participants(current().course_id) if roster and roster.fetched_at else []
    return render_template(
        "facilitation/list.html",
        text=text,
        text_language=language,
        activity=slug,
        works=works,
        marking=arrangement.marking if exercise.marked else None,
        votes=arrangement.mode is not Mode.ALONE,
        arranged=[arranging_wording.arranged(arrangement), *arranging_wording.dated(arrangement)],
        expected=rules.KIND_OF_MODE[arrangement.mode],
        failed=rules.unsent(works, Unsent.FAILED),
        never_sent=rules.unsent(works, Unsent.NEVER),
        roster=roster,
        now=now(),
        may_ask=roster and roster.may_be_asked(now()),
        count=rules.count(works, people),
        is_shared=any(work.is_shared for work in works),
        missing=rules.missing(works, people),
        exempt=rules.exempt(people),
        left=course_works.left(works),
        state_of=rules.state_of,
        name_of=wording.name_of,
        name_of_work=wording.name_of_work,
        wording=wording,
        turn=shown.near(near_violence=exercise.near_violence),
        wishes=len(joint.of_exercise(current().course_id, slug)),
    )


@blueprint.post(PREFIX + "/roster")
def ask_again() -> ResponseReturnValue:
    """Have the course's roster, and the exercise's grades, read again now."""
    session = require_trainer()
    if rosters.find(session.course_id) is None:
        raise NotFound("roster_unknown")
    rosters.want(session.course_id, now())
    results.want_again(rules.placements(course_works.every(exercises.slug())), now())
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


@blueprint.post(PREFIX + "/marking")
def choose_marking() -> ResponseReturnValue:
    """Keep how this exercise is marked in this course from now on; what was sent stays."""
    session, chosen = require_trainer(), request.form.get("marking", "")
    if chosen not in list(Marking):
        raise Unreadable("marking")
    slug = exercises.slug()
    if not find_exercise(slug).marked:
        raise Unreadable("marking")
    stages.change(session.course_id, slug)  # first: it keeps out whoever arranges the exercise at the same moment
    arrangement = replace(arrangements.find(session.course_id, slug), marking=Marking(chosen))
    arrangements.choose(session.course_id, slug, arrangement)
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)


@blueprint.get(PREFIX + "/submissions/<int:submission_id>")
def show_submission(submission_id: int) -> ResponseReturnValue:
    """Show what was handed in at one moment."""
    require_trainer()
    return answering.reading(exercises.slug(), course_works.submission(submission_id))


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/score")
def send_score(submission_id: int) -> ResponseReturnValue:
    """Send the score that counts by now, for the first time or again, to all of this work or to one of its people."""
    require_trainer()
    slug, person_id = exercises.slug(), request.form.get("person", type=int)
    work = course_works.of(slug, submission_id)
    chosen = [(work, one) for one in work.to_send if person_id in (None, one.person.id)]
    store.send(chosen, course_works.terms(slug), now())
    db.session.commit()
    return redirect(url_for("facilitation.show_submission", submission_id=submission_id), HTTPStatus.SEE_OTHER)


@blueprint.post(PREFIX + "/scores/<any(failed, never):which>")
def send_scores(which: str) -> ResponseReturnValue:
    """Send all scores that failed, or those that were never sent."""
    require_trainer()
    slug = exercises.slug()
    store.send(rules.unsent(course_works.every(slug), Unsent(which)), course_works.terms(slug), now())
    db.session.commit()
    return redirect(url_for("lti.open_activity"), HTTPStatus.SEE_OTHER)
