"""The board in words and signs, as trainers read it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from lti_tool.facilitation.board.rules import COURSE, OVERDUE, Cell, Shown, Someone, State
from lti_tool.groups.wording import group_name
from lti_tool.lti.launch.session import display_name

STATES: Mapping[str, LazyString] = {
    State.NOT_BEGUN: lazy_gettext("Not begun"),
    State.WORKING: lazy_gettext("Working on it"),
    State.HANDED_IN: lazy_gettext("Handed in"),
    State.WAITS: lazy_gettext("Waits for you"),
    State.GIVEN_BACK: lazy_gettext("Given back"),
    State.DONE: lazy_gettext("Done"),
    OVERDUE: lazy_gettext("Overdue"),
}

SIGNS: Mapping[str, str] = {
    State.NOT_BEGUN: "–",
    State.WORKING: "✎",
    State.HANDED_IN: "↑",
    State.WAITS: "●",
    State.GIVEN_BACK: "↺",
    State.DONE: "✓",
    OVERDUE: "!",
}
"""Each of another shape, so that they are told apart without colour."""

MEANINGS: Mapping[str, LazyString] = {
    State.NOT_BEGUN: lazy_gettext("nothing is written yet"),
    State.WORKING: lazy_gettext("something is written, and never handed in"),
    State.HANDED_IN: lazy_gettext("nobody need answer"),
    State.WAITS: lazy_gettext("you mark it, or you asked for another version and it has come"),
    State.GIVEN_BACK: lazy_gettext("you asked for another version"),
    State.DONE: lazy_gettext("answered, and nothing more is asked"),
    OVERDUE: lazy_gettext("not handed in, and its due date has passed"),
}

SHOWN: Mapping[Shown, LazyString] = {
    Shown.GROUPS: lazy_gettext("Groups"),
    Shown.PEOPLE: lazy_gettext("People"),
}


def name_of_person(someone: Someone) -> str:
    """Name a person."""
    if someone.name is None and someone.number is None:
        return str(gettext("Participant without a number yet"))
    return display_name(someone.name, someone.number or 0)


def name_of_group(someone: Someone) -> str:
    """Name a group, or the whole course."""
    if someone is COURSE:
        return str(gettext("The whole course"))
    return group_name(someone.name, someone.number or 0)


def told(cell: Cell | None) -> str:
    """Say in words how far it is."""
    if cell is None:
        return str(gettext("Not for this group"))
    state = str(STATES[cell.state])
    return str(gettext("%(state)s, overdue", state=state)) if cell.is_overdue else state


def signs(cell: Cell | None) -> Sequence[str]:
    """Give the signs of a cell; there is none where an exercise isn't done so."""
    if cell is None:
        return ()
    return (SIGNS[cell.state], SIGNS[OVERDUE]) if cell.is_overdue else (SIGNS[cell.state],)


def waiting(since: datetime, now: datetime) -> str:
    """Say how long somebody's work waits."""
    days = (now - since).days
    if days < 1:
        return str(gettext("waits for less than a day"))
    return str(ngettext("waits for %(num)s day", "waits for %(num)s days", days))
