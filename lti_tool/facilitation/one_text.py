"""Where a trainer adds one text to the drafts of many pieces of work; releasing them is a press of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from content.text import pick
from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.exercises import opened
from lti_tool.facilitation import wording, works
from lti_tool.facilitation.rules import Work
from lti_tool.learning.store import exercise as find_exercise
from lti_tool.learning.store import reader_language
from lti_tool.lti.launch.session import PREFIX, current, require_trainer
from lti_tool.reviews import drafts
from lti_tool.reviews import rules as marks
from lti_tool.reviews import wording as mark_wording
from lti_tool.reviews.rules import LONGEST_TEXT, Draft, Outcome, Problem

blueprint = Blueprint("one_text", __name__)
CHOSEN = "work"
"""What the form calls the pieces of work that are ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is typed and ticked, and what stands in its way."""

    text: str = ""
    outcome: Outcome = Outcome.DONE
    chosen: Sequence[int] | None = None
    """Workspaces; None on a fresh page, where all are ticked."""
    problem: str | None = None

    def has(self, work: Work) -> bool:
        """Tell whether a piece of work is ticked."""
        return self.chosen is None or work.workspace_id in self.chosen


@blueprint.get(PREFIX + "/drafts/text")
def show() -> ResponseReturnValue:
    """Ask for a text, and to whose work it goes."""
    require_trainer()
    return _page(Form())


@blueprint.post(PREFIX + "/drafts/text")
def add() -> ResponseReturnValue:
    """Add the text to each draft of those ticked, or begin one; release nothing."""
    require_trainer()
    form = _sent()
    if form.problem:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    chosen = [work for work in _handed_in() if form.has(work)]
    kept_out = [work for work in chosen if not _add(work, form)]
    added = [work for work in chosen if work not in kept_out]
    return _page(replace(form, text="" if not kept_out else form.text), added=added, kept_out=kept_out)


def _sent() -> Form:
    outcome = request.form.get("outcome", "")
    form = Form(
        text=marks.tidy_lines(request.form.get("text", "")),
        outcome=Outcome(outcome) if outcome in list(Outcome) else Outcome.DONE,
        chosen=request.form.getlist(CHOSEN, type=int),
    )
    return replace(form, problem=_problem(form))


def _problem(form: Form) -> str | None:
    if not form.text:
        return str(gettext("Write the text first."))
    if len(form.text) > LONGEST_TEXT:
        return mark_wording.problem(Problem.TOO_LONG, 0, len(form.text))
    return None if form.chosen else str(gettext("Tick whose work it is for."))


def _add(work: Work, form: Form) -> bool:
    """Add the text to one draft; false where there is no room, or another trainer changed it at this moment."""
    kept = drafts.find(work.workspace_id)
    if kept and kept.is_begun:
        draft = marks.appended(kept.draft, form.text)
    else:
        version = kept.draft.version if kept else 0
        draft = Draft(mark="", text=form.text, outcome=form.outcome, seen=work.seen, version=version)
    if len(draft.text) > LONGEST_TEXT or drafts.save(work.workspace_id, draft, current().person_id, now()) is None:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _handed_in() -> Sequence[Work]:
    return [work for work in works.every(opened.slug()) if work.last]


def _page(form: Form, added: Iterable[Work] | None = None, kept_out: Iterable[Work] = ()) -> str:
    language, text = pick(find_exercise(opened.slug()).texts, reader_language())
    given: Mapping[str, object] = {
        "form": form,
        "added": added,
        "kept_out": kept_out,
        "works": _handed_in(),
        "outcomes": mark_wording.OUTCOME,
        "name_of_work": wording.name_of_work,
    }
    return render_template("facilitation/one_text.html", text=text, text_language=language, **given)
