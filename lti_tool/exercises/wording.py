"""Problems and states in words that a person can act on."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from content.model import Exercise, ExerciseText
from content.parts.part import PartText
from lti_tool.delivery.rules import Cause
from lti_tool.exercises.rules import Problem, ProblemKind
from lti_tool.exercises.store import Submission
from lti_tool.results.rules import Standing

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
    ProblemKind.CELL_CROWDED: lazy_gettext(
        "There are too many notes in this place. Delete some, or put the note into another place."
    ),
    ProblemKind.STAYS: lazy_gettext("An answer stays with its question. Copy its text to the other question."),
    ProblemKind.TOO_MANY: lazy_gettext("There are too many notes in this exercise. Delete some before you add others."),
}

GRADE: Mapping[Standing, LazyString] = {
    Standing.DUE: lazy_gettext("The score is on its way to Moodle."),
    Standing.ARRIVED: lazy_gettext("The score has reached Moodle."),
    Standing.BY_HAND: lazy_gettext("Your grade was changed by hand in Moodle. Look at your grades there."),
    Standing.MISSING: lazy_gettext("Moodle shows no grade for this score. Tell your trainer."),
    Standing.REPLACED: lazy_gettext("Moodle holds a later grade than this score. Look at your grades there."),
    Standing.FAILED: lazy_gettext("The score could not be brought to Moodle. Tell your trainer."),
}
"""What a trainee reads of a grade: never a number, since Moodle may hide it."""

NO_GRADE = lazy_gettext("This activity has no grade in Moodle.")

LONGEST_COMMENT = 2_000
"""Characters of what goes with a score."""


READERS = lazy_gettext("Only you read this until you hand it in. Then your trainers read it as it was at that moment.")


def grade(standing: Standing, cause: Cause | None) -> LazyString:
    """Say where a grade stands, or that there is none."""
    return NO_GRADE if cause is Cause.NO_LINE_ITEM else GRADE[standing]


def points(given: int, maximum: int) -> str:
    """Write a score."""
    sentence = ngettext("%(given)s of %(num)s point", "%(given)s of %(num)s points", maximum, given=given)
    return str(sentence)


def ready(met: int, checks: int) -> str:
    """Say how many of an exercise's checks are met."""
    return str(
        ngettext(
            "%(met)s of %(num)s thing on the list is there.",
            "%(met)s of %(num)s things on the list are there.",
            checks,
            met=met,
        )
    )


def comment(exercise: Exercise, text: ExerciseText, submission: Submission) -> str:
    """Say in plain text what a score counted and what is missing, for the gradebook."""
    is_met = {criterion.id: criterion.id in submission.met for criterion in exercise.criteria}
    counted = [text.criteria[criterion] for criterion, met in is_met.items() if met]
    missing = [text.criteria[criterion] for criterion, met in is_met.items() if not met]
    score = points(submission.score_given, submission.score_maximum)
    paragraphs = [score, *_listed(gettext("Counted:"), counted), *_listed(gettext("Missing:"), missing)]
    whole = "\n\n".join(paragraphs)
    return whole if len(whole) <= LONGEST_COMMENT else whole[: LONGEST_COMMENT - 1] + "…"


def _listed(heading: str, sentences: Sequence[str]) -> list[str]:
    return ["\n".join([heading, *(f"• {sentence}" for sentence in sentences)])] if sentences else []


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
