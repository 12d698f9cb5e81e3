"""What earlier exercises are called, and why something can't be brought, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from content.model import Exercise
from content.text import pick
from lti_tool.exercises.bringing.rules import Crowded, Standing
from lti_tool.i18n import language
from lti_tool.learning.store import curriculum, reader_language

STANDINGS: Mapping[Standing, LazyString] = {
    Standing.HERE: lazy_gettext("Here already"),
    Standing.GONE: lazy_gettext("Brought before, and deleted here"),
    Standing.ALONE: lazy_gettext("Brought to what you wrote alone"),
}
"""Why a note isn't ticked for whom it could be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What an exercise is called, in the language in which it is called so."""

    language: str
    words: str
    is_former: bool = False
    """Whether another exercise took its place, mostly of the same title."""

    def __str__(self) -> str:
        """Say it, and tell a form of before from today's."""
        return str(gettext("%(title)s (earlier form)", title=self.words)) if self.is_former else self.words


def title_of(slug: str, locale: str | None = None) -> Title:
    """Name an exercise; one that the curriculum has no more, by its slug."""
    exercise = curriculum().exercises.get(slug)
    if exercise is None:
        return Title(language=language(), words=slug)
    found, text = pick(exercise.texts, locale or reader_language())
    return Title(language=found, words=text.title, is_former=exercise.replaced_by is not None)


def crowded(exercise: Exercise, found: Crowded) -> str:
    """Say for how much there is room."""
    place = pick(exercise.texts, reader_language())[1].parts[found.part].title if found.part else None
    if found.left <= 0:
        return _full(place)
    if place is None:
        return str(
            ngettext(
                "There is room for only %(num)s more note in this exercise: tick fewer.",
                "There is room for only %(num)s more notes in this exercise: tick fewer.",
                found.left,
            )
        )
    return str(
        ngettext(
            "There is room for only %(num)s more note in “%(place)s”: tick fewer.",
            "There is room for only %(num)s more notes in “%(place)s”: tick fewer.",
            found.left,
            place=place,
        )
    )


def _full(place: str | None) -> str:
    if place is None:
        return str(gettext("There is no room for another note in this exercise: delete some first."))
    return str(gettext("There is no room for another note in “%(place)s”: delete some first.", place=place))
