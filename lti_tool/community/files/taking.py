"""Makes of a file that somebody sends one to be kept; pictures are painted anew, without a word of who took them."""

from dataclasses import replace
from hashlib import sha256

from lti_tool.community.files import kinds, names
from lti_tool.community.files.rules import LARGEST, LARGEST_PICTURE, Content, Problem, Refused
from lti_tool.exercises.photos import pictures
from lti_tool.exercises.photos.rules import Problem as PhotoProblem
from lti_tool.exercises.photos.rules import Refused as PhotoRefused

PICTURES = (*pictures.PHOTOS, "GIF")
PROBLEMS = {
    PhotoProblem.HEIC: Problem.HEIC,
    PhotoProblem.OTHER_KIND: Problem.BROKEN,
    PhotoProblem.BROKEN: Problem.BROKEN,
    PhotoProblem.TOO_MANY_PIXELS: Problem.TOO_MANY_PIXELS,
}


def take(sent: bytes, name: str) -> Content:
    """Make a file to be kept.

    Raises:
        Refused: it is too large, of another kind, or not what its name says.
    """
    stem, suffix = names.parts_of(name)
    kind = kinds.recognise(sent, suffix)
    if kind.is_picture:
        return replace(_picture(sent), name=names.named(stem, "jpg"))
    if len(sent) > LARGEST:
        raise Refused(Problem.TOO_LARGE)
    suffix = suffix or kind.suffixes[0]
    return Content(name=names.named(stem, suffix), suffix=suffix, digest=sha256(sent).hexdigest(), content=sent)


def _picture(sent: bytes) -> Content:
    if len(sent) > LARGEST_PICTURE:
        raise Refused(Problem.PICTURE_TOO_LARGE)
    try:
        made = pictures.read(sent, PICTURES)
    except PhotoRefused as refused:
        raise Refused(PROBLEMS[refused.problem]) from refused
    if len(made.whole) > LARGEST:
        raise Refused(Problem.TOO_MANY_PIXELS)
    return Content(
        name="",
        suffix="jpg",
        digest=made.digest,
        content=made.whole,
        small=made.small,
        width=made.width,
        height=made.height,
    )
