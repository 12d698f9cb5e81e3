"""A plan for some targets only."""

from dataclasses import replace

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.planning.plan import Options, plan
from moodle_sync.things.action import Action
from moodle_sync.things.category import CATEGORIES, Category, CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.cohort_member import AddCohortMember, RemoveCohortMember
from moodle_sync.things.course import COURSES, CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import AddMember
from moodle_sync.things.person import PEOPLE, ChangePerson, CreatePerson
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import NameSection
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
    SAMI,
    TEACHES,
    TERM,
    found,
    with_course,
    without,
)

INNER = Category(idnumber="inner", name="Inner", parent="medtown")
NESTED = with_course(FULL, category="inner").having(CATEGORIES, {"medtown": CATEGORY, "inner": INNER})
OTHER = replace(COURSE, idnumber="other", shortname="OTHER", category="inner", sections=())
WISH = NESTED.having(COURSES, {**NESTED[COURSES], "other": OTHER})
BEFORE: list[Action] = [CreateCategory(CATEGORY), CreateCategory(INNER)]
TOT = NESTED[COURSES]["tot"]


def actions(*targets: str, desired: State = WISH) -> list[Action]:
    return list(plan(desired, found(State()), options=Options(targets=frozenset(targets))).actions)


@pytest.mark.parametrize(
    ("target", "chosen"),
    [
        ("course:other", [*BEFORE, CreateCourse(OTHER)]),
        ("course:OTHER", [*BEFORE, CreateCourse(OTHER)]),
        ("person:ana", [*BEFORE, CreateCourse(TOT), CreatePerson(ANA), Enrol(TEACHES)]),
        (
            "person:SAMI",
            [
                *BEFORE,
                CreateCourse(TOT),
                CreatePerson(SAMI),
                Enrol(LEARNS, TERM),
                CreateGroup(GROUP),
                AddMember(MEMBER),
                CreateCohort("agents"),
                AddCohortMember(AGENT),
            ],
        ),
        ("cohort:agents", [CreatePerson(SAMI), CreateCohort("agents"), AddCohortMember(AGENT)]),
    ],
)
def test_a_target_brings_what_it_builds_on_and_no_more(target: str, chosen: list[Action]) -> None:
    assert actions(target) == chosen


def test_a_course_brings_all_that_is_in_it() -> None:
    chosen = actions("course:tot")

    assert [*BEFORE, CreateCourse(TOT), NameSection("tot", 1, "Needs")] == chosen[:4]
    assert [CreatePerson(ANA), CreatePerson(SAMI), Enrol(TEACHES), Enrol(LEARNS, TERM)] == chosen[5:9]
    assert not any(isinstance(action, CreateCohort) for action in chosen)


def test_an_account_that_a_target_needs_is_made_whole() -> None:
    blocked = replace(ANA, suspended=True)
    desired = FULL.having(PEOPLE, {"ana": blocked, "sami": replace(SAMI, suspended=False)})
    site = FULL.having(PEOPLE, {"sami": replace(SAMI, suspended=True)}).having(ROLES, frozenset())

    planned = plan(desired, found(site), options=Options(targets=frozenset({"course:tot"})))

    suspension = ChangePerson("ana", (Change("suspended", "0", "1"),))
    assert planned.actions == (CreatePerson(blocked), suspension, Enrol(TEACHES), Enrol(LEARNS, TERM))


def test_several_targets_bring_what_each_of_them_brings() -> None:
    assert actions("person:ana", "cohort:agents") == [
        *BEFORE,
        CreateCourse(TOT),
        CreatePerson(ANA),
        CreatePerson(SAMI),
        Enrol(TEACHES),
        CreateCohort("agents"),
        AddCohortMember(AGENT),
    ]


def test_somebody_who_vanished_can_be_a_target() -> None:
    options = Options(targets=frozenset({"person:sami"}))

    planned = plan(without("sami"), found(FULL), APPLIED, options)

    assert [type(action) for action in planned.actions] == [RemoveCohortMember, Suspend]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("course:elsewhere", "there is no such course: there are OTHER, TOT, other, tot"),
        ("person:nobody", "there is no such person: there are ana, sami"),
        ("cohort:none", "there is no such cohort: there are agents"),
        ("group:a", "must be one of course:…, person:…, cohort:…"),
        ("tot", "must be one of course:…, person:…, cohort:…"),
    ],
)
def test_an_unknown_target_is_refused_with_a_list_of_what_there_is(target: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        actions(target)

    assert [problem.message for problem in refused.value.problems] == [said]


def test_a_long_list_is_cut() -> None:
    people = {f"person{number:02}": replace(ANA, username=f"person{number:02}") for number in range(25)}

    with pytest.raises(InputRefused, match=r"person19 and 5 more$"):
        actions("person:nobody", desired=FULL.having(PEOPLE, people))
