"""What a plan says of categories, courses and sections: nothing of them is ever removed."""

from collections.abc import Collection, Iterator

from moodle_sync.actions import Action, AddSection, Change, ChangeCourse, CreateCategory, CreateCourse, NameSection
from moodle_sync.planning.comparison import Comparison
from moodle_sync.sameness import same
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.section import SECTIONS

FIELDS = ("idnumber", "shortname", "fullname", "category")
END = "enddate"
"""As Moodle calls a course's end."""


def structure(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, parents first, and change what is called otherwise."""
    wanted, site = sides.wanted, sides.site
    yield from (CreateCategory(value) for key, value in wanted[CATEGORIES].items() if key not in site[CATEGORIES])
    for key in sorted(wanted[COURSES]):
        course, found = wanted[COURSES][key], site[COURSES].get(key)
        if found is None:
            yield CreateCourse(course)
        elif changes := tuple(change for change in differences(sides, key) if sides.tries("course", key, change)):
            yield ChangeCourse(key, changes)
        given = {name for of, name in sides.applied[SECTIONS] if of == key} if found else set()
        yield from _sections(course, found, given)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a course's settings with what the source says."""
    wanted, found = sides.wanted[COURSES].get(key), sides.site[COURSES].get(key)
    if wanted is None or found is None:
        return
    for field in FIELDS:
        before, after = getattr(found, field), getattr(wanted, field)
        if after and same(before) != same(after):
            yield Change(field, before, after)
    if None not in (wanted.ends, found.ends) and wanted.ends != found.ends:
        yield Change(END, str(found.ends), str(wanted.ends))


def _sections(course: Course, found: Course | None, given: Collection[str]) -> Iterator[Action]:
    """Name what has no name yet, in order; sections that have other names are somebody's, and stay.

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
