import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "lti_tool" / "translations").glob("*/LC_MESSAGES/messages.po"))
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _extracted() -> set[str]:
    with (ROOT / ".build" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel types only a part
    found = extract_from_dir(
        ROOT / "lti_tool", [(m.removeprefix("lti_tool/"), f) for m, f in methods], options, KEYWORDS
    )
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def _forms(message: Message) -> tuple[list[str], list[str]]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return ids, texts


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_holds_every_text_of_the_interface_and_no_other(path: Path) -> None:
    held = {_forms(message)[0][0] for message in _catalogue(path) if message.id}

    assert held == _extracted()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_text_is_translated_and_keeps_its_placeholders(path: Path) -> None:
    wrong = []
    for message in _catalogue(path):
        ids, texts = _forms(message)
        names = {frozenset(re.findall(r"%\(\w+\)s", text)) for text in (ids[-1], *texts)}
        if message.id and (message.fuzzy or not all(texts) or len(names) > 1):
            wrong.append(ids[0])

    assert wrong == []
