"""The languages of whoever came: the one they read, and the one they are taken to write."""

from babel import Locale
from flask import g
from flask_babel import get_locale, gettext

from lti_tool.i18n import language
from lti_tool.lti.launch.session import current
from lti_tool.lti.launch.store import find_launch


def reader_language() -> str:
    """Tell the code of the language a person reads: chosen here, or Moodle's, else the interface's; read once.

    The curriculum may be there in languages that the interface has no catalogue for.
    """
    if "reader_language" not in g:
        launch = find_launch(current().launch_id)
        g.reader_language = (launch.reads if launch else None) or language()
    found: str = g.reader_language
    return found


def writing_language() -> str:
    """Guess the language a person writes: the first part of the one they read."""
    first = reader_language().lower().replace("-", "_").split("_")[0]
    return first if first.isascii() and first.isalpha() else language()


def told_of_text(text_language: str) -> str | None:
    """Say that a text isn't there in the page's language, where it isn't; nothing to whoever reads the text's own."""
    first = reader_language().lower().replace("-", "_").split("_")[0]
    if text_language in {first, language(), language().split("_")[0]}:
        return None
    return str(
        gettext(
            "This isn't there in %(wanted)s yet; you read it in %(given)s.",
            wanted=_name(language()),
            given=_name(text_language),
        )
    )


def _name(code: str) -> str:
    return Locale.parse(code).get_language_name(get_locale()) or code
