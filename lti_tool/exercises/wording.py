"""Problems and states in words that a person can act on."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from content.model import Exercise, ExerciseText
from content.parts.part import PartText
from lti_tool.delivery.rules import Cause
from lti_tool.exercises.checks import State
from lti_tool.exercises.crediting import Counted
from lti_tool.exercises.marking import Marking
from lti_tool.exercises.modes import Mode
from lti_tool.exercises.rules import Problem, ProblemKind
from lti_tool.exercises.store import Submission
from lti_tool.i18n import moment
from lti_tool.lti.platform.grades import Grading
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

ABOUT_FIELD: Mapping[ProblemKind, LazyString] = {
    ProblemKind.TOO_LONG: lazy_gettext(
        "“%(field)s” is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it."
    ),
    ProblemKind.NOT_OFFERED: lazy_gettext("“%(field)s”: choose one of the answers that are offered."),
    ProblemKind.NO_DATE: lazy_gettext("“%(field)s”: write a date that exists, such as %(example)s."),
    ProblemKind.NO_NUMBER: lazy_gettext("“%(field)s”: write a number, such as %(example)s."),
    ProblemKind.OUT_OF_RANGE: lazy_gettext("“%(field)s”: write a number from %(minimum)s to %(maximum)s."),
}
"""What is wrong with one field, with its name and what the field tells."""

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

PROMISE: Mapping[tuple[Marking, Grading], LazyString] = {
    (Marking.HANDED_IN, Grading.SURE): lazy_gettext(
        "It gives you full points in Moodle; your trainer may give another mark."
    ),
    (Marking.HANDED_IN, Grading.PERHAPS): lazy_gettext(
        "The activity may be graded in this course: then it gives you full points in Moodle, and your trainer may give "
        "another mark."
    ),
    (Marking.BY_TRAINER, Grading.SURE): lazy_gettext(
        "It gives no points by itself: your trainer reads your work and marks it."
    ),
    (Marking.BY_TRAINER, Grading.PERHAPS): lazy_gettext(
        "It gives no points by itself: your trainer reads your work, and marks it if the activity is graded in this "
        "course."
    ),
}
"""What handing in does to the grade, where there may be one."""

PROMISE_TO_ALL: Mapping[tuple[Marking, Grading], LazyString] = {
    (Marking.HANDED_IN, Grading.SURE): lazy_gettext(
        "It gives each of you full points in Moodle; your trainer may give another mark."
    ),
    (Marking.HANDED_IN, Grading.PERHAPS): lazy_gettext(
        "The activity may be graded in this course: then it gives each of you full points in Moodle, and your trainer "
        "may give another mark."
    ),
    (Marking.BY_TRAINER, Grading.SURE): lazy_gettext(
        "It gives no points by itself: your trainer reads what you did together and marks it, the same for each of you."
    ),
    (Marking.BY_TRAINER, Grading.PERHAPS): lazy_gettext(
        "It gives no points by itself: your trainer reads what you did together, and marks it, the same for each of "
        "you, if the activity is graded in this course."
    ),
}
"""The same of what several people hand in together."""

ALONE_FIRST_HANDING_IN: Mapping[Mode, LazyString] = {
    Mode.GROUP: lazy_gettext(
        "You don't hand in alone what you write here. Once your group is together, any of you hands in for all of you."
    ),
    Mode.COURSE: lazy_gettext(
        "You don't hand in alone what you write here. Once the course is together, any of you hands in for all of you."
    ),
}
"""What is said in the place of the form, where each writes alone before all come together."""

COUNTED: Mapping[Counted, LazyString] = {
    Counted.NEVER: lazy_gettext(
        "It does not count for you, because nobody said that you took part. If you did, hand in again; if that is not "
        "possible any more, tell your trainer."
    ),
    Counted.BEFORE: lazy_gettext(
        "It does not count for you, and the score that you have from an earlier time stays. If you took part in this "
        "too, hand in again."
    ),
}
"""What somebody reads for whom the newest hand-in of shared work doesn't count, and what to do."""

