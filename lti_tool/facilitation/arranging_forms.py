"""What the forms of the page send on which an exercise is arranged, and what they show again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from lti_tool.exercises.forms import Unreadable
from lti_tool.exercises.modes import Mode
from lti_tool.facilitation.arranging_rules import MOMENTS, Typed
from lti_tool.facilitation.grouping_rules import By, Chance, Within, tidy_name
from lti_tool.groups.rules import Source

NAME = "name-"
"""Begins the names of the fields that hold groups' names; a group's number follows."""
PERSON = "person-"
"""Begins the names of the fields that say into which group somebody comes; a person's number follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was typed and isn't saved, and what stands in its way."""

    settings: Typed | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    choices: Mapping[int, str] = field(default_factory=dict)
    chance: Chance = field(default_factory=Chance)
    problems: Mapping[str, str] = field(default_factory=dict)
    """By the field."""
    form: str | None = None
    """Which of the page's forms it is."""
    is_overtaken: bool = False
    """Whether another trainer, or another window, changed something meanwhile."""


def version() -> int:
    """Read how often something had been changed when the page was shown."""
    return request.form.get("version", 0, type=int)


def settings() -> Typed:
    """Read how the exercise is to be done.

    Raises:
        Unreadable: no page of ours sends such a way.
    """
    given = request.form
    try:
        return Typed(
            mode=Mode(given.get("mode", "")),
            alone_first="alone_first" in given,
            self_review="self_review" in given,
            source=Source(given.get("source", "")),
            ticked=frozenset(given.getlist("ticked")),
            moments={name: given.get(name, "").strip() for name in MOMENTS},
        )
    except ValueError as error:
        raise Unreadable("arrangement") from error


def names() -> Mapping[int, str]:
    """Read the groups' names."""
    return {number: tidy_name(text) for number, text in _numbered(NAME).items()}


def choices() -> Mapping[int, str]:
    """Read into which group each person comes."""
    return _numbered(PERSON)


def chance() -> Chance:
    """Read how chance is to make groups.

    Raises:
        Unreadable: no page of ours sends such a way.
    """
    given = request.form
    try:
        return Chance(
            by=By(given.get("by", "")),
            number=given.get("number", "").strip(),
            within=Within(given.get("within", "")),
            is_anew="anew" in given,
            said=frozenset(map(int, given.get("said", "").split())),
        )
    except ValueError as error:
        raise Unreadable("groups_at_random") from error


def _numbered(prefix: str) -> Mapping[int, str]:
    found = {name.removeprefix(prefix): text for name, text in request.form.items() if name.startswith(prefix)}
    return {int(number): text for number, text in found.items() if re.fullmatch("[1-9][0-9]{0,8}", number)}
