"""The way from the board to a piece of work and back: addresses keep its exercise, and what the board showed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from lti_tool.exercises.opened import OF
from lti_tool.facilitation.board.rules import OVERDUE, Choice, Shown, State

BOARD = "board"
"""What an address says of the board that led there."""
PAGES = ("facilitation.", "sentences.")
"""Begin the names of the pages on which a trainer reads a piece of work."""
PLACE = "{}"
LONGEST_NAME = 100
MOST_DIGITS = 9


def read(said: Mapping[str, str]) -> Choice:
    """Read what an address says to show; what nobody can choose counts as not said."""
    shown, group, state = said.get("shown", ""), said.get("group", ""), said.get("state", "")
    return Choice(
        shown=Shown(shown) if shown in list(Shown) else None,
        activity=said.get("activity", ""),
        group=_number(group),
        state=state if state in (*State, OVERDUE) else "",
        name=said.get("name", "").strip()[:LONGEST_NAME],
        page=max(1, _number(said.get("page", "")) or 1),
    )


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else None


def to_work(exercise: str, choice: Choice) -> str:
    """Give the address of an exercise's work, from the board's, with `PLACE` where the submission's number belongs.

    Writing one for each of some thousand pieces of work would take longer than all the rest of the page.
    """
    said: dict[str, Any] = {OF: exercise, BOARD: urlencode(choice.address())}
    address = url_for("facilitation.show_submission", submission_id=0, **said)
    return f"submissions/{PLACE}?{address.partition('?')[2]}"


def back() -> str | None:
    """Give the address of the board that led here, as it was; nothing where another page did."""
    if BOARD not in request.args:
        return None
    said: dict[str, Any] = read(dict(parse_qsl(request.args[BOARD]))).address()
    return url_for("facilitation.board.show", **said)


def keep(endpoint: str, values: dict[str, object]) -> None:
    """Let the pages of a piece of work lead on to the same exercise, and back to the same board."""
    if endpoint.startswith(PAGES) and not endpoint.startswith("facilitation.board."):
        for name in (OF, BOARD):
            if name in request.args:
                values.setdefault(name, request.args[name])
