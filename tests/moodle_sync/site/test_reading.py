"""What a sync asks Moodle for, and what it keeps of the answers."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qs

import pytest

from moodle_sync.errors import AccessRefused, NotAllowed, Refused
from moodle_sync.site.courses import FEW
from moodle_sync.site.found import Found
from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import MOST
from moodle_sync.site.participants import PAGE
from moodle_sync.site.reading import read
from moodle_sync.site.side_by_side import AT_ONCE
from moodle_sync.things.account import Person
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import State
from moodle_sync.webservice.client import Answer, Client

Question: TypeAlias = Mapping[str, str]
GUEST = {"id": 1, "username": "guest"}
STUDENT = {"roleid": 5, "shortname": "student"}


@dataclass
class Wire:
    """A site that answers in Moodle's shapes."""

    courses: dict[int, str] = field(default_factory=dict)
    """Short names; the idnumber is the same in small letters."""
    inside: dict[int, list[dict[str, object]]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    """Who is counted in a page and not shown."""
    version: str | None = None
    accounts: list[dict[str, object]] = field(default_factory=list)
    cohorts: dict[int, str] = field(default_factory=dict)
    closed: Mapping[int, str] = field(default_factory=dict)
    """Courses that the token's account can't read, and the error codes that say so."""
    hides_idnumbers: bool = False
    asked: list[tuple[str, Question]] = field(default_factory=list)

    def send(self, _address: str, body: str) -> Answer:
        """Answer a request."""
        question = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        name = question["wsfunction"]
        self.asked.append((name, question))
        return Answer(200, json.dumps(getattr(self, name)(question)))

    def counts(self) -> Counter[str]:
        """Count the requests by function."""
        return Counter(name for name, _ in self.asked)

    def core_webservice_get_site_info(self, _question: Question) -> object:
        told = {"sitename": "Site", "siteurl": "http://localhost", "username": "sync", "userid": 2, "functions": []}
        return {**told, "version": self.version}

    def core_course_get_categories(self, _question: Question) -> object:
        return []

    def core_course_get_courses_by_field(self, question: Question) -> object:
        value = question["value"]
        chosen = {
            "idnumber": [number for number, name in self.courses.items() if name.lower() == value],
            "shortname": [number for number, name in self.courses.items() if name == value],
            "ids": [int(number) for number in value.split(",") if number.isdecimal()],
        }[question["field"]]
        return {"courses": [{**self._course(number), "enrollmentmethods": ["manual"]} for number in chosen]}

    def core_course_get_courses(self, _question: Question) -> object:
        site = {"id": 1, "shortname": "site", "fullname": "Site", "idnumber": "", "categoryid": 0, "format": "site"}
        return [site, *map(self._course, self.courses)]

    def _course(self, number: int) -> dict[str, object]:
        name = self.courses[number]
        shown = {} if self.hides_idnumbers else {"idnumber": name.lower()}
        return {"id": number, "shortname": name, "fullname": name, "categoryid": 3, **shown}

    def core_group_get_course_groups(self, question: Question) -> object:
        if errorcode := self.closed.get(int(question["courseid"])):
            return {"exception": "moodle_exception", "errorcode": errorcode, "message": "No."}
        return [{"id": 1000 + int(question["courseid"]), "name": "A"}]

    def core_group_get_group_members(self, question: Question) -> object:
        return [{"groupid": int(question["groupids[0]"]), "userids": [30]}]

    def core_courseformat_get_state(self, _question: Question) -> object:
        return json.dumps({"section": [{"id": 40, "number": 0}, {"id": 41, "number": 1, "rawtitle": "Needs"}]})

    def core_enrol_get_enrolled_users(self, question: Question) -> object:
        first = int(
            next(question[f"options[{n}][value]"] for n in range(4) if question[f"options[{n}][name]"] == "limitfrom")
        )
        page = self.inside.get(int(question["courseid"]), [])[first : first + PAGE]
        return [person for person in page if person["id"] not in self.hidden]

    def core_user_get_users_by_field(self, question: Question) -> object:
        values = {value for name, value in question.items() if name.startswith("values[")}
        return [account for account in self.accounts if str(account.get(question["field"], "")) in values]

    def core_cohort_search_cohorts(self, question: Question) -> object:
        first = int(question["limitfrom"]) * PAGE  # as Moodle counts: pages, not rows
        cohorts = [{"id": number, "name": name, "idnumber": name} for number, name in self.cohorts.items()]
        return {"cohorts": cohorts[first : first + PAGE]}

    def core_cohort_get_cohort_members(self, question: Question) -> object:
        return [{"cohortid": int(number), "userids": [30]} for name, number in question.items() if "cohortids" in name]


def user(number: int, **fields: object) -> dict[str, object]:
    name = f"p{number}"
    return {"id": number, "username": name, "email": f"{name}@example.org", "roles": [STUDENT], **fields}


def person(number: int, **fields: object) -> Person:
    return Person(username=f"p{number}", email=f"p{number}@example.org", **fields)  # type: ignore[arg-type]  # its own


def wish(*names: str, people: tuple[Person, ...] = (), cohorts: frozenset[str] = frozenset()) -> State:
    courses = {n.lower(): Course(idnumber=n.lower(), shortname=n, fullname=n, category="") for n in names}
    state = State().having(COURSES, courses).having(PEOPLE, {p.username: p for p in people})
    return state.having(COHORTS, {name: Cohort(idnumber=name) for name in cohorts})


def numbers(found: Found) -> dict[str, int]:
    return {key: cohort.id for key, cohort in found.cohorts.items()}


def look(
    wire: Wire, desired: State, cohorts: frozenset[str] = frozenset(), people: frozenset[int] = frozenset()
) -> Found:
    return read(Client("https://moodle.example.org", "t" * 32, wire.send), desired, cohorts, people)


@pytest.mark.parametrize(
    ("expected", "people", "requests"),
    [
        (0, 0, 1),
        (0, 1, 2),
        (1, 1, 2),
        (PAGE, PAGE, 2),
        (PAGE, PAGE + 1, 3),
        (PAGE, 2 * PAGE, 2 + AT_ONCE),
        (2 * PAGE, 2 * PAGE, 3),
        (2 * PAGE, 1, 3),
        (AT_ONCE * PAGE, AT_ONCE * PAGE, AT_ONCE + 1),
        (0, (1 + AT_ONCE) * PAGE, 1 + 2 * AT_ONCE),
    ],
)
def test_as_many_pages_are_asked_for_at_once_as_the_expected_people_fill_until_one_is_empty(
    expected: int, people: int, requests: int
) -> None:
    wire = Wire(courses={4: "TOT"}, inside={4: [user(number) for number in range(30, 30 + people)]})
    desired = wish("TOT").having(
        ROLES, frozenset(Enrolment(course="tot", person=str(number), role="student") for number in range(expected))
    )

    found = look(wire, desired)

    assert sorted(found.courses["tot"].inside) == list(range(30, 30 + people))
    assert wire.counts()["core_enrol_get_enrolled_users"] == requests


def test_a_page_that_is_short_since_people_are_hidden_is_not_the_last() -> None:
    people = [user(number) for number in range(30, 30 + PAGE + 1)]
    wire = Wire(courses={4: "TOT"}, inside={4: people}, hidden={33, 34})

    found = look(wire, wish("TOT"))

    assert len(found.courses["tot"].inside) == PAGE - 1
    assert 30 + PAGE in found.courses["tot"].inside


def test_a_course_is_read_with_its_sections_groups_and_roles() -> None:
    wire = Wire(courses={4: "TOT"}, inside={4: [user(30), user(31, roles=[])]})

    found = look(wire, wish("TOT"))

    course = found.courses["tot"]
    assert [section.rawtitle for section in course.sections] == ["Needs"]
    assert course.inside == {30: ("student",), 31: ()}
    assert course.members == {1004: (30,)}
    assert found.roles == {"student": 5}


def test_somebody_in_many_courses_is_kept_once() -> None:
    wire = Wire(courses={4: "A", 5: "B", 6: "C"}, inside={number: [user(30)] for number in (4, 5, 6)})

    found = look(wire, wish("A", "B", "C"))

    assert found.accounts == {30: Account(id=30, username="p30", email="p30@example.org")}
    assert list(found.courses) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("said", "number"), [("2024100706", 2024100706), ("2025100600.02", 2025100600), (None, 0), ("soon", 0)]
)
def test_the_version_is_a_number_as_far_as_the_site_says_it(said: str | None, number: int) -> None:
    assert look(Wire(version=said), wish("TOT")).version == number


def test_a_course_that_is_missing_is_left_out() -> None:
    assert look(Wire(courses={4: "A"}), wish("A", "B")).courses.keys() == {"a"}


@pytest.mark.parametrize("errorcode", ["errorcoursecontextnotvalid", "requireloginerror", "nopermissions"])
def test_a_course_that_can_not_be_read_is_told_and_the_others_are_read(errorcode: str) -> None:
    found = look(Wire(courses={4: "A", 5: "B"}, closed={4: errorcode}), wish("A", "B"))

    assert found.courses.keys() == {"b"}
    assert {key: str(why) for key, why in found.closed.items()} == {
        "a": f"core_group_get_course_groups: No. ({errorcode})"
    }


@pytest.mark.parametrize("errorcode", ["errorcoursecontextnotvalid", "nopermissions"])
def test_where_no_course_can_be_read_nothing_is(errorcode: str) -> None:
    with pytest.raises(Refused):
        look(Wire(courses={4: "A", 5: "B"}, closed=dict.fromkeys([4, 5], errorcode)), wish("A", "B"))


def test_a_function_that_is_missing_is_no_course_s_own_trouble() -> None:
    with pytest.raises(AccessRefused):
        look(Wire(courses={4: "A", 5: "B"}, closed={4: "accessexception"}), wish("A", "B"))


