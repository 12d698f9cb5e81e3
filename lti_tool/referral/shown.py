"""The card as pages show it: to everybody where to turn, to trainers also how the card stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.clock import now
from lti_tool.i18n import language, zone
from lti_tool.lti.launch.session import current
from lti_tool.lti.roles import Role
from lti_tool.referral import numbers, rules, store, wording
from lti_tool.referral.numbers import Span
from lti_tool.referral.rules import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somebody to turn to."""

    label: str
    """What they are, in the interface's language; nothing where only the card says it."""
    name: str
    reach: Sequence[Span]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where to turn, for whoever is asking."""

    places: Sequence[Place]
    """Where nobody is named, general words."""
    is_named: bool
    languages: str
    language: str
    """The one that the trainers wrote in."""
    checked: str | None
    """When somebody looked whether it is right."""
    told: str | None
    """What a trainer is to do about it."""
    is_suggested: bool = False
    """Whether the course that this one is a copy of has a card."""


def near(*, near_violence: bool) -> Turn | None:
    """Give where to turn for a page that is near violence, and nothing for another one."""
    return turn() if near_violence else None


def turn() -> Turn:
    """Give where to turn in the course of whoever is asking; a guest isn't of the course."""
    session = current()
    card = Card() if session.role is Role.GUEST else store.find(session.course_id)
    told = wording.told(card, rules.standing(card, now().astimezone(zone()).date())) if session.is_trainer else None
    is_suggested = session.is_trainer and card.version == 0 and store.find_suggestion(session.course_id) is not None
    return of_card(card, told=told, is_suggested=is_suggested)


def of_card(card: Card, *, told: str | None = None, is_suggested: bool = False) -> Turn:
    """Lay a card out."""
    return Turn(
        places=_general() if card.is_empty else _named(card),
        is_named=not card.is_empty,
        languages=card.languages,
        language=card.language or language(),
        checked=None if card.is_empty else wording.checked(card),
        told=told,
        is_suggested=is_suggested,
    )


def _named(card: Card) -> Sequence[Place]:
    return [
        Place(
            label=str(wording.KIND[kind]) if kind else "",
            name=contact.name,
            reach=numbers.spans(contact.reach),
            note=contact.note,
        )
        for kind, contact in card.contacts
    ]


def _general() -> Sequence[Place]:
    return [
        Place(label=str(wording.KIND[kind]), name="", reach=(), note=str(words))
        for kind, words in wording.GENERAL.items()
    ]
