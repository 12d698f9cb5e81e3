"""What the site should hold: from the configuration, the curriculum and the file of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from content.load import ContentError, load
from content.model import Course as CourseContent
from content.model import Curriculum
from moodle_sync.config import Settings, mistake, read_settings
from moodle_sync.errors import InputRefused, Problem
from moodle_sync.sameness import same
from moodle_sync.shown import title_mistake
from moodle_sync.source.community import with_community
from moodle_sync.source.people import People, read_people
from moodle_sync.tables import CategoryTable, CourseTable
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.course_settings import as_page
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import MODULES, Module
from moodle_sync.things.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Everything that the administrator wrote, read and checked."""

    settings: Settings
    state: State
    warnings: tuple[str, ...]


def read_input(file: Path, content: Path | None, now: datetime, encoding: str | None = None) -> Input:
    """Read everything that a configuration names; InputRefused names every mistake in all files at once.

    An encoding that is said here takes the place of the configuration's.
    """
    settings, problems = read_settings(file)
    settings = settings.model_copy(update={"encoding": encoding or settings.encoding})
    curriculum: Curriculum | None = None
    people: People | None = None
    warnings: tuple[str, ...] = ()
    try:
        curriculum = load(content)
        problems += _course_problems(file, settings, curriculum)
    except ContentError as error:
        problems += [Problem(problem.file, 0, problem.key, problem.message) for problem in error.problems]
    try:
        people = _people(settings, now)
    except InputRefused as refused:
        problems += refused.problems
        warnings = refused.warnings
    if problems or curriculum is None or people is None:
        raise InputRefused(problems, warnings)
    return Input(settings=settings, state=desire(settings, curriculum, people), warnings=people.warnings)


def desire(settings: Settings, curriculum: Curriculum, people: People) -> State:
    """Put the desired state together."""
    categories = {table.idnumber: _category(table) for table in settings.categories}
    state = (
        State(manages=people.manages, silent=people.silent)
        .having(CATEGORIES, categories)
        .having(COURSES, {table.idnumber: _course(table, curriculum, settings.zone) for table in settings.courses})
        .having(MODULES, {table.idnumber: _modules(table, curriculum) for table in settings.courses})
        .having(PEOPLE, people.people)
        .having(ROLES, people.enrolments)
        .having(GROUPS, people.groups)
        .having(MEMBERSHIPS, people.memberships)
        .having(COHORTS, people.cohorts)
        .having(COHORT_MEMBERS, people.cohort_members)
    )
    return with_community(state, settings.community) if settings.community else state


def _people(settings: Settings, now: datetime) -> People:
    today = now.astimezone(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    courses = {table.shortname: table.idnumber for table in settings.places}
    lasting = frozenset({settings.community.shortname} if settings.community else ())
    return read_people(settings.people, courses, today, settings.encoding, lasting=lasting)


def _course_problems(file: Path, settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    for place, table in enumerate(settings.courses):
        course = curriculum.courses.get(table.content)
        if course is None:
            known = ", ".join(curriculum.courses)
            yield mistake(file, ("courses", place, "content"), f"the curriculum has no such course: it has {known}")
        elif table.language not in course.texts:
            known = ", ".join(course.texts)
            yield mistake(file, ("courses", place, "language"), f"the course isn't in this language: it is in {known}")
        else:
            yield from _title_problems(course, table.language)
            yield from _hidden_problems(file, place, table, course)


def _hidden_problems(file: Path, place: int, table: CourseTable, course: CourseContent) -> Iterator[Problem]:
    known = [module.id for module in course.modules]
    for name in table.hidden or ():
        if name not in known:
            message = f"the course has no module {name}: it has {', '.join(known)}"
            yield mistake(file, ("courses", place, "hidden"), message)


def _title_problems(course: CourseContent, language: str) -> Iterator[Problem]:
    """Find titles that pages of ours show well and Moodle doesn't."""
    text = course.texts[language]
    titles = {"title": text.title, **{f"modules.{key}.title": module.title for key, module in text.modules.items()}}
    for key, title in titles.items():
        if wrong := title_mistake(same(title)):
            yield Problem(f"curriculum/{course.id}/{language}.yaml", 0, key, wrong)


def _category(table: CategoryTable) -> Category:
    description = None if table.description is None else as_page(table.description) or ""
    return Category(idnumber=table.idnumber, name=table.name, parent=table.parent, description=description)


def _course(table: CourseTable, curriculum: Curriculum, zone: ZoneInfo) -> Course:
    course = curriculum.courses[table.content]
    text = course.texts[table.language]
    return Course(
        idnumber=table.idnumber,
        shortname=table.shortname,
        fullname=same(text.title),
        category=table.category,
        sections=tuple(same(text.modules[module.id].title) for module in course.modules),
        summary=text.summary,
        page=as_page(text.summary),
        format=table.format or "topics",
        kept_format=table.format,
        starts=_midnight(table.starts, zone),
        ends=_midnight(table.ends, zone),
        lang=table.lang,
        visible=table.visible,
        completion=table.completion,
        group_mode=table.groups.number if table.groups else None,
        hidden_at_first=table.start_hidden or None,
        template=table.template,
        fill=table.fill or None,
    )


def _midnight(day: date | None, zone: ZoneInfo) -> int | None:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) if day else None


def _other_titles(table: CourseTable, course: CourseContent, module: str) -> tuple[str, ...]:
    """Give what a module is called in the other languages: a template may be in any of them."""
    others = (text for language, text in course.texts.items() if language != table.language)
    return tuple(same(text.modules[module].title) for text in others)


def _modules(table: CourseTable, curriculum: Curriculum) -> tuple[Module, ...]:
    course = curriculum.courses[table.content]
    texts = course.texts[table.language].modules
    return tuple(
        Module(
            id=module.id,
            name=same(texts[module.id].title),
            visible=None if table.hidden is None else module.id not in table.hidden,
            titles=_other_titles(table, course, module.id) if table.template else (),
        )
        for module in course.modules
    )
