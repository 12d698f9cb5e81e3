"""A right-to-left pseudo-locale: it turns the interface's direction and leaves its words as tests look for them."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from lti_tool.i18n import TRANSLATIONS

TURNED = "he"
"""A language that is written from the right and that no packaged catalogue is in."""


def right_to_left(folder: Path) -> Path:
    """Make a catalogue whose translations are the English texts; give the folder, as TRANSLATIONS_DIR wants it."""
    turned = Catalog(locale=TURNED)
    with (TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            if isinstance(message.id, str):
                turned.add(message.id, message.id, context=message.context)
            else:
                one, many = message.id
                turned.add((one, many), (one, *[many] * (get_plural(TURNED).num_plurals - 1)))
    catalogue = folder / TURNED / "LC_MESSAGES" / "messages.mo"
    catalogue.parent.mkdir(parents=True)
    with catalogue.open("wb") as file:
        write_mo(file, turned)
    return folder
