"""What digests say, in the language that is spoken, and the days to choose from."""

from collections.abc import Mapping, Sequence

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.community.digest.ending import Silence
from lti_tool.community.digest.rules import ENDED, UNUSABLE, Rhythm, Sort, Standing
from lti_tool.i18n import day

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


ENDS = lazy_gettext(
    "It ends by itself after a year in which you neither come nor ask for it to go on; before that you are asked."
)
CALLED = lazy_gettext(
    "Nobody has answered them yet, and you look after their territory. Do you know somebody who has been there?"
)
KEEP = lazy_gettext("Keep it coming")
WHY_STOPPED: Mapping[str, LazyString] = {
    ENDED: lazy_gettext("Your digest has ended by itself: for a year you neither came here nor asked for it to go on."),
    UNUSABLE: lazy_gettext("Your digest has stopped: no mail can be sent to the address that Moodle told us."),
}


def why_stopped(problem: str) -> str:
    """Say why a digest stopped by itself."""
    refused = gettext("Your digest has stopped: the mail server refused your address (%(code)s).", code=problem)
    return str(WHY_STOPPED.get(problem, refused))


def days() -> Sequence[str]:
    """Name the days of the week, from Monday on."""
    names = get_day_names("wide", locale=get_locale())
    return [names[day] for day in range(7)]


def subject(calls: int, needs: int, followed: int, others: int) -> str:
    """Say what a mail brings, the most urgent first."""
    if calls:
        return str(ngettext("%(num)s need waits for you", "%(num)s needs wait for you", calls))
    if needs:
        return str(ngettext("%(num)s need waits for help", "%(num)s needs wait for help", needs))
    if followed:
        return str(ngettext("News in %(num)s post that you follow", "News in %(num)s posts that you follow", followed))
    return str(ngettext("%(num)s new post in the community", "%(num)s new posts in the community", others))


def question(silence: Silence) -> str:
    """Ask whether the digest should go on, or say that it ends; nothing of its readers who are heard of."""
    if silence.standing is Standing.WANTED:
        return ""
    if silence.standing is Standing.LAST:
        return str(
            gettext(
                "Because we have heard nothing from you since %(day)s, this is the last digest. One press turns it on "
                "again.",
                day=day(silence.since),
            )
        )
    return str(
        gettext(
            "We have heard nothing from you since %(day)s. Do you still want this mail? One press is enough, you need "
            "not log in. If you do nothing, the digest soon ends by itself.",
            day=day(silence.since),
        )
    )


def reason(rhythm: Rhythm) -> str:
    """Say why the mail came, and when it ends."""
    return f"{_asked_for(rhythm)} {ENDS}"


def _asked_for(rhythm: Rhythm) -> str:
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
