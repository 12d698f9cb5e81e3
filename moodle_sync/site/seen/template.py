"""Templates of courses, as Moodle has them."""

from collections.abc import Iterator, Mapping
from typing import Final

from moodle_sync.errors import Refused
from moodle_sync.site.courses import opening
from moodle_sync.site.found import CourseFound, TemplateFound
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.template import TEMPLATES, Template, as_template, outline


def _numbers(sight: Sight) -> Mapping[str, int]:
    return {name: found.course.id for name, found in _there(sight)}


def _things(sight: Sight) -> Mapping[str, Template]:
    return {name: as_template(found.course.format, found.state) for name, found in _there(sight)}


def _there(sight: Sight) -> Iterator[tuple[str, TemplateFound]]:
    for name, found in sight.found.templates.items():
        if isinstance(found, TemplateFound):
            yield name, found


def _conflicts(sight: Sight) -> Iterator[Conflict]:
    """Name the courses that can't be copied, or of which nobody knows whether they are copies."""
    for key, course in sorted(sight.desired[COURSES].items()):
        there = sight.found.courses.get(key)
        is_kept = key in sight.found.closed or (there is not None and there.course.idnumber)
        if course.template and not is_kept:
            problem = _problem(sight.found.templates.get(course.template), course.template, there)
            yield from [Conflict("course", key, problem)] if problem else ()


def _problem(found: TemplateFound | Refused | None, name: str, there: CourseFound | None) -> str | None:
    if found is None:
        return f"there is no course with the short name {name} to copy it from: write the template's as it stands"
    if isinstance(found, Refused):
        return f"its template {name} can't be read: {found}; {opening(found)}"
    if there and outline(there.state) != outline(found.state):
        return (
            f"a course without an idnumber has its short name, and other sections or activities than its template "
            f"{name}: if that is the course, write the idnumber into its settings; if Moodle is still copying, wait; "
            f"if a copying broke off, delete that course"
        )
    return None


TEMPLATE: Final[View] = view(TEMPLATES, _things, _numbers, _conflicts)
