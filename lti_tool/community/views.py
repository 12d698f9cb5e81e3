"""The community: a list of posts, each with its replies; only for those whose launch opened it."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from werkzeug.exceptions import RequestEntityTooLarge

from lti_tool.clock import now
from lti_tool.community import forms, listing, members, moderation, pages, rules, store, threads, visiting, wording
from lti_tool.community.caring import beside as caring
from lti_tool.community.digest import links
from lti_tool.community.files import joining
from lti_tool.community.files.views import TooLarge
from lti_tool.community.forms import Form
from lti_tool.community.offers.rules import Offer
from lti_tool.community.outcomes.rules import Outcome
from lti_tool.community.pages import Hiding
from lti_tool.community.posts import Draft, Piece, Post, Reply
from lti_tool.community.rules import Verdict
from lti_tool.community.store import Saved, Sort, Visit
from lti_tool.community.translating.rules import Translation
from lti_tool.community.typed import LONGEST_REASON, Field, length_problems, tidy
from lti_tool.community.visits import store as visits
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.i18n import languages_of
from lti_tool.lti.launch.activities import Choice, Group
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("community", __name__)
SLUG = "practice"
"""The community that the picker offers; an activity in Moodle that names another slug opens another one."""
ONE = PREFIX + "/community/<any(posts, replies):sort>/<uuid:piece_id>"
OWN = PREFIX + "/community/<any(posts, replies, offers, translations):sort>/<uuid:piece_id>"
ANY = PREFIX + "/community/<any(posts, replies, offers, outcomes, translations):sort>/<uuid:piece_id>"
SORTS: dict[str, Sort] = {
    "posts": Post,
    "replies": Reply,
    "offers": Offer,
    "outcomes": Outcome,
    "translations": Translation,
}


def catalogue(language: str) -> Sequence[Group]:
    """Give what can be placed: one community, in the interface's words."""
    found = languages_of(current_app).match(language)
    with force_locale(found):
        title = str(gettext("Community of practice"))
        summary = str(gettext("Where trainees share their doubts, tools, experiences and needs, and help each other."))
    choice = Choice(
        activity=f"community/{SLUG}",
        title=title,
        summary=summary,
        language=found,
        minutes=None,
        score_maximum=None,
    )
    return [Group(id="community", title=title, summary=summary, language=found, choices=(choice,))]


def open_community(_slug: str) -> ResponseReturnValue:
    """Show the posts of the community that the launch opened, or the one that a mail's link led to."""
    visit = visiting.current()
    wanted = links.arrive(visit, now())
    db.session.commit()
    if wanted and store.is_open_to(visit, wanted):
        return redirect(url_for("community.show_thread", post_id=wanted), HTTPStatus.SEE_OTHER)
    return show_list()


# Reading


@blueprint.get(PREFIX + "/community")
def show_list() -> ResponseReturnValue:
    """Show a page of posts, of all kinds or of one."""
    visit, after = visiting.current(), listing.read_place(request.args.get("after", ""))
    stay = visits.arrive(visit, now())
    db.session.commit()
    wanted = forms.filters_sent()
    page = listing.find_page(visit, wanted, after)
    return pages.listed(visit, stay, page, wanted, is_first=after is None)


@blueprint.get(PREFIX + "/community/posts/<uuid:post_id>")
def show_thread(post_id: UUID) -> ResponseReturnValue:
    """Show a post with its replies, or a later page of these."""
    visit, quoted = visiting.current(), request.args.get("quote")
    page = request.args.get("page", 1, type=int)
    found = threads.find(visit.key, str(post_id), page=page, at=quoted or request.args.get("at"))
    if found.post.id != str(post_id):
        return _to_merged(visit, str(post_id))
    if not rules.can_open(visit.reader, found.post):
        raise NotFound("post_gone")
    stay = visits.arrive(visit, now())
    found = replace(found, first_new=visits.first_new(stay, found.post.id))
    visits.read(stay, found)
    db.session.commit()
    return pages.thread(visit, found, pages.reply_quoting(visit.reader, found, quoted))


