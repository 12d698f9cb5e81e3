"""Offers of help: made, changed, accepted and taken back. Withdrawing and hiding are the community's own."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import forms as core_forms
from lti_tool.community import pages, threads, visiting
from lti_tool.community import store as core
from lti_tool.community import wording as core_wording
from lti_tool.community.caring import beside as caring
from lti_tool.community.forms import Form
from lti_tool.community.helping import Typed
from lti_tool.community.offers import forms, store, wording
from lti_tool.community.offers.rules import Offer, OfferDraft
from lti_tool.community.offers.store import Acceptance
from lti_tool.community.posts import Piece, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Visit
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("offers", __name__)
ONE = PREFIX + "/community/offers/<uuid:offer_id>"


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/offers")
def make(post_id: UUID) -> ResponseReturnValue:
    """Offer help for a need."""
    visit, draft = visiting.current(), forms.sent(core_forms.new_id())
    problems = forms.problems(draft)
    if problems:
        form = core_forms.refused(draft, problems)
        return _thread(visit, str(post_id), Typed(offer=form)), HTTPStatus.UNPROCESSABLE_ENTITY
    if held_back := caring.held_back(visit, Offer, draft, now()):
        return _thread(visit, str(post_id), Typed(offer=held_back)), HTTPStatus.TOO_MANY_REQUESTS
    saved = store.add(visit, str(post_id), draft, now())
    db.session.commit()
    return _answer(visit, draft, saved)


@blueprint.get(ONE + "/edit")
def show_edit(offer_id: UUID) -> ResponseReturnValue:
    """Show what one offered, to change it."""
    visit = visiting.current()
    offer = core.find_own(Offer, visit, str(offer_id))
    if not isinstance(offer, Offer) or offer.is_deleted:
        raise NotFound("piece_deleted")
    return _form(visit, forms.of_offer(offer), offer)


@blueprint.post(ONE + "/edit")
def edit(offer_id: UUID) -> ResponseReturnValue:
    """Change what one offered."""
    visit, draft = visiting.current(), forms.sent(str(offer_id))
    problems = forms.problems(draft)
    if problems:
        form, offer = core_forms.refused(draft, problems), core.find_own(Offer, visit, draft.id)
        return _form(visit, form, offer), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = store.edit(visit, draft, now())
    db.session.commit()
    return _answer(visit, draft, saved)


@blueprint.post(ONE + "/accepted")
def accept(offer_id: UUID) -> ResponseReturnValue:
    """Accept an offer, as it was when the page showed it."""
    visit, version = visiting.current(), request.form.get("version", 0, type=int)
    accepted = store.accept(visit, str(offer_id), version, now())
    db.session.commit()
    if accepted.outcome is Acceptance.DONE:
        return _to(accepted.offer)
    notice = str(wording.NOT_ACCEPTED[accepted.outcome])
    return _thread(visit, accepted.offer.post_id, Typed(notice=notice)), HTTPStatus.CONFLICT


@blueprint.post(ONE + "/taken-back")
def take_back(offer_id: UUID) -> ResponseReturnValue:
    """Say that an offer isn't accepted after all."""
    visit = visiting.current()
    offer = store.take_back(visit, str(offer_id))
    db.session.commit()
    return _to(offer)


def _answer(visit: Visit, draft: OfferDraft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        return _to(saved.piece)
    if saved.verdict is Verdict.CLOSED:
        message = wording.closed(saved.piece) if isinstance(saved.piece, Post) else core_wording.DELETED
        form = core_forms.anew(draft, str(message))
        return _thread(visit, saved.piece.thread, Typed(offer=form)), HTTPStatus.CONFLICT
    return _form(visit, core_forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT


def _thread(visit: Visit, post_id: str, typed: Typed) -> str:
    return pages.thread(visit, threads.find(visit.key, post_id), typed=typed)


def _form(visit: Visit, form: Form, offer: Piece) -> str:
    return pages.change("community/offers/form.html", visit, form, offer)


def _to(piece: Piece) -> ResponseReturnValue:
    return redirect(pages.address(piece), HTTPStatus.SEE_OTHER)
