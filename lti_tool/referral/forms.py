"""What the card's form sends, and what it shows again when it could not be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from lti_tool.lti.launch.languages import writing_language
from lti_tool.referral import rules, wording
from lti_tool.referral.rules import MOST_MORE, Card, Contact, Kind, Line

LARGEST_VERSION = 1_000_000_000
CHECKED = "checked"
"""Names the button by which a trainer says that all of the card is right today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form with what was typed, and what stands in its way."""

    card: Card
    problems: Mapping[str, str] = field(default_factory=dict)
    """By the field."""
    theirs: Card | None = None
    """What is saved instead, where this would overwrite it."""

    @property
    def rows(self) -> Mapping[str, Contact]:
        """Give all contacts that there are, or may be, by the names of their fields."""
        return rules.rows(self.card)

    @property
    def own(self) -> Sequence[str]:
        """Name the contacts besides those that every card asks for."""
        return [rules.nth(number) for number in range(MOST_MORE)]

    @property
    def has_own(self) -> bool:
        """Whether anything is written of them."""
        return any(one != Contact() for one in self.card.more)


def sent() -> Card:
    """Read a card, its blank lines too."""
    return Card(
        known={kind: _contact(str(kind)) for kind in Kind},
        more=[_contact(rules.nth(number)) for number in range(MOST_MORE)],
        languages=_line("languages"),
        language=writing_language(),
        version=min(max(request.form.get("version", 0, type=int), 0), LARGEST_VERSION),
    )


def is_checked() -> bool:
    """Tell whether the trainer says that all of it is right today."""
    return CHECKED in request.form


def refused(card: Card, found: list[rules.Problem]) -> Form:
    """Show a card again with what is wrong with it."""
    return Form(card=card, problems={one.field: wording.wrong(one) for one in reversed(found)})


def _contact(name: str) -> Contact:
    return Contact(**{str(line): _line(rules.named(name, line)) for line in Line})


def _line(name: str) -> str:
    return rules.tidy(request.form.get(name, ""))
