"""The courses of a site as tables of a configuration, each with a course of the curriculum."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Final, Literal

from pydantic import ValidationError

from content.folder import LANGUAGES
from moodle_sync.exporting.categories import plain, reason
from moodle_sync.exporting.lacks import Lack, LeftOut, lacks
from moodle_sync.exporting.names import fresh
from moodle_sync.exporting.sections import is_title, modules_of, unnamed
from moodle_sync.sameness import loosely, same
from moodle_sync.site.courses import opening
from moodle_sync.site.whole import CourseWhole, Whole
from moodle_sync.source.entries import CLEAR
from moodle_sync.tables import NEVER, CourseFormat, CourseTable, GroupMode
from moodle_sync.webservice.replies import CourseReply

GIVE: Final = "give it an ID number in Moodle: the course > Settings"
FORMATS: Final = frozenset(CourseFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a course of the curriculum says: in one language."""

    slug: str
    language: str
    title: str
    summary: str
    modules: Mapping[str, str]
    """Titles by name."""


@dataclass(slots=True)
class Courses:
    """The tables by idnumber, what their curriculum says, their idnumbers by number, and what isn't carried."""

    tables: dict[str, CourseTable] = field(default_factory=dict)
    contents: list[Content] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)


def carry(whole: Whole, categories: Mapping[int, str], zone: tzinfo, language: str) -> Courses:
    """Make tables of the courses; `language` is that of those that don't say theirs."""
    made = Courses()
    fitting: dict[str, CourseWhole] = {}
    for course in sorted(whole.courses.values(), key=lambda one: (not one.found.course.idnumber, _key(one))):
        content = _content(course, (), language)
        if problem := _problem(course, fitting, categories) or _refusal(course, content, categories, zone):
            made.left_out.append(LeftOut("course", _name(course), problem))
        else:
            fitting[_key(course)] = course
    for key in sorted(fitting):
        reply = fitting[key].found.course
        content = _content(fitting[key], {one.slug for one in made.contents}, language)
        made.contents.append(content)
        made.tables[key] = _table(fitting[key], content, categories[reply.categoryid], zone)
        made.keys[reply.id] = key
    made.left_out += _closed(whole)
    made.lacks += _lacks([fitting[key] for key in sorted(fitting)])
    return made


def _closed(whole: Whole) -> Iterator[LeftOut]:
    for name, refusal in whole.closed.items():
        yield LeftOut("course", name, f"can't be read: {refusal}; {opening(refusal)}")


def _key(course: CourseWhole) -> str:
    return same(course.found.course.idnumber) or same(course.found.course.shortname)


def _problem(course: CourseWhole, others: Mapping[str, CourseWhole], categories: Mapping[int, str]) -> str | None:
    """Say why a course isn't carried: because of what is around it, or of what it is called."""
    reply = course.found.course
    if reply.categoryid not in categories:
        return "its category is left out, or isn't shown to the token's account"
    if reply.visible is None:
        return "its ID number and its settings aren't shown: give the token's account moodle/course:update"
    if loosely(_key(course)) in map(loosely, others):
        return f"another course has its {'ID number' if reply.idnumber else 'short name as an ID number'}: {GIVE}"
    return _misnomer(reply, [_name(other) for other in others.values()])


def _misnomer(reply: CourseReply, others: list[str]) -> str | None:
    if loosely(reply.shortname) in map(loosely, others):
        return "its short name differs from another one's only in capitals, accents or letters that nobody sees"
    if same(reply.shortname).lower() == CLEAR:
        return f"its short name means something else in the file of people: call it otherwise than {CLEAR}"
    if not is_title(reply.fullname):
        return "its name is longer than 200 letters, or holds what Moodle shows otherwise: correct it in its settings"
    return None


def _refusal(course: CourseWhole, content: Content, categories: Mapping[int, str], zone: tzinfo) -> str | None:
    try:
        _table(course, content, categories[course.found.course.categoryid], zone)
    except ValidationError as error:
        return reason(error)
    return None


def _content(course: CourseWhole, taken: Container[str], language: str) -> Content:
    reply = course.found.course
    said = (reply.lang or "").split("_")[0]
    return Content(
        slug=fresh(_key(course), "course", taken),
        language=said if said in LANGUAGES else language,
        title=same(reply.fullname),
        summary=plain(reply.summary) or "",
        modules=modules_of(course.found.sections).titles,
    )


