"""The curriculum: exercises, units and courses, as the files hold them and as the programs get them.

A `…Structure` is what a structure file holds; the class derived from it adds the texts, one for each language. Every
text is plain unless it is called CommonMark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeVar, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from content.brings import Bringing
from content.checks.catalogue import CanvasCheck
from content.facilitation import Facilitation, FacilitationText
from content.parts.catalogue import CanvasPart
from content.parts.part import Part, PartText
from content.rubric import CriterionText, Rubric
from content.shape import Language, Line, Minutes, Shape, Slug, Summary, Text, Title
from content.vocabulary import NO_VOCABULARY, Vocabulary
from content.worked import WorkedExample

T = TypeVar("T")

# Exercises


class Step(Shape):
    """What everybody does at the same time for some minutes, where a trainer guides a session."""

    id: Slug
    kind: Literal["write", "sort", "discuss", "choose"]
    minutes: Minutes
    part: Slug | None = None
    """Where it is done, if in one part."""


class StepText(Shape):
    """A step in one language: a name of a word or two, and in a sentence or two what to do."""

    title: Title
    task: Line


class ExerciseText(Shape):
    """An exercise in one language; `instructions` are CommonMark without HTML."""

    title: Title
    summary: Text
    safety: Line
    """What is to be minded while writing; it stays in sight."""
    instructions: Text
    facilitation: FacilitationText | None = None
    """For whoever guides a group through the exercise, with paper in a room."""
    parts: Mapping[str, PartText]
    checks: Mapping[str, Text]
    questions: Mapping[str, Text] = Field(default_factory=dict)
    rubric: Mapping[str, CriterionText] = Field(default_factory=dict)
    steps: Mapping[str, StepText] = Field(default_factory=dict)
    sources: tuple[Text, ...] = ()


class ExerciseStructure(Shape):
    """What `exercise.yaml` holds."""

    id: Slug
    minutes: Minutes
    score_maximum: Annotated[int, Field(ge=1, le=100)]
    """What handing in gives where that is all that counts, and the most that a trainer gives."""
    parts: Annotated[tuple[CanvasPart, ...], Field(min_length=1)]
    checks: Annotated[tuple[CanvasCheck, ...], Field(min_length=1)]
    """What the computer can count before somebody hands in; it never keeps them from it."""
    questions: tuple[CanvasCheck, ...] = ()
    """What the author is asked to look at again where it is found."""
    rubric: Rubric = ()
    """What a trainer looks at; whoever does the exercise sees it from the beginning."""
    self_review: bool = False
    """Whether people are asked to look at their own work by the rubric before they hand in."""
    steps: tuple[Step, ...] = ()
    """Of a session in a group, in their order."""
    brings: tuple[Bringing, ...] = ()
    """What can be brought along from earlier exercises."""
    most_notes: Annotated[int, Field(ge=1, le=5000)] = 2500
    """Notes that one workspace may hold."""
    facilitation: Facilitation | None = None
    themes: tuple[Slug, ...] = ()
    """Of demonstrative actions that it serves, from the vocabulary."""
    near_violence: bool = False
    """Whether its pages show where one can turn."""
    stays_here: bool = False
    """Whether nothing of what is written there can be brought to the community."""
    marked: bool = True
    """Whether a trainer may mark it; else it is done or not yet."""
    replaced_by: Slug | None = None
    """The exercise that took its place: courses that have this one keep it, and none takes it any more."""


class Exercise(ExerciseStructure):
    """A canvas to be filled alone or in a group, with what to look at before it is handed in."""

    texts: Mapping[str, ExerciseText]
    example: WorkedExample | None = None

    def part(self, part_id: str) -> Part:
        """Find the part that a note or a check names; KeyError if there is none."""
        return {part.id: part for part in self.parts}[part_id]


# Units


class UnitText(Shape):
    """A unit in one language: plain title and lead, and a CommonMark body without HTML."""

    title: Title
    lead: Text
    body: Text


class UnitStructure(Shape):
    """What `unit.yaml` holds; `minutes` is the time to read."""

    id: Slug
    minutes: Minutes
    questions: Annotated[tuple[Slug, ...], Field(max_length=5)] = ()
    """What readers may answer for themselves; each stands in the text, in a block `question` with its id."""
    diagrams: tuple[Slug, ...] = ()
    """Drawings, each an SVG file of its name; they stand in the text in blocks `diagram`, which hold their words."""
    themes: tuple[Slug, ...] = ()
    """Of demonstrative actions that it serves, from the vocabulary."""
    near_violence: bool = False
    """Whether its page shows where one can turn."""


class Unit(UnitStructure):
    """A text to read."""

    texts: Mapping[str, UnitText]
    drawings: Mapping[str, str] = Field(default_factory=dict)
    """The SVG of each diagram, by its name."""


# Courses


class ActivityKind(StrEnum):
    """What a course can place in a module."""

    UNIT = "unit"
    EXERCISE = "exercise"


class Activity(Shape):
    """A unit or an exercise at its place in a course: exactly one of the two keys is given."""

    unit: Slug | None = None
    exercise: Slug | None = None

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        if (self.unit is None) == (self.exercise is None):
            kind = "activity"
            message = "must name one unit or one exercise: write `unit: …` or `exercise: …`"
            raise PydanticCustomError(kind, message)
        return self

    @property
    def kind(self) -> ActivityKind:
        """Say which of the two it is."""
        return ActivityKind.UNIT if self.unit is not None else ActivityKind.EXERCISE

    @property
    def slug(self) -> str:
        """Name the unit or the exercise."""
        return cast("str", self.unit if self.unit is not None else self.exercise)

    @property
    def key(self) -> tuple[ActivityKind, str]:
        """Tell the activity from all others: a unit and an exercise may share a slug."""
        return self.kind, self.slug


class Module(Shape):
    """A content area of a course and its activities, in their order."""

    id: Slug
    activities: tuple[Activity, ...] = ()


class ModuleText(Shape):
    """A module in one language."""

    title: Title
    summary: Summary = ""


class CourseText(Shape):
    """A course in one language."""

    title: Title
    summary: Summary = ""
    modules: Mapping[str, ModuleText] = Field(default_factory=dict)


class CourseStructure(Shape):
    """What `course.yaml` holds; all that the course uses exists in each of its languages."""

    id: Slug
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    modules: tuple[Module, ...] = ()


class Course(CourseStructure):
    """A training: modules with their activities."""

    texts: Mapping[str, CourseText]


class UnknownActivityError(LookupError):
    """The curriculum has no unit or exercise of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curriculum:
    """All courses, units and exercises, by their slugs."""

    courses: Mapping[str, Course]
    units: Mapping[str, Unit]
    exercises: Mapping[str, Exercise]
    vocabulary: Vocabulary = NO_VOCABULARY

    def unit(self, slug: str) -> Unit:
        """Find a unit; UnknownActivityError if there is none."""
        return _find(self.units, "unit", slug)

    def exercise(self, slug: str) -> Exercise:
        """Find an exercise; UnknownActivityError if there is none."""
        return _find(self.exercises, "exercise", slug)


def _find(activities: Mapping[str, T], kind: str, slug: str) -> T:
    if slug not in activities:
        message = f"The curriculum has no {kind} `{slug}`."
        raise UnknownActivityError(message)
    return activities[slug]