@pytest.mark.parametrize("number", [1, FEW + 1])
def test_an_idnumber_that_is_not_shown_is_the_one_that_finds_the_course(number: int) -> None:
    names = [f"C{n}" for n in range(number)]
    wire = Wire(courses=dict(enumerate(names, 10)), hides_idnumbers=True)

    found = look(wire, wish(*names))

    assert found.courses["c0"].course.idnumber == "c0"


def test_past_fifty_courses_all_are_listed_once_and_ours_are_asked_for_together() -> None:
    names = [f"C{number}" for number in range(FEW + 1)]
    wire = Wire(courses=dict(enumerate([*names, "OTHER"], 10)))

    found = look(wire, wish(*names, "MISSING"))

    assert len(found.courses) == FEW + 1
    assert found.courses["c0"].course.enrollmentmethods == ("manual",)
    assert wire.counts()["core_course_get_courses"] == 1
    assert wire.counts()["core_course_get_courses_by_field"] == 1
    assert wire.counts()["core_group_get_course_groups"] == FEW + 1


def test_up_to_fifty_courses_are_asked_for_one_by_one() -> None:
    wire = Wire(courses={4: "A"})

    look(wire, wish("A", "MISSING"))

    assert wire.counts()["core_course_get_courses"] == 0
    assert wire.counts()["core_course_get_courses_by_field"] == 3


def test_cohorts_past_the_first_page_are_found() -> None:
    wire = Wire(cohorts={number: f"cohort {number}" for number in range(70, 70 + 2 * PAGE + 1)})
    last = f"cohort {70 + 2 * PAGE}"

    found = look(wire, wish(cohorts=frozenset({last})))

    assert numbers(found) == {last: 70 + 2 * PAGE}


