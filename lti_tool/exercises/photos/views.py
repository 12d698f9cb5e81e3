"""Photos at a canvas: joined, described and removed by whoever writes there, shown to whoever reads there."""

from http import HTTPStatus

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import RequestEntityTooLarge

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.errors import NotFound, PersonError
from lti_tool.exercises import opened, pages
from lti_tool.exercises.photos import pictures, rules, store, wording
from lti_tool.exercises.photos.rules import Photo, Problem, Refused, Size
from lti_tool.exercises.photos.store import Told
from lti_tool.exercises.shut import WorkspaceShut
from lti_tool.exercises.store import WorkspaceKey
from lti_tool.learning.store import writing_language
from lti_tool.lti.launch.session import PREFIX, current

blueprint = Blueprint("photos", __name__)
blueprint.app_context_processor(lambda: {"most_photos": rules.MOST, "longest_caption": rules.LONGEST_CAPTION})
ADDRESS = PREFIX + "/exercise/photos/<string(length=64):digest>"
AT = "photos"
"""Where on the canvas's page they are."""
FOREVER = "private, max-age=31536000, immutable"
"""Its address names what is to be seen; only this person's browser keeps it."""


class PhotosShut(PersonError):
    """A canvas where this person may not write now: no photo comes or goes either."""

    status = HTTPStatus.LOCKED
    title = lazy_gettext("You can't write here now")
    advice = lazy_gettext("No photo can be added or removed here now. Keep yours, and ask your trainer if it matters.")


class TooLarge(PersonError):
    """A photo of more bytes than a page may send."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = lazy_gettext("This photo is too large")
    advice = wording.TOO_LARGE


# Shown


@blueprint.get(PREFIX + "/exercise/photos")
def show_all() -> str:
    """Give the list of a canvas's photos, which an open page puts in the place of its own."""
    key = opened.read_key()
    writes = opened.refusal_of(key.owner, now()) is None
    return render_template("exercises/photos/list.html", photos=store.at(key), writes=writes)


@blueprint.get(ADDRESS)
def show(digest: str) -> str:
    """Show one photo, as large as there is room."""
    found = store.find(opened.read_key(), digest)
    if found is None:
        raise NotFound("photo_unknown")
    back, address = (
        url_for("exercises.show", _anchor=AT),
        url_for("exercises.photos.image", digest=digest, size="whole"),
    )
    return page(found, address=address, back=back)


@blueprint.get(ADDRESS + "/<any(whole, small):size>")
def image(digest: str, size: str) -> Response:
    """Give what is to be seen on a photo."""
    return jpeg(store.image(opened.read_key(), digest, Size(size)))


def page(photo: Photo, *, address: str, back: str) -> str:
    """Show a photo that is at this address, and the way back."""
    return render_template("exercises/photos/one.html", photo=photo, address=address, back=back)


def jpeg(found: bytes | None) -> Response:
    """Answer with a photo.

    Raises:
        NotFound: there is none.
    """
    if found is None:
        raise NotFound("photo_unknown")
    return Response(found, mimetype="image/jpeg", headers={"Cache-Control": FOREVER})


# Changed


@blueprint.post(PREFIX + "/exercise/photos")
def join() -> ResponseReturnValue:
    """Join a photo to a canvas."""
    key = _write_key()
    try:
        sent = request.files.get("photo")
        told = _told()
        store.join(key, pictures.read(sent.read() if sent else b""), told, now())
    except Refused as refused:
        return _refused(key, refused.problem)
    return _done()


@blueprint.post(ADDRESS)
def describe(digest: str) -> ResponseReturnValue:
    """Write what is to be seen on a photo."""
    key = _write_key()
    try:
        told = _told()
    except Refused as refused:
        return _refused(key, refused.problem)
    if not store.describe(key, digest, told, now()):
        raise NotFound("photo_unknown")
    return _done()


@blueprint.post(ADDRESS + "/remove")
def remove(digest: str) -> ResponseReturnValue:
    """Remove a photo for good; removed twice, it is gone once."""
    store.remove(_write_key(), digest, now())
    return _done()


@blueprint.errorhandler(RequestEntityTooLarge)
def answer_too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say which size is too much, before anything of the page is read."""
    return current_app.handle_user_exception(TooLarge("photo_too_large"))


def _write_key() -> WorkspaceKey:
    try:
        return opened.write_key()
    except WorkspaceShut as shut:
        raise PhotosShut(shut.reason) from shut


def _told() -> Told:
    caption = rules.caption_of(request.form.get("caption", ""))
    return Told(caption=caption, language=writing_language(), by=current().person_id)


def _refused(key: WorkspaceKey, problem: Problem) -> ResponseReturnValue:
    db.session.rollback()
    said, status = wording.says(problem), HTTPStatus.UNPROCESSABLE_ENTITY
    if _is_script():
        return {"problem": said}, status
    return pages.canvas(opened.exercise(), key, problem=said), status


def _done() -> ResponseReturnValue:
    db.session.commit()
    if _is_script():
        return "", HTTPStatus.NO_CONTENT
    return redirect(url_for("exercises.show", _anchor=AT), HTTPStatus.SEE_OTHER)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
