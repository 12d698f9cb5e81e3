import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from content.check_terms import read_glossary
from content.glossary import english_left
from content.load import PACKAGED

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


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_numbers_are_told_in_every_form_that_the_language_has(path: Path) -> None:
    catalogue = _catalogue(path)
    expected = get_plural(path.parts[-3])

    assert catalogue.num_plurals == expected.num_plurals
    assert catalogue.plural_expr.replace(" ", "").strip("()") == expected.plural_expr.replace(" ", "").strip("()")
    counted = [message for message in catalogue if message.id and not isinstance(message.id, str)]
    assert counted
    assert [one.id[0] for one in counted if len(one.string or ()) != expected.num_plurals] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_text_is_left_in_english_or_leaves_the_glossary(path: Path) -> None:
    glossary, language = read_glossary(PACKAGED), path.parts[-3]
    assert glossary is not None
    wrong: list[str] = []
    for message in _catalogue(path):
        ids, texts = _forms(message)
        for text in texts:
            found = [*english_left(text, ids[-1]), *glossary.holds(language, text, ids[-1])] if message.id else []
            wrong.extend(f"{ids[0]}: {one}" for one in found)

    assert wrong == []


def test_french_keeps_its_signs_on_the_line_of_their_word() -> None:
    loose = re.compile(r"[^\S\u00a0\u202f][:;!?»]|«(?![\u00a0\u202f])|'")
    french = next(path for path in CATALOGUES if path.parts[-3] == "fr")

    texts = [text for message in _catalogue(french) if message.id for text in _forms(message)[1]]

    assert [text for text in texts if loose.search(text)] == []


def test_what_is_missing_is_named_with_its_file_and_text(tmp_path: Path) -> None:
    catalogue = tmp_path / "es" / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Yes"\nmsgstr "Sí"\n\nmsgid "No"\nmsgstr ""\n\n'
        'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s día"\nmsgstr[1] ""\n',
        encoding="utf-8",
    )

    told = subprocess.run(
        [sys.executable, ROOT / ".build" / "missing.py", tmp_path], capture_output=True, check=False, encoding="utf-8"
    )

    assert told.stdout == f"{catalogue}: No\n{catalogue}: %(num)s day\n"
    assert told.returncode == 0
