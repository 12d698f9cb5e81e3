"""What was read, in our words."""

from dataclasses import replace

import pytest

from moodle_sync.errors import refused
from moodle_sync.site.found import CourseFound, Found
from moodle_sync.site.identity import Account
from moodle_sync.site.observed import Observed, observe
from moodle_sync.site.seen.sight import Known
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.finding import Remark
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.webservice.replies import CategoryReply, CohortReply, CourseReply, GroupReply, SectionReply
from tests.moodle_sync.examples import DESIRED, GROUP, with_course

COURSE = CourseReply(
    id=4,
    shortname="TOT",
    fullname="Training",
    idnumber="tot",
    categoryid=7,
    format="topics",
    enrollmentmethods=("manual",),
)
SAMI = Account(id=30, username="sami", email="sami@example.org", idnumber="p2")
STRANGER = Account(id=31, username="stranger")
INSIDE = CourseFound(
    course=COURSE,
    sections=(SectionReply(id=40, number=1, rawtitle="Needs"), SectionReply(id=41, number=2)),
    inside={30: ("student",), 31: ("student", "tutor")},
    groups=(GroupReply(id=50, name="Group A "),),
    members={50: (30, 31)},
)
FOUND = Found(
    owner=2,
    categories=(CategoryReply(id=7, name="MedTOWN", idnumber="medtown", parent=0),),
    courses={"tot": INSIDE},
    accounts={30: SAMI, 31: STRANGER},
    roles={"student": 9},
    cohorts={"agents": CohortReply(id=70, name="agents", idnumber="agents")},
    cohort_members={"agents": (30, 31)},
)


def look(found: Found, **known: object) -> Observed:
    return observe(found, DESIRED, Known(**known))  # type: ignore[arg-type]  # its own fields


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (
            2024100706,
            ["its full name has 300 characters, and Moodle takes 254; shorten it; nothing is done there"],
        ),
        (2025100600, []),
    ],
)
def test_a_course_whose_name_the_site_would_refuse_is_left_alone(version: int, said: list[str]) -> None:
    observed = observe(replace(FOUND, version=version), with_course(DESIRED, fullname="x" * 300), Known())

    assert [conflict.message for conflict in observed.conflicts if conflict.kind == "course"] == said


def test_everything_stands_under_its_key_with_its_number() -> None:
    observed = look(FOUND)

    assert observed.state[COURSES]["tot"] == Course(
        idnumber="tot",
        shortname="TOT",
        fullname="Training",
        category="medtown",
        sections=("Needs", ""),
        kept_format="topics",
    )
    assert observed.state[ROLES] == {Enrolment(course="tot", person="sami", role="student")}
    assert observed.state[MEMBERSHIPS] == {Membership(group=GROUP, person="sami")}
    assert observed.state[COHORT_MEMBERS] == {CohortMembership(cohort="agents", person="sami")}
    assert observed.inside == {("tot", "sami")}
    ids = observed.ids
    assert (ids[CATEGORIES], ids[COURSES], ids[PEOPLE]) == ({"medtown": 7}, {"tot": 4}, {"sami": 30})
    assert (ids[GROUPS], ids[ROLES]) == ({Group(course="tot", name="Group A"): 50}, {"student": 9})
    assert ids[COHORTS] == {"agents": 70}
    assert observed.state[COHORTS] == {"agents": Cohort(idnumber="agents", name="agents", description="")}


def test_people_are_found_beyond_the_course() -> None:
    ana = Account(id=60, username="ana", firstname="Ana")

    observed = look(replace(FOUND, accounts={**FOUND.accounts, 60: ana}))

    assert observed.ids[PEOPLE] == {"ana": 60, "sami": 30}
    assert observed.inside == {("tot", "sami")}


