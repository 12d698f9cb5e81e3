"""New courses that are copied from templates: first the copy, which is hidden, then its idnumber and its settings.

A copy without an idnumber is found by its short name, and known by having what its template has.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.multilang import told
from moodle_sync.sameness import same
from moodle_sync.things import activity
from moodle_sync.things.action import ONE, Action, Creation, Looking, Making, Name, Step
from moodle_sync.things.activity import ACTIVITIES, CORNERS, ORDER, Activity, in_order, written_order
from moodle_sync.things.applied import Applied, all_of
from moodle_sync.things.arrangement import Arrangement, arrange
from moodle_sync.things.back import Back
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.change import Aim, Change
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES, NAMES, OWN_END, Course, course_with, hidden
from moodle_sync.things.course_settings import values
from moodle_sync.things.courses import is_unfinished
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import FIELDS, holding, last
from moodle_sync.things.place import InCourse
from moodle_sync.things.section import PLACES, given, kept, sections_of
from moodle_sync.things.section_changes import VISIBLE
from moodle_sync.things.template import TEMPLATES, outline
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row, Value
from moodle_sync.webservice.functions import DUPLICATE_COURSE, GET_STATE, UPDATE_COURSES
from moodle_sync.webservice.replies import StateReply

COPIES: Final[Name] = ("template", "")
"""Moodle makes one copy at a time: each is a backup and a restore."""
WITHOUT_PEOPLE: Final[Value] = [{"name": "users", "value": 0}]
"""Without it Moodle takes along everybody who is in the template."""


@dataclass(frozen=True, slots=True)
class CopyCourse(Creation):
    """Copy a course from its template, with everything but people; it is hidden, and has no idnumber yet."""

    noun: ClassVar = "copied courses"
    step: ClassVar = Step(DUPLICATE_COURSE, "", ONE)
    pauses: ClassVar = (5, 25, 60, 120, 240)
    doubt: ClassVar = (
        "a copying that broke off may leave a course behind, empty or half full, with the new short name, or with the "
        "template's and a number: look for it in the category, and delete it"
    )
    course: Course

    @property
    def template(self) -> str:
        """Give the template's short name."""
        return self.course.template or ""

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        course = self.course
        what = f'"{told(course.fullname)}" ({course.shortname}) in {course.category}'
        return f"course {course.idnumber}: make {what} as a copy of {self.template}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "courseid": making.ids[TEMPLATES][self.template],
            "fullname": self.course.fullname,
            "shortname": self.course.shortname,
            "categoryid": making.ids[CATEGORIES][self.course.category],
            "visible": 0,
            "options": WITHOUT_PEOPLE,
        }

    def names(self) -> tuple[Name, ...]:
        """Name the course and its category."""
        return ("course", self.course.idnumber), ("category", self.course.category)

    def touches(self) -> frozenset[Name]:
        """Give the course, the order in its category, and all other copies."""
        return frozenset({*self.names(), COPIES})

    def lane(self) -> Name:
        """Give all copies."""
        return COPIES

    def makes(self) -> Name:
        """Give the course."""
        return "course", self.course.idnumber

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        given = ((name, value) for name, value in values(self.course) if name in NAMES and name != "idnumber")
        return (("course", self.course.idnumber, Change(name, "", value)) for name, value in given)

    def keeps(self) -> Applied:
        """Say where it is."""
        names = {name: value for name, value in values(self.course) if name in NAMES and name != "idnumber"}
        return holding("course", self.course.idnumber, names)

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Hide it; what is in it stays."""
        return hidden(self.course.idnumber, back)

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there whole: while Moodle is at work on it, it lacks activities."""
        if finished := looking.once(course_with, "idnumber", self.course.idnumber):
            return finished.id
        copy = looking.once(course_with, "shortname", self.course.shortname)
        if copy is None or copy.idnumber or same(copy.shortname) != same(self.course.shortname):
            return None
        template = looking.ids[TEMPLATES][self.template]
        return copy.id if looking.once(_outline, copy.id) == looking.once(_outline, template) else None

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[COURSES][self.course.idnumber] = number


