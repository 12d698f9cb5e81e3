"""Looking after the community: members report, and the trainers of the course do something about it."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import pages, threads, visiting
from lti_tool.community import store as core
from lti_tool.community import wording as core_wording
from lti_tool.community.caring import moving, store, wording
from lti_tool.community.caring import rules as caring
from lti_tool.community.caring.rules import Complaint, Why
from lti_tool.community.connectors.beside import person_name
from lti_tool.community.pages import Hiding
from lti_tool.community.posts import Piece
from lti_tool.community.store import Visit
from lti_tool.community.tables import PostRow
from lti_tool.community.typed import LONGEST_REASON, Field, Problem, length_problems, tidy
from lti_tool.database import db
from lti_tool.errors import NotAllowed, NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("caring", __name__)
ONE = PREFIX + "/community/<any(posts, replies, offers, outcomes, translations):sort>/<uuid:piece_id>"
REPLY = PREFIX + "/community/replies/<uuid:piece_id>"
POST = PREFIX + "/community/posts/<uuid:post_id>"


# Reporting


@blueprint.get(ONE + "/report")
def show_report(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Show the form that says what is wrong with a piece."""
    visit = visiting.current()
    return _report_form(visit, sort, _reportable(visit, sort, piece_id))


@blueprint.post(ONE + "/report")
def report(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Tell the course's trainers what is wrong with a piece."""
    visit, why = visiting.current(), request.form.get("why", "")
    words = tidy(request.form.get("words", ""))
    problems = list(caring.report_problems(why, words))
    if problems:
        piece = _reportable(visit, sort, piece_id)
        wrong = {problem.field: core_wording.sentence(problem) for problem in problems}
        return _report_form(visit, sort, piece, why=why, words=words, wrong=wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    piece = store.report(visit, sort, str(piece_id), Complaint(why=Why(why), words=words), now())
    db.session.commit()
    return _to(piece)


def _reportable(visit: Visit, sort: str, piece_id: UUID) -> Piece:
    piece = store.find_piece(visit, sort, str(piece_id))
    if not piece.is_up:
        raise NotFound("piece_gone")
    if not caring.can_report(visit.reader, piece):
        raise NotAllowed("piece_of_ones_own")
    return piece


def _report_form(visit: Visit, sort: str, piece: Piece, **typed: object) -> str:
    return pages.show(
        "community/caring/report.html",
        visit,
        piece=piece,
        sort=sort,
        whys=wording.WHY,
        there=pages.address(piece),
        **{"why": "", "words": "", "wrong": {}, **typed},
    )


# What trainers read and do


@blueprint.get(PREFIX + "/community/caring")
def show() -> ResponseReturnValue:
    """Show a trainer what was reported of what was written in the course."""
    visit = _trainer()
    return _page(visit, "show", reported=store.find_reported(visit), whys=wording.WHY)


@blueprint.get(PREFIX + "/community/caring/log")
def show_log() -> ResponseReturnValue:
    """Show a trainer what was done to what was written in the course."""
    visit = _trainer()
    found = store.find_done(visit, request.args.get("before", type=int))
    shown = found[: store.MOST_SHOWN]
    before = shown[-1].id if len(found) > len(shown) else None
    return _page(visit, "log", done=shown, before=before, deeds=wording.DEED)


def _trainer() -> Visit:
    visit = visiting.current()
    if not visit.reader.is_trainer:
        raise NotAllowed("caring_of_trainers")
    return visit


def _page(visit: Visit, name: str, **values: object) -> str:
    more = {"sorts": wording.SORT, "address": pages.address, "person_name": person_name}
    return pages.show(f"community/caring/{name}.html", visit, **more, **values)


@blueprint.post(ONE + "/leave")
def leave(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Say that what was reported stays as it is."""
    store.leave(visiting.current(), sort, str(piece_id), now())
    db.session.commit()
    return redirect(url_for("caring.show"), HTTPStatus.SEE_OTHER)


@blueprint.get(REPLY + "/move")
def show_move(piece_id: UUID) -> ResponseReturnValue:
    """Show the posts that a reply can be put under."""
    visit = visiting.current()
    return _move_form(visit, moving.find_reply(visit, str(piece_id)))


@blueprint.post(REPLY + "/move")
def move(piece_id: UUID) -> ResponseReturnValue:
    """Put a reply under another post, with a reason that its author reads."""
    visit, post_id = visiting.current(), request.form.get("post", "")
    reason = tidy(request.form.get("reason", ""))
    reply = moving.find_reply(visit, str(piece_id))
    problems = list(length_problems(Field.REASON, reason, LONGEST_REASON))
    if not moving.is_target(visit, reply, post_id):
        problems.append(Problem(field=Field.POST))
    if problems:
        wrong = {problem.field: core_wording.sentence(problem) for problem in problems}
        form = _move_form(visit, reply, chosen=post_id, reason=reason, wrong=wrong)
        return form, HTTPStatus.UNPROCESSABLE_ENTITY
    moved = moving.move(visit, reply.id, post_id, reason, now())
    db.session.commit()
    return _to(moved)


def _move_form(visit: Visit, reply: Piece, **typed: object) -> str:
    return pages.show(
        "community/caring/move.html",
        visit,
        reply=reply,
        posts=moving.find_targets(visit, reply),
        there=pages.address(reply),
        **{"chosen": "", "reason": "", "wrong": {}, **typed},
    )


@blueprint.post(POST + "/lock")
def lock(post_id: UUID) -> ResponseReturnValue:
    """Let nobody write under a post any more, with a reason that everybody reads."""
    visit, reason = visiting.current(), tidy(request.form.get("reason", ""))
    problems = list(length_problems(Field.REASON, reason, LONGEST_REASON))
    if problems:
        found = threads.find(visit.key, str(post_id))
        core.permitted(core.row_of(PostRow, visit.key, str(post_id)), visit.reader, caring.can_lock)
        hiding = Hiding(piece_id=str(post_id), reason=reason, problems=problems, is_lock=True)
        return pages.thread(visit, found, hiding=hiding), HTTPStatus.UNPROCESSABLE_ENTITY
    post = store.lock(visit, str(post_id), reason, now())
    db.session.commit()
    return _to(post)


@blueprint.post(POST + "/unlock")
def unlock(post_id: UUID) -> ResponseReturnValue:
    """Let everybody write under a post again."""
    post = store.unlock(visiting.current(), str(post_id), now())
    db.session.commit()
    return _to(post)


@blueprint.post(POST + "/pin")
def pin(post_id: UUID) -> ResponseReturnValue:
    """Put a post at the top of the list."""
    post = store.pin(visiting.current(), str(post_id), now())
    db.session.commit()
    return _to(post)


@blueprint.post(POST + "/unpin")
def unpin(post_id: UUID) -> ResponseReturnValue:
    """Let a post stand where it belongs in the list."""
    post = store.unpin(visiting.current(), str(post_id), now())
    db.session.commit()
    return _to(post)


# What authors read


@blueprint.post(PREFIX + "/community/caring/seen")
def look_at() -> ResponseReturnValue:
    """Put away what one was told of a piece of one's own."""
    store.look_at(visiting.current(), request.form.get("deed", 0, type=int), now())
    db.session.commit()
    return redirect(url_for("community.show_list"), HTTPStatus.SEE_OTHER)


def _to(piece: Piece) -> ResponseReturnValue:
    return redirect(pages.address(piece), HTTPStatus.SEE_OTHER)
