"""Languages that the interface doesn't speak: one sentence in each says so to whoever reads it in Moodle."""

from types import MappingProxyType
from typing import NamedTuple

from flask_babel import gettext

from lti_tool.i18n import language

SENTENCES = MappingProxyType(
    {
        "bg": "MedTOWN още не говори български.",
        "ca": "MedTOWN encara no parla català.",
        "cs": "MedTOWN zatím nemluví česky.",
        "da": "MedTOWN taler endnu ikke dansk.",
        "de": "MedTOWN spricht noch kein Deutsch.",
        "eu": "MedTOWNek oraindik ez du euskaraz hitz egiten.",
        "fi": "MedTOWN ei vielä puhu suomea.",
        "gl": "MedTOWN aínda non fala galego.",
        "he": "MedTOWN עדיין לא דובר עברית.",
        "hr": "MedTOWN još ne govori hrvatski.",
        "hu": "A MedTOWN még nem beszél magyarul.",
        "it": "MedTOWN non parla ancora italiano.",
        "nl": "MedTOWN spreekt nog geen Nederlands.",
        "pl": "MedTOWN nie mówi jeszcze po polsku.",
        "ro": "MedTOWN nu vorbește încă românește.",
        "ru": "MedTOWN пока не говорит по-русски.",
        "sl": "MedTOWN še ne govori slovensko.",
        "sv": "MedTOWN talar inte svenska än.",
        "tr": "MedTOWN henüz Türkçe konuşmuyor.",
        "uk": "MedTOWN поки не говорить українською.",
    }
)


class Missed(NamedTuple):
    """A sentence, and the language that it is in."""

    language: str
    sentence: str


def told(code: str) -> Missed:
    """Say that a platform's language isn't spoken here, in that language where we can, else in the page's."""
    first = code.lower().replace("-", "_").split("_")[0]
    if first in SENTENCES:
        return Missed(first, SENTENCES[first])
    return Missed(language(), str(gettext("MedTOWN doesn't speak the language that you chose in Moodle yet.")))
