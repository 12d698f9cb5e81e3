"""What must hold between a structure and its texts: each text has its place, each place its text.

Every function yields what it finds as (dotted key, message), relative to the text's file.
"""

from collections.abc import Collection, Iterator, Mapping

from content.canvas import ChoiceField, GridPart, NoteField, Part, QuestionsPart, ScaleField
from content.markdown import html_lines
from content.model import CourseStructure, CourseText, ExerciseStructure, ExerciseText, FieldText, PartText
from content.shape import Shape
from content.source import join
from content.structure import Finding


def course_wording(course: CourseStructure, text: CourseText) -> Iterator[Finding]:
    """Check a course's text against its modules."""
    yield from _matched("modules", [module.id for module in course.modules], text.modules)


def exercise_wording(exercise: ExerciseStructure, text: ExerciseText) -> Iterator[Finding]:
    """Check an exercise's text against its parts and criteria, and its instructions for HTML."""
    for line in html_lines(text.instructions):
        yield "instructions", f"line {line} of the text: HTML isn't allowed: write it in CommonMark"
    yield from _matched("parts", [part.id for part in exercise.parts], text.parts)
    for part in exercise.parts:
        if part.id in text.parts:
            yield from _part_wording(f"parts.{part.id}", part, text.parts[part.id])
    yield from _matched("criteria", [criterion.id for criterion in exercise.criteria], text.criteria)


def uneven_texts(texts: Mapping[str, Shape]) -> Iterator[tuple[str, Finding]]:
    """Find optional texts that some languages have and others lack, as (language, finding)."""
    keys = {language: set(_flat_keys(text.model_dump(exclude_defaults=True))) for language, text in texts.items()}
    for language, own in keys.items():
        for key in set().union(*keys.values()) - own:
            others = ", ".join(sorted(other for other in keys if key in keys[other]))
            yield language, (key, f"is missing, and stands in {others}: add it here or remove it there")


def _part_wording(path: str, part: Part, text: PartText) -> Iterator[Finding]:
    rows, columns = (part.rows, part.columns) if isinstance(part, GridPart) else ((), ())
    questions = part.questions if isinstance(part, QuestionsPart) else ()
    fields = {} if isinstance(part, QuestionsPart) else {field.id: field for field in part.fields}
    yield from _matched(f"{path}.rows", rows, text.rows)
    yield from _matched(f"{path}.columns", columns, text.columns)
    yield from _matched(f"{path}.questions", questions, text.questions)
    yield from _matched(f"{path}.fields", fields, text.fields)
    for name in fields.keys() & text.fields.keys():
        yield from _field_wording(f"{path}.fields.{name}", fields[name], text.fields[name])


def _field_wording(path: str, field: NoteField, text: FieldText) -> Iterator[Finding]:
    yield from _matched(f"{path}.options", field.options if isinstance(field, ChoiceField) else (), text.options)
    labels = {"minimum_label": text.minimum_label, "maximum_label": text.maximum_label}
    for key, label in labels.items():
        if label is not None and not isinstance(field, ScaleField):
            yield f"{path}.{key}", "belongs to a scale: remove it"


def _matched(path: str, expected: Collection[str], texts: Mapping[str, object]) -> Iterator[Finding]:
    for name in expected:
        if name not in texts:
            yield f"{path}.{name}", "is missing: the structure has it, so add its text"
    for name in texts:
        if name not in expected:
            yield f"{path}.{name}", "isn't in the structure: remove it or correct its name"


def _flat_keys(texts: Mapping[str, object], path: str = "") -> Iterator[str]:
    for name, text in texts.items():
        key = join(path, name)
        yield key
        if isinstance(text, Mapping):
            yield from _flat_keys(text, key)
