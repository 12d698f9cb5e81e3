"""The photos that were joined to a canvas when it was handed in, as its trainers see them."""

from flask import Blueprint, Response, url_for

from lti_tool.errors import NotFound
from lti_tool.exercises import views as exercises
from lti_tool.exercises.photos import store
from lti_tool.exercises.photos import views as shown
from lti_tool.exercises.photos.rules import Size
from lti_tool.facilitation.store import find_submission
from lti_tool.lti.launch.session import PREFIX, require_trainer

blueprint = Blueprint("photos", __name__)
ADDRESS = PREFIX + "/submissions/<int:submission_id>/photos/<string(length=64):digest>"


@blueprint.get(ADDRESS)
def show(submission_id: int, digest: str) -> str:
    """Show one photo, as large as there is room."""
    _require_readable(submission_id)
    found = [photo for photo in store.in_submission(submission_id) if photo.digest == digest]
    if not found:
        raise NotFound("photo_unknown")
    address = url_for("facilitation.photos.image", submission_id=submission_id, digest=digest, size="whole")
    back = url_for("facilitation.show_submission", submission_id=submission_id, _anchor=shown.AT)
    return shown.page(found[0], address=address, back=back)


@blueprint.get(ADDRESS + "/<any(whole, small):size>")
def image(submission_id: int, digest: str, size: str) -> Response:
    """Give what is to be seen on a photo."""
    _require_readable(submission_id)
    return shown.jpeg(store.image_in_submission(submission_id, digest, Size(size)))


def _require_readable(submission_id: int) -> None:
    """Let trainers go on, with a submission of their course and this exercise alone."""
    session = require_trainer()
    if find_submission(session.course_id, exercises.slug(), submission_id) is None:
        raise NotFound("submission_unknown")
