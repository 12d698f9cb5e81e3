"""The language of the pages that visitors read: the person's, as their profile says, else the browser's.

The catalogues lie beside the tool's, in the same files; who registers tools and tries faults out reads English.
"""

from pathlib import Path

from flask import Flask, request, session
from flask_babel import Babel, get_locale

CATALOGUES = Path(__file__).parents[2] / "translations"
SOURCE = "en"


def init_app(app: Flask) -> None:
    """Let the pages speak, and say which way they run."""
    Babel(app, default_translation_directories=str(CATALOGUES), locale_selector=language)
    app.context_processor(lambda: {"language": language(), "direction": get_locale().text_direction})


def language() -> str:
    """Choose the first of the wanted languages that there is a catalogue for."""
    wanted = [str(session["lang"])] if "lang" in session else list(request.accept_languages.values())
    known = {SOURCE, *(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.mo"))}
    return next((code for one in wanted if (code := one.lower().replace("-", "_").split("_")[0]) in known), SOURCE)
