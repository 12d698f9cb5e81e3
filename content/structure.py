"""What must hold inside one structure file beyond its shape: names that are unique, checks that can be met.

Every function yields what it finds as (dotted key, message), relative to what it was given.
"""

from collections.abc import Iterator, Sequence

from content.brings import alike
from content.checks.check import Check
from content.findings import Finding, repeated, under, unknown
from content.model import Activity, CourseStructure, ExerciseStructure, UnitStructure
from content.parts.part import Part
from content.rubric import rubric_findings


def course_findings(course: CourseStructure) -> Iterator[Finding]:
    """Check that a course names each language, module and activity once."""
    yield from repeated("languages[{}]", course.languages)
    yield from repeated("modules[{}].id", [module.id for module in course.modules])
    seen = set()
    for key, activity in places(course):
        if activity.key in seen:
            yield key, f"`{activity.slug}` is already placed in this course: keep one place"
        seen.add(activity.key)


def unit_findings(unit: UnitStructure) -> Iterator[Finding]:
    """Check that a unit names each question once."""
    yield from repeated("questions[{}]", unit.questions)


def places(course: CourseStructure) -> Iterator[tuple[str, Activity]]:
    """Go through a course's activities, each with the dotted key of its place."""
    for m, module in enumerate(course.modules):
        for a, activity in enumerate(module.activities):
            yield f"modules[{m}].activities[{a}].{activity.kind}", activity


def exercise_findings(exercise: ExerciseStructure) -> Iterator[Finding]:
    """Check an exercise's parts, that its checks and questions can be met, its rubric, steps and what it brings."""
    yield from repeated("parts[{}].id", [part.id for part in exercise.parts])
    for index, part in enumerate(exercise.parts):
        yield from under(f"parts[{index}]", part.findings())
    for name, checks in (("checks", exercise.checks), ("questions", exercise.questions)):
        yield from repeated(f"{name}[{{}}].id", [check.id for check in checks])
        for index, check in enumerate(checks):
            yield from under(f"{name}[{index}]", _check_findings(check, exercise.parts))
    yield from rubric_findings(exercise.rubric)
    if exercise.self_review and not exercise.rubric:
        yield "self_review", "needs a rubric to look at the work by: add one, or take this out"
    yield from _step_findings(exercise)
    yield from alike(exercise.brings)
    if exercise.facilitation:
        yield from under("facilitation", exercise.facilitation.findings())


def _step_findings(exercise: ExerciseStructure) -> Iterator[Finding]:
    parts = [part.id for part in exercise.parts]
    yield from repeated("steps[{}].id", [step.id for step in exercise.steps])
    for index, step in enumerate(exercise.steps):
        if step.part is not None:
            yield from unknown(f"steps[{index}].part", step.part, parts, "a part of this exercise")


def _check_findings(check: Check, parts: Sequence[Part]) -> Iterator[Finding]:
    part = next((part for part in parts if part.id == check.part), None)
    if part is None:
        yield from unknown("part", check.part, [part.id for part in parts], "a part of this exercise")
    else:
        yield from check.findings(part)
