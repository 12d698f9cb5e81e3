"""Whose a canvas is, who reads it, and why somebody can't write there now, in words that a person can act on."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.exercises import modes
from lti_tool.exercises.access import Elsewhere, Refusal, Situation
from lti_tool.exercises.modes import Dates, Mode, Shut
from lti_tool.exercises.owners import Owner, OwnerKind
from lti_tool.groups.rules import Source, Trouble
from lti_tool.i18n import moment

READERS: Mapping[OwnerKind, LazyString] = {
    OwnerKind.PERSON: lazy_gettext(
        "Only you read this until you hand it in. Then your trainers read it as it was at that moment."
    ),
    OwnerKind.GROUP: lazy_gettext(
        "Everybody in your group reads this while you write, and so may your trainers. Nobody is shown who wrote which "
        "note unless your trainer shows it; it is kept for feedback."
    ),
    OwnerKind.COURSE: lazy_gettext(
        "Everybody in this course reads this while you write, and so may your trainers. Nobody is shown who wrote "
        "which note unless your trainer shows it; it is kept for feedback."
    ),
    OwnerKind.TRIAL: lazy_gettext("Only you read this."),
}
"""Who reads a canvas, and when."""

ALONE_FIRST: Mapping[Mode, LazyString] = {
    Mode.GROUP: lazy_gettext(
        "Only you read this until your trainer brings you together. Then everybody in your group reads it and goes on "
        "with it, without your name unless your trainer shows names, and so may your trainers."
    ),
    Mode.COURSE: lazy_gettext(
        "Only you read this until your trainer brings you together. Then everybody in this course reads it and goes on "
        "with it, without your name unless your trainer shows names, and so may your trainers."
    ),
}
"""The same of what each writes alone before all come together."""

BROUGHT: Mapping[Mode, LazyString] = {
    Mode.GROUP: lazy_gettext(
        "You wrote this alone. Your group has a copy of it since you came together, and goes on with that one."
    ),
    Mode.COURSE: lazy_gettext(
        "You wrote this alone. The course's canvas has a copy of it since you came together, and goes on with that one."
    ),
}

OTHERS: Mapping[OwnerKind, LazyString] = {
    OwnerKind.PERSON: lazy_gettext("What you wrote alone"),
    OwnerKind.GROUP: lazy_gettext("Your group's canvas"),
    OwnerKind.COURSE: lazy_gettext("The course's canvas"),
    OwnerKind.TRIAL: lazy_gettext("Your trial"),
}
"""Canvases of an exercise, as links to them say."""


def readers(situation: Situation, owner: Owner, now: datetime) -> str:
    """Say, before the first word, who will read it, and when."""
    arrangement = situation.arrangement
    if not owner.is_alone or arrangement.mode is Mode.ALONE or not arrangement.alone_first:
        return str(READERS[owner.kind])
    if situation.are_together(now):
        return str(BROUGHT[arrangement.mode])
    said, when = str(ALONE_FIRST[arrangement.mode]), arrangement.dates.together_at
    if when is None:
        return said
    return said + " " + str(gettext("It happens by itself: %(moment)s.", moment=moment(when)))


TROUBLE: Mapping[tuple[Source, Trouble], LazyString] = {
    (Source.PLATFORM, Trouble.NOT_TOLD): lazy_gettext(
        "This exercise is done in groups, and Moodle has not told this page which group you are in. Open the activity "
        "again in Moodle. If you see this again, tell your trainer."
    ),
    (Source.PLATFORM, Trouble.NONE): lazy_gettext(
        "This exercise is done in groups, and you are in none of them. Tell your trainer, who puts you into a group in "
        "Moodle; then open the activity again."
    ),
    (Source.PLATFORM, Trouble.SEVERAL): lazy_gettext(
        "This exercise is done in groups, and you are in several of them, while you can write with only one. Tell your "
        "trainer which one is yours; then open the activity again in Moodle."
    ),
    (Source.MADE, Trouble.NONE): lazy_gettext(
        "This exercise is done in groups that your trainer makes here, and you are in none yet. Tell your trainer that "
        "you are here. As soon as you are in a group, this page goes there by itself."
    ),
}
"""What somebody reads, and does, who has no one group."""


HINDRANCE: Mapping[Refusal, LazyString] = {
    Shut.NOT_OPEN: lazy_gettext("You can read the exercise. Writing begins: %(moment)s"),
    Shut.CLOSED: lazy_gettext("This exercise is closed (%(moment)s). What was written stays here to read."),
    Shut.FROZEN: lazy_gettext(
        "Your trainer has stopped writing for everybody. You can read what is here. As soon as your trainer lets "
        "everybody write again, this page shows it by itself."
    ),
    Elsewhere.LEFT_BEHIND: lazy_gettext(
        "The exercise goes on elsewhere by now. What was written here stays for you to read."
    ),
    Elsewhere.NOT_YOURS: lazy_gettext("You can read this and not write in it."),
}
"""Why a page is for reading only."""


def hindrance(refusal: Refusal, dates: Dates) -> str:
    """Say why a page is for reading only, and since or until when where that is known."""
    moments: Mapping[Refusal, datetime | None] = {Shut.NOT_OPEN: dates.opens_at, Shut.CLOSED: dates.closes_at}
    at = moments.get(refusal)
    return str(HINDRANCE[refusal]) % {"moment": moment(at) if at else ""}


OPENS = lazy_gettext("Opens: %(moment)s")
DUE = lazy_gettext("Due: %(moment)s")
WAS_DUE = lazy_gettext("It was due: %(moment)s. What is handed in now is taken, and marked as late.")
CLOSES = lazy_gettext("Closes: %(moment)s")


def dates(exercise_dates: Dates, now: datetime) -> Sequence[str]:
    """Say what is still to come of an exercise's dates, and what it means to be late."""
    said = (
        (OPENS, _to_come(exercise_dates.opens_at, now)),
        (WAS_DUE if modes.is_late(exercise_dates, now) else DUE, exercise_dates.due_at),
        (CLOSES, _to_come(exercise_dates.closes_at, now)),
    )
    return [str(sentence) % {"moment": moment(at)} for sentence, at in said if at]


def _to_come(at: datetime | None, now: datetime) -> datetime | None:
    return at if at and now < at else None
