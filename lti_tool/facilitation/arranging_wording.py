"""How an exercise is done, in words that a trainer can choose by, and what stands in the way of a choice."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.facilitation.arranging_rules import Wrong
from lti_tool.facilitation.grouping_rules import LONGEST_NAME, By, Obstacle, Within
from lti_tool.groups.rules import Source, Trouble
from lti_tool.i18n import moment
from lti_tool.local_times import Unclear

MODE: Mapping[Mode, LazyString] = {
    Mode.ALONE: lazy_gettext("Each person alone"),
    Mode.GROUP: lazy_gettext("In groups"),
    Mode.COURSE: lazy_gettext("The whole course at one canvas"),
}
"""With whom an exercise is done."""

MODES: Mapping[Mode, LazyString] = {
    Mode.ALONE: lazy_gettext("Everybody writes at a canvas of their own."),
    Mode.GROUP: lazy_gettext(
        "Each group writes at one canvas. Who is in no group, or in several, can't write; you find them below."
    ),
    Mode.COURSE: lazy_gettext("Everybody in the course writes at the same canvas."),
}
"""What each way does."""

ARRANGED: Mapping[Mode, LazyString] = {
    Mode.ALONE: lazy_gettext("Done alone: everybody at a canvas of their own"),
    Mode.GROUP: lazy_gettext("Done in groups: each at one canvas"),
    Mode.COURSE: lazy_gettext("Done together: the whole course at one canvas"),
}
ALONE_FIRST: Mapping[Mode, LazyString] = {
    Mode.GROUP: lazy_gettext("Done in groups: each person alone first, then each group at one canvas"),
    Mode.COURSE: lazy_gettext("Done together: each person alone first, then the whole course at one canvas"),
}

SOURCE: Mapping[Source, LazyString] = {
    Source.PLATFORM: lazy_gettext("The groups of the course in Moodle"),
    Source.MADE: lazy_gettext("Groups that I make here, for this exercise alone"),
}

MOMENT: Mapping[str, LazyString] = {
    "opens_at": lazy_gettext("Opens"),
    "due_at": lazy_gettext("Due"),
    "closes_at": lazy_gettext("Closes"),
    "together_at": lazy_gettext("They come together at this moment, if you don't bring them together before"),
}
EFFECT: Mapping[str, LazyString] = {
    "opens_at": lazy_gettext("Before, people can read the exercise and not write."),
    "due_at": lazy_gettext("What is handed in later is taken, and marked as late."),
    "closes_at": lazy_gettext("From then on nobody can write or hand in; what was written stays to read."),
    "together_at": lazy_gettext("Left empty, you bring them together yourself. Nobody who is missing holds them up."),
}
"""What each of the moments does."""

WRONG: Mapping[Unclear | Wrong, LazyString] = {
    Unclear.NO_MOMENT: lazy_gettext("Write a day and a time that exist, such as %(example)s."),
    Unclear.SKIPPED: lazy_gettext(
        "In that night the clock goes forward, and this time is left out. Choose an earlier or a later one."
    ),
    Wrong.DUE_BEFORE_OPENING: lazy_gettext("It would be due before it opens. Choose a later moment."),
    Wrong.CLOSES_BEFORE_OPENING: lazy_gettext("It would close before it opens. Choose a later moment."),
    Wrong.CLOSES_BEFORE_DUE: lazy_gettext("It would close before it is due. Choose a later moment."),
    Wrong.TOGETHER_BEFORE_OPENING: lazy_gettext("They would come together before it opens. Choose a later moment."),
    Wrong.TOGETHER_AFTER_CLOSING: lazy_gettext("They would come together after it closes. Choose an earlier moment."),
    Wrong.TOGETHER_UNASKED: lazy_gettext(
        "They only come together where each writes alone first. Tick that above, or leave this empty."
    ),
}
EXAMPLE = "2026-10-01 09:00"

TROUBLE: Mapping[tuple[Source, Trouble], LazyString] = {
    (Source.PLATFORM, Trouble.NOT_TOLD): lazy_gettext(
        "Moodle has not said in which groups these people are. Ask them to open the activity again in Moodle."
    ),
    (Source.PLATFORM, Trouble.NONE): lazy_gettext(
        "These people are in no group that counts. Put them into a group in Moodle, or tick theirs above. A change in "
        "Moodle counts once they open the activity again."
    ),
    (Source.PLATFORM, Trouble.SEVERAL): lazy_gettext(
        "These people are in several groups that count. Tick above only the groups in which this exercise is done, or "
        "change theirs in Moodle. A change in Moodle counts once they open the activity again."
    ),
    (Source.MADE, Trouble.NONE): lazy_gettext(
        "These people are in no group. Choose one for each of them below, or share them out at random."
    ),
}
"""What a trainer does for those who can't write."""

