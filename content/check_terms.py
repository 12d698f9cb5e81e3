"""Whether translations say the field's terms as the glossary has them, and leave no English; it is slow, and asked for.

A curriculum that only breaks these is whole, and programs take it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from content.folder import COURSES, EXAMPLES, EXERCISES, UNITS, VOCABULARY, Layout
from content.glossary import ORIGINAL, Glossary, translation_findings
from content.model import Curriculum
from content.problem import ContentError, Problem
from content.shape import Shape
from content.source import parse, read

GLOSSARY: Final = "glossary.yaml"
Texts = Mapping[str, Shape]


def read_glossary(root: Path) -> Glossary | None:
    """Read the glossary of a curriculum's folder; a curriculum of one's own may bring none, and is held to nothing.

    Raises:
        ContentError: it has mistakes.
    """
    if not (root / GLOSSARY).exists():
        return None
    return parse(GLOSSARY, read(root, GLOSSARY), Glossary)


def check_terms(root: Path, curriculum: Curriculum) -> Sequence[Problem]:
    """Compare every text with the English one; give what is found, sorted."""
    try:
        glossary = read_glossary(root)
    except ContentError as error:
        return error.problems
    if glossary is None:
        return ()
    languages = dict.fromkeys(language for course in curriculum.courses.values() for language in course.languages)
    missing = glossary.findings(list(languages))
    problems = [Problem(GLOSSARY, *finding) for finding in missing]
    for files, texts in _texts(curriculum):
        problems.extend(_found(glossary, files, texts))
    return sorted(set(problems))


def _found(glossary: Glossary, files: Mapping[str, str], texts: Texts) -> Iterator[Problem]:
    original = texts.get(ORIGINAL)
    if original is None:
        return
    for language, text in texts.items():
        for finding in translation_findings(glossary, language, text, original):
            yield Problem(files[language], *finding)


def _texts(curriculum: Curriculum) -> Iterator[tuple[Mapping[str, str], Texts]]:
    """Give the texts of each folder by language, with the names of their files."""
    for slug, course in curriculum.courses.items():
        yield _files(COURSES, slug, course.texts), course.texts
    for slug, unit in curriculum.units.items():
        yield _files(UNITS, slug, unit.texts), unit.texts
    for slug, exercise in curriculum.exercises.items():
        yield _files(EXERCISES, slug, exercise.texts), exercise.texts
        if exercise.example:
            yield _files(EXAMPLES, slug, exercise.example.texts), exercise.example.texts
    yield _files(VOCABULARY, "", curriculum.vocabulary.texts), curriculum.vocabulary.texts


def _files(layout: Layout[Shape, Shape], slug: str, texts: Texts) -> Mapping[str, str]:
    path = "/".join(filter(None, (layout.place, slug)))
    return {language: f"{path}/{layout.text_file(language)}" for language in texts}
