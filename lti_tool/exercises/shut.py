"""A workspace in which a person may not write, or not now."""

from collections.abc import Mapping
from http import HTTPStatus

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.errors import PersonError
from lti_tool.exercises.access import Elsewhere, Refusal
from lti_tool.exercises.modes import Shut

ADVICE: Mapping[Refusal, LazyString] = {
    Shut.NOT_OPEN: lazy_gettext("This exercise is not open yet. Copy your text to keep it."),
    Shut.CLOSED: lazy_gettext("This exercise is closed. Copy your text, and give it to your trainer if it matters."),
    Shut.FROZEN: lazy_gettext(
        "Your trainer has stopped writing for everybody. What you wrote since is not saved: it stays in this browser "
        "and is sent when writing goes on. Copy it to be sure."
    ),
    Elsewhere.NOT_YOURS: lazy_gettext(
        "You are not in this group any more, so that you can't write here. Copy your text, and open the activity "
        "again in Moodle to come to your group."
    ),
    Elsewhere.LEFT_BEHIND: lazy_gettext(
        "The exercise goes on elsewhere by now. Copy your text, and load the page again to come there."
    ),
}


class WorkspaceShut(PersonError):
    """A write into a workspace where this person may not write now; the page keeps the text."""

    status = HTTPStatus.LOCKED
    title = lazy_gettext("You can't write here now")

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"shut_{refusal}", advice=ADVICE[refusal])
        self.refusal = refusal
