"""Trainers make two posts about the same one, and a reply about something else a post of its own."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from lti_tool.clock import now
from lti_tool.community import pages, visiting
from lti_tool.community import wording as core_wording
from lti_tool.community.merging import rules as merging
from lti_tool.community.merging import splitting, store, wording
from lti_tool.community.merging.rules import Wanted
from lti_tool.community.posts import Piece, Post, PostKind, Reply
from lti_tool.community.store import Visit
from lti_tool.community.typed import LONGEST_REASON, Field, Problem, length_problems, tidy, tidy_line
from lti_tool.database import db
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("merging", __name__)
MERGE = PREFIX + "/community/posts/<uuid:post_id>/merge"
SPLIT = PREFIX + "/community/replies/<uuid:piece_id>/split"


# Merging a post into another


@blueprint.get(MERGE)
def show_merge(post_id: UUID) -> ResponseReturnValue:
    """Show the posts that one can be merged into."""
    visit = visiting.current()
    post = store.find_post(visit, str(post_id))
    return _to(post) if isinstance(post, Reply) else _merge_form(visit, post)


@blueprint.post(MERGE)
def merge(post_id: UUID) -> ResponseReturnValue:
    """Merge a post into the one that was chosen, or show those with the words that are looked for."""
    visit, chosen = visiting.current(), request.form.get("post", "")
    post = store.find_post(visit, str(post_id))
    if isinstance(post, Post):
        reason = tidy(request.form.get("reason", ""))
        typed: dict[str, object] = {"chosen": chosen, "reason": reason}
        if "look" in request.form:
            return _merge_form(visit, post, **typed)
        if wrong := _wrong(visit, post, chosen, reason):
            return _merge_form(visit, post, **typed, wrong=wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        reason = ""
    merged = store.merge(visit, post.id, chosen, reason, now())
    db.session.commit()
    return _to(merged)


def _wrong(visit: Visit, post: Post, chosen: str, reason: str) -> dict[str, str]:
    wrong = {problem.field: core_wording.sentence(problem) for problem in _reason_problems(reason)}
    if obstacle := store.obstacle(visit, post, store.find_target(visit, chosen)):
        wrong[Field.POST] = str(wording.OBSTACLE[obstacle])
    return wrong


def _reason_problems(reason: str) -> list[Problem]:
    return list(length_problems(Field.REASON, reason, LONGEST_REASON))


def _merge_form(visit: Visit, post: Post, **typed: object) -> str:
    query = tidy_line(request.form.get("q", ""))
    return pages.show(
        "community/merging/merge.html",
        visit,
        post=post,
        posts=store.find_targets(visit, post, query),
        query=query,
        there=pages.address(post),
        **{"chosen": "", "reason": "", "wrong": {}, **typed},
    )


# Making a reply a post of its own


@blueprint.get(SPLIT)
def show_split(piece_id: UUID) -> ResponseReturnValue:
    """Ask for the kind and the title that a reply gets as a post."""
    visit = visiting.current()
    reply = splitting.find_reply(visit, str(piece_id))
    if isinstance(reply, Post):
        return _to(reply)
    return _split_form(visit, reply, Wanted(kind=reply.draft.kind, title=reply.draft.title), {})


@blueprint.post(SPLIT)
def split(piece_id: UUID) -> ResponseReturnValue:
    """Make a reply a post of its own."""
    visit, wanted = visiting.current(), _wanted()
    reply = splitting.find_reply(visit, str(piece_id))
    problems = list(merging.split_problems(wanted))
    if problems and isinstance(reply, Reply):
        wrong = {problem.field: core_wording.sentence(problem) for problem in problems}
        return _split_form(visit, reply, wanted, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    post = splitting.split(visit, reply.id, wanted, now())
    db.session.commit()
    return _to(post)


def _wanted() -> Wanted:
    given = request.form
    return Wanted(
        kind=given.get("kind", ""),
        title=tidy_line(given.get("title", "")),
        along=given.getlist("along"),
        reason=tidy(given.get("reason", "")),
    )


def _split_form(visit: Visit, reply: Reply, wanted: Wanted, wrong: Mapping[str, str]) -> str:
    return pages.show(
        "community/merging/split.html",
        visit,
        reply=reply,
        wanted=wanted,
        wrong=wrong,
        kinds=PostKind,
        quoting=splitting.find_quoting(visit, reply),
        there=pages.address(reply),
    )


def _to(piece: Piece) -> ResponseReturnValue:
    return redirect(pages.address(piece), HTTPStatus.SEE_OTHER)
