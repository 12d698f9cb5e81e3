"""What must hold inside one structure file beyond its shape: names that are unique, criteria that can be met.

Every function yields what it finds as (dotted key, message), relative to what it was given.
"""

from collections.abc import Iterator, Sequence

from content.checks.check import Check
from content.findings import Finding, choose, repeated, under
from content.model import Activity, CourseStructure, ExerciseStructure
from content.parts.part import Part


def course_findings(course: CourseStructure) -> Iterator[Finding]:
    """Check that a course names each language, module and activity once."""
    yield from repeated("languages[{}]", course.languages)
    yield from repeated("modules[{}].id", [module.id for module in course.modules])
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
    yield from repeated("parts[{}].id", [part.id for part in exercise.parts])
    for index, part in enumerate(exercise.parts):
        yield from under(f"parts[{index}]", part.findings())
    yield from repeated("criteria[{}].id", [criterion.id for criterion in exercise.criteria])
    for index, criterion in enumerate(exercise.criteria):
        yield from under(f"criteria[{index}]", _check_findings(criterion, exercise.parts))
    total = sum(criterion.points for criterion in exercise.criteria)
    if total != exercise.score_maximum:
        yield "criteria", f"give {total} points, score_maximum is {exercise.score_maximum}: make them equal"


def _check_findings(check: Check, parts: Sequence[Part]) -> Iterator[Finding]:
    part = next((part for part in parts if part.id == check.part), None)
    if part is None:
        names = [part.id for part in parts]
        yield "part", f"`{check.part}` isn't a part of this exercise: {choose(names)}"
    else:
        yield from check.findings(part)
