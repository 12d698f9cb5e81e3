"""Harmless questions, one for each function that reads: what the token may not ask shows in no other way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from moodle_sync.errors import Refused
from moodle_sync.site.courses import CLOSED
from moodle_sync.things.category import CATEGORIES
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.course import COURSES
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import (
    GET_CATEGORIES,
    GET_COHORT_MEMBERS,
    GET_COURSES,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_STATE,
    SEARCH_COHORTS,
    Function,
)
from moodle_sync.webservice.replies import CourseReply

T = TypeVar("T")

ONE_PERSON: Value = [{"name": "userfields", "value": "id"}, {"name": "limitnumber", "value": 1}]
EVERYWHERE: Value = {"contextlevel": "system"}
ENTERING = "moodle/course:view, and moodle/course:viewhiddencourses for hidden ones"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What Moodle said to a question, and the right that it takes."""

    about: str
    said: str
    right: str
    courses: tuple[str, ...] = ()
    """Where it was said, if it is about courses: their short names."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was refused, and the short names of the courses that may surely be changed."""

    refusals: tuple[Refusal, ...]
    changeable: tuple[str, ...]


class _Asking:
    """Asks what the service has functions for, and keeps what was refused."""

    def __init__(self, client: Client, missing: frozenset[str]) -> None:
        self._client = client
        self._missing = missing
        self._refused: dict[Refusal, list[str]] = {}

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Give what was refused; what was said of several courses is one."""
        return tuple(replace(refusal, courses=tuple(filter(None, names))) for refusal, names in self._refused.items())

    def ask(self, function: Function[T], about: str, right: str, course: str = "", **arguments: Value) -> T | None:
        """Ask one question, of a course perhaps; None where there is no answer."""
        if function.name in self._missing:
            return None
        try:
            return self._client.call(function, **arguments)
        except Refused as refused:
            needed = ENTERING if refused.errorcode in CLOSED else right
            self.refuse(about, str(refused), needed, course)
            return None

    def refuse(self, about: str, said: str, right: str, course: str) -> None:
        """Keep a refusal."""
        self._refused.setdefault(Refusal(about=about, said=said, right=right), []).append(course)


def ask(client: Client, desired: State, missing: frozenset[str]) -> Answers:
    """Ask everything; the service lacks the functions that are missing.

    Every course is tried, since a role may be given in some of them, or in a category.
    """
    asking = _Asking(client, missing)
    _ask_for_categories(asking, desired)
    changeable = tuple(course.shortname for course in _courses(asking, desired) if _ask_for_course(asking, course))
    if desired[COHORTS]:
        _ask_for_cohorts(asking)
    return Answers(asking.refusals, changeable)


def _ask_for_categories(asking: _Asking, desired: State) -> None:
    """Look for an idnumber: without the right Moodle refuses that, and shows none otherwise."""
    for category in list(desired[CATEGORIES])[:1]:
        wanted: Value = [{"key": "idnumber", "value": category}]
        asking.ask(GET_CATEGORIES, "Categories by their idnumbers", "moodle/category:manage", criteria=wanted)


def _ask_for_course(asking: _Asking, course: CourseReply) -> bool:
    """Tell whether it may be changed: the rights to change it, and its groups, are the only ones that reading shows."""
    name = course.shortname
    if asking.ask(GET_STATE, "The sections", ENTERING, name, courseid=course.id) is None:
        return False
    if not course.idnumber:
        asking.refuse("The idnumber", "is there, and Moodle doesn't show it", "moodle/course:update", name)
    participants, groups = "moodle/course:viewparticipants", "moodle/course:managegroups"
    asking.ask(GET_ENROLLED, "The participants", participants, name, courseid=course.id, options=ONE_PERSON)
    found = asking.ask(GET_GROUPS, "The groups", groups, name, courseid=course.id)
    if found:
        asking.ask(GET_MEMBERS, "The members of groups", groups, name, groupids=[found[0].id])
    return bool(course.idnumber) and found is not None


def _courses(asking: _Asking, desired: State) -> Iterator[CourseReply]:
    for key in desired[COURSES]:
        found = asking.ask(GET_COURSES, f"The course {key}", ENTERING, field="idnumber", value=key)
        yield from found.courses if found else ()


def _ask_for_cohorts(asking: _Asking) -> None:
    right = "moodle/cohort:view"
    found = asking.ask(SEARCH_COHORTS, "Cohorts", right, query="", context=EVERYWHERE, includes="all", limitnum=1)
    if found and found.cohorts:
        asking.ask(GET_COHORT_MEMBERS, "The members of a cohort", right, cohortids=[found.cohorts[0].id])
