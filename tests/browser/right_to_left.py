"""A right-to-left pseudo-locale: it turns the interface's direction and leaves its words."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo


def right_to_left(folder: Path) -> Path:
    """Make a catalogue for `ar` in a folder; give the folder, as TRANSLATIONS_DIR wants it."""
    catalogue = folder / "ar" / "LC_MESSAGES" / "messages.mo"
    catalogue.parent.mkdir(parents=True)
    with catalogue.open("wb") as file:
        write_mo(file, Catalog(locale="ar"))
    return folder