@dataclass(frozen=True, slots=True)
class FinishCopy(InCourse):
    """Give a copy its idnumber and its settings, and show it unless it shall be hidden."""

    noun: ClassVar = "copies with their settings"
    step: ClassVar = Step(UPDATE_COURSES, "courses")
    course: Course
    sections: tuple[tuple[str, str], ...] = ()
    """The modules that its sections are, with the names that these come with, in the template's order."""
    activities: tuple[Activity, ...] = ()
    """The template's, as the copy has them at first."""

    def within(self) -> str:
        """Give the course."""
        return self.course.idnumber

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course.idnumber}: give the copy its idnumber and its settings"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request; a course that begins on a day of its own hasn't its template's end."""
        course = self.course
        settings: dict[str, Value] = {**_written(course)}
        if course.starts is not None:
            settings.setdefault("enddate", 0)
        settings.setdefault("visible", int(not course.hidden_at_first))
        kept_end = () if course.ends is None else OWN_END
        return {"id": making.ids[COURSES][course.idnumber], **settings, "courseformatoptions": kept_end}

    def prepare(self, looking: Looking) -> None:
        """Look up the numbers of its sections: whoever calls one otherwise later, it stays that module's."""
        if self.course.idnumber in looking.ids[COURSES]:
            there = looking.once(sections_of, self.course.idnumber)
            numbers = {same(section.rawtitle): section.id for section in reversed(there)}
            for module, name in self.sections:
                if number := numbers.get(same(name)):
                    looking.ids[PLACES][self.course.idnumber, module] = number
            _learn_places(looking, self.course)

    def completes(self) -> Name:
        """Give the course."""
        return "course", self.course.idnumber

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        given = ((name, value) for name, value in _written(self.course).items() if name in NAMES)
        return (("course", self.course.idnumber, Change(name, "", value)) for name, value in given)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it has its idnumber, which comes with all the rest."""
        self.prepare(looking)
        found = looking.once(course_with, "id", looking.ids[COURSES][self.course.idnumber])
        return found is not None and same(found.idnumber) == same(self.course.idnumber)

    def keeps(self) -> Applied:
        """Say what its settings are, and how its sections stand."""
        key, wanted = self.course.idnumber, set(self.course.sections)
        order = {"order": " ".join(module for module, _ in self.sections)} if self.sections else {}
        named = [(module, name) for module, name in self.sections if same(name) in wanted]
        return all_of(
            [
                holding("course", key, {**_written(self.course), **order}),
                *(given(key, name) for _, name in named),
                *(kept(key, module, {"name": name}) for module, name in named),
                holding("course", key, {ORDER: written_order(self.activities)} if self.activities else {}),
                *(activity.kept(key, one.number, _as_copied(one)) for one in self.activities),
            ]
        )

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Hide it where another run made it: there it was hidden until now."""
        return () if back.made(self.completes()) else hidden(self.course.idnumber, back)

    def numbered(self, ids: Ids) -> Applied:
        """Say which sections are which modules."""
        key, numbers = self.course.idnumber, ids[PLACES]
        there = ((module, numbers.get((key, module))) for module, _ in self.sections)
        sections = [kept(key, module, {"number": str(number)}) for module, number in there if number]
        return all_of([*sections, *activity.numbers_of(ids, key)])


def _written(course: Course) -> dict[str, str]:
    """Give what a copy is to have that it hasn't: it is in its category already."""
    return {name: value for name, value in values(course) if name != "category"}


def compare(sides: Comparison) -> Iterator[Action]:
    """Copy what is missing, and go on with copies that were left without their idnumbers."""
    for key, course in sorted(sides.wanted[COURSES].items()):
        if course.template and key not in sides.site[COURSES]:
            yield CopyCourse(course)
        if course.template and (key not in sides.site[COURSES] or is_unfinished(sides, key)):
            activities = sides.site[TEMPLATES][course.template].activities
            yield FinishCopy(course, tuple(_matched(sides.once(arrange, key))), activities)


def _matched(arranged: Arrangement) -> Iterator[tuple[str, str]]:
    return ((module, arranged.found[module].name) for module in arranged.standing)


def forget(sides: Comparison) -> Applied:
    """Let go the idnumbers of courses that aren't there: a new copy hasn't its own yet."""
    gone = [key for key, course in sides.wanted[COURSES].items() if course.template and key not in sides.site[COURSES]]
    fields = [("course", key, "idnumber") for key in gone]
    return Applied().having(FIELDS, {one: held for one in fields if (held := last(sides, one)) is not None})


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Name the sections of copies that are no module's."""
    for action in actions:
        if isinstance(action, CopyCourse):
            arranged = sides.once(arrange, action.course.idnumber)
            modules = {section.number for section in arranged.found.values()}
            for section in arranged.sections:
                if section.name and section.number not in modules:
                    message = f'the section "{told(section.name)}" of its template is no module\'s, and stays as it is'
                    yield Remark("course", action.course.idnumber, message)


def _as_copied(one: Activity) -> dict[str, str]:
    return {"name": one.name, "visible": VISIBLE[one.visible]}


def _learn_places(looking: Looking, course: Course) -> None:
    """Keep which activities and sections of a copy are which of its template, as long as both are alike."""
    template = looking.ids[TEMPLATES].get(course.template or "")
    copy = looking.ids[COURSES][course.idnumber]
    if template and looking.once(_outline, copy) == looking.once(_outline, template):
        here, there = looking.once(_state, copy), looking.once(_state, template)
        activities = zip(in_order(there), in_order(here), strict=False)
        looking.ids[ACTIVITIES].update({(course.idnumber, other.id): one.id for other, one in activities})
        sections = zip(there.section, here.section, strict=False)
        looking.ids[CORNERS].update({(course.idnumber, other.id): one.id for other, one in sections})


def _state(looking: Looking, number: int) -> StateReply:
    return looking.ask(GET_STATE, courseid=number)


def _outline(looking: Looking, number: int) -> object:
    return outline(looking.once(_state, number))


COPY: Final = Thing(name="copy", actions=(CopyCourse, FinishCopy), compare=compare, forget=forget, remarks=remarks)
