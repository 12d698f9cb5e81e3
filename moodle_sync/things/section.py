"""The sections of courses: those that have other names are somebody's, and stay."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Action, Looking, Making, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Aim, Change, Field
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import GET_STATE, NAME_SECTION, UPDATE_SECTIONS
from moodle_sync.webservice.replies import SectionReply, StateReply

SECTIONS: Final[Kind[tuple[str, int], frozenset[tuple[str, str]]]] = Kind("section", frozenset())
"""Courses and names: a section that is called otherwise since then, or gone, is left to whoever did that.

Numbers are those of sections without a name, by course and place; they are read when they are to be named.
"""


@dataclass(frozen=True, slots=True)
class AddSection(InCourse):
    """Add a section without a name at the end of a course; `place` is its number then."""

    noun: ClassVar = "new sections"
    step: ClassVar = Step(UPDATE_SECTIONS, "", ONE)
    course: str
    place: int

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        del zone
        return f"course {self.course}: add section {self.place}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {"action": "section_add", "courseid": making.ids[COURSES][self.course]}

    def is_done(self, looking: Looking) -> bool:
        """Tell whether there are so many."""
        return len(looking.once(_sections, self.course)) >= self.place


@dataclass(frozen=True, slots=True)
class NameSection(InCourse):
    """Give a section that has no name its name."""

    noun: ClassVar = "named sections"
    step: ClassVar = Step(NAME_SECTION, "", ONE)
    untold: ClassVar = True
    course: str
    place: int
    name: str
    format: str = "topics"
    """The course's format, which keeps the names of its sections."""

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        del zone
        return f'course {self.course}: name section {self.place} "{self.name}"'

    def prepare(self, looking: Looking) -> None:
        """Look up the sections without a name."""
        if self.course in looking.ids[COURSES]:
            looking.once(_learn_unnamed, self.course)

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "component": f"format_{self.format}",
            "itemtype": "sectionname",
            "itemid": making.ids[SECTIONS][self.course, self.place],
            "value": self.name,
        }

    def aims(self) -> Iterable[Aim]:
        """Name the field that it writes."""
        return (("course", self.course, Change(f"section {self.place}", "", self.name)),)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether the section has its name."""
        sections = looking.once(_sections, self.course)
        return len(sections) >= self.place and same(sections[self.place - 1].rawtitle) == self.name

    def keeps(self) -> Applied:
        """Say that it was named."""
        return Applied().having(SECTIONS, frozenset({(self.course, same(self.name))}))

    def kept_otherwise(self, state: State) -> Iterator[tuple[Field, str]]:
        """Give the name that it has instead."""
        if self.course in state[COURSES]:
            names = state[COURSES][self.course].sections
            name = names[self.place - 1] if self.place <= len(names) else ""
            if same(name) != same(self.name):
                yield ("course", self.course, f"section {self.place}"), name


def own_sections(state: StateReply) -> tuple[SectionReply, ...]:
    """List a course's own sections in order: neither the general one nor those that are parts of an activity."""
    return tuple(section for section in state.section if section.number and not section.component)


def compare(sides: Comparison) -> Iterator[Action]:
    """Add what is missing, and name what has no name."""
    for key in sorted(sides.wanted[COURSES]):
        found = sides.site[COURSES].get(key)
        given = {name for of, name in sides.applied[SECTIONS] if of == key} if found else set()
        yield from _sections_of(sides.wanted[COURSES][key], found, given)


def _sections_of(course: Course, found: Course | None, given: Collection[str]) -> Iterator[Action]:
    """Name what has no name yet, in order.

    A name that was given before and isn't there was changed or taken away by somebody, and isn't given again.
    """
    names = found.sections if found else ("",) * len(course.sections)
    taken = {same(name) for name in names}
    free = [place for place, name in enumerate(names, 1) if not name]
    missing = [name for name in course.sections if same(name) not in taken and same(name) not in given]
    added = range(len(names) + 1, len(names) + 1 + len(missing) - len(free))
    yield from (AddSection(course.idnumber, place) for place in added)
    for place, name in zip([*free, *added], missing, strict=False):
        yield NameSection(course.idnumber, place, name, (found or course).format)


def adopt(sides: Comparison) -> Applied:
    """Take over the sections that are there as wanted."""
    wanted, site = sides.wanted[COURSES], sides.site[COURSES]
    there = frozenset(
        (key, same(name))
        for key, course in wanted.items()
        for name in course.sections
        if key in site and same(name) in map(same, site[key].sections)
    )
    return Applied().having(SECTIONS, there - sides.applied[SECTIONS])


def forget(sides: Comparison) -> Applied:
    """Let go the names that the source no longer has."""
    wanted = sides.wanted[COURSES]
    gone = frozenset(
        (course, name)
        for course, name in sides.applied[SECTIONS]
        if course in wanted and name not in map(same, wanted[course].sections)
    )
    return Applied().having(SECTIONS, gone)


def _lines(applied: Applied) -> Iterator[Line]:
    return ((named, ()) for named in applied[SECTIONS])


def _holding(lines: Iterable[Line]) -> Applied:
    return Applied().having(SECTIONS, frozenset((course, name) for (course, name), _ in lines))


def _sections(looking: Looking, course: str) -> tuple[SectionReply, ...]:
    return own_sections(looking.ask(GET_STATE, courseid=looking.ids[COURSES][course]))


def _learn_unnamed(looking: Looking, course: str) -> None:
    for place, section in enumerate(_sections(looking, course), 1):
        if not section.rawtitle:
            looking.ids[SECTIONS][course, place] = section.id


PAGE: Final = Page(table="sections", key=("course", "name"), lines=_lines, holding=_holding)
SECTION: Final = Thing(
    name="section", actions=(AddSection, NameSection), compare=compare, adopt=adopt, forget=forget, page=PAGE
)
