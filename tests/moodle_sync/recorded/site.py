"""The site, and what is wanted of it, when the files beside this were recorded.

Everything is made in one order, so that all numbers are those that the journal holds.
"""

from dataclasses import replace

from moodle_sync.planning.plan import Options
from moodle_sync.things.account import Person
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import State
from moodle_sync.webservice import functions
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import Function, Written
from tests.moodle_sync.miniature import ROLE_IDS

OPTIONS = Options(today=1_780_000_000, unenrol=True, zone="Europe/Athens")
NAMES = ("ana", "ben", "cleo", "dave", "dora", "eva")
"""Those who have an account; Ana and Dave are no longer named, and Fatima is new."""
STARTS = 1_770_000_000
SECTIONS = ("One", "Two", "Three", "Four")
"""The last was named before, and somebody took it away."""
A, B = Group(course="tot", name="Group A"), Group(course="tot", name="Ομάδα Β")


def person(name: str, last: str = "Ruiz") -> Person:
    """Make somebody as the source has them."""
    return Person(username=name, firstname=name.title(), lastname=last, email=f"{name}@example.org", idnumber=name)


def enrolment(name: str, role: str = "student", *, suspended: bool = False) -> Enrolment:
    """Make an enrolment as the source has it."""
    return Enrolment(course="tot", person=name, role=role, start=STARTS, days=0, suspended=suspended)


WANTED = (
    State()
    .having(
        CATEGORIES,
        {
            "medtown": Category(idnumber="medtown", name="MedTOWN"),
            "inner": Category(idnumber="inner", name="Inner", parent="medtown"),
        },
    )
    .having(
        COURSES,
        {
            "tot": Course(idnumber="tot", shortname="TOT", fullname="Formación", category="medtown", sections=SECTIONS),
            "new": Course(
                idnumber="new", shortname="NEW", fullname="New", category="inner", summary="<All> that is new."
            ),
        },
    )
    .having(
        PEOPLE,
        {
            "ben": replace(person("ben"), lang="tlh"),
            "cleo": person("cleo"),
            "dora": person("dora"),
            "eva": person("eva", "حدّاد"),
            "fatima": replace(person("fatima"), lang="en", profile=(("city", "Túnez"),)),
        },
    )
    .having(
        ROLES,
        frozenset(
            {
                enrolment("ben", "teacher"),
                enrolment("cleo", suspended=True),
                enrolment("dora"),
                enrolment("eva"),
                enrolment("fatima"),
            }
        ),
    )
    .having(GROUPS, frozenset({A, B}))
    .having(MEMBERSHIPS, frozenset({Membership(group=B, person="dora"), Membership(group=B, person="fatima")}))
    .having(COHORTS, {name: Cohort(idnumber=name) for name in ("agents", "alumni")})
    .having(COHORT_MEMBERS, frozenset({CohortMembership(cohort="alumni", person="cleo")}))
)


def arrange(client: Client) -> None:
    """Make the site as it was when the run had been stopped."""
    medtown = make(client, functions.CREATE_CATEGORIES, "categories", category("medtown", "MedTOWN", 0))
    tot = make(client, functions.CREATE_COURSES, "courses", course("tot", medtown))
    users = {name: make(client, functions.CREATE_USERS, "users", user(name)) for name in NAMES}
    for number in users.values():
        do(client, functions.ENROL, "enrolments", inside(tot, number))
    group = make(client, functions.CREATE_GROUPS, "groups", {"courseid": tot, "name": A.name, "description": ""})
    do(client, functions.ADD_MEMBERS, "members", {"groupid": group, "userid": users["dora"]})
    cohort = make(client, functions.CREATE_COHORTS, "cohorts", cohort_row("agents"))
    do(client, functions.ADD_COHORT_MEMBERS, "members", member(cohort, users["cleo"]))
    # what the stopped run had done
    make(client, functions.CREATE_CATEGORIES, "categories", category("inner", "Inner", medtown))
    make(client, functions.CREATE_USERS, "users", user("fatima"))
    do(client, functions.ENROL, "enrolments", {**inside(tot, users["dave"]), "suspend": True})


def make(client: Client, function: Function[Written], rows: str, row: Row) -> int:
    """Make one thing, and give its number."""
    created = client.call(function, **{rows: [row]}).created
    assert created
    return created[0].id


def do(client: Client, function: Function[Written], rows: str, row: Row) -> None:
    """Do what makes nothing."""
    client.call(function, **{rows: [row]})


def category(idnumber: str, name: str, parent: int) -> Row:
    return {"idnumber": idnumber, "name": name, "parent": parent}


def course(idnumber: str, place: int) -> Row:
    names = {"idnumber": idnumber, "shortname": idnumber.upper(), "fullname": "Training"}
    return {**names, "categoryid": place, "format": "topics", "numsections": 2}


def user(name: str) -> Row:
    names = {"username": name, "idnumber": name, "firstname": name.title(), "lastname": "Ruiz"}
    return {**names, "email": f"{name}@example.org", "password": "Not-2-be-known"}


def inside(place: int, number: int) -> Row:
    return {"roleid": ROLE_IDS["student"], "userid": number, "courseid": place, "timestart": STARTS, "suspend": False}


def cohort_row(name: str) -> Row:
    of_the_site: Row = {"type": "system", "value": ""}
    return {"categorytype": of_the_site, "name": name, "idnumber": name}


def member(cohort: int, number: int) -> Row:
    return {"cohorttype": {"type": "id", "value": cohort}, "usertype": {"type": "id", "value": number}}
