"""What the configuration and the curriculum say of a course, and what is wrong with it."""

import html
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from content.model import Course as CourseContent
from content.model import CourseText, Curriculum
from moodle_sync.config import mistake
from moodle_sync.errors import Problem
from moodle_sync.multilang import in_languages
from moodle_sync.sameness import same
from moodle_sync.series import TITLE, filled
from moodle_sync.settings import Settings
from moodle_sync.shown import title_mistake
from moodle_sync.tables import CourseTable, seconds
from moodle_sync.things.course_settings import Course, as_page
from moodle_sync.things.lengths import NEWEST, too_long
from moodle_sync.things.section import Module

CUT: Final = (
    "holds <: where a course is in several languages, Moodle would cut them out and show all: write it otherwise"
)


def course_of(table: CourseTable, curriculum: Curriculum, zone: ZoneInfo) -> Course:
    """Put a course together."""
    texts = _texts(table, curriculum.courses[table.content])
    return Course(
        idnumber=table.idnumber,
        shortname=table.shortname,
        fullname=_fullname(table, texts),
        category=table.category,
        sections=tuple(module.name for module in modules_of(table, curriculum)),
        summary=texts[table.main].summary,
        page=_page(texts),
        format=table.format or "topics",
        kept_format=table.format,
        starts=seconds(table.starts, zone) if table.starts else None,
        ends=seconds(table.ends, zone) if table.ends else None,
        lang=table.lang,
        visible=table.visible,
        completion=table.completion,
        group_mode=table.groups.number if table.groups else None,
        hidden_at_first=table.start_hidden or None,
        template=table.template,
        fill=table.fill or None,
    )


def modules_of(table: CourseTable, curriculum: Curriculum) -> tuple[Module, ...]:
    """List the modules of a course, which shall be its sections."""
    course = curriculum.courses[table.content]
    texts = _texts(table, course)
    return tuple(
        Module(
            id=module.id,
            name=in_languages({lang: same(text.modules[module.id].title) for lang, text in texts.items()}),
            visible=None if table.hidden is None else module.id not in table.hidden,
            titles=_other_titles(table, course, module.id) if table.template else (),
        )
        for module in course.modules
    )


def _other_titles(table: CourseTable, course: CourseContent, module: str) -> tuple[str, ...]:
    """Give what a module is called in the other languages: a template may be in any of them."""
    others = (text for language, text in course.texts.items() if language not in table.spoken or table.multilang)
    return tuple(same(text.modules[module].title) for text in others)


def course_problems(file: Path, settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    """Find what the configuration says of courses that the curriculum doesn't have, and what Moodle wouldn't take."""
    for place, table in enumerate(settings.courses):
        course = curriculum.courses.get(table.content)
        if course is None:
            known = ", ".join(curriculum.courses)
            yield mistake(file, ("courses", place, "content"), f"the curriculum has no such course: it has {known}")
        elif not table.spoken:
            continue  # the configuration says that already
        elif not set(table.spoken) <= set(course.texts):
            known = ", ".join(course.texts)
            said = f"the course isn't in {_this(table, course)}: it is in {known}"
            yield mistake(file, ("courses", place, table.language_key), said)
        else:
            yield from _title_problems(table, course)
            yield from _hidden_problems(file, place, table, course)
            yield from _name_problems(file, place, table, course_of(table, curriculum, settings.zone))


def _this(table: CourseTable, course: CourseContent) -> str:
    missing = [language for language in table.spoken if language not in course.texts]
    return ", ".join(missing) if table.languages else "this language"


def _texts(table: CourseTable, course: CourseContent) -> Mapping[str, CourseText]:
    """Give the course's texts, those of the main language first."""
    return {language: course.texts[language] for language in table.spoken}


def _fullname(table: CourseTable, texts: Mapping[str, CourseText]) -> str:
    return in_languages({lang: same(filled(table.fullname, {TITLE: text.title})) for lang, text in texts.items()})


def _page(texts: Mapping[str, CourseText]) -> str | None:
    """Write the summary as Moodle has it."""
    if len(texts) == 1:
        return as_page(next(iter(texts.values())).summary)
    return f"<p>{in_languages({lang: html.escape(text.summary) for lang, text in texts.items()})}</p>"


def _hidden_problems(file: Path, place: int, table: CourseTable, course: CourseContent) -> Iterator[Problem]:
    known = [module.id for module in course.modules]
    for name in table.hidden or ():
        if name not in known:
            message = f"the course has no module {name}: it has {', '.join(known)}"
            yield mistake(file, ("courses", place, "hidden"), message)


def _title_problems(table: CourseTable, course: CourseContent) -> Iterator[Problem]:
    """Find titles that pages of ours show well and Moodle doesn't."""
    for language, text in _texts(table, course).items():
        titles = {"title": text.title, **{f"modules.{key}.title": module.title for key, module in text.modules.items()}}
        for key, title in titles.items():
            if wrong := _title_mistake(title, alone=len(table.spoken) == 1):
                yield Problem(f"curriculum/{course.id}/{language}.yaml", 0, key, wrong)


def _title_mistake(title: str, *, alone: bool) -> str | None:
    return title_mistake(same(title)) or (CUT if "<" in title and not alone else None)


def _name_problems(file: Path, place: int, table: CourseTable, course: Course) -> Iterator[Problem]:
    if "<" in table.fullname and table.multilang:
        yield mistake(file, ("courses", place, "fullname"), CUT)
    if wrong := too_long(course, NEWEST):
        yield mistake(file, ("courses", place, "fullname"), wrong)
