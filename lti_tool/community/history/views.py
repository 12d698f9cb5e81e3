"""What a post or reply said before, for whoever can read what it says."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.community import pages, pieces, rules, store, visiting
from lti_tool.community.history import store as history
from lti_tool.community.history.rules import PAGE, steps
from lti_tool.community.kinds.catalogue import DETAILS
from lti_tool.community.posts import Piece, Post, Reader, Reply
from lti_tool.community.store import Sort
from lti_tool.database import db
from lti_tool.errors import NotFound
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("history", __name__)
HISTORY = PREFIX + "/community/<any(posts, replies):sort>/<uuid:piece_id>/history"
SORTS: dict[str, Sort] = {"posts": Post, "replies": Reply}


@blueprint.get(HISTORY)
def show(sort: str, piece_id: UUID) -> str:
    """Show what changed from each version to the next, the newest change first."""
    visit = visiting.current()
    row = store.row_now(SORTS[sort], visit.key, str(piece_id))
    piece = pieces.piece_of(row)
    if not rules.can_read(visit.reader, piece):
        raise NotFound("piece_gone")
    found = history.find(row, until=request.args.get("until", type=int))
    has_more, shown = len(found) > PAGE + 1, found[-PAGE - 1 :]
    return pages.show(
        "community/history/show.html",
        visit,
        piece=piece,
        sort=sort,
        steps=steps(shown),
        oldest=shown[0] if shown else None,
        has_more=has_more,
        labels={name: detail.label for name, detail in DETAILS.items()},
        name=pages.name_of(visit.reader, piece),
        may_forget=_may_forget(visit.reader, piece),
    )


@blueprint.post(HISTORY + "/forget")
def forget(sort: str, piece_id: UUID) -> ResponseReturnValue:
    """Delete the earlier versions: what somebody took out of a text may have been there by mistake."""
    visit = visiting.current()
    row = store.locked_now(SORTS[sort], visit.key, str(piece_id))
    store.permitted(row, visit.reader, _may_forget)
    history.forget(row)
    db.session.commit()
    return redirect(url_for("history.show", sort=sort, piece_id=piece_id), HTTPStatus.SEE_OTHER)


def _may_forget(reader: Reader, piece: Piece) -> bool:
    return rules.can_edit(reader, piece) or rules.can_moderate(reader, piece)
