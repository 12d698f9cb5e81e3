"""Where a trainer releases all drafts of an exercise: after a question that names them, and as they were shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.model import Exercise
from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import editions, opened
from lti_tool.exercises.store import Submission
from lti_tool.facilitation import wording, works
from lti_tool.facilitation.rules import Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language, writing_language
from lti_tool.lti.launch.session import PREFIX, require_trainer
from lti_tool.reviews import drafts, feedback
from lti_tool.reviews import rules as marks
from lti_tool.reviews import wording as mark_wording
from lti_tool.reviews.rules import Draft
from lti_tool.reviews.store import Reviewer

blueprint = Blueprint("all_drafts", __name__)
VERSION = "version-"
"""Begins the names of the fields that say which draft was shown; a workspace's number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A draft that is begun, and what keeps it from being released."""

    work: Work
    draft: Draft
    why: str | None = None


@blueprint.get(PREFIX + "/drafts")
def show() -> ResponseReturnValue:
    """Ask whether all of these are to be released."""
    require_trainer()
    return _page(list(_begun(opened.slug())))


@blueprint.post(PREFIX + "/drafts/release")
def release() -> ResponseReturnValue:
    """Release those that are as the trainer saw them, each for itself, and tell of the others."""
    session, slug = require_trainer(), opened.slug()
    reviewer = Reviewer(person_id=session.person_id, language=writing_language())
    released = []
    for one in list(_begun(slug)):
        is_as_seen = request.form.get(f"{VERSION}{one.work.workspace_id}", type=int) == one.draft.version
        if one.why or not is_as_seen:
            continue
        if feedback.release(one.work.workspace_id, one.draft, reviewer, works.releasing(slug, [one.work]), now()):
            released.append(one)
            db.session.commit()
        else:
            db.session.rollback()
    return _page(list(_begun(slug)), released)


def _begun(slug: str) -> Iterator[Begun]:
    present = find_exercise(slug)
    for work in works.every(slug):
        kept = drafts.find(work.workspace_id) if work.is_drafted else None
        if kept and work.last:
            draft = replace(kept.draft, seen=work.seen)
            is_of_last = kept.draft.seen.hand_in == work.last.number
            why = _why(draft, works.submission(work.last.id), present) if is_of_last else _handed_in_again()
            yield Begun(work=work, draft=draft, why=why)


def _handed_in_again() -> str:
    return str(gettext("It was handed in again since the draft was begun: read it first."))


def _why(draft: Draft, last: Submission, present: Exercise) -> str | None:
    maximum, rubric = present.score_maximum, editions.give(last.edition, present).rubric
    found = next(chain(marks.find_problems(draft, maximum), marks.find_gone(draft, rubric)), None)
    return mark_wording.problem(found, maximum, len(draft.text)) if found else None


def _page(begun: Sequence[Begun], released: Sequence[Begun] | None = None) -> str:
    language, text = pick(find_exercise(opened.slug()).texts, reader_language())
    given: Mapping[str, object] = {
        "ready": [one for one in begun if not one.why],
        "kept_back": [one for one in begun if one.why],
        "released": released,
        "outcomes": mark_wording.OUTCOME,
        "name_of_work": wording.name_of_work,
        "name_of": wording.name_of,
        "left": works.left(one.work for one in begun),
    }
    return render_template("facilitation/all_drafts.html", text=text, text_language=language, **given)
