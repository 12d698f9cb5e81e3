"""Harmless questions, one for each function that reads: what the token may not ask shows in no other way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from moodle_sync.client import Client
from moodle_sync.encoding import Value
from moodle_sync.errors import Refused
from moodle_sync.functions import (
    GET_CATEGORIES,
    GET_COHORT_MEMBERS,
    GET_COURSES,
    GET_ENROLLED,
    GET_GROUPS,
    GET_MEMBERS,
    GET_STATE,
    SEARCH_COHORTS,
    CourseReply,
    Function,
    Named,
)
from moodle_sync.state import State

T = TypeVar("T")

ONE_PERSON: Value = [{"name": "userfields", "value": "id"}, {"name": "limitnumber", "value": 1}]
EVERYWHERE: Value = {"contextlevel": "system"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question: Moodle's refusal, or a remark on what couldn't be tried."""

    function: Named
    about: str = ""
    refusal: str = ""
    remark: str = ""


class _Asking:
    """Asks what the service has functions for, and keeps what was refused."""

    def __init__(self, client: Client, missing: frozenset[str]) -> None:
        self._client = client
        self._missing = missing
        self.answers: list[Answer] = []

    def ask(self, function: Function[T], about: str, **arguments: Value) -> T | None:
        """Ask one question; None where there is no answer."""
        if function.name in self._missing:
            return None
        try:
            return self._client.call(function, **arguments)
        except Refused as refused:
            self.answers.append(Answer(function=function, about=about, refusal=str(refused)))
            return None

    def remark(self, function: Named, remark: str) -> None:
        """Say what couldn't be tried."""
        self.answers.append(Answer(function=function, remark=remark))


def ask(client: Client, desired: State, missing: frozenset[str]) -> Iterator[Answer]:
    """Ask everything, and give what was refused or couldn't be tried."""
    asking = _Asking(client, missing)
    _ask_for_categories(asking, desired)
    _ask_for_course(asking, desired)
    if desired.cohorts:
        _ask_for_cohorts(asking)
    yield from asking.answers


def _ask_for_categories(asking: _Asking, desired: State) -> None:
    """Look for an idnumber: without the right Moodle refuses that, and shows none otherwise."""
    for category in list(desired.categories)[:1]:
        wanted: Value = [{"key": "idnumber", "value": category}]
        asking.ask(GET_CATEGORIES, "Categories with their idnumbers", criteria=wanted)


def _ask_for_course(asking: _Asking, desired: State) -> None:
    course = next(_courses(asking, desired), None)
    if course is None:
        if desired.courses:
            remark = "No course of the source is there yet: nothing in courses was tried."
            asking.remark(GET_COURSES, remark)
        return
    name = f"The course {course.idnumber or course.shortname}"
    asking.ask(GET_STATE, f"{name}, its sections", courseid=course.id)
    asking.ask(GET_ENROLLED, f"{name}, its participants", courseid=course.id, options=ONE_PERSON)
    groups = asking.ask(GET_GROUPS, f"{name}, its groups", courseid=course.id)
    if groups:
        asking.ask(GET_MEMBERS, f"{name}, the members of a group", groupids=[groups[0].id])


def _courses(asking: _Asking, desired: State) -> Iterator[CourseReply]:
    for key in desired.courses:
        found = asking.ask(GET_COURSES, f"The course {key}", field="idnumber", value=key)
        yield from found.courses if found else ()


def _ask_for_cohorts(asking: _Asking) -> None:
    found = asking.ask(SEARCH_COHORTS, "Cohorts", query="", context=EVERYWHERE, includes="all", limitnum=1)
    if found and found.cohorts:
        asking.ask(GET_COHORT_MEMBERS, "The members of a cohort", cohortids=[found.cohorts[0].id])
