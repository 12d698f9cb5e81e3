"""Asks whether a site shows each reader one language of what is in several."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from moodle_sync.errors import Refused
from moodle_sync.multilang import languages_of, texts_of
from moodle_sync.sameness import same
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.functions import GET_COURSES, GET_SHOWN_COURSES


@dataclass(frozen=True, slots=True)
class Tried:
    """What a course's title looks like on a page."""

    course: str
    """Its short name; empty where none is there yet."""
    is_one: bool = False
    """Whether that is one language."""


def try_languages(client: Client, desired: State) -> Tried | None:
    """Look at the first course in several languages that is there; None where none is wanted."""
    wanted = [course for course in desired[COURSES].values() if _is_in_several(course)]
    return next(_tried(client, wanted), Tried("")) if wanted else None


def _is_in_several(course: Course) -> bool:
    return any(map(languages_of, [course.fullname, *course.sections]))


def _tried(client: Client, wanted: list[Course]) -> Iterator[Tried]:
    for course in wanted:
        kept = _title(client, course)
        if languages_of(kept) and (shown := _title(client, course, as_shown=True)):
            yield Tried(course.shortname, same(html.unescape(shown)) in texts_of(kept))


def _title(client: Client, course: Course, *, as_shown: bool = False) -> str:
    function = GET_SHOWN_COURSES if as_shown else GET_COURSES
    try:
        found = client.call(function, field="idnumber", value=course.idnumber).courses
    except Refused:
        return ""
    return found[0].fullname if found else ""
