"""Where a trainer reads one piece of work and answers: a draft that keeps itself, and its release."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import checks, editions, levels, opened, sheet
from lti_tool.exercises.photos import store as joined
from lti_tool.exercises.self_review import store as self_reviews
from lti_tool.exercises.sheet import Around
from lti_tool.exercises.store import Submission
from lti_tool.facilitation import rules, wording, works
from lti_tool.facilitation.rules import Work
from lti_tool.i18n import moment
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language, writing_language
from lti_tool.lti.launch.session import PREFIX, display_name, require_trainer
from lti_tool.results import store as results
from lti_tool.reviews import comparing, drafts, feedback, forms, margin
from lti_tool.reviews import rules as marks
from lti_tool.reviews import wording as mark_wording
from lti_tool.reviews.forms import Form
from lti_tool.reviews.rules import Draft
from lti_tool.reviews.store import Reviewer

blueprint = Blueprint("answering", __name__)
JSON = "application/json"


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/draft")
def keep(submission_id: int) -> ResponseReturnValue:
    """Keep what a trainer wrote, and release nothing; unless another trainer changed it meanwhile."""
    session, slug = require_trainer(), opened.slug()
    work, draft = works.of(slug, submission_id), forms.sent(is_marked=find_exercise(slug).marked)
    version = drafts.save(work.workspace_id, draft, session.person_id, now())
    if version is None:
        db.session.rollback()
        return _elsewhere(slug, submission_id, draft)
    db.session.commit()
    if _asks_for_json():
        return {"version": version, "says": _kept(), "news": _news(work, draft)}
    return redirect(url_for("facilitation.show_submission", submission_id=submission_id, _anchor="release"), 303)


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/draft/discard")
def discard(submission_id: int) -> ResponseReturnValue:
    """Throw the draft away that the trainer had before them."""
    session, slug = require_trainer(), opened.slug()
    work, seen = works.of(slug, submission_id), request.form.get("version", 0, type=int)
    empty = Draft(mark="", text="", seen=work.seen, version=seen)
    if drafts.save(work.workspace_id, empty, session.person_id, now()) is None:
        db.session.rollback()
        return _elsewhere(slug, submission_id, empty)
    db.session.commit()
    return redirect(url_for("facilitation.show_submission", submission_id=submission_id, _anchor="release"), 303)


@blueprint.post(PREFIX + "/submissions/<int:submission_id>/release")
def release(submission_id: int) -> ResponseReturnValue:
    """Release what a trainer says, unless the work or the draft isn't as they saw it."""
    session, slug, submission = require_trainer(), opened.slug(), works.submission(submission_id)
    exercise, work = find_exercise(slug), works.of(slug, submission_id)
    draft = forms.sent(is_marked=exercise.marked)
    rubric = editions.give(submission.edition, exercise).rubric
    problems = [*marks.find_problems(draft, exercise.score_maximum), *marks.find_gone(draft, rubric)]
    if problems:
        form = Form(draft=draft, maximum=exercise.score_maximum, problems=problems)
        return reading(slug, submission, form), HTTPStatus.UNPROCESSABLE_ENTITY
    reviewer = Reviewer(person_id=session.person_id, language=writing_language())
    if not feedback.release(work.workspace_id, draft, reviewer, works.releasing(slug, [work]), now()):
        db.session.rollback()
        return _overtaken(slug, submission_id, draft), HTTPStatus.CONFLICT
    db.session.commit()
    return redirect(url_for("facilitation.show_submission", submission_id=submission_id), HTTPStatus.SEE_OTHER)


def show_typed(submission_id: int, text: str) -> str:
    """Show a hand-in with what is typed on its page, and with this text on the whole; nothing is kept or released."""
    slug, submission = opened.slug(), works.submission(submission_id)
    exercise = find_exercise(slug)
    draft = replace(forms.sent(is_marked=exercise.marked), text=text)
    return reading(slug, submission, Form(draft=draft, maximum=exercise.score_maximum))


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best == JSON


def _kept() -> str:
    return str(gettext("Kept, not released: %(moment)s", moment=moment(now())))


