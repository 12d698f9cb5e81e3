"""What a person's registrations say of their name and address: each may tell them, and may stop telling them."""

from collections.abc import Sequence
from typing import Literal, TypedDict

ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Around a name of somebody's own choice, wherever it stands; it is told by them from one that a platform says."""


class Told(TypedDict):
    """What one registration says of a person."""

    registration_id: int
    name: str | None
    email: str | None


def with_news(known: Sequence[Told], news: Told) -> list[Told]:
    """Put what a registration says now in the place of what it said before, as the newest; nothing said isn't kept."""
    others = [told for told in known if told["registration_id"] != news["registration_id"]]
    return [news, *others] if news["name"] or news["email"] else others


def without_address(known: Sequence[Told]) -> list[Told]:
    """Leave out what registrations say of the address."""
    return [
        Told(registration_id=told["registration_id"], name=told["name"], email=None) for told in known if told["name"]
    ]


def is_chosen(called: str) -> bool:
    """Tell of how somebody is called whether they chose it themselves."""
    return called.startswith(ISOLATE)


def newest(told: Sequence[Told], what: Literal["name", "email"]) -> str | None:
    """Give a name or an address as the newest of those says it who say one at all."""
    return next((one[what] for one in told if one[what]), None)