def _to_merged(visit: Visit, post_id: str) -> ResponseReturnValue:
    """Lead from the address of a post that was merged to where that stands now which it asks for."""
    there = store.standing(visit.key, post_id)
    if quoted := request.args.get("quote"):
        return redirect(url_for("community.show_thread", post_id=there, quote=quoted), HTTPStatus.SEE_OTHER)
    at = request.args.get("at", post_id)
    address = url_for("community.show_thread", post_id=there, at=at, _anchor=f"piece-{at}")
    return redirect(address, HTTPStatus.SEE_OTHER)


# Writing


@blueprint.get(PREFIX + "/community/posts/new")
def begin() -> ResponseReturnValue:
    """Show an empty form for a post."""
    visit = visiting.current()
    return pages.form(visit, forms.blank(request.args.get("kind", ""), members.territory_of(visit)))


@blueprint.post(PREFIX + "/community/posts")
def publish() -> ResponseReturnValue:
    """Publish a post."""
    visit, draft = visiting.current(), forms.post_sent(forms.new_id())
    if forms.wants_preview():
        return pages.form(visit, forms.preview(draft))
    sent = joining.sent(visit, Post, draft.id)
    if form := forms.refused_or_asked(draft, forms.problems(draft, is_post=True), sent.refusals):
        return pages.form(visit, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form := caring.held_back(visit, Post, draft, now()):
        return pages.form(visit, form), HTTPStatus.TOO_MANY_REQUESTS
    saved = joining.saved(visit, store.add_post(visit, draft, now()), sent)
    _remember_territory(visit, draft, saved)
    db.session.commit()
    return _answer_post(visit, draft, saved)


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/replies")
def reply(post_id: UUID) -> ResponseReturnValue:
    """Reply to a post."""
    visit, draft = visiting.current(), forms.reply_sent(forms.new_id())
    if forms.wants_preview():
        return _thread_with(visit, str(post_id), forms.preview(draft), HTTPStatus.OK)
    sent = joining.sent(visit, Reply, draft.id)
    if form := forms.refused_or_asked(draft, forms.problems(draft, is_post=False), sent.refusals):
        return _thread_with(visit, str(post_id), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if form := caring.held_back(visit, Reply, draft, now()):
        return _thread_with(visit, str(post_id), form, HTTPStatus.TOO_MANY_REQUESTS)
    saved = joining.saved(visit, store.add_reply(visit, str(post_id), draft, now()), sent)
    db.session.commit()
    return _answer_reply(visit, draft, saved)


@blueprint.get(ONE + "/edit")
def show_edit(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Show what one wrote, to change it."""
    visit = visiting.current()
    piece = store.find_own(SORTS[sort], visit, str(piece_id))
    if piece.is_deleted:
        raise NotFound("piece_deleted")
    return pages.form(visit, forms.of_piece(piece), piece)


@blueprint.post(PREFIX + "/community/posts/<uuid:piece_id>/edit")
def edit_post(piece_id: UUID) -> ResponseReturnValue:
    """Change a post that one wrote."""
    return _edit(visiting.current(), Post, str(piece_id))


@blueprint.post(PREFIX + "/community/replies/<uuid:piece_id>/edit")
def edit_reply(piece_id: UUID) -> ResponseReturnValue:
    """Change a reply that one wrote."""
    return _edit(visiting.current(), Reply, str(piece_id))


def _edit(visit: Visit, sort: Sort, piece_id: str) -> ResponseReturnValue:
    """Save a change, or show it again where it isn't to be saved or can't be."""
    piece = store.find_own(sort, visit, piece_id)
    draft, is_post = forms.change_sent(piece), piece.headed is not None
    if forms.wants_preview():
        return pages.form(visit, forms.preview(draft), piece)
    sent = joining.sent(visit, sort, draft.id)
    if form := forms.refused_or_asked(draft, forms.problems(draft, is_post=is_post), sent.refusals):
        return pages.form(visit, form, piece), HTTPStatus.UNPROCESSABLE_ENTITY
    saved = joining.saved(visit, store.edit(sort, visit, draft, now()), sent)
    if is_post:
        _remember_territory(visit, draft, saved)
    db.session.commit()
    return (_answer_post if is_post else _answer_reply)(visit, draft, saved)


@blueprint.errorhandler(RequestEntityTooLarge)
def answer_too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say which size is too much, before anything of the form is read."""
    return current_app.handle_user_exception(TooLarge("files_too_large"))


def _remember_territory(visit: Visit, draft: Draft, saved: Saved) -> None:
    """Let the next post begin where this one was written; a nameless one leaves no trace of that."""
    if saved.verdict is Verdict.SAVED and not draft.is_nameless:
        members.remember_territory(visit, draft.territory, now())


def _answer_post(visit: Visit, draft: Draft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        return _to(saved.piece)
    if saved.verdict is Verdict.CLOSED:
        return pages.form(visit, forms.anew(draft, str(wording.DELETED))), HTTPStatus.CONFLICT
    return pages.form(visit, forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT


def _answer_reply(visit: Visit, draft: Draft, saved: Saved) -> ResponseReturnValue:
    if saved.verdict is Verdict.SAVED:
        return _to(saved.piece)
    if saved.verdict is Verdict.CLOSED:
        message = wording.closed(saved.piece) if isinstance(saved.piece, Post) else wording.DELETED
        return _thread_with(visit, saved.piece.thread, forms.anew(draft, str(message)), HTTPStatus.CONFLICT)
    return pages.form(visit, forms.beside(draft, saved.piece), saved.piece), HTTPStatus.CONFLICT


def _thread_with(visit: Visit, post_id: str, form: Form, status: HTTPStatus) -> ResponseReturnValue:
    return pages.thread(visit, threads.find(visit.key, post_id, page=threads.LAST), form), status


def _to(piece: Piece) -> ResponseReturnValue:
    return redirect(pages.address(piece), HTTPStatus.SEE_OTHER)


# What happens to a piece as a whole


@blueprint.post(OWN + "/delete")
def delete(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Take away what one wrote; a post with replies keeps its place."""
    visit = visiting.current()
    piece = store.delete(SORTS[sort], visit, str(piece_id), now())
    db.session.commit()
    if store.is_open_to(visit, piece.thread):
        return _to(piece)
    return redirect(url_for("community.show_list"), HTTPStatus.SEE_OTHER)


@blueprint.post(ANY + "/hide")
def hide(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Keep a piece from the others, with a reason that its author reads."""
    visit, reason = visiting.current(), tidy(request.form.get("reason", ""))
    problems = list(length_problems(Field.REASON, reason, LONGEST_REASON))
    if problems:
        return _refuse_hiding(visit, sort, Hiding(piece_id=str(piece_id), reason=reason, problems=problems))
    piece = moderation.hide(SORTS[sort], visit, str(piece_id), reason, now())
    db.session.commit()
    if request.form.get("back") == "caring":
        return redirect(url_for("caring.show"), HTTPStatus.SEE_OTHER)
    return _to(piece)


def _refuse_hiding(visit: Visit, sort: str, hiding: Hiding) -> ResponseReturnValue:
    piece = moderation.find_moderated(SORTS[sort], visit, hiding.piece_id)
    found = threads.find(visit.key, piece.thread, at=piece.id)
    return pages.thread(visit, found, hiding=hiding), HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.post(ANY + "/show")
def bring_back(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Show the others again what was hidden."""
    visit = visiting.current()
    piece = moderation.bring_back(SORTS[sort], visit, str(piece_id), now())
    db.session.commit()
    return _to(piece)


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/answered")
def mark_answered(post_id: UUID) -> ResponseReturnValue:
    """Say which reply answered a need or a doubt."""
    visit = visiting.current()
    post = moderation.mark_answered(visit, str(post_id), request.form.get("reply", ""), now())
    db.session.commit()
    return _to(post)


@blueprint.post(PREFIX + "/community/posts/<uuid:post_id>/reopened")
def reopen(post_id: UUID) -> ResponseReturnValue:
    """Say that a need or a doubt still waits."""
    visit = visiting.current()
    post = moderation.reopen(visit, str(post_id), now())
    db.session.commit()
    return _to(post)
