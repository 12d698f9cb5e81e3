"""Votes in words: what can be voted, who sees what of it, and why one isn't counted."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext, lazy_gettext, ngettext

from lti_tool.exercises import voting
from lti_tool.exercises.voting import Decision, Standing, Verdict

CLOSED = lazy_gettext("This vote is closed, and takes no votes any more.")
NONE_LEFT = lazy_gettext("You have given all your votes. Take one back from another note first.")


def told(standing: Standing | None) -> Mapping[str, object] | None:
    """Tell an open page how the votes stand, with what it says of them."""
    known = voting.told(standing)
    return {**known, "says": says(standing)} if known and standing else None


def says(standing: Standing) -> str:
    """Say what can be voted, and who sees what of it."""
    return " ".join(_open(standing) if standing.ballot.is_open else _closed(standing))


def _open(standing: Standing) -> Iterator[str]:
    yield ngettext(
        "A vote is open. Everybody has %(num)s vote, for the note that matters most to them.",
        "A vote is open. Everybody has %(num)s votes, for the notes that matter most to them; several may go to one.",
        standing.ballot.terms.each,
    )
    yield gettext("Nobody sees who voted for what.")
    if standing.ballot.terms.is_secret:
        yield gettext("The numbers are shown when the vote is closed, and only if at least three people voted here.")


def _closed(standing: Standing) -> Iterator[str]:
    if standing.totals is None:
        yield gettext("The vote is closed. It was secret, and fewer than three people voted here: nothing is shown.")
    else:
        yield gettext("The vote is closed. Each note shows its votes.")


def problem(decision: Decision) -> str:
    """Say why a vote isn't counted."""
    if decision.verdict is Verdict.CLOSED:
        return str(CLOSED)
    if not decision.left:
        return str(NONE_LEFT)
    return str(ngettext("You have only %(num)s vote left.", "You have only %(num)s votes left.", decision.left))
