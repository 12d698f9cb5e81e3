"""What must hold between a structure and its texts: each text has its place, each place its text.

Every function yields what it finds as (dotted key, message), relative to the text's file.
"""

from collections.abc import Iterator, Mapping

from content.findings import Finding, matched, under
from content.markdown import QUESTION, blocks_in, html_lines
from content.model import CourseStructure, CourseText, ExerciseStructure, ExerciseText, UnitStructure, UnitText
from content.rubric import rubric_wording
from content.shape import Shape
from content.source import join


def course_wording(course: CourseStructure, text: CourseText) -> Iterator[Finding]:
    """Check a course's text against its modules."""
    yield from under("modules", matched([module.id for module in course.modules], text.modules))


def exercise_wording(exercise: ExerciseStructure, text: ExerciseText) -> Iterator[Finding]:
    """Check an exercise's text against its parts, checks, rubric and steps, and its CommonMark for HTML."""
    yield from _html_findings("instructions", text.instructions)
    yield from under("parts", matched([part.id for part in exercise.parts], text.parts))
    for part in exercise.parts:
        if part.id in text.parts:
            yield from under(f"parts.{part.id}", part.wording(text.parts[part.id]))
    yield from under("checks", matched([check.id for check in exercise.checks], text.checks))
    yield from under("questions", matched([question.id for question in exercise.questions], text.questions))
    yield from rubric_wording(exercise.rubric, text.rubric)
    yield from under("steps", matched([step.id for step in exercise.steps], text.steps))
    yield from _facilitation_wording(exercise, text)


def _facilitation_wording(exercise: ExerciseStructure, text: ExerciseText) -> Iterator[Finding]:
    if exercise.facilitation is None or text.facilitation is None:
        named = {"facilitation": exercise.facilitation} if exercise.facilitation else {}
        yield from matched(named, {"facilitation": text.facilitation} if text.facilitation else {})
        return
    yield from under("facilitation", exercise.facilitation.wording(text.facilitation))
    for key in ("before", "afterwards"):
        yield from _html_findings(f"facilitation.{key}", getattr(text.facilitation, key))


def _html_findings(key: str, words: str) -> Iterator[Finding]:
    for line in html_lines(words):
        yield key, f"line {line} of the text: HTML isn't allowed: write it in CommonMark"


def unit_wording(unit: UnitStructure, text: UnitText) -> Iterator[Finding]:
    """Check that a unit's text asks its questions, each once, and no others."""
    asked = [block for block in blocks_in(text.body) if block.kind == QUESTION]
    yield from under("body.questions", matched(unit.questions, {block.name: block.text for block in asked}))
    for index, block in enumerate(asked):
        if not block.text.strip():
            yield "body", f"line {block.line} of the text: the question `{block.name}` is empty: write it"
        if block.name in [one.name for one in asked[:index]]:
            yield "body", f"line {block.line} of the text: the question `{block.name}` stands here again: keep one"


def uneven_texts(texts: Mapping[str, Shape]) -> Iterator[tuple[str, Finding]]:
    """Find optional texts that some languages have and others lack, as (language, finding)."""
    keys = {language: set(_flat_keys(text.model_dump(exclude_defaults=True))) for language, text in texts.items()}
    for language, own in keys.items():
        for key in set().union(*keys.values()) - own:
            others = ", ".join(sorted(other for other in keys if key in keys[other]))
            yield language, (key, f"is missing, and stands in {others}: add it here or remove it there")


def _flat_keys(texts: Mapping[str, object], path: str = "") -> Iterator[str]:
    for name, text in texts.items():
        key = join(path, name)
        yield key
        if isinstance(text, Mapping):
            yield from _flat_keys(text, key)
