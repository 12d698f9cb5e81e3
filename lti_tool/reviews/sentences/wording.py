"""What came of a sentence that somebody wanted to keep, in words."""

from flask_babel import gettext

from lti_tool.reviews.sentences.rules import LONGEST, MOST, Problem


def problem(kind: Problem, length: int) -> str:
    """Say what is wrong and what to do."""
    match kind:
        case Problem.EMPTY:
            return str(gettext("Write a sentence above first; then you can keep it."))
        case Problem.TOO_LONG:
            return str(
                gettext(
                    "What is written above has %(length)s characters, and a sentence to keep has %(limit)s at most. "
                    "Shorten it, keep it, and go on writing then.",
                    length=length,
                    limit=LONGEST,
                )
            )
        case Problem.TOO_MANY:
            return str(gettext("You keep %(limit)s sentences, which is the most. Remove one first.", limit=MOST))


def kept() -> str:
    """Say that a sentence is kept."""
    return str(gettext("It is kept among your sentences."))


def removed() -> str:
    """Say that a sentence is no longer kept."""
    return str(gettext("The sentence is removed."))


def added() -> str:
    """Say that a sentence joined what is written."""
    return str(gettext("The sentence stands above now. Nothing is released yet."))
