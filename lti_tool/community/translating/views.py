"""A post in another language, by any member: its form, and saving it."""

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from lti_tool.clock import now
from lti_tool.community import forms, visiting, wording
from lti_tool.community import store as pieces
from lti_tool.community.posts import Draft, Piece, Post
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Visit
from lti_tool.community.translating import pages, store
from lti_tool.community.translating.forms import blank, sent
from lti_tool.community.translating.rules import Translation, problems
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("translating", __name__)
OF_POST = PREFIX + "/community/posts/<uuid:post_id>/translations"
ONE = PREFIX + "/community/translations/<uuid:translation_id>/edit"


GONE = lazy_gettext(
    "The post was deleted or hidden while you wrote, so nobody can translate it now. Your text is still below: copy it "
    "if you want to keep it."
)


@blueprint.get(OF_POST + "/new")
def begin(post_id: UUID) -> ResponseReturnValue:
    """Show an empty form beside the post."""
    visit = visiting.current()
    post = store.find_readable_post(visit, str(post_id))
    return pages.form(visit, post, blank(post))


@blueprint.post(OF_POST)
def publish(post_id: UUID) -> ResponseReturnValue:
    """Publish a translation."""
    visit, draft = visiting.current(), sent(forms.new_id())
    post = pieces.original(visit.key, str(post_id))
    if refused := _refused(visit, post, draft):
        return refused
    saved = store.add(visit, post.id, draft, now())
    db.session.commit()
    return _answer(visit, post, draft, saved)


@blueprint.get(ONE)
def show_edit(translation_id: UUID) -> ResponseReturnValue:
    """Show a translation that one made, to change it."""
    visit = visiting.current()
    piece = store.find_own(visit, str(translation_id))
    post = store.find_readable_post(visit, piece.post_id)
    if piece.is_deleted:
        raise NotFound("piece_deleted")
    return pages.form(visit, post, forms.of_piece(piece), piece)


@blueprint.post(ONE)
def edit(translation_id: UUID) -> ResponseReturnValue:
    """Change a translation that one made; into which language stays as it is."""
    visit, draft = visiting.current(), sent(str(translation_id))
    piece = store.find_own(visit, draft.id)
    post, draft = pieces.original(visit.key, piece.post_id), replace(draft, language=piece.language)
    if refused := _refused(visit, post, draft, piece):
        return refused
    saved = pieces.edit(Translation, visit, draft, now())
    db.session.commit()
    return _answer(visit, post, draft, saved)


def _refused(visit: Visit, post: Post, draft: Draft, piece: Piece | None = None) -> ResponseReturnValue | None:
    found = list(problems(draft, post, forms.known_languages()))
    form = forms.refused_or_asked(draft, found)
    return (pages.form(visit, post, form, piece), HTTPStatus.UNPROCESSABLE_ENTITY) if form else None


def _answer(visit: Visit, post: Post, draft: Draft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        there = url_for("community.show_thread", post_id=post.id, _anchor=f"piece-{saved.piece.id}")
        return redirect(there, HTTPStatus.SEE_OTHER)
    if saved.verdict is Verdict.CLOSED:
        message = GONE if isinstance(saved.piece, Post) else wording.DELETED
        return pages.form(visit, post, forms.anew(draft, str(message))), HTTPStatus.CONFLICT
    draft = replace(draft, id=saved.piece.id)
    return pages.form(visit, post, forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT
