"""Activities that came with a copy of a template: they are called, shown and put in an order as the template's are.

An activity is known by the number of the template's; which of the copy's it is was written down when that was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.multilang import told, told_apart
from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Looking, Making, Step
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Aim, Change
from moodle_sync.things.course import COURSES
from moodle_sync.things.ids import Ids
from moodle_sync.things.kept import holding
from moodle_sync.things.kind import Kind
from moodle_sync.things.place import InCourse
from moodle_sync.things.section import state_of
from moodle_sync.things.section_changes import VISIBLE
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import NAME_ACTIVITY, UPDATE_ACTIVITIES
from moodle_sync.webservice.replies import ActivityReply, StateReply

ORDER: Final = "activities"
"""The field of a course that keeps in which order its template's activities stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity as Moodle has it; `section` is the number of the section that it is in."""

    number: int
    kind: str
    name: str
    visible: bool
    section: int
    hidden_with_section: bool = False
    """Whether nothing can be said of it alone, since all of its section is hidden."""


ACTIVITIES: Final[Kind[tuple[str, int], Mapping[str, tuple[Activity, ...]]]] = Kind("activity", {})
"""Of courses with a template, in their order; numbers are by course and the number of the template's."""
CORNERS: Final[Kind[tuple[str, int], frozenset[str]]] = Kind("section of a template", frozenset())
"""The numbers of sections, by course and the number of the template's."""


def key_of(course: str, activity: int) -> str:
    """Give the key of an activity in a copy, or of a section there, by the number of the template's."""
    return f"{course}/{activity}"


def kept(course: str, activity: int, values: Mapping[str, str]) -> Applied:
    """Say what is held of an activity."""
    return holding("activity", key_of(course, activity), values)


def as_activities(state: StateReply) -> tuple[Activity, ...]:
    """Say in our words what Moodle tells of a course's activities."""
    hidden = {section.id for section in state.section if not section.visible}
    return tuple(
        Activity(
            number=reply.id,
            kind=reply.module,
            name=reply.name,
            visible=reply.visible,
            section=reply.sectionid,
            hidden_with_section=reply.sectionid in hidden,
        )
        for reply in in_order(state)
    )


def in_order(state: StateReply) -> tuple[ActivityReply, ...]:
    """Give a course's activities in the order of its page; those that its sections don't list come first."""
    numbers = (number for section in state.section for number in section.cmlist)
    places = {number: place for place, number in enumerate(numbers)}
    return tuple(sorted(state.cm, key=lambda reply: places.get(reply.id, -1)))


def written_order(activities: Iterable[Activity]) -> str:
    """Write which activities stand in which section, in their order."""
    return " ".join(f"{activity.section}:{activity.number}" for activity in activities)


@dataclass(frozen=True, slots=True)
class RenameActivity(InCourse):
    """Call an activity as its template's is called."""

    noun: ClassVar = "renamed activities"
    step: ClassVar = Step(NAME_ACTIVITY, "", ONE)
    course: str
    activity: int
    """The template's number."""
    before: str
    after: str
    number: int = field(compare=False)
    """Its own."""

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        before, after = told_apart(self.before, self.after)
        return f'course {self.course}: rename activity "{before}" to "{after}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {"component": "core_course", "itemtype": "activityname", "itemid": self.number, "value": self.after}

    def aims(self) -> Iterable[Aim]:
        """Name the field that it writes."""
        return (("course", self.course, Change(f"activity {self.number}", self.before, self.after)),)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it has its new name."""
        reply = _reply(looking, self.course, self.number)
        return reply is not None and same(reply.name) == same(self.after)

    def keeps(self) -> Applied:
        """Say what it is called."""
        return kept(self.course, self.activity, {"name": self.after})


@dataclass(frozen=True, slots=True)
class ShowActivity(InCourse):
    """Show an activity to those who learn, or hide it, as its template's is."""

    noun: ClassVar = "activities shown or hidden"
    step: ClassVar = Step(UPDATE_ACTIVITIES, "", ONE)
    course: str
    activity: int
    name: str
    visible: bool
    number: int = field(compare=False)

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: {"show" if self.visible else "hide"} activity "{told(self.name)}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        action = "cm_show" if self.visible else "cm_hide"
        return {"action": action, "courseid": making.ids[COURSES][self.course], "ids": [self.number]}

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it is shown, or hidden."""
        reply = _reply(looking, self.course, self.number)
        return reply is not None and reply.visible is self.visible

    def keeps(self) -> Applied:
        """Say that it is shown, or hidden."""
        return kept(self.course, self.activity, {"visible": VISIBLE[self.visible]})


@dataclass(frozen=True, slots=True)
class MoveActivity(InCourse):
    """Move an activity before another one, or to the end of a section, as it stands in the template."""

    noun: ClassVar = "moved activities"
    step: ClassVar = Step(UPDATE_ACTIVITIES, "", ONE)
    course: str
    activity: int
    name: str
    before: int
    """The template's number of the one behind it; 0: it comes last in its section."""
    before_name: str
    number: int = field(compare=False)
    before_number: int = field(compare=False)
    section: int = field(compare=False)
    """The section's own number."""
    order: str = ""
    """How the template's activities stand, where it is the last move in a course."""

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        where = f'before "{told(self.before_name)}"' if self.before else "to the end of its section"
        return f'course {self.course}: move activity "{told(self.name)}" {where}'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        target: Row = {"targetcmid": self.before_number} if self.before else {"targetsectionid": self.section}
        return {
            "action": "cm_move",
            "courseid": making.ids[COURSES][self.course],
            "ids": [self.number],
            **target,
        }

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it stands where it shall."""
        there = in_order(looking.once(state_of, self.course))
        section = next((reply.sectionid for reply in there if reply.id == self.number), 0)
        line = [reply.id for reply in there if reply.sectionid == section]
        behind = dict(zip(line, [*line[1:], 0], strict=True)).get(self.number)
        return behind == self.before_number and (bool(self.before) or section == self.section)

    def keeps(self) -> Applied:
        """Say how they stand."""
        return holding("course", self.course, {ORDER: self.order} if self.order else {})


def numbers_of(ids: Ids, course: str) -> Iterable[Applied]:
    """Say which activities and sections of a copy are which of its template."""
    for (key, activity), number in ids[ACTIVITIES].items():
        if key == course:
            yield kept(course, activity, {"number": str(number)})
    for (key, section), number in ids[CORNERS].items():
        if key == course:
            yield holding("corner", key_of(course, section), {"number": str(number)})


def _reply(looking: Looking, course: str, number: int) -> ActivityReply | None:
    return next((reply for reply in looking.once(state_of, course).cm if reply.id == number), None)
