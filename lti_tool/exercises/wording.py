"""Problems and states in words that a person can act on."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from content.model import PartText
from lti_tool.delivery.tables import DeliveryState
from lti_tool.exercises.rules import Problem, ProblemKind

ADVICE: Mapping[ProblemKind, LazyString] = {
    ProblemKind.UNKNOWN_PLACE: lazy_gettext(
        "This text belongs to a place that the exercise no longer has. Copy it to another place."
    ),
    ProblemKind.UNKNOWN_NOTE: lazy_gettext(
        "This note could not be recognised. Copy its text, load the page again and write it there."
    ),
    ProblemKind.UNKNOWN_FIELD: lazy_gettext(
        "This note has a field that the exercise no longer has. Copy its text, load the page again and write it there."
    ),
    ProblemKind.CELL_FULL: lazy_gettext("There is already an answer here. Change that one instead."),
    ProblemKind.TOO_MANY: lazy_gettext("There are too many notes in this exercise. Delete some before you add others."),
}

GRADE: Mapping[DeliveryState, LazyString] = {
    DeliveryState.DUE: lazy_gettext("The score is on its way to Moodle."),
    DeliveryState.DELIVERED: lazy_gettext("The score has reached Moodle."),
    DeliveryState.SUPERSEDED: lazy_gettext("Moodle holds a later grade than this score."),
    DeliveryState.FAILED: lazy_gettext("The score could not be brought to Moodle. Tell your trainer."),
}
"""What a trainee reads of a score's way to Moodle."""


def sentence(problem: Problem, text: PartText | None) -> str:
    """Say what is wrong with a draft and what to do."""
    if problem.kind is ProblemKind.TOO_LONG:
        return str(
            gettext(
                "“%(field)s” is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it.",
                field=_label(problem, text),
                length=problem.length,
                limit=problem.limit,
            )
        )
    if problem.kind is ProblemKind.NOT_OFFERED:
        return str(gettext("“%(field)s”: choose one of the answers that are offered.", field=_label(problem, text)))
    return str(ADVICE[problem.kind])


def _label(problem: Problem, text: PartText | None) -> str:
    """Name a field as the page does; answers have the question as their only label."""
    field = text.fields.get(problem.field or "") if text else None
    return field.label if field else str(gettext("Your answer"))
