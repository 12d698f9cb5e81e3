"""Photos in words: why one isn't taken, and what to do."""

from collections.abc import Mapping

from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.exercises.photos import rules
from lti_tool.exercises.photos.rules import Problem

TOO_LARGE = lazy_gettext(
    "A photo may have %(megabytes)s MB, and this one has more. Go back, and add a screenshot of it, or take it again "
    "with a smaller size chosen in the camera.",
    megabytes=rules.LARGEST_BODY // 1_000_000,
)
PROBLEMS: Mapping[Problem, LazyString] = {
    Problem.MISSING: lazy_gettext("Choose a photo first."),
    Problem.HEIC: lazy_gettext(
        "This photo is a HEIC file, which many browsers can't show. Add a screenshot of it. So that your iPhone "
        "writes JPEG from now on: Settings, Camera, Formats, Most Compatible."
    ),
    Problem.OTHER_KIND: lazy_gettext(
        "Only a JPEG, PNG or WebP can be added. Take a photo or a screenshot, and add that."
    ),
    Problem.BROKEN: lazy_gettext(
        "This photo can't be read: some of it is missing or broken. Choose it again, or take it again."
    ),
    Problem.TOO_MANY_PIXELS: lazy_gettext(
        "This photo has more pixels than can be taken here. Add a screenshot of it, or take it again with a smaller "
        "size chosen in the camera."
    ),
    Problem.CAPTION_TOO_LONG: lazy_gettext(
        "Say in at most %(limit)s characters what is to be seen on the photo.", limit=rules.LONGEST_CAPTION
    ),
}


def says(problem: Problem) -> str:
    """Say why a photo isn't taken."""
    if problem is Problem.FULL:
        return str(
            ngettext(
                "This canvas can have only %(num)s photo. Remove it to add another one.",
                "This canvas can have only %(num)s photos. Remove one to add another one.",
                rules.MOST,
            )
        )
    return str(PROBLEMS[problem])
