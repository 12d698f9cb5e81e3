"""Reads the curriculum that the application was started with, for the person who asks."""

from flask import current_app
from flask_babel import lazy_gettext

from content.model import Curriculum, Exercise, Unit, UnknownActivityError
from content.text import pick
from lti_tool.errors import NotFound
from lti_tool.lti.launch import languages

reader_language = languages.reader_language
writing_language = languages.writing_language
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
