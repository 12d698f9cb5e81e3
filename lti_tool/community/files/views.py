"""Files at posts and replies, for whoever can read what they are at: given as files, and never opened here.

Only pictures are shown, which were painted anew.
"""

from http import HTTPStatus
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, request, send_file
from flask_babel import lazy_gettext

from lti_tool.community import pages, pieces, rules, store, visiting
from lti_tool.community.files import store as files
from lti_tool.community.files import wording
from lti_tool.community.files.kinds import TYPES
from lti_tool.community.files.store import Place
from lti_tool.community.posts import Piece, Post, Reply
from lti_tool.community.store import Sort, Visit
from lti_tool.errors import NotFound, PersonError
from lti_tool.lti.launch import headers
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("files", __name__)
blueprint.app_template_filter("file_size")(wording.size)
FILE = PREFIX + "/community/files/<uuid:file_id>"
ASK_AGAIN = "private, no-cache"
"""A browser may keep it, and asks each time whether its person may still see it."""


class TooLarge(PersonError):
    """More bytes of files than a form may send."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = lazy_gettext("These files are too large")
    advice = wording.TOO_LARGE


@blueprint.get(FILE)
def give(file_id: UUID) -> Response:
    """Give a file to be kept elsewhere."""
    place, _ = _found(visiting.current(), file_id)
    content = files.content(place.file.id)
    headers.shut_in()
    return send_file(
        BytesIO(content or b""),
        mimetype=TYPES[place.file.suffix],
        as_attachment=True,
        download_name=place.file.name,
    )


@blueprint.get(FILE + "/picture")
def show(file_id: UUID) -> str:
    """Show a picture, as large as there is room."""
    visit = visiting.current()
    place, piece = _found(visit, file_id)
    if not place.file.is_picture:
        raise NotFound("no_picture")
    return pages.show("community/files/picture.html", visit, file=place.file, piece=piece)


@blueprint.get(FILE + "/<any(whole, small):size>")
def image(file_id: UUID, size: str) -> Response:
    """Give what is to be seen on a picture."""
    place, _ = _found(visiting.current(), file_id)
    if not place.file.is_picture:
        raise NotFound("no_picture")
    headers.shut_in()
    response = Response(mimetype="image/jpeg", headers={"Cache-Control": ASK_AGAIN})
    response.set_etag(f"{file_id}-{size}")
    response.make_conditional(request)
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        response.data = (files.content if size == "whole" else files.small)(place.file.id) or b""
    return response


def _found(visit: Visit, file_id: UUID) -> tuple[Place, Piece]:
    """Find a file at a piece that the reader can read.

    Raises:
        NotFound: this community has none of that id, or it is at something that they can't read.
    """
    place = files.find(str(file_id))
    if place is None:
        raise NotFound("file_unknown")
    sort: Sort = Post if place.post_id else Reply
    row = store.row_of(store.TABLES[sort], visit.key, place.post_id or place.reply_id or "")
    piece = pieces.piece_of(row)
    if row.community_id != place.community_id or not rules.can_read(visit.reader, piece):
        raise NotFound("file_of_others")
    return place, piece
