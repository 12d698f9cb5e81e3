"""The card in words: whom it asks for, what its trainers are told of it, and what is said where it names nobody."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from lti_tool.i18n import day
from lti_tool.referral.rules import Card, Kind, Line, Problem, Standing

KIND: Mapping[Kind, LazyString] = {
    Kind.EMERGENCY: lazy_gettext("In danger now"),
    Kind.HELPLINE: lazy_gettext("Helpline"),
    Kind.WOMEN: lazy_gettext("Women's organisation"),
    Kind.CHILDREN: lazy_gettext("Child protection"),
}
"""Whom a card asks for, as people read it."""

MEANING: Mapping[Kind, LazyString] = {
    Kind.EMERGENCY: lazy_gettext("The number of the emergency services where your trainees live."),
    Kind.HELPLINE: lazy_gettext(
        "A helpline for people who suffer violence, if possible free of charge and specialised."
    ),
    Kind.WOMEN: lazy_gettext("One near your trainees that accompanies women who suffer violence."),
    Kind.CHILDREN: lazy_gettext("The service, or a helpline, for children in danger."),
}

LINE: Mapping[Line, LazyString] = {
    Line.NAME: lazy_gettext("Name"),
    Line.REACH: lazy_gettext("Number or address"),
    Line.NOTE: lazy_gettext("When they are there, or what else to know"),
}

GENERAL: Mapping[Kind, LazyString] = {
    Kind.EMERGENCY: lazy_gettext("Call the emergency number of the country where you are."),
    Kind.HELPLINE: lazy_gettext(
        "Look for one that is specialised in violence. It listens, and says what you can do; nobody decides for you."
    ),
    Kind.WOMEN: lazy_gettext("One where you live can accompany you, and so can the staff of a health centre."),
    Kind.CHILDREN: lazy_gettext(
        "Your country's service for children in danger. A health centre or a school can tell you which one it is."
    ),
}
"""What is said of each where a card names nobody: nothing that could be wrong somewhere."""


def told(card: Card, standing: Standing) -> str | None:
    """Tell a trainer what is to be done about the card."""
    match standing:
        case Standing.EMPTY:
            return str(
                gettext(
                    "“Where to turn here” is empty: your trainees read only general words. Write down whom they can "
                    "turn to where they live."
                )
            )
        case Standing.UNCHECKED:
            return str(
                gettext(
                    "“Where to turn here” was changed, and nobody has said since that all of it is right. Check it."
                )
            )
        case Standing.OLD:
            return _old(card)
        case Standing.FRESH:
            return None


def _old(card: Card) -> str:
    checked = day(card.checked_on) if card.checked_on else ""
    return str(
        gettext(
            "“Where to turn here” was last checked more than six months ago: %(day)s. Numbers and opening hours "
            "change; call, or look them up, and check it again.",
            day=checked,
        )
    )


def checked(card: Card) -> str:
    """Say to everybody when somebody looked whether a card is right."""
    if card.checked_on is None:
        return str(gettext("Your trainers haven't said yet that they checked this."))
    return str(gettext("Last checked: %(day)s", day=day(card.checked_on)))


def wrong(problem: Problem) -> str:
    """Say what is wrong with a field and what to do."""
    if problem.limit:
        return str(gettext("Write at most %(limit)s characters.", limit=problem.limit))
    if problem.line is Line.NAME:
        return str(gettext("Say who this is."))
    return str(gettext("Write a number or an address, or leave all of this contact empty."))


def kinds() -> Sequence[tuple[str, LazyString, LazyString]]:
    """Give those whom every card asks for with what is meant, by the names of their fields."""
    return [(str(kind), KIND[kind], MEANING[kind]) for kind in Kind]
