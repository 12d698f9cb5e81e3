"""What must hold inside one structure file beyond its shape: names that are unique, criteria that can be met.

Every function yields what it finds as (dotted key, message), relative to what it was given.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from content.canvas import (
    Axes,
    CardsPart,
    ChoiceField,
    ColumnsFilled,
    Criterion,
    FieldFilled,
    GridPart,
    NoteField,
    OptionUsed,
    Part,
    QuestionsAnswered,
    QuestionsPart,
    RowsFilled,
    ScaleField,
)
from content.model import Activity, CourseStructure, ExerciseStructure

Finding: TypeAlias = tuple[str, str]

KINDS: Final = {
    "rows_filled": ("grid",),
    "columns_filled": ("grid",),
    "notes_written": ("grid", "cards"),
    "field_filled": ("grid", "cards"),
    "option_used": ("grid", "cards"),
    "questions_answered": ("questions",),
}


def course_findings(course: CourseStructure) -> Iterator[Finding]:
    """Check that a course names each language, module and activity once."""
    yield from _repeated("languages[{}]", course.languages)
    yield from _repeated("modules[{}].id", [module.id for module in course.modules])
    seen = set()
    for key, activity in places(course):
        if activity.key in seen:
            yield key, f"`{activity.slug}` is already placed in this course: keep one place"
        seen.add(activity.key)


def places(course: CourseStructure) -> Iterator[tuple[str, Activity]]:
    """Go through a course's activities, each with the dotted key of its place."""
    for m, module in enumerate(course.modules):
        for a, activity in enumerate(module.activities):
            yield f"modules[{m}].activities[{a}].{activity.kind}", activity


def exercise_findings(exercise: ExerciseStructure) -> Iterator[Finding]:
    """Check an exercise's parts, and that its criteria can be met and add up to its score."""
    yield from _repeated("parts[{}].id", [part.id for part in exercise.parts])
    for index, part in enumerate(exercise.parts):
        yield from _under(f"parts[{index}]", _part_findings(part))
    yield from _repeated("criteria[{}].id", [criterion.id for criterion in exercise.criteria])
    for index, criterion in enumerate(exercise.criteria):
        yield from _under(f"criteria[{index}]", _criterion_findings(criterion, exercise.parts))
    total = sum(criterion.points for criterion in exercise.criteria)
    if total != exercise.score_maximum:
        yield "criteria", f"give {total} points, score_maximum is {exercise.score_maximum}: make them equal"


def _part_findings(part: Part) -> Iterator[Finding]:
    match part:
        case QuestionsPart():
            yield from _repeated("questions[{}]", part.questions)
        case GridPart():
            yield from _repeated("rows[{}]", part.rows)
            yield from _repeated("columns[{}]", part.columns)
            yield from _fields_findings(part.fields)
        case CardsPart():
            yield from _fields_findings(part.fields)
            if part.axes:
                yield from _under("axes", _axes_findings(part.axes, part.fields))


def _fields_findings(fields: Sequence[NoteField]) -> Iterator[Finding]:
    yield from _repeated("fields[{}].id", [field.id for field in fields])
    if fields[0].kind != "text":
        yield "fields[0].kind", "must be text in a note's first field: put a text field first"
    for index, field in enumerate(fields):
        if isinstance(field, ChoiceField):
            yield from _repeated(f"fields[{index}].options[{{}}]", field.options)
        if isinstance(field, ScaleField) and field.minimum >= field.maximum:
            yield f"fields[{index}].maximum", f"must be more than the minimum, {field.minimum}: raise it"


def _axes_findings(axes: Axes, fields: Sequence[NoteField]) -> Iterator[Finding]:
    scales = [field.id for field in fields if isinstance(field, ScaleField)]
    for axis, name in (("x", axes.x), ("y", axes.y)):
        if name not in scales:
            yield axis, f"`{name}` isn't a scale: {_choose(scales)}"
    if axes.x == axes.y:
        yield "y", "is the same field as x: choose another"


def _criterion_findings(criterion: Criterion, parts: Sequence[Part]) -> Iterator[Finding]:
    part = next((part for part in parts if part.id == criterion.part), None)
    if part is None:
        names = [part.id for part in parts]
        yield "part", f"`{criterion.part}` isn't a part of this exercise: {_choose(names)}"
    elif part.kind not in KINDS[criterion.rule]:
        kinds = " or ".join(KINDS[criterion.rule])
        yield "rule", f"is for {kinds}, and `{part.id}` is {part.kind}: choose another rule or part"
    else:
        yield from _limit_findings(criterion, part)
        yield from _field_findings(criterion, part)


def _limit_findings(criterion: Criterion, part: Part) -> Iterator[Finding]:
    match criterion, part:
        case RowsFilled(), GridPart():
            yield from _at_most(criterion.at_least, len(part.rows))
        case ColumnsFilled(), GridPart():
            yield from _at_most(criterion.at_least, len(part.columns))
        case QuestionsAnswered(), QuestionsPart():
            yield from _at_most(criterion.at_least, len(part.questions))
            if 2 * criterion.words - 1 > part.max_length:
                yield "words", f"don't fit into max_length, {part.max_length}: ask for fewer"


def _at_most(asked: int, available: int) -> Iterator[Finding]:
    if asked > available:
        yield "at_least", f"asks for {asked} where there are {available}: ask for at most {available}"


def _field_findings(criterion: Criterion, part: Part) -> Iterator[Finding]:
    if not isinstance(criterion, FieldFilled | OptionUsed):
        return
    fields = {field.id: field for field in part.fields}
    field = fields.get(criterion.field)
    if field is None:
        yield "field", f"`{criterion.field}` isn't a field of `{part.id}`: {_choose(list(fields))}"
    elif isinstance(criterion, OptionUsed):
        options = field.options if isinstance(field, ChoiceField) else ()
        if criterion.option not in options:
            yield "option", f"`{criterion.option}` isn't an option of `{field.id}`: {_choose(options)}"


def _choose(names: Sequence[str]) -> str:
    return f"choose one of {', '.join(names)}" if names else "there is none to choose, so remove this"


def _repeated(key: str, names: Sequence[str]) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield key.format(index), f"`{name}` is already in this list: keep one or rename it"


def _under(path: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    for key, message in findings:
        yield f"{path}.{key}", message
