"""What must hold for the curriculum as a whole: every folder in itself, and all of them together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from content.brings import Bringing
from content.findings import Finding, under, unknown
from content.folder import Folder
from content.markdown import activities_in
from content.model import (
    ActivityKind,
    CourseStructure,
    CourseText,
    ExerciseStructure,
    ExerciseText,
    UnitStructure,
    UnitText,
)
from content.problem import Problem
from content.shape import Shape
from content.structure import course_findings, exercise_findings, places, unit_findings
from content.vocabulary import NO_VOCABULARY, VocabularyStructure, VocabularyText
from content.wording import course_wording, exercise_wording, uneven_texts, unit_wording
from content.worked import WorkedStructure, WorkedText

CourseFolders: TypeAlias = Mapping[str, Folder[CourseStructure, CourseText]]
UnitFolders: TypeAlias = Mapping[str, Folder[UnitStructure, UnitText]]
ExerciseFolders: TypeAlias = Mapping[str, Folder[ExerciseStructure, ExerciseText]]
ExampleFolders: TypeAlias = Mapping[str, Folder[WorkedStructure, WorkedText]]
VocabularyFolder: TypeAlias = Folder[VocabularyStructure, VocabularyText]
AnyFolder: TypeAlias = Folder[CourseStructure | UnitStructure | ExerciseStructure, Shape]
Activities: TypeAlias = Mapping[tuple[ActivityKind, str], AnyFolder]

S = TypeVar("S", bound=Shape)
T = TypeVar("T", bound=Shape)


def check(
    courses: CourseFolders,
    units: UnitFolders,
    exercises: ExerciseFolders,
    examples: ExampleFolders,
    vocabulary: VocabularyFolder | None,
) -> Iterator[Problem]:
    """Compare what the files say with each other; a file that can't be read is left out of it."""
    activities: Activities = {
        **{(ActivityKind.UNIT, slug): folder for slug, folder in units.items()},
        **{(ActivityKind.EXERCISE, slug): folder for slug, folder in exercises.items()},
    }
    yield from check_courses(courses)
    yield from _identity_problems(activities.values())
    for unit in units.values():
        yield from _folder_problems(unit, unit_findings, unit_wording)
    for exercise in exercises.values():
        yield from _folder_problems(exercise, exercise_findings, exercise_wording)
    for slug, example in examples.items():
        yield from _example_problems(example, exercises[slug].structure)
    if vocabulary:
        yield from _folder_problems(vocabulary, VocabularyStructure.findings, VocabularyStructure.wording)
        yield from _method_problems(vocabulary, list(exercises))
    yield from _theme_problems([*units.values(), *exercises.values()], examples, vocabulary)
    yield from _language_problems(courses, activities, examples, vocabulary)
    yield from _reference_problems(courses, activities)
    yield from _replacement_problems(courses, exercises)
    yield from _link_problems(units, exercises)
    yield from _use_problems(courses, activities, exercises)
    yield from _bringing_problems(exercises)


def check_courses(courses: CourseFolders) -> Iterator[Problem]:
    """Look at courses by themselves, whatever is in the activities that they name."""
    yield from _identity_problems(courses.values())
    for course in courses.values():
        yield from _folder_problems(course, course_findings, course_wording)


def _identity_problems(folders: Iterable[AnyFolder]) -> Iterator[Problem]:
    for folder in folders:
        if folder.structure and folder.structure.id != folder.slug:
            message = f"`{folder.structure.id}` isn't the folder's name, `{folder.slug}`: rename one of them"
            yield Problem(folder.structure_file, "id", message)


def _folder_problems(
    folder: Folder[S, T],
    find: Callable[[S], Iterable[Finding]],
    find_wording: Callable[[S, T], Iterable[Finding]],
) -> Iterator[Problem]:
    structure = folder.structure
    if structure is None:
        return
    yield from (Problem(folder.structure_file, *finding) for finding in find(structure))
    wording = [
        (language, finding) for language, text in folder.texts.items() for finding in find_wording(structure, text)
    ]
    for language, finding in wording or uneven_texts(folder.texts):
        yield Problem(folder.text_file(language), *finding)


def _example_problems(
    example: Folder[WorkedStructure, WorkedText], exercise: ExerciseStructure | None
) -> Iterator[Problem]:
    if exercise is None or any(exercise_findings(exercise)):
        return
    found = list(
        _folder_problems(
            example,
            lambda structure: structure.findings(exercise.parts),
            lambda structure, text: structure.wording(text, exercise.parts),
        )
    )
    yield from found or _shortcomings(example, exercise)


def _shortcomings(example: Folder[WorkedStructure, WorkedText], exercise: ExerciseStructure) -> Iterator[Problem]:
    worked = example.structure
    if worked is None:
        return
    for language, text in example.texts.items():
        lacks = worked.falls_short(text, exercise.parts, exercise.checks)
        doubts = worked.is_doubtful(text, exercise.parts, exercise.questions)
        yield from (Problem(example.text_file(language), *finding) for finding in (*lacks, *doubts))


