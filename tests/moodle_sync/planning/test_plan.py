"""What makes a site as desired: lists of actions."""

from dataclasses import replace

import pytest

from moodle_sync.planning.plan import plan
from moodle_sync.site.observed import Observed
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import ACTIONS
from moodle_sync.things.category import CATEGORIES, CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember
from moodle_sync.things.course import COURSES, ChangeCourse, CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Conflict
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, Membership
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.things.role import ROLES, AddRole, Enrolment
from moodle_sync.things.section import SECTIONS, AddSection, NameSection
from moodle_sync.things.section_changes import MoveSection
from moodle_sync.things.state import State
from tests.moodle_sync.examples import (
    AGENT,
    ANA,
    APPLIED,
    CATEGORY,
    COURSE,
    FULL,
    GROUP,
    LEARNS,
    MEMBER,
    ROLE_IDS,
    SAMI,
    TEACHES,
    TERM,
    found,
    placed,
    with_course,
)

BOTH = ("Needs", "Policies")
EVERYTHING: list[Action] = [
    CreateCategory(CATEGORY),
    CreateCourse(COURSE),
    NameSection("tot", 1, "Needs"),
    NameSection("tot", 2, "Policies"),
    CreatePerson(ANA),
    CreatePerson(SAMI),
    Enrol(TEACHES),
    Enrol(LEARNS, TERM),
    CreateGroup(GROUP),
    AddMember(MEMBER),
    CreateCohort("agents"),
    AddCohortMember(AGENT),
]
STUDENT = Enrolment(course="tot", person="sami", role="student")
"""Sami's enrolment as Moodle tells it: without dates."""


