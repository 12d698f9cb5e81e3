"""Courses, as Moodle has them."""

from collections.abc import Iterator, Mapping
from typing import Final

from moodle_sync.site.courses import opening, other_course
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.course_settings import as_course
from moodle_sync.things.finding import Conflict
from moodle_sync.things.lengths import too_long
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.webservice.replies import CourseReply


def _numbers(sight: Sight) -> Mapping[str, int]:
    return {key: course.course.id for key, course in sight.found.courses.items()}


def _things(sight: Sight) -> Mapping[str, Course]:
    names = {number: key for key, number in sight.ids[CATEGORIES].items()}
    return {
        key: as_course(course.course, names, tuple(section.rawtitle for section in course.sections))
        for key, course in sight.found.courses.items()
    }


def _conflicts(sight: Sight) -> Iterator[Conflict]:
    for key, refusal in sight.found.closed.items():
        message = f"can't be read, so nothing is done there: {refusal}; {opening(refusal)}"
        yield Conflict("course", key, message, f"{refusal.function} {refusal.errorcode}")
    for key, course in sight.found.courses.items():
        if problem := _problem(course.course, sight.desired[COURSES][key]):
            yield Conflict("course", key, problem)
    for key, wanted in sight.desired[COURSES].items():
        if key not in sight.found.closed and (problem := too_long(wanted, sight.found.version)):
            yield Conflict("course", key, f"{problem}; nothing is done there")
    yield from _partly_shown(sight)


def _problem(found: CourseReply, wanted: Course) -> str | None:
    if other := other_course(found, wanted):
        return other
    if found.enrollmentmethods is not None and "manual" not in found.enrollmentmethods:
        return "has no manual enrolment that is switched on: see Participants > Enrolment methods in the course"
    return None


def _partly_shown(sight: Sight) -> Iterator[Conflict]:
    """Find courses whose participants aren't all shown: who is in a group is in the course, and seems absent.

    They would be enrolled again each night, and mailed each time.
    """
    inside = sight.inside
    unseen = sorted(m for m in sight.state[MEMBERSHIPS] if (m.group.course, m.person) not in inside)
    for course, person in {member.group.course: member.person for member in unseen}.items():
        message = (
            f"{person} is in one of its groups and not among its participants, so these aren't all shown: give the "
            "token's account moodle/site:accessallgroups and moodle/user:viewdetails"
        )
        yield Conflict("course", course, message, "not all shown")


COURSE: Final[View] = view(COURSES, _things, _numbers, _conflicts)
