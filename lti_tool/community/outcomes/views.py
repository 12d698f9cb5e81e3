"""What came of a need: said, which closes it, changed, and looked back at a while later."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import forms as core_forms
from lti_tool.community import pages, threads, visiting
from lti_tool.community import store as core
from lti_tool.community.forms import Form
from lti_tool.community.helping import Typed
from lti_tool.community.outcomes import forms, rules, store, wording
from lti_tool.community.outcomes.rules import Held, HeldDraft, Outcome
from lti_tool.community.posts import Draft, Piece, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Visit
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("outcomes", __name__)
ONE = PREFIX + "/community/outcomes/<uuid:outcome_id>"


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/outcome")
def close(post_id: UUID) -> ResponseReturnValue:
    """Say what came of a need, which closes it."""
    visit, draft = visiting.current(), core_forms.reply_sent(core_forms.new_id())
    problems = core_forms.problems(draft, is_post=False)
    if problems:
        form = core_forms.refused(draft, problems)
        return _thread(visit, str(post_id), Typed(outcome=form)), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = store.close(visit, str(post_id), draft, now())
    db.session.commit()
    return _answer(visit, draft, saved)


@blueprint.get(ONE + "/edit")
def show_edit(outcome_id: UUID) -> ResponseReturnValue:
    """Show what one wrote of an outcome, to change it."""
    visit = visiting.current()
    outcome = core.find_own(Outcome, visit, str(outcome_id))
    return _form(visit, core_forms.of_piece(outcome), outcome)


@blueprint.post(ONE + "/edit")
def edit(outcome_id: UUID) -> ResponseReturnValue:
    """Change what one wrote of an outcome."""
    visit, draft = visiting.current(), core_forms.reply_sent(str(outcome_id))
    problems = core_forms.problems(draft, is_post=False)
    if problems:
        outcome = core.find_own(Outcome, visit, draft.id)
        return _form(visit, core_forms.refused(draft, problems), outcome), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = core.edit(Outcome, visit, draft, now())
    db.session.commit()
    return _answer(visit, draft, saved)


def _answer(visit: Visit, draft: Draft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        return _to(saved.piece)
    if saved.verdict is Verdict.CLOSED:
        message = wording.GONE if isinstance(saved.piece, Post) else wording.ALREADY
        form = core_forms.anew(draft, str(message))
        return _thread(visit, saved.piece.thread, Typed(outcome=form)), HTTPStatus.CONFLICT
    return _form(visit, core_forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT


# A while later


@blueprint.get(ONE + "/held")
def show_held(outcome_id: UUID) -> ResponseReturnValue:
    """Ask the need's owner whether the outcome holds, or show what they said."""
    visit = visiting.current()
    found = store.find_own(visit, str(outcome_id))
    if not rules.can_say(visit.reader, found.post, found.outcome):
        raise NotFound("outcome_not_current")
    return _held(visit, forms.of_later(found.outcome), found.outcome)


@blueprint.post(ONE + "/held")
def say_held(outcome_id: UUID) -> ResponseReturnValue:
    """Say whether the outcome holds."""
    visit, draft = visiting.current(), forms.later_sent(str(outcome_id))
    problems = forms.later_problems(draft)
    if problems:
        outcome = store.find_own(visit, draft.id).outcome
        return _held(visit, core_forms.refused(draft, problems), outcome), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = store.answer(visit, draft, now())
    db.session.commit()
    return _answer_held(visit, draft, saved)


def _answer_held(visit: Visit, draft: HeldDraft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        return _to(saved.piece)
    if saved.verdict is Verdict.CLOSED:
        form = core_forms.anew(draft, str(wording.OPEN_AGAIN))
        return _thread(visit, saved.piece.thread, Typed(held=form)), HTTPStatus.CONFLICT
    return _held(visit, core_forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT


@blueprint.post(ONE + "/dismissed")
def dismiss(outcome_id: UUID) -> ResponseReturnValue:
    """Put the question away, and stay where it was asked."""
    visit = visiting.current()
    outcome = store.dismiss(visit, str(outcome_id), now())
    db.session.commit()
    if request.form.get("from") == "list":
        return redirect(url_for("community.show_list"), HTTPStatus.SEE_OTHER)
    return _to(outcome)


def _thread(visit: Visit, post_id: str, typed: Typed) -> str:
    return pages.thread(visit, threads.find(visit.key, post_id), typed=typed)


def _form(visit: Visit, form: Form, outcome: Piece) -> str:
    return pages.change("community/outcomes/form.html", visit, form, outcome)


def _held(visit: Visit, form: Form, outcome: Piece) -> str:
    return pages.change("community/outcomes/held.html", visit, form, outcome, answers=Held)


def _to(piece: Piece) -> ResponseReturnValue:
    return redirect(pages.address(piece), HTTPStatus.SEE_OTHER)
