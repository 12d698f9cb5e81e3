"""What the site should hold: from the configuration, the curriculum and the file of people."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from content.load import ContentError, load, load_courses
from content.model import Curriculum
from moodle_sync.config import mistake, read_settings
from moodle_sync.errors import InputRefused, Problem
from moodle_sync.settings import Settings
from moodle_sync.source.circles import by_names, spellings, with_circles
from moodle_sync.source.community import with_community
from moodle_sync.source.courses import course_of, course_problems, modules_of
from moodle_sync.source.people import People, read_people
from moodle_sync.tables import CategoryTable
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.course_settings import as_description
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import MODULES
from moodle_sync.things.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Everything that the administrator wrote, read and checked."""

    settings: Settings
    state: State
    warnings: tuple[str, ...]


def read_input(
    file: Path, content: Path | None, now: datetime, encoding: str | None = None, *, whole: bool = False
) -> Input:
    """Read everything that a configuration names; InputRefused names every mistake in all files at once.

    An encoding that is said here takes the place of the configuration's. Of the curriculum only the courses are read,
    unless it is to be looked at as a whole.
    """
    settings, problems = read_settings(file)
    settings = settings.model_copy(update={"encoding": encoding or settings.encoding})
    curriculum: Curriculum | None = None
    people: People | None = None
    warnings: tuple[str, ...] = ()
    try:
        folder = settings.content or content
        curriculum = load(folder) if whole else load_courses(folder)
        problems += dict.fromkeys(course_problems(file, settings, curriculum))
    except ContentError as error:
        problems += [Problem(problem.file, 0, problem.key, problem.message) for problem in error.problems]
    try:
        people = _people(settings, now)
        problems += [mistake(file, at, message) for at, message in spellings(settings, people)]
    except InputRefused as refused:
        problems += refused.problems
        warnings = refused.warnings
    if problems or curriculum is None or people is None:
        raise InputRefused(problems, warnings)
    state = desire(settings, curriculum, by_names(people, settings))
    return Input(settings=settings, state=state, warnings=people.warnings)


def desire(settings: Settings, curriculum: Curriculum, people: People) -> State:
    """Put the desired state together."""
    categories = {table.idnumber: _category(table) for table in settings.categories}
    state = (
        State(manages=people.manages, silent=people.silent)
        .having(CATEGORIES, categories)
        .having(COURSES, {table.idnumber: course_of(table, curriculum, settings.zone) for table in settings.courses})
        .having(MODULES, {table.idnumber: modules_of(table, curriculum) for table in settings.courses})
        .having(PEOPLE, people.people)
        .having(ROLES, people.enrolments)
        .having(GROUPS, people.groups)
        .having(MEMBERSHIPS, people.memberships)
        .having(COHORTS, {idnumber: Cohort(idnumber=idnumber) for idnumber in people.cohorts})
        .having(COHORT_MEMBERS, people.cohort_members)
    )
    state = with_circles(state, settings)
    return with_community(state, settings.community) if settings.community else state


def _people(settings: Settings, now: datetime) -> People:
    today = now.astimezone(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    courses = {table.shortname: table.idnumber for table in settings.places}
    lasting = frozenset({settings.community.shortname} if settings.community else ())
    return read_people(settings.people, courses, today, settings.encoding, lasting=lasting)


def _category(table: CategoryTable) -> Category:
    description = as_description(table.description)
    return Category(idnumber=table.idnumber, name=table.name, parent=table.parent, description=description)