def _news(work: Work, draft: Draft) -> str:
    """Say what happened to the work since the page was shown."""
    if work.last and work.last.number > draft.seen.hand_in:
        return str(
            gettext(
                "This work was handed in again while you wrote. Your draft is kept: load the page to see the newest."
            )
        )
    if work.seen.release > draft.seen.release:
        return str(gettext("Another trainer released an answer while you wrote. Load the page to see it."))
    return ""


def _elsewhere(slug: str, submission_id: int, draft: Draft) -> ResponseReturnValue:
    """Answer whoever would overwrite another trainer's draft: both texts are there."""
    if _asks_for_json():
        says = gettext(
            "Another trainer changed this draft meanwhile. Yours is in this page and isn't kept: press “Keep it "
            "for later” to see both."
        )
        return {"says": str(says)}, HTTPStatus.CONFLICT
    return _overtaken(slug, submission_id, draft), HTTPStatus.CONFLICT


def _overtaken(slug: str, submission_id: int, draft: Draft) -> str:
    """Show the newest hand-in with what others did meanwhile, beside what this trainer typed."""
    work = works.of(slug, submission_id)
    kept = drafts.find(work.workspace_id)
    form = forms.overtaken(draft, kept, work.seen, find_exercise(slug).score_maximum)
    return reading(slug, works.submission(work.last.id if work.last else submission_id), form)


def look_after_grades(course_works: Iterable[Work]) -> None:
    """Have the worker read what Moodle's gradebook holds, where we read it long ago, and wait for nothing."""
    if results.want_due(rules.placements(course_works), now()):
        db.session.commit()


def reading(slug: str, submission: Submission, form: Form | None = None, **more: object) -> str:
    """Show a piece of work as it was handed in, with what was said of it; the newest one with the form.

    `more` is what another form on the page shows again.
    """
    course_works = works.every(slug)
    look_after_grades(course_works)
    work = works.which(course_works, submission.id)
    before, after = rules.neighbours(course_works, work.workspace_id)
    present = find_exercise(slug)
    exercise = editions.give(submission.edition, present)
    language, text = pick(exercise.texts, reader_language())
    if form is None and work.last and work.last.id == submission.id:
        form = forms.of_work(drafts.find(work.workspace_id), work.seen, present.score_maximum)
    releases = feedback.of_work(work.workspace_id)
    notes = feedback.find_notes(work.workspace_id, submission, present, form.draft.comments if form else ())
    words = {note_id: called for note_id, (_, called) in notes.items()}
    boxes = margin.boxes(words, form, releases)
    photos = joined.in_submission(submission.id)
    there = {note.id for note in submission.notes}
    return render_template(
        "facilitation/submission.html",
        exercise=exercise,
        text=text,
        text_language=language,
        submission=submission,
        submitter=next(one.submitter for one in work.submissions if one.id == submission.id),
        sheet=sheet.lay_out(language, submission.notes, Around(photos=photos, margin=boxes)),
        state=checks.state(exercise, submission.notes),
        preview=True,
        work=work,
        left=works.left([work]),
        comparison=comparing.told(work.workspace_id, submission, exercise),
        compared_at=url_for("facilitation.show_submission", submission_id=submission.id),
        is_marked=present.marked,
        form=form,
        releases=releases,
        present=there,
        unplaced=_gone(words, boxes, there),
        self_said=self_reviews.of_submission(submission.id),
        worded=lambda chosen: levels.worded(exercise, chosen, language),
        gone_levels=levels.gone(exercise.rubric, form.draft.levels) if form else (),
        hand_ins={one.id for one in work.submissions},
        before=before,
        after=after,
        names=works.names(course_works),
        name_of=wording.name_of,
        name_of_work=wording.name_of_work,
        display_name=display_name,
        wording=wording,
        mark_wording=mark_wording,
        **{"own_form": None, **more},
    )


def _gone(words: Mapping[str, str], boxes: Mapping[str, str], there: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Give the boxes of notes that are gone from the work since the draft spoke of them, with their words."""
    return {note_id: (called, boxes[note_id]) for note_id, called in words.items() if note_id not in set(there)}
