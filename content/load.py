"""The way into the curriculum: load() gives it whole and right, or names everything that is wrong."""

from pathlib import Path
from typing import TypeVar

from content.check import check, check_courses
from content.check_drawings import check_drawings
from content.folder import (
    COURSES,
    EXAMPLES,
    EXERCISES,
    UNITS,
    VOCABULARY,
    Folder,
    S_co,
    T_co,
    read_beside,
    read_drawings,
    read_folders,
    read_single,
)
from content.model import Course, Curriculum, Exercise, Unit
from content.problem import ContentError, Problem
from content.vocabulary import NO_VOCABULARY, Vocabulary
from content.worked import WorkedExample

W = TypeVar("W", Course, Unit, Exercise, WorkedExample, Vocabulary)

__all__ = ["PACKAGED", "ContentError", "Problem", "load", "load_courses"]

PACKAGED = Path(__file__).parent


def load(directory: Path | None = None) -> Curriculum:
    """Read a curriculum from a folder, or the packaged one.

    ContentError's `problems` names every mistake in all files at once. What a file says is compared with the other
    files once the file itself reads well.
    """
    root = _root(directory)
    problems: list[Problem] = []
    courses = read_folders(root, COURSES, problems)
    units = read_folders(root, UNITS, problems)
    exercises = read_folders(root, EXERCISES, problems)
    drawings = {slug: read_drawings(root, unit, problems) for slug, unit in units.items()}
    examples = read_beside(root, EXAMPLES, problems)
    vocabulary = read_single(root, VOCABULARY, problems)
    problems.extend(check(courses, units, exercises, examples, vocabulary))
    problems.extend(check_drawings(units, drawings))
    if problems:
        raise ContentError(problems)
    return Curriculum(
        courses={slug: _join(folder, Course) for slug, folder in courses.items()},
        units={slug: _join(folder, Unit, drawings=drawings[slug]) for slug, folder in units.items()},
        exercises={
            slug: _join(folder, Exercise, example=_example(examples.get(slug))) for slug, folder in exercises.items()
        },
        vocabulary=_join(vocabulary, Vocabulary) if vocabulary else NO_VOCABULARY,
    )


def load_courses(directory: Path | None = None) -> Curriculum:
    """Read the courses of a curriculum alone, a hundredth of the whole; what they name needn't be there, nor be right.

    ContentError's `problems` names every mistake in their files at once.
    """
    problems: list[Problem] = []
    courses = read_folders(_root(directory), COURSES, problems)
    problems.extend(check_courses(courses))
    if problems:
        raise ContentError(problems)
    return Curriculum(courses={slug: _join(folder, Course) for slug, folder in courses.items()}, units={}, exercises={})


def _root(directory: Path | None) -> Path:
    root = PACKAGED if directory is None else directory
    if not root.is_dir():
        advice = "isn't a folder: name the one that holds curriculum, units and exercises"
        raise ContentError([Problem(str(root), "", advice)])
    return root


def _example(folder: Folder[S_co, T_co] | None) -> WorkedExample | None:
    return _join(folder, WorkedExample) if folder else None


def _join(folder: Folder[S_co, T_co], whole: type[W], **more: object) -> W:
    """Put a folder's structure and texts, which are in order by now, together."""
    return whole.model_validate({**dict(folder.structure or {}), "texts": folder.texts, **more})
