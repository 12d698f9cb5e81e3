"""What the checker says of translations: terms, and English that was left."""

import subprocess
import sys
from pathlib import Path

import pytest

from content.check_terms import check_terms
from content.glossary import Glossary, Term, english_left, folded
from content.load import PACKAGED, load
from lti_tool.i18n import TRANSLATIONS

GLOSSARY = """\
terms:
  canvas:
    en: {term: canvas, forms: [canvas]}
    es: {term: lienzo, forms: [lienzo], never: [tablero]}
"""


LOOKED_AT = ("title", "summary")
"""Keys of the canvas that are translated here; the small curriculum has English in its other Spanish texts."""


def told(tree: Path) -> list[str]:
    problems = check_terms(tree, load(tree))
    return [
        str(problem)
        for problem in problems
        if problem.file == "glossary.yaml" or (problem.file == "exercises/canvas/es.yaml" and problem.key in LOOKED_AT)
    ]


def put(tree: Path, file: str, before: str, after: str) -> None:
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def held(tree: Path) -> Path:
    """Give a small curriculum with a glossary that its texts keep to."""
    (tree / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    put(tree, "exercises/canvas/es.yaml", "title: A canvas", "title: Un lienzo")
    put(tree, "exercises/canvas/es.yaml", "summary: What it brings.", "summary: Lo que trae.")
    return tree


def test_texts_that_keep_to_the_glossary_have_nothing_said_of_them(held: Path) -> None:
    assert told(held) == []


def test_a_curriculum_without_a_glossary_is_held_to_none(tree: Path) -> None:
    assert check_terms(tree, load(tree)) == ()


def test_a_term_that_a_translation_does_not_say_is_named_with_file_and_key(held: Path) -> None:
    put(held, "exercises/canvas/es.yaml", "title: Un lienzo", "title: Una hoja")

    assert told(held) == [
        "exercises/canvas/es.yaml: title: doesn't say “lienzo”, where English has “canvas”",
    ]


def test_a_word_that_is_never_said_is_named_with_file_and_key(held: Path) -> None:
    put(held, "exercises/canvas/es.yaml", "title: Un lienzo", "title: Un lienzo o tablero")

    assert told(held) == ["exercises/canvas/es.yaml: title: says “tablero”: write “lienzo”"]


def test_a_term_without_its_word_in_a_language_of_the_course_is_named(held: Path) -> None:
    put(held, "glossary.yaml", "    es: {term: lienzo, forms: [lienzo], never: [tablero]}\n", "")

    assert told(held) == ["glossary.yaml: terms.canvas.es: is missing: add the term in this language"]


def test_a_mistake_in_the_glossary_itself_is_told(held: Path) -> None:
    put(held, "glossary.yaml", "term: lienzo", "trem: lienzo")

    assert [line.split(": ")[:2] for line in told(held)] == [
        ["glossary.yaml", "terms.canvas.es.term"],
        ["glossary.yaml", "terms.canvas.es.trem"],
    ]


def test_english_that_was_left_is_named_with_file_and_key(held: Path) -> None:
    english = "Write what you see of the place and who is there with you."
    put(held, "exercises/canvas/en.yaml", "summary: What it brings.", f"summary: {english}")
    put(held, "exercises/canvas/es.yaml", "summary: Lo que trae.", f"summary: {english}")

    assert told(held) == ["exercises/canvas/es.yaml: summary: is the English text: translate it"]


def test_the_command_says_them_and_fails(held: Path) -> None:
    put(held, "exercises/canvas/es.yaml", "title: Un lienzo", "title: Una hoja")

    result = subprocess.run(
        [sys.executable, "-m", "content", "check", held], capture_output=True, check=False, encoding="utf-8"
    )

    assert result.returncode == 1
    assert "exercises/canvas/es.yaml: title: doesn't say “lienzo”, where English has “canvas”\n" in result.stdout


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Una frase en la que todo está en su sitio.", False),
        ("Mira quién está.\n\nLook at the place and say what you see with them.", True),
        ("Sale en *The Ladder of Participation and what you do with it*, 1969.", False),
        ("Ce que vous faites est à vous. Le and du of.", False),
    ],
)
def test_a_paragraph_of_english_words_is_found_and_titles_of_books_are_not(text: str, left: bool) -> None:  # noqa: FBT001
    assert bool(list(english_left(text, "Another text"))) is left


@pytest.mark.parametrize(
    ("text", "form"),
    [("La Coproducción", "coproducc"), ("بالإنتاجِ المشترك", "الإنتاج المشترك"), ("τη ΣΥΜΠΑΡΑΓΩΓΉ", "συμπαραγωγη")],
)
def test_a_form_is_found_whatever_its_accents_and_capitals(text: str, form: str) -> None:
    english = Term(term="co-production", forms=("co-produc",))
    own = Term(term=form, forms=(form,))
    glossary = Glossary(terms={"co-production": {"en": english, "xx": own}})

    assert list(glossary.holds("xx", text, "Co-production")) == []
    assert list(glossary.holds("xx", "…", "Co-production")) != []


def test_marks_that_only_show_are_not_read() -> None:
    assert folded("لـ\u200fغة") == "لغة"


def test_the_packaged_texts_keep_to_their_glossary() -> None:
    assert [str(problem) for problem in check_terms(PACKAGED, load())] == []


def test_every_language_of_the_interface_has_the_whole_curriculum_and_the_other_way_round() -> None:
    spoken = {path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")} | {"en"}

    assert {frozenset(course.languages) for course in load().courses.values()} == {frozenset(spoken)}