@pytest.mark.parametrize(
    ("case", "categories", "number"),
    [
        ("by idnumber", [CategoryReply(id=7, name="Renamed", idnumber="medtown", parent=3)], 7),
        ("by its name, when it has no idnumber", [CategoryReply(id=8, name="MedTOWN", parent=0)], 8),
        (
            "not by its name, when it has another idnumber",
            [CategoryReply(id=8, name="MedTOWN", idnumber="x", parent=0)],
            None,
        ),
        ("not by its name in another place", [CategoryReply(id=8, name="MedTOWN", parent=3)], None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_category_is_found(case: str, categories: list[CategoryReply], number: int | None) -> None:
    observed = look(Found(owner=2, categories=tuple(categories)))

    assert observed.ids[CATEGORIES].get("medtown") == number, case


def test_a_category_is_found_within_its_parent() -> None:
    inner = Category(idnumber="inner", name="Inner", parent="medtown")
    desired = DESIRED.having(CATEGORIES, {**DESIRED[CATEGORIES], "inner": inner})
    replies = (*FOUND.categories, CategoryReply(id=9, name="Inner", parent=7))

    observed = observe(replace(FOUND, categories=replies), desired, Known())

    assert observed.ids[CATEGORIES] == {"medtown": 7, "inner": 9}


def test_a_role_that_the_administrator_gives_another_number_is_a_conflict() -> None:
    observed = look(FOUND, roles={"student": 5, "teacher": 4})

    assert observed.ids[ROLES] == {"student": 9, "teacher": 4}
    assert [(conflict.kind, conflict.key) for conflict in observed.conflicts] == [("role", "student")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"idnumber": "other"}, "its short name TOT belongs to the course whose idnumber is other"),
        ({"idnumber": "TOT", "shortname": "OTHER"}, "Moodle finds the course OTHER with the idnumber TOT"),
        ({"idnumber": "", "shortname": "TÓT"}, "Moodle finds the course TÓT with no idnumber"),
        ({"enrollmentmethods": ("self",)}, "has no manual enrolment that is switched on"),
    ],
)
def test_a_course_that_can_not_be_managed_is_a_conflict(changes: dict[str, object], said: str) -> None:
    course = replace(INSIDE, course=COURSE.model_copy(update=changes))

    (conflict,) = look(replace(FOUND, courses={"tot": course})).conflicts

    assert (conflict.kind, conflict.key) == ("course", "tot")
    assert conflict.message.startswith(said)


def test_a_course_that_shows_only_some_of_its_people_is_a_conflict() -> None:
    course = replace(INSIDE, inside={31: ("student",)}, members={50: (30, 31)})

    (conflict,) = look(replace(FOUND, courses={"tot": course})).conflicts

    assert (conflict.kind, conflict.key) == ("course", "tot")
    assert conflict.message.startswith("sami is in one of its groups and not among its participants")


@pytest.mark.parametrize(
    ("there", "wanted", "expected"),
    [
        (["GROUP A"], {"Group A"}, {"Group A": 50}),
        (["Grupo Malaga"], {"Grupo Málaga"}, {"Grupo Málaga": 50}),
        (["group a", "Group A"], {"Group A"}, {"group a": 50, "Group A": 51}),
        (["Group A"], {"Group A", "group a"}, {"Group A": 50, "group a": 50}),
        (["Group B"], {"Group A"}, {"Group B": 50}),
    ],
    ids=["capitals", "accents", "two groups", "two spellings", "another"],
)
def test_a_group_is_the_same_whatever_its_capitals_and_accents(
    there: list[str], wanted: set[str], expected: dict[str, int]
) -> None:
    course = replace(INSIDE, groups=tuple(GroupReply(id=n, name=name) for n, name in enumerate(there, 50)))
    desired = DESIRED.having(GROUPS, frozenset(Group(course="tot", name=name) for name in wanted))

    observed = observe(replace(FOUND, courses={"tot": course}), desired, Known())

    assert {group.name: number for group, number in observed.ids[GROUPS].items()} == expected
    assert observed.state[GROUPS] == set(observed.ids[GROUPS])