BY: Mapping[By, LazyString] = {
    By.PEOPLE: lazy_gettext("people are in each group, at most"),
    By.GROUPS: lazy_gettext("groups there are"),
}
WITHIN: Mapping[Within, LazyString] = {
    Within.QUARTER: lazy_gettext("who came in the last quarter of an hour"),
    Within.HOUR: lazy_gettext("who came in the last hour"),
    Within.SESSION: lazy_gettext("who came in the last three hours"),
    Within.DAY: lazy_gettext("who came in the last eight hours"),
    Within.EVER: lazy_gettext("everybody who ever came to this course's activities"),
}

OBSTACLE: Mapping[Obstacle, LazyString] = {
    Obstacle.NO_NUMBER: lazy_gettext("Write a whole number from 1 to 999."),
    Obstacle.NOBODY_HERE: lazy_gettext(
        "There is nobody to share out: nobody came in that time. Choose a longer one, or wait for them."
    ),
    Obstacle.UNSAID: lazy_gettext(
        "Meanwhile another group has begun to write. Read below what mixing everybody anew does now, and press again."
    ),
    Obstacle.ALL_IN_GROUPS: lazy_gettext(
        "Everybody who is here is in a group already. To share them out again, tick that everybody is mixed anew."
    ),
}
"""Why chance made no groups, and what to do."""


def name_too_long() -> str:
    """Say how long a group's name may be."""
    return str(gettext("A name has %(limit)s characters at most.", limit=LONGEST_NAME))


def wrong(kind: Unclear | Wrong) -> str:
    """Say what is wrong with a moment and what to do."""
    return str(WRONG[kind]) % {"example": EXAMPLE}


NOT_IN_MADE_GROUPS = lazy_gettext(
    "No group was made: this exercise isn't done in groups that are made here. Choose that below first."
)
NOBODY_LEFT = lazy_gettext("No group was made: fewer than two of those who agreed are still in the course.")
WRITES_ELSEWHERE = lazy_gettext(
    "No group was made: one of them is in a group that has written already. Move them by hand below if that is right."
)


def arranged(arrangement: Arrangement) -> str:
    """Say in a line how an exercise is done."""
    is_first = arrangement.alone_first and arrangement.mode in ALONE_FIRST
    return str((ALONE_FIRST if is_first else ARRANGED)[arrangement.mode])


def dated(arrangement: Arrangement) -> Sequence[str]:
    """Say all moments of an exercise."""
    moments = {name: getattr(arrangement.dates, name) for name in MOMENT}
    return [
        str(gettext("%(what)s: %(moment)s", what=MOMENT[name], moment=moment(at))) for name, at in moments.items() if at
    ]


def written(owners: Sequence[Owner]) -> Iterator[str]:
    """Say who has written already, whom a change concerns."""
    if people := sum(owner.is_alone for owner in owners):
        yield ngettext("%(num)s person has written alone.", "%(num)s people have written alone.", people)
    if groups := sum(owner.group_id is not None for owner in owners):
        yield ngettext("%(num)s group has written.", "%(num)s groups have written.", groups)
    if any(owner.is_course for owner in owners):
        yield str(gettext("The course's canvas has been written at."))
