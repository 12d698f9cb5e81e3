"""Whom a course names to people who meet violence, and when somebody looked whether it is right: pure decisions.

Those who work against gender violence call it a referral pathway; people read "Where to turn here".
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

MOST_MORE = 4
"""Contacts besides those that every card asks for."""
LONGEST_LANGUAGES = 300
OLD_AFTER = timedelta(days=183)
"""Half a year: numbers and opening hours change."""


class Kind(StrEnum):
    """Whom every card asks for, in the order in which they are shown."""

    EMERGENCY = "emergency"
    HELPLINE = "helpline"
    WOMEN = "women"
    CHILDREN = "children"


class Line(StrEnum):
    """What is said of a contact."""

    NAME = "name"
    REACH = "reach"
    """A number, or an address."""
    NOTE = "note"
    """When they are there, or anything else to know."""


LONGEST: Mapping[Line, int] = {Line.NAME: 120, Line.REACH: 200, Line.NOTE: 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody to turn to."""

    name: str = ""
    reach: str = ""
    note: str = ""

    @property
    def is_there(self) -> bool:
        """Whether anybody could turn to them."""
        return bool(self.reach)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a course's trainers wrote down; nothing where they never did."""

    known: Mapping[Kind, Contact] = field(default_factory=dict)
    more: Sequence[Contact] = ()
    languages: str = ""
    """Those that are spoken there."""
    language: str = ""
    """The one that the card is written in."""
    checked_on: date | None = None
    """When somebody looked last whether all of it is right; nothing once it was changed without looking."""
    version: int = 0
    """Counts the saves; a form says which it saw."""

    @property
    def contacts(self) -> Sequence[tuple[Kind | None, Contact]]:
        """Give all whom one can turn to, in their order."""
        asked = [(kind, self.known.get(kind, Contact())) for kind in Kind]
        return [(kind, one) for kind, one in (*asked, *((None, one) for one in self.more)) if one.is_there]

    @property
    def is_empty(self) -> bool:
        """Whether it names nobody."""
        return not self.contacts

    def says_the_same(self, other: "Card") -> bool:
        """Tell whether two cards name the same people in the same words."""
        return (self.contacts, self.languages) == (other.contacts, other.languages)


class Standing(StrEnum):
    """What its trainers should know of a card."""

    EMPTY = "empty"
    UNCHECKED = "unchecked"
    OLD = "old"
    FRESH = "fresh"


def standing(card: Card, today: date) -> Standing:
    """Tell how a card stands."""
    if card.is_empty:
        return Standing.EMPTY
    if card.checked_on is None:
        return Standing.UNCHECKED
    return Standing.OLD if card.checked_on + OLD_AFTER < today else Standing.FRESH


def dated(saved: Card, draft: Card, today: date, *, is_checked: bool) -> Card:
    """Give a draft the day on which somebody looked whether it is right; what was changed unlooked at has none."""
    before = saved.checked_on if saved.says_the_same(draft) else None
    return replace(draft, checked_on=None if draft.is_empty else today if is_checked else before)


# What is wrong with a draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a field: too long for this limit, else missing."""

    field: str
    line: Line | None
    limit: int | None = None


def named(contact: str, line: Line) -> str:
    """Name a field of the form."""
    return f"{contact}.{line}"


def nth(number: int) -> str:
    """Name one of the contacts that a card has besides those that it is asked for."""
    return f"more{number}"


def rows(card: Card) -> Mapping[str, Contact]:
    """Give all contacts of a card as a form shows them, blank ones too."""
    asked = {str(kind): card.known.get(kind, Contact()) for kind in Kind}
    blank = [Contact()] * (MOST_MORE - len(card.more))
    return asked | {nth(number): one for number, one in enumerate([*card.more, *blank])}


def tidy(text: str) -> str:
    """Write what was typed in one line, without what no keyboard writes and a database may refuse."""
    return " ".join("".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text).split())


def problems(card: Card) -> Iterator[Problem]:
    """Go through what keeps a draft from being saved."""
    for name, contact in rows(card).items():
        yield from _contact_problems(name, contact, is_asked=name in list(Kind))
    if len(card.languages) > LONGEST_LANGUAGES:
        yield Problem(field="languages", line=None, limit=LONGEST_LANGUAGES)


def _contact_problems(name: str, contact: Contact, *, is_asked: bool) -> Iterator[Problem]:
    for line, limit in LONGEST.items():
        if len(getattr(contact, line)) > limit:
            yield Problem(field=named(name, line), line=line, limit=limit)
    if (contact.name or contact.note) and not contact.reach:
        yield Problem(field=named(name, Line.REACH), line=Line.REACH)
    if contact.reach and not contact.name and not is_asked:
        yield Problem(field=named(name, Line.NAME), line=Line.NAME)
