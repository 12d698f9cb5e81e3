"""What is wrong with a meeting, in words."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.community.calendar.rules import MINUTES, MOST_COMING, Field, Problem, Wrong

EXAMPLE = "2030-01-31 18:00"

MISSING: Mapping[Field, LazyString] = {
    Field.TITLE: lazy_gettext("Give it a title."),
    Field.STARTS_AT: lazy_gettext("Say when it begins."),
    Field.PLACE: lazy_gettext("Say where people meet: a room, or the address of the video call."),
    Field.LANGUAGE: lazy_gettext("Choose one of the languages that are offered."),
}
MOMENTS: Mapping[Wrong, LazyString] = {
    Wrong.NO_MOMENT: lazy_gettext("Write a day and a time that exist, such as %(example)s.", example=EXAMPLE),
    Wrong.SKIPPED: lazy_gettext(
        "In that night the clock goes forward, and this time is left out. Choose an earlier or a later one."
    ),
    Wrong.PAST: lazy_gettext("This moment is past. Choose one that is still to come."),
    Wrong.TOO_FAR: lazy_gettext("This is more than a year away. Look at the year."),
}


def enough() -> str:
    """Say why nobody can plan another meeting yet, and that the text isn't lost."""
    return str(
        gettext(
            "You have planned as many meetings as one person can ahead (%(most)s, counting those that were called "
            "off). Your text is still below: send it again when one of them is past, or ask a trainer.",
            most=MOST_COMING,
        )
    )


def sentence(problem: Problem) -> str:
    """Say what is wrong with a field and what to do."""
    if problem.kind is Wrong.MISSING:
        return str(MISSING[problem.field])
    if problem.kind is Wrong.NO_LENGTH:
        return str(
            gettext("Write how many minutes it takes, from %(least)s to %(most)s.", least=MINUTES[0], most=MINUTES[-1])
        )
    if problem.kind is Wrong.TOO_LONG:
        return str(
            gettext(
                "This is too long: it has %(length)s characters, and %(limit)s is the most. Shorten it.",
                length=problem.length,
                limit=problem.limit,
            )
        )
    return str(MOMENTS[problem.kind])
