"""Why something fits, in words."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext

from content.text import pick
from lti_tool.community.finding.matching.rules import Reason, Sort
from lti_tool.i18n import comma, language
from lti_tool.learning.store import curriculum


def _method(names: str) -> str:
    return str(gettext("Same method: %(names)s", names=names))


def _theme(names: str) -> str:
    return str(gettext("Same theme: %(names)s", names=names))


def _territory(names: str) -> str:
    return str(gettext("Same territory: %(names)s", names=names))


def _neighbour(names: str) -> str:
    return str(gettext("Neighbouring territory: %(names)s", names=names))


def _words(names: str) -> str:
    return str(gettext("Words in common: %(names)s", names=names))


SENTENCES: Mapping[Sort, Callable[[str], str]] = {
    Sort.METHOD: _method,
    Sort.THEME: _theme,
    Sort.TERRITORY: _territory,
    Sort.NEIGHBOUR: _neighbour,
    Sort.WORDS: _words,
}


def sentences(reasons: Sequence[Reason]) -> Sequence[str]:
    """Write reasons in the reader's language; the words in common stay as the need has them."""
    _, texts = pick(curriculum().vocabulary.texts, language())
    known = {**texts.themes, **texts.methods, **texts.territories}
    return [SENTENCES[reason.sort](comma().join(_named(reason, known))) for reason in reasons]


def _named(reason: Reason, known: Mapping[str, str]) -> Sequence[str]:
    if reason.sort is Sort.WORDS:
        return [f"\u2068{word}\u2069" for word in reason.names]
    return [known.get(name, name) for name in reason.names]
