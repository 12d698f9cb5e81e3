"""What stands in the way of a mark of one's own, in words."""

from flask_babel import gettext

from lti_tool.reviews import wording
from lti_tool.reviews.own_marks.rules import Problem
from lti_tool.reviews.rules import LONGEST_SENTENCE
from lti_tool.reviews.rules import Problem as Mark


def problem(kind: Problem, maximum: int, length: int) -> str:
    """Say what is wrong and what to do."""
    match kind:
        case Problem.NO_NUMBER:
            return wording.problem(Mark.NO_NUMBER, maximum, length)
        case Problem.TOO_HIGH:
            return wording.problem(Mark.TOO_HIGH, maximum, length)
        case Problem.NO_REASON:
            return str(gettext("Say why: this person reads it, and nobody else but trainers."))
        case Problem.TOO_LONG:
            told = {"length": length, "limit": LONGEST_SENTENCE}
            return str(gettext("The reason has %(length)s characters, and %(limit)s is the most. Shorten it.", **told))
        case Problem.CHANGED:
            return str(
                gettext(
                    "Another trainer changed this person's mark meanwhile. Look at it above; yours isn't given yet."
                )
            )
