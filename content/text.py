"""Which language a reader gets, and which way it runs."""

from collections.abc import Mapping
from typing import Literal, TypeVar

FALLBACK = "en"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

T = TypeVar("T")


def pick(texts: Mapping[str, T], language: str) -> tuple[str, T]:
    """Choose the text for a reader's locale, with the language it is really in, for the page's `lang` and `dir`.

    The exact code comes first, then its first part (`es_mx` finds `es`), then English, then the first text there is.
    `texts` is never empty in a curriculum that was loaded.
    """
    wanted = language.strip().lower().replace("-", "_")
    for candidate in (wanted, _first_part(wanted), FALLBACK, *texts):
        if candidate in texts:
            return candidate, texts[candidate]
    message = "There is no text in any language."
    raise LookupError(message)


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Say which way a language is written, as HTML's `dir` wants it."""
    return "rtl" if _first_part(language.lower().replace("-", "_")) in RIGHT_TO_LEFT else "ltr"


def _first_part(code: str) -> str:
    return code.split("_", maxsplit=1)[0]
