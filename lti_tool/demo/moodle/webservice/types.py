"""Moodle's parameter types, as far as the contract uses them: a value must be what cleaning it gives."""

import re
from collections.abc import Callable

from lti_tool.demo.moodle.languages import without_languages

LANGUAGES = frozenset({"ar", "de_du", "el", "en", "es", "es_mx", "fr", "fr_ca", "pt", "pt_br"})
"""The language packs that are installed: what MedTOWN speaks, and codes of Moodle's own beside it."""


def _matching(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value) is not None


TAG = re.compile(r"<(?![ \t\n\r\v\f])[^>]*>?")
"""What PHP's strip_tags takes for one: nearly all that begins with < and without a space behind it."""


def without_tags(value: str) -> str:
    """Cut tags out, as Moodle does with names."""
    return TAG.sub("", value)


def plain_text(value: str) -> str:
    """Cut tags out, but for those of a text that has its languages in it, all of them right."""
    return without_tags(value) if TAG.search(without_languages(value)) else value


def _is_left_by(clean: Callable[[str], str]) -> Callable[[str], bool]:
    return lambda value: clean(value) == value


CHECKS: dict[str, Callable[[str], bool]] = {
    "alpha": _matching(r"[a-zA-Z]*"),
    "alphaext": _matching(r"[a-zA-Z_-]*"),
    "alphanum": _matching(r"[a-zA-Z0-9]*"),
    "alphanumext": _matching(r"[a-zA-Z0-9_-]*"),
    "auth": _matching(r"cas|db|email|ldap|lti|manual|mnet|nologin|none|oauth2|shibboleth|webservice"),
    "bool": _matching(r"[01]"),
    "component": _matching(r"[a-z][a-z0-9]*(_[a-z][a-z0-9_]*)?"),
    "int": _matching(r"0|-?[1-9][0-9]*"),
    "lang": lambda value: value in LANGUAGES or not value,
    "notags": _is_left_by(without_tags),
    "plugin": _matching(r"([a-z][a-z0-9_]*[a-z0-9])?"),
    "raw": lambda _value: True,
    "raw_trimmed": lambda value: value == value.strip(),
    "safedir": _matching(r"[a-zA-Z0-9_-]*"),
    "text": _is_left_by(plain_text),
    "theme": _matching(r"[a-z0-9_]*"),
    "timezone": _matching(r"[A-Za-z0-9_/+-]*"),
    "username": _matching(r"[-.@_a-z0-9]*"),
}


def is_of(value: str, type_name: str) -> bool:
    """Tell whether a value is as its type wants it."""
    return CHECKS[type_name](value)
