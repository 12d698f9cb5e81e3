"""The sections of courses: each module of the curriculum is one; all others are somebody's, and stay."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Annotated, ClassVar, Final

from pydantic import Field as Written

from moodle_sync.multilang import told
from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Action, Looking, Making, Step
from moodle_sync.things.applied import Applied, all_of
from moodle_sync.things.back import Back, stays
from moodle_sync.things.change import Aim, Change, Field
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import FIELDS, holding
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.place import InCourse
from moodle_sync.things.state import State
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import GET_STATE, NAME_SECTION, UPDATE_SECTIONS
from moodle_sync.webservice.replies import SectionReply, StateReply

SECTIONS: Final[Kind[tuple[str, int], frozenset[tuple[str, str]]]] = Kind("section", frozenset())
"""Courses and names: a section that is called otherwise since then, or gone, is left to whoever did that.

Numbers are those of sections without a name, by course and place; they are read when they are to be named.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A module of a course, which is to be a section."""

    id: str
    name: str
    visible: bool | None = None
    """None: nobody says, so whoever teaches does."""
    titles: tuple[str, ...] = ()
    """Its names in other languages, by which it is found in a copy of a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section as Moodle has it."""

    number: int
    name: str
    """Empty until it is named."""
    visible: bool = True


MODULES: Final[Kind[str, Mapping[str, tuple[Module, ...]]]] = Kind("module", {})
"""What the source has, by course and in order."""
PLACES: Final[Kind[tuple[str, str], Mapping[str, tuple[Section, ...]]]] = Kind("place of a section", {})
"""What Moodle has, by course and in order; numbers are by course and module, and the general section's without one."""
Later = Annotated[str, Written(exclude_if=lambda value: not value)]
"""A text that actions of former versions didn't have."""

KEPT: Final = "the sync deletes nothing"


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
        return f"course {self.course}: add section {self.place}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {"action": "section_add", "courseid": making.ids[COURSES][self.course]}

    def is_done(self, looking: Looking) -> bool:
        """Tell whether there are so many."""
        return len(looking.once(sections_of, self.course)) >= self.place

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Say that it stays; where it was named since, that is told with its name."""
        if back.made(("course", self.course)) or len(back.sides.site[PLACES].get(self.course, ())) < self.place:
            return
        if (self.course, self.place) not in back.once(_named):
            yield stays(("course", self.course), f"its section {self.place}, without a name, stays: {KEPT}")


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
    module: Later = field(default="", compare=False)

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: name section {self.place} "{told(self.name)}"'

    def prepare(self, looking: Looking) -> None:
        """Look up the sections without a name."""
        if self.course in looking.ids[COURSES]:
            looking.once(_learn_unnamed, self.course)

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return naming(self.format, making.ids[SECTIONS][self.course, self.place], self.name)

    def aims(self) -> Iterable[Aim]:
        """Name the field that it writes."""
        return (("course", self.course, Change(f"section {self.place}", "", self.name)),)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether the section has its name, and learn its number."""
        sections = looking.once(sections_of, self.course)
        if len(sections) < self.place or same(sections[self.place - 1].rawtitle) != self.name:
            return False
        looking.ids[SECTIONS][self.course, self.place] = sections[self.place - 1].id
        return True

    def keeps(self) -> Applied:
        """Say that it was named."""
        return all_of([given(self.course, self.name), kept(self.course, self.module, {"name": self.name})])

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Take the name away again; a section that was added with it is hidden."""
        from moodle_sync.things.section_back import unnamed  # noqa: PLC0415  # which knows this action

        return unnamed(self, back)

    def numbered(self, ids: Ids) -> Applied:
        """Say which section it was."""
        number = ids[SECTIONS].get((self.course, self.place))
        return kept(self.course, self.module, {"number": str(number)} if number else {})

    def kept_otherwise(self, state: State) -> Iterator[tuple[Field, str]]:
        """Give the name that stands in its place, where none has its name: it may have been moved since."""
        if self.course in state[COURSES]:
            names = state[COURSES][self.course].sections
            if same(self.name) not in map(same, names):
                name = names[self.place - 1] if self.place <= len(names) else ""
                yield ("course", self.course, f"section {self.place}"), name


def naming(course_format: str, number: int, name: str) -> Row:
    """Write the row that gives a section a name."""
    return {"component": f"format_{course_format}", "itemtype": "sectionname", "itemid": number, "value": name}


def given(course: str, name: str) -> Applied:
    """Say that a section was given a name."""
    return Applied().having(SECTIONS, frozenset({(course, same(name))}))


def kept(course: str, module: str, values: Mapping[str, str]) -> Applied:
    """Say what is held of the section that a module is; nothing where actions of former versions name none."""
    return holding("section", key_of(course, module), values if module else {})


def section_there(sides: Comparison, course: str, module: str, number: int, name: str) -> Section | None:
    """Find the section of a module as it is now: by its number, else by its name."""
    held = sides.applied[FIELDS].get(("section", key_of(course, module), "number"))
    sections = sides.site[PLACES].get(course, ())
    wanted = number or int(held or 0)
    if wanted:
        return next((section for section in sections if section.number == wanted), None)
    return next((section for section in sections if same(section.name) == same(name)), None)


def is_new(back: Back, course: str, module: str) -> bool:
    """Tell whether the run added the section of a module, or made all of the course."""
    return back.made(("course", course)) or (course, module) in back.once(_new)


def _new(back: Back) -> frozenset[tuple[str, str]]:
    """Give the modules whose sections the run added, with their courses."""
    added = {(one.course, one.place) for one in back.actions if isinstance(one, AddSection)}
    return frozenset(
        (course, module) for (course, place), module in back.once(_named).items() if (course, place) in added
    )


def _named(back: Back) -> dict[tuple[str, int], str]:
    """Give the modules whose sections the run named, by course and place."""
    return {(one.course, one.place): one.module for one in back.actions if isinstance(one, NameSection)}


def key_of(course: str, module: str) -> str:
    """Give the key of a module's section."""
    return f"{course}/{module}"


def own_sections(state: StateReply) -> tuple[SectionReply, ...]:
    """List a course's own sections in order: neither the general one nor those that are parts of an activity."""
    return tuple(section for section in state.section if section.number and not section.component)


def sections_of(looking: Looking, course: str) -> tuple[SectionReply, ...]:
    """Read a course's own sections."""
    return own_sections(looking.once(state_of, course))


def state_of(looking: Looking, course: str) -> StateReply:
    """Read a course as its editor sees it."""
    return looking.ask(GET_STATE, courseid=looking.ids[COURSES][course])


def _learn_unnamed(looking: Looking, course: str) -> None:
    for place, section in enumerate(looking.once(sections_of, course), 1):
        if not section.rawtitle:
            looking.ids[SECTIONS][course, place] = section.id


def _lines(applied: Applied) -> Iterator[Line]:
    return ((named, ()) for named in applied[SECTIONS])


def _holding(lines: Iterable[Line]) -> Applied:
    return Applied().having(SECTIONS, frozenset((course, name) for (course, name), _ in lines))


PAGE: Final = Page(table="sections", key=("course", "name"), lines=_lines, holding=_holding)