def _theme_problems(
    folders: Iterable[Folder[UnitStructure | ExerciseStructure, Shape]],
    examples: ExampleFolders,
    vocabulary: VocabularyFolder | None,
) -> Iterator[Problem]:
    known = vocabulary.structure if vocabulary else NO_VOCABULARY
    if known is None:
        return
    for folder in folders:
        if folder.structure:
            for finding in known.strangers(folder.structure.themes, "themes[{}]"):
                yield Problem(folder.structure_file, *finding)
    for example in examples.values():
        if example.structure:
            for finding in known.strangers([example.structure.theme], "theme"):
                yield Problem(example.structure_file, *finding)


def _method_problems(vocabulary: VocabularyFolder, exercises: Sequence[str]) -> Iterator[Problem]:
    if vocabulary.structure:
        for finding in vocabulary.structure.strange_exercises(exercises):
            yield Problem(vocabulary.structure_file, *finding)


def _replacement_problems(courses: CourseFolders, exercises: ExerciseFolders) -> Iterator[Problem]:
    replaced = {slug: folder.structure.replaced_by for slug, folder in exercises.items() if folder.structure}
    for slug, other in replaced.items():
        if other is not None and (other == slug or other not in exercises):
            message = f"`{other}` isn't another exercise: name the one that took its place"
            yield Problem(exercises[slug].structure_file, "replaced_by", message)
    for course, structure in _readable(courses):
        for key, activity in places(structure):
            if activity.kind is ActivityKind.EXERCISE and replaced.get(activity.slug):
                message = f"`{activity.slug}` is replaced: place `{replaced[activity.slug]}`"
                yield Problem(course.structure_file, key, message)


def _language_problems(
    courses: CourseFolders, activities: Activities, examples: ExampleFolders, vocabulary: VocabularyFolder | None
) -> Iterator[Problem]:
    for course, structure in _readable(courses):
        placed = [activity for _, activity in places(structure)]
        used = [activities[activity.key] for activity in placed if activity.key in activities]
        beside = [examples[one.slug] for one in placed if one.kind is ActivityKind.EXERCISE and one.slug in examples]
        for folder in (course, *used, *beside, *filter(None, [vocabulary])):
            for language in structure.languages:
                if language not in folder.languages:
                    message = f"is missing: add this file, since the course `{course.slug}` is in this language"
                    yield Problem(folder.text_file(language), "", message)


def _reference_problems(courses: CourseFolders, activities: Activities) -> Iterator[Problem]:
    for course, structure in _readable(courses):
        for key, activity in places(structure):
            if activity.key not in activities:
                message = f"there is no {activity.kind} `{activity.slug}`: add its folder or correct the name"
                yield Problem(course.structure_file, key, message)


def _link_problems(units: UnitFolders, exercises: ExerciseFolders) -> Iterator[Problem]:
    """Look whether the activities are there to which texts link."""
    replaced = {slug for slug, folder in exercises.items() if folder.structure and folder.structure.replaced_by}
    known = {f"unit/{slug}" for slug in units} | {f"exercise/{slug}" for slug in set(exercises) - replaced}
    bodies = [(folder, code, "body", text.body) for folder in units.values() for code, text in folder.texts.items()]
    tasks = [
        (folder, code, "instructions", text.instructions)
        for slug, folder in exercises.items()
        for code, text in folder.texts.items()
        if slug not in replaced
    ]
    for folder, code, key, source in (*bodies, *tasks):
        for line, activity in activities_in(source):
            if activity not in known:
                message = f"line {line} of the text: there is no {activity.replace('/', ' `')}`: correct the link"
                yield Problem(folder.text_file(code), key, message)


def _use_problems(courses: CourseFolders, activities: Activities, exercises: ExerciseFolders) -> Iterator[Problem]:
    readable = _readable(courses)
    used = {activity.key for _, structure in readable for _, activity in places(structure)}
    used |= {
        (ActivityKind.EXERCISE, slug)
        for slug, folder in exercises.items()
        if folder.structure and folder.structure.replaced_by
    }
    if not courses:
        yield Problem("curriculum", "", "has no course: add a folder with a course.yaml")
    elif len(readable) == len(courses):
        unused = [folder for key, folder in activities.items() if key not in used]
        yield from (Problem(folder.path, "", "is in no course: place it in one or remove it") for folder in unused)


def _bringing_problems(exercises: ExerciseFolders) -> Iterator[Problem]:
    for exercise in exercises.values():
        for index, bringing in enumerate(exercise.structure.brings if exercise.structure else ()):
            findings = under(f"brings[{index}]", _bringing_findings(exercise, bringing, exercises))
            yield from (Problem(exercise.structure_file, *finding) for finding in findings)


def _bringing_findings(
    exercise: Folder[ExerciseStructure, ExerciseText], bringing: Bringing, exercises: ExerciseFolders
) -> Iterator[Finding]:
    others = [slug for slug in exercises if slug != exercise.slug]
    yield from unknown("exercise", bringing.exercise, others, "another exercise")
    earlier = exercises[bringing.exercise].structure if bringing.exercise in others else None
    if exercise.structure and earlier:
        yield from bringing.findings(earlier.parts, exercise.structure.parts)


def _readable(courses: CourseFolders) -> list[tuple[AnyFolder, CourseStructure]]:
    return [(course, course.structure) for course in courses.values() if course.structure]
