"""What digests say, in the language that is spoken, and the days to choose from."""

from collections.abc import Mapping, Sequence

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.community.digest.rules import Rhythm, Sort

RHYTHM: Mapping[Rhythm, LazyString] = {
    Rhythm.NEVER: lazy_gettext("Never"),
    Rhythm.DAILY: lazy_gettext("Every day on which there is something new"),
    Rhythm.WEEKLY: lazy_gettext("Once a week"),
}
WHAT: Mapping[Sort, LazyString | str] = {
    Sort.OUTCOME: lazy_gettext("What came of it"),
    Sort.ACCEPTED: lazy_gettext("Help accepted"),
    Sort.OFFER: lazy_gettext("An offer of help"),
    Sort.REPLY: "",
}
MINE_ACCEPTED = lazy_gettext("Your help was accepted")
LINK_GONE = lazy_gettext(
    "This link is too old, or was not copied whole. Open the community in your Moodle course: there you can read "
    "everything, and choose whether you get mails."
)


def days() -> Sequence[str]:
    """Name the days of the week, from Monday on."""
    names = get_day_names("wide", locale=get_locale())
    return [names[day] for day in range(7)]


def subject(needs: int, followed: int, others: int) -> str:
    """Say what a mail brings, the most urgent first."""
    if needs:
        return str(ngettext("%(num)s need waits for help", "%(num)s needs wait for help", needs))
    if followed:
        return str(ngettext("News in %(num)s post that you follow", "News in %(num)s posts that you follow", followed))
    return str(ngettext("%(num)s new post in the community", "%(num)s new posts in the community", others))


def reason(rhythm: Rhythm) -> str:
    """Say why the mail came."""
    if rhythm is Rhythm.DAILY:
        return str(
            gettext(
                "You get this mail because you asked for a daily digest of the community of practice. What you wrote "
                "or read there already is not in it."
            )
        )
    return str(
        gettext(
            "You get this mail because you asked for a weekly digest of the community of practice. What you wrote or "
            "read there already is not in it."
        )
    )
