"""Harmless questions, one for each function that reads: what the token may not ask shows in no other way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from moodle_sync.errors import Refused
from moodle_sync.site.reading import CLOSED
from moodle_sync.state import State
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


class _Asking:
    """Asks what the service has functions for, and keeps what was refused."""

    def __init__(self, client: Client, missing: frozenset[str]) -> None:
        self._client = client
        self._missing = missing
        self.refusals: list[Refusal] = []

    def ask(self, function: Function[T], about: str, right: str, **arguments: Value) -> T | None:
        """Ask one question; None where there is no answer."""
        if function.name in self._missing:
            return None
        try:
            return self._client.call(function, **arguments)
        except Refused as refused:
            needed = ENTERING if refused.errorcode in CLOSED else right
            self.refuse(about, str(refused), needed)
            return None

    def refuse(self, about: str, said: str, right: str) -> None:
        """Keep a refusal."""
        self.refusals.append(Refusal(about=about, said=said, right=right))


def ask(client: Client, desired: State, missing: frozenset[str]) -> tuple[Refusal, ...]:
    """Ask everything, and give what was refused; the service lacks the functions that are missing."""
    asking = _Asking(client, missing)
    _ask_for_categories(asking, desired)
    course = next(_courses(asking, desired), None)
    if course:
        _ask_for_course(asking, course)
    if desired.cohorts:
        _ask_for_cohorts(asking)
    return tuple(asking.refusals)


def _ask_for_categories(asking: _Asking, desired: State) -> None:
    """Look for an idnumber: without the right Moodle refuses that, and shows none otherwise."""
    for category in list(desired.categories)[:1]:
        wanted: Value = [{"key": "idnumber", "value": category}]
        asking.ask(GET_CATEGORIES, "Categories by their idnumbers", "moodle/category:manage", criteria=wanted)


def _ask_for_course(asking: _Asking, course: CourseReply) -> None:
    name = f"The course {course.shortname}"
    if asking.ask(GET_STATE, f"{name}, its sections", ENTERING, courseid=course.id) is None:
        return
    if not course.idnumber:
        asking.refuse(f"{name}, its idnumber", "it has one, and Moodle doesn't show it", "moodle/course:update")
    participants, groups = "moodle/course:viewparticipants", "moodle/course:managegroups"
    asking.ask(GET_ENROLLED, f"{name}, its participants", participants, courseid=course.id, options=ONE_PERSON)
    found = asking.ask(GET_GROUPS, f"{name}, its groups", groups, courseid=course.id)
    if found:
        asking.ask(GET_MEMBERS, f"{name}, the members of a group", groups, groupids=[found[0].id])


def _courses(asking: _Asking, desired: State) -> Iterator[CourseReply]:
    for key in desired.courses:
        found = asking.ask(GET_COURSES, f"The course {key}", ENTERING, field="idnumber", value=key)
        yield from found.courses if found else ()


def _ask_for_cohorts(asking: _Asking) -> None:
    right = "moodle/cohort:view"
    found = asking.ask(SEARCH_COHORTS, "Cohorts", right, query="", context=EVERYWHERE, includes="all", limitnum=1)
    if found and found.cohorts:
        asking.ask(GET_COHORT_MEMBERS, "The members of a cohort", right, cohortids=[found.cohorts[0].id])