def _table(course: CourseWhole, content: Content, category: str, zone: tzinfo) -> CourseTable:
    reply = course.found.course
    return CourseTable(
        content=content.slug,
        language=content.language,
        category=category,
        idnumber=_key(course),
        shortname=reply.shortname,
        hidden=modules_of(course.found.sections).hidden if content.modules else None,
        starts=_day(reply.startdate, zone) if reply.startdate else None,
        ends=None if _ends_by_itself(reply) else _end(reply.enddate, zone),
        lang=reply.lang or None,
        visible=reply.visible,
        format=CourseFormat.WEEKS if reply.format == CourseFormat.WEEKS else None,
        completion=reply.enablecompletion,
        groups=next((mode for mode in GroupMode if mode.number == reply.groupmode), None),
    )


def _day(seconds: int, zone: tzinfo) -> date:
    """Write a moment as a day where it begins one, and else with its distance from Greenwich."""
    at = datetime.fromtimestamp(seconds, zone)
    begins = datetime(at.year, at.month, at.day, tzinfo=zone)
    return at.date() if int(begins.timestamp()) == seconds else datetime.fromisoformat(at.isoformat())


def _ends_by_itself(reply: CourseReply) -> bool:
    """Tell whether Moodle reckons the end from the number of weeks, and writes over any other."""
    return any(option.name == "automaticenddate" and str(option.value) == "1" for option in reply.courseformatoptions)


def _end(seconds: int | None, zone: tzinfo) -> date | Literal["never"] | None:
    if seconds is None:
        return None
    return _day(seconds, zone) if seconds else NEVER


def _lacks(carried: list[CourseWhole]) -> Iterator[Lack]:
    return lacks(
        (
            "ID numbers of courses that have none: the short name stands for it, and `apply` writes it into Moodle",
            _names(course for course in carried if not course.found.course.idnumber),
        ),
        ("activities of courses; a backup, or a template, brings them", _names(filter(_has_activities, carried))),
        ("course formats that a sync doesn't make", _formats(carried)),
        (
            "summaries of courses that are more than plain text",
            _names(one for one in carried if plain(one.found.course.summary) is None),
        ),
        ("images of courses", _names(one for one in carried if one.found.course.overviewfiles)),
        ("custom fields of courses", _names(filter(_has_fields, carried))),
        (
            "the start of courses that have none: a new one begins today",
            _names(one for one in carried if not one.found.course.startdate),
        ),
        (
            "the end of courses where Moodle reckons it from their weeks",
            _names(one for one in carried if _ends_by_itself(one.found.course)),
        ),
        *_section_lacks(carried),
        (
            "manual enrolment where it is switched off, and a sync enrols nobody",
            _names(one for one in carried if "manual" not in (one.found.course.enrollmentmethods or ("manual",))),
        ),
        ("ways of enrolment: who came by them is carried as enrolled by hand", _methods(carried)),
    )


def _section_lacks(carried: list[CourseWhole]) -> Iterator[tuple[str, Iterator[str]]]:
    yield "sections without a name", _names(one for one in carried if any(unnamed(one.found.sections)))
    yield (
        "sections whose names are longer than 200 letters, or hold what Moodle shows otherwise",
        (f"{_name(one)}: {name}" for one in carried for name in modules_of(one.found.sections).odd),
    )
    yield "subsections", _names(one for one in carried if any(part.component for part in one.state.section))
    yield "summaries of sections", _names(one for one in carried if any(part.hassummary for part in one.state.section))
    yield (
        "restrictions of sections",
        _names(one for one in carried if any(part.hasrestrictions for part in one.state.section)),
    )


def _name(course: CourseWhole) -> str:
    return course.found.course.shortname


def _names(courses: Iterable[CourseWhole]) -> Iterator[str]:
    return map(_name, courses)


def _has_activities(course: CourseWhole) -> bool:
    """Tell whether there is more than the forum that Moodle puts into each course."""
    kinds = [activity.module for activity in course.state.cm]
    return bool(set(kinds) - {"forum"}) or len(kinds) > 1


def _has_fields(course: CourseWhole) -> bool:
    return any(given.value for given in course.found.course.customfields)


def _formats(carried: list[CourseWhole]) -> Iterator[str]:
    replies = (course.found.course for course in carried)
    return (f"{reply.shortname}: {reply.format}" for reply in replies if reply.format not in FORMATS)


def _methods(carried: list[CourseWhole]) -> Iterator[str]:
    return (f"{_name(one)}: {method}" for one in carried for method in _other_methods(one.found.course))


def _other_methods(reply: CourseReply) -> list[str]:
    return [method for method in reply.enrollmentmethods or () if method != "manual"]
