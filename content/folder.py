"""One folder of the curriculum: a structure, and its texts in one file for each language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar, get_args

from content.markdown import parse_unit
from content.model import CourseStructure, CourseText, ExerciseStructure, ExerciseText, UnitStructure
from content.problem import ContentError, Problem
from content.shape import Language, Shape
from content.source import parse, read

S_co = TypeVar("S_co", bound=CourseStructure | UnitStructure | ExerciseStructure, covariant=True)
T_co = TypeVar("T_co", bound=Shape, covariant=True)
R = TypeVar("R")

LANGUAGES: Final[tuple[str, ...]] = get_args(Language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Generic[S_co, T_co]):
    """How folders of one kind are laid out: where they are, and what their files are called and hold."""

    place: str
    structure_file: str
    structure: type[S_co]
    text_suffix: str
    parse_text: Callable[[str, str], T_co]


COURSES: Final = Layout(
    place="curriculum",
    structure_file="course.yaml",
    structure=CourseStructure,
    text_suffix=".yaml",
    parse_text=lambda file, source: parse(file, source, CourseText),
)
UNITS: Final = Layout(
    place="units",
    structure_file="unit.yaml",
    structure=UnitStructure,
    text_suffix=".md",
    parse_text=parse_unit,
)
EXERCISES: Final = Layout(
    place="exercises",
    structure_file="exercise.yaml",
    structure=ExerciseStructure,
    text_suffix=".yaml",
    parse_text=lambda file, source: parse(file, source, ExerciseText),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder(Generic[S_co, T_co]):
    """What one folder holds.

    `structure` is None where its file is missing or wrong; `texts` has the languages whose file is right, `languages`
    all that have a file.
    """

    slug: str
    layout: Layout[S_co, T_co]
    structure: S_co | None
    texts: Mapping[str, T_co]
    languages: frozenset[str]

    @property
    def path(self) -> str:
        """Name the folder, relative to the curriculum's."""
        return f"{self.layout.place}/{self.slug}"

    @property
    def structure_file(self) -> str:
        """Name the structure's file, relative to the curriculum's folder."""
        return f"{self.path}/{self.layout.structure_file}"

    def text_file(self, language: str) -> str:
        """Name the file of one language, relative to the curriculum's folder."""
        return f"{self.path}/{language}{self.layout.text_suffix}"


def read_folders(root: Path, layout: Layout[S_co, T_co], problems: list[Problem]) -> dict[str, Folder[S_co, T_co]]:
    """Read all folders of one kind, by their slugs; what is wrong in them is added to `problems`."""
    names = _names(root / layout.place)
    folders = [name for name in names if (root / layout.place / name).is_dir()]
    strays = sorted(set(names) - set(folders))
    problems.extend(Problem(f"{layout.place}/{name}", "", "isn't a folder: remove it") for name in strays)
    return {slug: _read_folder(root, layout, slug, problems) for slug in folders}


def _read_folder(root: Path, layout: Layout[S_co, T_co], slug: str, problems: list[Problem]) -> Folder[S_co, T_co]:
    path = f"{layout.place}/{slug}"
    names = _names(root / path)
    languages = [code for code in LANGUAGES if f"{code}{layout.text_suffix}" in names]
    known = {layout.structure_file, *(f"{code}{layout.text_suffix}" for code in languages)}
    advice = f"isn't known here: name a text by its language, one of {', '.join(LANGUAGES)}, or remove the file"
    problems.extend(Problem(f"{path}/{name}", "", advice) for name in names if name not in known)

    def parse_file(name: str, parse_source: Callable[[str, str], R]) -> R | None:
        return _attempt(lambda: parse_source(f"{path}/{name}", read(root, f"{path}/{name}")), problems)

    structure = parse_file(layout.structure_file, lambda file, source: parse(file, source, layout.structure))
    texts = {code: parse_file(f"{code}{layout.text_suffix}", layout.parse_text) for code in languages}
    return Folder(
        slug=slug,
        layout=layout,
        structure=structure,
        texts={code: text for code, text in texts.items() if text is not None},
        languages=frozenset(languages),
    )


def _attempt(make: Callable[[], R], problems: list[Problem]) -> R | None:
    try:
        return make()
    except ContentError as error:
        problems.extend(error.problems)
        return None


def _names(directory: Path) -> list[str]:
    """List a directory as authors see it: without hidden files and Python's own."""
    if not directory.is_dir():
        return []
    return sorted(path.name for path in directory.iterdir() if not path.name.startswith((".", "__")))