@pytest.mark.parametrize(
    ("case", "site", "actions"),
    [
        ("an empty site gets everything, in an order that works", State(), EVERYTHING),
        ("what is as desired stays", FULL, []),
        (
            "an enrolment with its role is adopted as it stands: its dates can't be read",
            FULL.having(ROLES, frozenset({TEACHES, STUDENT})),
            [],
        ),
        (
            "who isn't in the course is enrolled",
            FULL.having(ROLES, frozenset({TEACHES})),
            [Enrol(LEARNS, TERM)],
        ),
        (
            "who is in the course without the role gets it without being enrolled again",
            FULL.having(ROLES, frozenset({TEACHES, replace(STUDENT, role="teacher")})),
            [AddRole("tot", "sami", "student")],
        ),
        (
            "another role beside the desired one stays",
            FULL.having(ROLES, frozenset({TEACHES, STUDENT, replace(STUDENT, role="teacher")})),
            [],
        ),
        (
            "who was put into the course by hand stays as they are",
            FULL.having(ROLES, frozenset({TEACHES, STUDENT, replace(STUDENT, person="eleni")}))
            .having(MEMBERSHIPS, frozenset({MEMBER, Membership(group=GROUP, person="eleni")}))
            .having(COHORT_MEMBERS, frozenset({AGENT, replace(AGENT, person="eleni")})),
            [],
        ),
        (
            "sections without names are named in their order",
            with_course(FULL, sections=("", "", "")),
            [NameSection("tot", 1, "Needs"), NameSection("tot", 2, "Policies")],
        ),
        (
            "a section of somebody's own keeps its name",
            with_course(FULL, sections=("Welcome", "", "Needs")),
            [
                NameSection("tot", 2, "Policies"),
                MoveSection("tot", "Policies", "Policies", "Needs", "Needs", order=BOTH),
            ],
        ),
        (
            "sections that are missing are added at the end",
            with_course(FULL, sections=("Welcome",)),
            [
                AddSection("tot", 2),
                AddSection("tot", 3),
                NameSection("tot", 2, "Needs"),
                NameSection("tot", 3, "Policies"),
            ],
        ),
        ("sections may be in another order", with_course(FULL, sections=("Policies", "Welcome", "Needs")), []),
        (
            "the course's format keeps the names",
            with_course(FULL, sections=("", "Needs"), format="weeks"),
            [
                NameSection("tot", 1, "Policies", "weeks"),
                MoveSection("tot", "Policies", "Policies", "Needs", "Needs", order=BOTH),
            ],
        ),
        (
            "a course found by its short name gets its idnumber",
            with_course(FULL, idnumber="", fullname="training"),
            [ChangeCourse("tot", (Change("idnumber", "", "tot"), Change("fullname", "training", "Training")))],
        ),
        (
            "a course moves to its category",
            with_course(FULL, category=""),
            [ChangeCourse("tot", (Change("category", "", "medtown"),))],
        ),
        ("a group that is there is used", FULL.having(MEMBERSHIPS, frozenset()), [AddMember(MEMBER)]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_plan(case: str, site: State, actions: list[Action]) -> None:
    assert list(plan(FULL, found(site)).actions) == actions, case


def test_a_second_role_of_a_new_person_needs_no_second_enrolment() -> None:
    desired = FULL.having(ROLES, frozenset({TEACHES, LEARNS, replace(LEARNS, person="ana")}))

    actions = plan(desired, found(FULL.having(ROLES, frozenset()), roles=ROLE_IDS)).actions

    assert actions == (Enrol(TEACHES), Enrol(LEARNS, TERM), AddRole("tot", "ana", "student"))


def test_a_role_that_is_not_known_is_refused_and_the_rest_goes_on() -> None:
    site = FULL.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset())

    planned = plan(FULL, found(site, roles={"editingteacher": 3}))

    assert planned.actions == (Enrol(TEACHES),)
    assert [(conflict.kind, conflict.key) for conflict in planned.conflicts] == [("role", "student")]


@pytest.mark.parametrize(
    ("conflict", "left"),
    [
        (
            Conflict("person", "sami", "clash"),
            [CreatePerson(ANA), Enrol(TEACHES), CreateGroup(GROUP), CreateCohort("agents")],
        ),
        (
            Conflict("course", "tot", "clash"),
            [CreatePerson(ANA), CreatePerson(SAMI), CreateCohort("agents"), AddCohortMember(AGENT)],
        ),
        (
            Conflict("role", "student", "clash"),
            [
                CreatePerson(ANA),
                CreatePerson(SAMI),
                Enrol(TEACHES),
                CreateGroup(GROUP),
                CreateCohort("agents"),
                AddCohortMember(AGENT),
            ],
        ),
    ],
)
def test_whatever_hangs_on_a_conflict_is_left_alone(conflict: Conflict, left: list[Action]) -> None:
    site = placed(State().having(CATEGORIES, FULL[CATEGORIES]).having(COURSES, FULL[COURSES]))
    observed = Observed(state=site, ids=found(site).ids, conflicts=(conflict,))

    planned = plan(FULL, observed)

    assert list(planned.actions) == left
    assert planned.conflicts == (conflict,)


def test_a_plan_is_in_the_order_of_the_kinds_of_actions() -> None:
    other = replace(COURSE, idnumber="other", shortname="OTHER")
    desired = FULL.having(COURSES, {"tot": COURSE, "other": other})

    actions = plan(desired, found(with_course(FULL, sections=()))).actions

    kinds = [type(action) for action in actions]
    assert kinds == sorted(kinds, key=ACTIONS.index)
    assert kinds.count(AddSection) == 2


def test_a_source_in_another_order_makes_the_same_plan() -> None:
    names = [f"person{number:02}" for number in range(20)]
    people = {name: replace(ANA, username=name, idnumber=name, email=f"{name}@example.org") for name in names}
    enrolments = [replace(TEACHES, person=name) for name in names]
    desired = FULL.having(PEOPLE, people).having(ROLES, frozenset(enrolments))
    shuffled = desired.having(PEOPLE, dict(reversed(people.items()))).having(ROLES, frozenset(reversed(enrolments)))

    assert plan(shuffled, found(State())) == plan(desired, found(State()))
    assert plan(shuffled, found(desired)).actions == ()


def test_a_section_that_somebody_renamed_since_is_not_made_again() -> None:
    renamed = with_course(FULL, sections=("What people need", "Policies", ""))

    planned = plan(FULL, found(renamed), APPLIED)

    assert planned.actions == ()
    assert planned.forgotten[SECTIONS] == frozenset()


def test_a_section_with_a_new_name_in_the_source_is_named_all_the_same() -> None:
    desired = with_course(FULL, sections=("Needs", "Economy"))

    planned = plan(desired, found(with_course(FULL, sections=("Needs", "Policies", ""))), APPLIED)

    assert planned.actions == (NameSection("tot", 3, "Economy"),)
    assert planned.forgotten[SECTIONS] == {("tot", "Policies")}


def test_sections_that_are_there_are_adopted_and_those_of_a_course_made_anew_are_all_named() -> None:
    there = plan(FULL, found(FULL), Applied())
    gone = plan(FULL, found(FULL.having(COURSES, {})), APPLIED)

    assert there.adopted[SECTIONS] == APPLIED[SECTIONS]
    assert [action for action in gone.actions if isinstance(action, NameSection)] == EVERYTHING[2:4]
