"""Files in words: how large one is, and why one isn't taken."""

from collections.abc import Mapping

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.files import rules
from lti_tool.community.files.rules import Problem, Refusal
from lti_tool.exercises.photos import wording as photos
from lti_tool.exercises.photos.rules import Problem as PhotoProblem

MILLION = 1_000_000
ENDINGS = "JPEG, PNG, WebP, GIF, PDF, ODT, DOCX, ODS, XLSX, ODP, PPTX, TXT, CSV, MD"
TOO_LARGE = lazy_gettext(
    "All files of a form together may have %(megabytes)s MB, and these have more. Go back: your text is still there. "
    "Choose fewer files, and add the others by changing what you have published.",
    megabytes=rules.LARGEST_BODY // MILLION,
)
PROBLEMS: Mapping[Problem, LazyString] = {
    Problem.EMPTY: lazy_gettext("There is nothing in this file."),
    Problem.TOO_LARGE: lazy_gettext(
        "A file may have %(megabytes)s MB. Make it smaller, or put it somewhere else and write its address.",
        megabytes=rules.LARGEST // MILLION,
    ),
    Problem.PICTURE_TOO_LARGE: lazy_gettext(
        "A picture may have %(megabytes)s MB. Add a screenshot of it.", megabytes=rules.LARGEST_PICTURE // MILLION
    ),
    Problem.OTHER_KIND: lazy_gettext("Files of this kind can't be added. These can: %(endings)s.", endings=ENDINGS),
    Problem.LIES: lazy_gettext(
        "Its name says that it is of one kind, and its content is of another. Save it once more with the program that "
        "made it, and add what that has saved."
    ),
    Problem.PROGRAM: lazy_gettext("There are programs (macros) in this document. Save it without them, and add that."),
    Problem.HEIC: photos.PROBLEMS[PhotoProblem.HEIC],
    Problem.BROKEN: lazy_gettext("This file can't be read: some of it is missing or broken."),
    Problem.TOO_MANY_PIXELS: photos.PROBLEMS[PhotoProblem.TOO_MANY_PIXELS],
    Problem.ALT_TOO_LONG: lazy_gettext(
        "Say in at most %(limit)s characters what the picture shows.", limit=rules.LONGEST_ALT
    ),
    Problem.FULL: lazy_gettext(
        "There can be at most %(most)s files here. Remove one to add another one.", most=rules.MOST
    ),
    Problem.DAY_FULL: lazy_gettext(
        "You have added files of %(megabytes)s MB within a day, and more can't be taken. Add these tomorrow.",
        megabytes=rules.A_DAY // MILLION,
    ),
}


def says(refusal: Refusal) -> str:
    """Say why a file isn't taken."""
    return str(PROBLEMS[refusal.problem])


def size(number: int) -> str:
    """Say how large a file is."""
    if number >= MILLION:
        return str(gettext("%(size)s MB", size=format_decimal(round(number / MILLION, 1))))
    return str(gettext("%(size)s kB", size=format_decimal(max(1, round(number / 1000)))))
