"""Whole catalogues for languages that are not packaged: a language that lacks a text isn't spoken."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from lti_tool.i18n import TRANSLATIONS


def write_catalogue(folder: Path, code: str, said: Mapping[str, str] | None = None, *, without: str = "") -> Path:
    """Write a compiled catalogue whose translations are the English texts, but for what is said; give the folder."""
    made, said = Catalog(locale=code), said or {}
    for one, many in _texts():
        if one != without:
            made.add(
                (one, many) if many else one,
                (one, *[many] * (get_plural(code).num_plurals - 1)) if many else said.get(one, one),
            )
    for text in said.keys() - {one for one, _ in _texts()}:
        made.add(text, said[text])
    _compile(made, folder / code)
    return folder


def write_numbers(folder: Path, code: str, rule: str, text: str, forms: Sequence[str]) -> None:
    """Write a compiled catalogue of one text that counts, with forms that a rule of one's own chooses among."""
    made = Catalog(locale=code)
    made.mime_headers = [*made.mime_headers, ("Plural-Forms", rule)]
    made.add((text, f"{text}s"), tuple(forms))
    _compile(made, folder / code)


def _compile(made: Catalog, folder: Path) -> None:
    catalogue = folder / "LC_MESSAGES" / "messages.mo"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    with catalogue.open("wb") as file:
        write_mo(file, made)


def _texts() -> list[tuple[str, str]]:
    """Give every text of the interface: in the singular, and in the plural where it has one."""
    with (TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return [(one, "") if isinstance(one, str) else (one[0], one[1]) for one in ids]
