"""A right-to-left pseudo-locale: it turns the interface's direction and leaves its words as tests look for them."""

from pathlib import Path

from tests.lti_tool.catalogues import write_catalogue

TURNED = "he"
"""A language that is written from the right and that no packaged catalogue is in."""


def right_to_left(folder: Path) -> Path:
    """Make a catalogue whose translations are the English texts; give the folder, as TRANSLATIONS_DIR wants it."""
    return write_catalogue(folder, TURNED)
