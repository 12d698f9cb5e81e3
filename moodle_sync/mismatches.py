"""What parts of the configuration say wrongly of each other, each right in itself: pure."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from moodle_sync.sameness import loosely
from moodle_sync.series import Place
from moodle_sync.settings import Settings
from moodle_sync.tables import (
    CohortTable,
    CommunityTable,
    CourseTable,
    GroupingTable,
    GroupTable,
    seconds,
)

ONE_OF_THE_COURSES: Final = (
    "is that of one of the [[courses]], which people leave when their time there is over: take it out there, "
    "or give the community a course of its own"
)


OF_NO_COURSE: Final = "must be the idnumber of one of the courses, or of the community"


def mismatches(settings: Settings) -> Iterator[tuple[Place, str]]:
    """Compare the parts of the file with each other."""
    if not settings.courses:
        yield ("courses",), "is missing: add at least one [[courses]], or [[series]]"
    above: set[str] = set()
    for place, category in enumerate(settings.categories):
        if category.parent and category.parent not in above:
            yield ("categories", place, "parent"), "must be the idnumber of a category above it in this file"
        above.add(category.idnumber)
    for place, course in enumerate(settings.courses):
        if course.category not in above:
            yield ("courses", place, "category"), "must be the idnumber of one of the [[categories]]"
        ends = seconds(course.ends, settings.zone) if course.ends else 0
        if course.starts and ends and ends <= seconds(course.starts, settings.zone):
            yield ("courses", place, "ends"), "must be later than starts"
        yield from ((("courses", place, key), message) for key, message in course.language_mistakes())
    yield from _cohort_mismatches(settings.cohorts, above)
    yield from _group_mismatches(settings.groups, {place.idnumber for place in settings.places})
    yield from _grouping_mismatches(settings.groupings, settings)
    yield from _template_mismatches(settings)
    yield from _repeated("categories", "idnumber", [category.idnumber for category in settings.categories])
    yield from _repeated("courses", "idnumber", [course.idnumber for course in settings.courses])
    yield from _repeated("courses", "shortname", [course.shortname for course in settings.courses])
    if settings.community:
        yield from _community_mismatches(settings.community, settings.courses, above)


def _cohort_mismatches(cohorts: Sequence[CohortTable], categories: Collection[str]) -> Iterator[tuple[Place, str]]:
    for place, cohort in enumerate(cohorts):
        if cohort.category and cohort.category not in categories:
            yield ("cohorts", place, "category"), "must be the idnumber of one of the [[categories]]"
    yield from _repeated("cohorts", "idnumber", [cohort.idnumber for cohort in cohorts])


def _group_mismatches(groups: Sequence[GroupTable], courses: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Find groups of no course, and two that people would take for one."""
    for place, group in enumerate(groups):
        if group.course not in courses:
            yield ("groups", place, "course"), OF_NO_COURSE
        others = [other for other in groups if other.course == group.course and other is not group]
        if loosely(group.idnumber) in {loosely(other.name) for other in others}:
            yield ("groups", place, "idnumber"), "is the name of another group there: choose another"
    for key in ("idnumber", "name"):
        yield from _repeated("groups", key, [f"{group.course}/{getattr(group, key)}" for group in groups])


def _grouping_mismatches(groupings: Sequence[GroupingTable], settings: Settings) -> Iterator[tuple[Place, str]]:
    """Find groupings of no course, and groups that aren't there."""
    courses = {place.idnumber for place in settings.places}
    for place, grouping in enumerate(groupings):
        if grouping.course not in courses:
            yield ("groupings", place, "course"), OF_NO_COURSE
        known = {group.idnumber for group in settings.groups if group.course == grouping.course}
        for name in sorted(set(grouping.groups) - known):
            yield (
                ("groupings", place, "groups"),
                f'"{name}" must be the idnumber of one of the [[groups]] of the course',
            )
    for key in ("idnumber", "name"):
        yield from _repeated("groupings", key, [f"{one.course}/{getattr(one, key)}" for one in groupings])


def _template_mismatches(settings: Settings) -> Iterator[tuple[Place, str]]:
    """Find templates that the sync itself would change."""
    own = {loosely(table.shortname) for table in settings.places}
    for place, course in enumerate(settings.courses):
        if course.template and loosely(course.template) in own:
            message = "must be the short name of a course in Moodle that isn't in this file: this one changes with it"
            yield ("courses", place, "template"), message
        if course.fill and not course.template:
            yield ("courses", place, "fill"), "takes a template: name one"


def _community_mismatches(
    community: CommunityTable, courses: Collection[CourseTable], categories: Collection[str]
) -> Iterator[tuple[Place, str]]:
    """Find a community that is a course which people leave: nobody could tell which of the two is meant."""
    if community.category not in categories:
        yield ("community", "category"), "must be the idnumber of one of the [[categories]]"
    for key in ("idnumber", "shortname"):
        if loosely(getattr(community, key)) in {loosely(getattr(course, key)) for course in courses}:
            yield ("community", key), ONE_OF_THE_COURSES


def _repeated(table: str, key: str, values: list[str]) -> Iterator[tuple[Place, str]]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield (table, place, key), "stands here again: each needs its own"
        elif loosely(value) in map(loosely, values[:place]):
            what = "only in capitals, accents or letters that nobody sees"
            yield (table, place, key), f"differs from an earlier one {what}: each needs its own"
