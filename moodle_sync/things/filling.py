"""Courses without activities that are filled from their template, where the configuration asks for it.

Moodle puts what a section of the template has into the one with the same number, and makes all of it a second time
where it is there already. So it is done only where both have the same sections, and never where there are activities.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Action, Looking, Making, Step
from moodle_sync.things.activity import ACTIVITIES, in_order
from moodle_sync.things.arrangement import arrange
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.copying import CopyCourse
from moodle_sync.things.course import COURSES
from moodle_sync.things.courses import is_unfinished
from moodle_sync.things.finding import Remark
from moodle_sync.things.place import InCourse
from moodle_sync.things.template import TEMPLATES
from moodle_sync.things.thing import Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import GET_STATE, IMPORT_COURSE

FORUM: Final = "forum"
"""What every course has at first: one for announcements."""
OTHERWISE: Final = (
    "isn't filled from its template, since its sections are other ones or stand in another order: activities would "
    "come under the wrong ones; put those of the template in the order of these, or the other way round"
)
TWICE: Final = "the template's forum for announcements comes along beside its own: delete one of them afterwards"


@dataclass(frozen=True, slots=True)
class FillCourse(InCourse):
    """Bring what a template has into a course without activities; nothing of it is deleted."""

    noun: ClassVar = "filled courses"
    step: ClassVar = Step(IMPORT_COURSE, "", ONE)
    pauses: ClassVar = CopyCourse.pauses
    doubt: ClassVar = "an import that broke off may leave the course half full: look at its page, and delete what came"
    course: str
    template: str

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"course {self.course}: fill it with what {self.template} has"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "importfrom": making.ids[TEMPLATES][self.template],
            "importto": making.ids[COURSES][self.course],
            "deletecontent": 0,
        }

    def is_done(self, looking: Looking) -> bool:
        """Tell whether all that the template has is there."""
        there = _contents(looking, looking.ids[COURSES][self.course])
        return _contents(looking, looking.ids[TEMPLATES][self.template]) <= there


def compare(sides: Comparison) -> Iterator[Action]:
    """Fill what is empty, where it may be."""
    for key, course in sorted(sides.wanted[COURSES].items()):
        if course.template and _is_empty(sides, key) and _is_alike(sides, key):
            yield FillCourse(key, course.template)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Say why a course isn't filled, and what comes twice."""
    for key in sorted(sides.wanted[COURSES]):
        if _is_empty(sides, key) and not _is_alike(sides, key):
            yield Remark("course", key, OTHERWISE)
    for action in actions:
        if isinstance(action, FillCourse) and sides.site[ACTIVITIES].get(action.course):
            yield Remark("course", action.course, TWICE)


def _is_empty(sides: Comparison, key: str) -> bool:
    """Tell whether a course is to be filled, and has nothing but a forum for announcements, as it was made."""
    course = sides.wanted[COURSES][key]
    asked = course.fill and course.template in sides.site[TEMPLATES] and key in sides.site[COURSES]
    there = [activity.kind for activity in sides.site[ACTIVITIES].get(key, ())]
    if not asked or is_unfinished(sides, key) or there not in ([], [FORUM]):
        return False
    return any(activity.kind != FORUM for activity in sides.site[TEMPLATES][course.template or ""].activities)


def _is_alike(sides: Comparison, key: str) -> bool:
    """Tell whether each section of the template has the number of the section that is the same module here."""
    arranged = sides.once(arrange, key)
    template = sides.site[TEMPLATES][sides.wanted[COURSES][key].template or ""]
    names = {section.number: {section.name} for section in arranged.sections}
    for module in arranged.modules:
        if module.id in arranged.found:
            names[arranged.found[module.id].number] |= {module.name, *module.titles}
    pairs = zip(arranged.sections, template.sections, strict=False)
    alike = all(same(theirs.name) in {same(name) for name in names[own.number]} for own, theirs in pairs)
    return alike and not arranged.missing and len(arranged.sections) <= len(template.sections)


def _contents(looking: Looking, number: int) -> Counter[tuple[str, str]]:
    state = looking.ask(GET_STATE, courseid=number)
    return Counter((activity.module, same(activity.name)) for activity in in_order(state))


FILL: Final = Thing(name="filling", actions=(FillCourse,), compare=compare, remarks=remarks)