NEVER_MARKED = lazy_gettext("With that it is done: nobody marks this exercise.")
NO_POINTS = lazy_gettext("This activity isn't graded in this course: no grade goes to Moodle.")
MARKED = lazy_gettext(
    "Your trainer has marked your work. Handing in again doesn't change the mark; only your trainer does."
)
FOR_TRAINER = lazy_gettext("Your trainer reads it and marks it. No grade goes to Moodle before that.")

ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Keep a name, whichever way it is written, from turning the sentence around it."""

LONGEST_LINE = 300
"""Characters of a line of the comment that goes with a score."""


def grade(standing: Standing, cause: Cause | None) -> LazyString:
    """Say where a grade stands, or that there is none."""
    return NO_GRADE if cause is Cause.NO_LINE_ITEM else GRADE[standing]


def promise(marking: Marking | None, grading: Grading, *, is_marked: bool = False, is_shared: bool = False) -> str:
    """Say, before somebody hands in, what that does: who sees the work, what becomes of the grade, and what then.

    An exercise that is never marked has no marking.
    """
    shows = gettext("Handing in shows your work to your trainer as it is at that moment.")
    if is_shared:
        shows = gettext(
            "Any of you can hand in for all of you, and everybody sees who did, and when. Your trainer then reads the "
            "work as it is at that moment."
        )
    again = gettext("You can go on writing and hand in again as often as you like; the newest counts.")
    effects = PROMISE_TO_ALL if is_shared else PROMISE
    return f"{shows} {_effect(effects, marking, grading, is_marked=is_marked)} {again}"


def _effect(
    effects: Mapping[tuple[Marking, Grading], LazyString], marking: Marking | None, grading: Grading, *, is_marked: bool
) -> LazyString:
    if marking is None:
        return NEVER_MARKED
    if grading is Grading.NONE:
        return NO_POINTS
    return MARKED if is_marked else effects[marking, grading]


def handed_in(submission: Submission, name: str | None) -> str:
    """Say when shared work was handed in, and by whom; without a name, by the reader."""
    when = moment(submission.submitted_at)
    if name is None:
        return str(gettext("You handed it in: %(moment)s", moment=when))
    return str(gettext("%(name)s handed it in: %(moment)s", name=f"{ISOLATE}{name}{END_ISOLATE}", moment=when))


def ready(state: State) -> str:
    """Say whether anything that can be counted is missing; what is missing keeps nobody from handing in."""
    if not state.open:
        return str(gettext("All that a computer can count is there. Read your work once more yourself."))
    sentence = ngettext(
        "%(num)s thing on the list is still open. You can hand in all the same.",
        "%(num)s things on the list are still open. You can hand in all the same.",
        len(state.open),
    )
    return str(sentence)


def comment(exercise: Exercise, text: ExerciseText, submission: Submission, said: str = "") -> str:
    """Say in plain text what is missing of the list and what the trainer said: three lines of the gradebook at most."""
    missing = [text.checks[one.id] for one in exercise.checks if one.id not in submission.met]
    return "\n".join([*_shortened(missing), *([said] if said else [])])


def _shortened(missing: Sequence[str]) -> Iterator[str]:
    if not missing:
        return
    line = gettext("Still missing: %(sentence)s", sentence=" ".join(missing[0].split()))
    yield line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
    if others := len(missing) - 1:
        yield ngettext("And %(num)s more on the list.", "And %(num)s more on the list.", others)


def sentence(problem: Problem, text: PartText | None) -> str:
    """Say what is wrong with a draft and what to do."""
    if problem.kind in ADVICE:
        return str(ADVICE[problem.kind])
    return str(ABOUT_FIELD[problem.kind]) % {"field": _label(problem, text), **problem.told}


def _label(problem: Problem, text: PartText | None) -> str:
    """Name a field as the page does; answers have the question as their only label."""
    field = text.fields.get(problem.field or "") if text else None
    return field.label if field else str(gettext("Your answer"))


# When it may be written in, and by whom
