"""Why Moodle left a row out, as far as anybody can tell: pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from moodle_sync.applying.waiting import Piece
from moodle_sync.errors import MoodleError, Refused
from moodle_sync.things.action import Action
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import WarningReply
from moodle_sync.webservice.plain import plain

NAMELESS: Final = frozenset({"invalidparameter", "dmlwriteexception"})
"""Codes that say that something in a row is wrong, and not what."""
SUSPECTS: Final[Mapping[str, str]] = {
    "email": "taken, or none that Moodle takes",
    "username": "taken, or of letters that Moodle doesn't take",
    "lang": "its pack isn't installed",
    "auth": "not installed, or none for new accounts",
    "idnumber": "taken, or too long",
    "firstname": "has tags, or is too long",
    "lastname": "has tags, or is too long",
    "fullname": "has tags, or is too long",
    "shortname": "has tags, or is too long",
    "name": "has tags, or is too long",
}
"""What Moodle refuses fields for, without a word where debugging is off; the likeliest come first."""


def warned(piece: Piece, warnings: Sequence[WarningReply]) -> Mapping[Action, WarningReply] | None:
    """Tell which rows were left out and why; None where warnings don't name them by their numbers."""
    numbers = {_number(made): action for action, made in piece.batch}
    if not all(warning.itemid in numbers for warning in warnings):
        return None
    return {numbers[warning.itemid]: warning for warning in warnings}


def said(warning: WarningReply) -> str:
    """Write a warning as a line."""
    return f"{plain(warning.message)} ({plain(warning.warningcode)})"


def why(action: Action, error: MoodleError) -> str:
    """Say why a row was refused: in Moodle's words, where these name nothing what it may be, and what to look at."""
    return "; ".join(filter(None, (_reason(action, error), action.doubt)))


def _reason(action: Action, error: MoodleError) -> str:
    if not isinstance(error, Refused) or error.explained or error.errorcode not in NAMELESS:
        return str(error)
    given = dict(action.given())
    suspects = [f'{name} "{given[name]}" ({reason})' for name, reason in SUSPECTS.items() if name in given]
    return f"{error}; look at {', '.join(suspects)}" if suspects else str(error)


def cause(action: Action, error: MoodleError) -> str:
    """Name what rows are refused for alike, whatever each of them holds; empty where every reason says it itself."""
    if not isinstance(error, Refused):
        return ""
    about = error.debuginfo
    for name, value in action.given():
        about = about.replace(value, name) if value else about
    return " ".join(filter(None, (error.function, error.errorcode, about)))


def _number(made: Row) -> int:
    """Give the number of what a row changes."""
    number = made.get("id")
    return number if isinstance(number, int) else -1