@pytest.mark.parametrize(
    ("errorcode", "advice"), [("requireloginerror", "course:view"), ("nopermissions", "this right")]
)
def test_a_course_that_could_not_be_read_is_a_conflict_and_not_absent(errorcode: str, advice: str) -> None:
    refusal = refused("core_group_get_course_groups", errorcode, "No.")

    (conflict,) = look(replace(FOUND, courses={}, closed={"tot": refusal})).conflicts

    assert (conflict.kind, conflict.key) == ("course", "tot")
    assert conflict.message.startswith(f"can't be read, so nothing is done there: {refusal}; ")
    assert advice in conflict.message


def test_whoever_is_protected_is_a_conflict() -> None:
    (conflict,) = look(FOUND, protected=frozenset({"sami"})).conflicts

    assert (conflict.kind, conflict.key) == ("person", "sami")


def test_a_course_whose_enrolment_methods_are_not_told_is_no_conflict() -> None:
    course = replace(INSIDE, course=COURSE.model_copy(update={"enrollmentmethods": None}))

    assert look(replace(FOUND, courses={"tot": course})).conflicts == ()


def test_whom_the_journal_knows_stands_under_the_username() -> None:
    observed = observe(FOUND, DESIRED, Known(), others={31: "stranger"})

    assert observed.ids[PEOPLE] == {"sami": 30, "stranger": 31}
    assert observed.inside == {("tot", "sami"), ("tot", "stranger")}
    assert Enrolment(course="tot", person="stranger", role="tutor") in observed.state[ROLES]
    assert Membership(group=GROUP, person="stranger") in observed.state[MEMBERSHIPS]
    assert CohortMembership(cohort="agents", person="stranger") in observed.state[COHORT_MEMBERS]
    assert set(observed.state[PEOPLE]) == {"sami"}


@pytest.mark.parametrize(
    ("case", "others", "protected"),
    [
        ("whom the source names, under another name", {30: "old-sami"}, set()),
        ("whoever is protected", {31: "stranger"}, {"stranger"}),
        ("whoever is protected under a new name", {31: "old-stranger"}, {"stranger"}),
        ("whose name the source gives to somebody else", {31: "ana"}, set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_of_those_whom_the_journal_knows_is_left_out(case: str, others: dict[int, str], protected: set[str]) -> None:
    observed = observe(FOUND, DESIRED, Known(protected=frozenset(protected)), others=others)

    assert observed.ids[PEOPLE] == {"sami": 30}, case


def test_whoever_may_be_somebody_in_the_source_is_not_taken_for_somebody_who_vanished() -> None:
    double = Account(id=31, username="double", email="sami@example.org")
    sami = replace(SAMI, email="old@example.org", idnumber="")

    observed = observe(replace(FOUND, accounts={30: sami, 31: double}), DESIRED, Known(), others={31: "double"})

    assert observed.ids[PEOPLE] == {}
    assert [conflict.key for conflict in observed.conflicts] == ["sami"]


@pytest.mark.parametrize(
    ("case", "account", "journal", "said"),
    [
        ("by the address only", "ana.old", {}, True),
        ("by the username", "ana", {}, False),
        ("by the address, and the journal knows her", "ana.old", {60: "ana"}, False),
        ("by the address, and the journal knows the account as another's", "ana.old", {60: "ana.old"}, True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_is_found_by_the_address_only_deserves_a_look(
    case: str, account: str, journal: dict[int, str], *, said: bool
) -> None:
    ana = Account(id=60, username=account, email="ana@example.org")

    observed = observe(replace(FOUND, accounts={30: SAMI, 60: ana}), DESIRED, Known(), others=journal)

    message = (
        "found by the e-mail address only, as the account ana.old; if that is somebody else's, correct the address"
    )
    assert observed.remarks == ((Remark("person", "ana", message),) if said else ()), case
    assert (observed.ids[PEOPLE]["ana"], observed.conflicts) == (60, ())


def test_of_an_account_all_that_was_seen_is_told() -> None:
    seen = replace(SAMI, lang="ar", auth="oauth2", suspended=True, profile=(("country", "Jordan"),))

    sami = look(replace(FOUND, accounts={30: seen})).state[PEOPLE]["sami"]

    assert (sami.lang, sami.auth, sami.suspended) == ("ar", "oauth2", True)
    assert sami.profile == (("country", "Jordan"),)
