"""Reads the curriculum that the application was started with, for the person who asks."""

from flask import current_app
from flask_babel import lazy_gettext

from content.model import Curriculum, Exercise, Unit, UnknownActivityError
from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.i18n import language
from lti_tool.lti.launch.session import current
from lti_tool.lti.launch.store import find_launch

NOT_IN_CURRICULUM = lazy_gettext("This activity is no longer part of the training. Tell your trainer.")


def curriculum() -> Curriculum:
    """Give this application's curriculum."""
    found: Curriculum = current_app.extensions["curriculum"]
    return found


def unit(slug: str) -> Unit:
    """Give a unit.

    Raises:
        NotFound: the curriculum has none of that name.
    """
    try:
        return curriculum().unit(slug)
    except UnknownActivityError as error:
        raise NotFound("unit_unknown", advice=NOT_IN_CURRICULUM) from error


def exercise(slug: str) -> Exercise:
    """Give an exercise.

    Raises:
        NotFound: the curriculum has none of that name.
    """
    try:
        return curriculum().exercise(slug)
    except UnknownActivityError as error:
        raise NotFound("exercise_unknown", advice=NOT_IN_CURRICULUM) from error


def theme(slug: str) -> tuple[str, str]:
    """Give a theme of demonstrative actions in the reader's language, with the language it is really in."""
    language, words = pick(curriculum().vocabulary.texts, reader_language())
    return language, words.themes[slug]


def reader_language() -> str:
    """Tell the language a person reads: Moodle's code for it, else the interface's.

    The curriculum may be there in languages that the interface has no catalogue for.
    """
    launch = find_launch(current().launch_id)
    return (launch.locale if launch else None) or language()


def writing_language() -> str:
    """Guess the language a person writes: the first part of the one they read."""
    first = reader_language().lower().replace("-", "_").split("_")[0]
    return first if first.isascii() and first.isalpha() else language()
