"""One folder of the curriculum: a structure, and its texts in one file for each language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Generic, TypeVar, get_args

from content.markdown import parse_unit
from content.model import CourseStructure, CourseText, ExerciseStructure, ExerciseText, UnitStructure
from content.problem import ContentError, Problem
from content.shape import Language, Shape
from content.source import parse, read
from content.vocabulary import VocabularyStructure, VocabularyText
from content.worked import WorkedStructure, WorkedText

S_co = TypeVar("S_co", bound=Shape, covariant=True)
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
    text_prefix: str = ""
    drawings: bool = False
    """Whether SVG files may lie there too."""
    beside: tuple["Layout[Shape, Shape]", ...] = ()
    """What else may lie in the same folders."""

    def text_file(self, language: str) -> str:
        """Name the file of one language."""
        return f"{self.text_prefix}{language}{self.text_suffix}"

    def files(self) -> frozenset[str]:
        """Name all files that it may have."""
        return frozenset((self.structure_file, *map(self.text_file, LANGUAGES)))


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
    drawings=True,
    text_suffix=".md",
    parse_text=parse_unit,
)
EXAMPLES: Final = Layout(
    place="exercises",
    structure_file="example.yaml",
    structure=WorkedStructure,
    text_prefix="example.",
    text_suffix=".yaml",
    parse_text=lambda file, source: parse(file, source, WorkedText),
)
EXERCISES: Final = Layout(
    place="exercises",
    structure_file="exercise.yaml",
    structure=ExerciseStructure,
    text_suffix=".yaml",
    parse_text=lambda file, source: parse(file, source, ExerciseText),
    beside=(EXAMPLES,),
)
VOCABULARY: Final = Layout(
    place="vocabulary",
    structure_file="themes.yaml",
    structure=VocabularyStructure,
    text_suffix=".yaml",
    parse_text=lambda file, source: parse(file, source, VocabularyText),
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
        return _path(self.layout, self.slug)

    @property
    def structure_file(self) -> str:
        """Name the structure's file, relative to the curriculum's folder."""
        return f"{self.path}/{self.layout.structure_file}"

    def text_file(self, language: str) -> str:
        """Name the file of one language, relative to the curriculum's folder."""
        return f"{self.path}/{self.layout.text_file(language)}"


def read_folders(root: Path, layout: Layout[S_co, T_co], problems: list[Problem]) -> dict[str, Folder[S_co, T_co]]:
    """Read all folders of one kind, by their slugs; what is wrong in them is added to `problems`."""
    names = _names(root / layout.place)
    folders = [name for name in names if (root / layout.place / name).is_dir()]
    strays = sorted(set(names) - set(folders))
    problems.extend(Problem(f"{layout.place}/{name}", "", "isn't a folder: remove it") for name in strays)
    for slug in folders:
        problems.extend(_strangers(root, layout, slug))
    return {slug: _read_folder(root, layout, slug, problems) for slug in folders}


def read_beside(root: Path, layout: Layout[S_co, T_co], problems: list[Problem]) -> dict[str, Folder[S_co, T_co]]:
    """Read what lies in folders of another kind, where it does, by their slugs."""
    slugs = [name for name in _names(root / layout.place) if layout.files() & set(_names(root / layout.place / name))]
    return {slug: _read_folder(root, layout, slug, problems) for slug in slugs}


def read_single(root: Path, layout: Layout[S_co, T_co], problems: list[Problem]) -> Folder[S_co, T_co] | None:
    """Read the only folder of its kind, if it is there."""
    if not (root / layout.place).is_dir():
        return None
    problems.extend(_strangers(root, layout, ""))
    return _read_folder(root, layout, "", problems)


def _path(layout: Layout[Shape, Shape], slug: str) -> str:
    return "/".join(filter(None, (layout.place, slug)))


def _strangers(root: Path, layout: Layout[Shape, Shape], slug: str) -> Iterator[Problem]:
    path = _path(layout, slug)
    known = layout.files().union(*(other.files() for other in layout.beside))
    advice = f"isn't known here: name a text by its language, one of {', '.join(LANGUAGES)}, or remove the file"
    drawn = ".svg" if layout.drawings else None
    names = (name for name in _names(root / path) if name not in known and Path(name).suffix != drawn)
    return (Problem(f"{path}/{name}", "", advice) for name in names)


def read_drawings(root: Path, folder: Folder[S_co, T_co], problems: list[Problem]) -> dict[str, str]:
    """Read the drawings of a folder, by their names."""
    names = [name for name in _names(root / folder.path) if Path(name).suffix == ".svg"]
    sources = {Path(name).stem: _attempt(partial(read, root, f"{folder.path}/{name}"), problems) for name in names}
    return {name: source for name, source in sources.items() if source is not None}


def _read_folder(root: Path, layout: Layout[S_co, T_co], slug: str, problems: list[Problem]) -> Folder[S_co, T_co]:
    path = _path(layout, slug)
    names = _names(root / path)
    languages = [code for code in LANGUAGES if layout.text_file(code) in names]

    def parse_file(name: str, parse_source: Callable[[str, str], R]) -> R | None:
        return _attempt(lambda: parse_source(f"{path}/{name}", read(root, f"{path}/{name}")), problems)

    structure = parse_file(layout.structure_file, lambda file, source: parse(file, source, layout.structure))
    texts = {code: parse_file(layout.text_file(code), layout.parse_text) for code in languages}
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