@pytest.mark.parametrize(
    ("there", "expected"),
    [({70: "AGENTS"}, {"agents": 70}), ({70: "AGENTS", 71: "agents"}, {"agents": 71}), ({70: "agent"}, {})],
    ids=["capitals", "two cohorts", "another"],
)
def test_a_cohort_is_the_same_whatever_its_capitals(there: dict[int, str], expected: dict[str, int]) -> None:
    found = look(Wire(cohorts=there), wish(cohorts=frozenset({"agents"})), cohorts=frozenset({"AGENTS"}))

    assert {key: number for key, number in numbers(found).items() if key == "agents"} == expected
    assert len(found.cohorts) == len(set(numbers(found).values()))


def test_of_cohorts_only_the_members_of_those_that_matter_are_read() -> None:
    wire = Wire(cohorts={70: "agents", 71: "strangers", 72: "old"})

    found = look(wire, wish(cohorts=frozenset({"agents", "new"})), cohorts=frozenset({"old"}))

    assert numbers(found) == {"agents": 70, "old": 72}
    assert found.cohort_members == {"agents": (30,), "old": (30,)}
    assert wire.counts()["core_cohort_get_cohort_members"] == 1


@pytest.mark.parametrize(("people", "accounts"), [({30, 31}, {30}), ({31}, set())])
def test_a_member_of_a_cohort_whom_the_journal_knows_is_looked_up(people: set[int], accounts: set[int]) -> None:
    wire = Wire(cohorts={70: "agents"}, accounts=[user(1, username="guest"), user(30), user(31)])

    found = look(wire, wish(), cohorts=frozenset({"agents"}), people=frozenset(people))

    assert found.accounts.keys() == accounts


def test_a_member_of_a_cohort_who_was_seen_is_not_looked_up() -> None:
    wire = Wire(courses={4: "TOT"}, inside={4: [user(30)]}, cohorts={70: "agents"})

    look(wire, wish("TOT"), cohorts=frozenset({"agents"}), people=frozenset({30}))

    assert wire.counts()["core_user_get_users_by_field"] == 0


def test_without_cohorts_none_are_read() -> None:
    wire = Wire(cohorts={70: "agents"})

    look(wire, wish())

    assert wire.counts()["core_cohort_search_cohorts"] == 0


def test_who_was_seen_with_all_that_the_source_gives_is_not_looked_up() -> None:
    wire = Wire(courses={4: "TOT"}, inside={4: [user(30, idnumber="i30")]})

    look(wire, wish("TOT", people=(person(30, idnumber="i30"),)))

    assert wire.counts()["core_user_get_users_by_field"] == 0


@pytest.mark.parametrize(
    ("field", "value"), [("lang", "es"), ("auth", "oauth2"), ("suspended", False), ("profile", (("country", ""),))]
)
def test_what_a_list_of_participants_does_not_tell_is_looked_up_where_it_is_managed(field: str, value: object) -> None:
    more = {
        "lang": "es",
        "auth": "manual",
        "suspended": True,
        "customfields": [{"shortname": "country", "value": "Jordan"}],
    }
    wire = Wire(courses={4: "TOT"}, inside={4: [user(30), user(31)]}, accounts=[GUEST, user(30, **more)])

    found = look(wire, wish("TOT", people=(person(30, **{field: value}), person(31))))

    seen = found.accounts[30]
    assert (seen.lang, seen.auth, seen.suspended, seen.profile) == ("es", "manual", True, (("country", "Jordan"),))
    assert next(question for name, question in wire.asked if question.get("field") == "id")["values[0]"] == "30"
    assert wire.counts()["core_user_get_users_by_field"] == 2


def test_others_are_looked_up_by_all_that_identifies_in_pieces() -> None:
    people = tuple(person(number, idnumber=f"i{number}") for number in range(30, 30 + MOST + 1))
    wire = Wire(accounts=[GUEST, user(30), {"id": 99, "username": "other", "idnumber": "i31"}])

    found = look(wire, wish(people=people))

    assert found.accounts.keys() == {30, 99}
    assert wire.counts()["core_user_get_users_by_field"] == 1 + 3 * 2


def test_a_token_that_sees_nobody_is_refused() -> None:
    with pytest.raises(NotAllowed, match="can't see other people"):
        look(Wire(), wish(people=(person(30),)))
