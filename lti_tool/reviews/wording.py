"""Marks and what stands in their way, in words."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask_babel import force_locale, format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from content.model import Exercise
from content.text import pick
from lti_tool.exercises import checks, editions
from lti_tool.exercises import wording as exercises
from lti_tool.exercises.store import Submission
from lti_tool.reviews.rules import LONGEST_COMMENT, LONGEST_TEXT, Outcome, Problem, Score


def number(mark: float) -> str:
    """Write a mark as people of this language do, without separators between thousands."""
    return str(format_decimal(mark, "0.#"))


def points(score: Score) -> str:
    """Write a score."""
    given, maximum = number(score.given), int(score.maximum)
    return str(ngettext("%(given)s of %(num)s point", "%(given)s of %(num)s points", maximum, given=given))


OUTCOME: Mapping[Outcome, LazyString] = {
    Outcome.REVISE: lazy_gettext("Please revise"),
    Outcome.DONE: lazy_gettext("Done"),
}

ASKED: Mapping[Outcome, LazyString] = {
    Outcome.REVISE: lazy_gettext("Your trainer asks you to revise this and to hand it in again."),
    Outcome.DONE: lazy_gettext("Your trainer says that this is done."),
}
"""The same, as those read it who did the work."""


IN_PROPORTION = lazy_gettext(
    "Where Moodle's column has another maximum, a mark goes there in proportion: full marks here are full marks there."
)

PLAIN: Mapping[Problem, LazyString] = {
    Problem.NOTHING: lazy_gettext(
        "There is nothing to release yet: write a text, or comment on a note, or give a mark."
    ),
    Problem.NOTHING_TO_REVISE: lazy_gettext("Say what is to be revised: write a text, or comment on a note."),
    Problem.LEVELS_GONE: lazy_gettext(
        "A level was chosen in this draft that is no longer there: the criteria were changed since. It is left out, "
        "and the rest is kept. Look at the levels again."
    ),
}
"""What is wrong, where no figure says how much."""


def problem(kind: Problem, maximum: int, length: int) -> str:
    """Say what is wrong and what to do."""
    match kind:
        case Problem.NOTHING | Problem.NOTHING_TO_REVISE | Problem.LEVELS_GONE:
            return str(PLAIN[kind])
        case Problem.NO_NUMBER:
            example = number(7.5)
            return str(gettext("A mark is a whole number or has one decimal place, such as %(mark)s.", mark=example))
        case Problem.TOO_HIGH:
            highest = gettext("%(maximum)s is the highest mark of this exercise.", maximum=maximum)
            return f"{highest} {IN_PROPORTION}"
        case Problem.TOO_LONG:
            told = {"length": length, "limit": LONGEST_TEXT}
            return str(
                gettext(
                    "The text is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it.", **told
                )
            )
        case Problem.COMMENT_TOO_LONG:
            return str(
                gettext(
                    "A comment has %(limit)s characters at most. Shorten those that are longer.", limit=LONGEST_COMMENT
                )
            )


def commenter(present: Exercise) -> Callable[[Submission, str], str]:
    """Give what writes a score's comment, in the language in which the work was handed in.

    It counts as the trainer's page does, by the exercise as it was: versions of before counted by other rules.
    """

    def comment(submission: Submission, sentence: str) -> str:
        exercise = editions.give(submission.edition, present)
        counted = replace(submission, met=checks.state(exercise, submission.notes).met)
        with force_locale(submission.language):
            text = pick(exercise.texts, submission.language)[1]
            return exercises.comment(exercise, text, counted, sentence)

    return comment
