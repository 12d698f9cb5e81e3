"""What is read of a plan: one line for each change, in groups, with counts."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from moodle_sync.applying.cost import Cost
from moodle_sync.planning.plan import Plan
from moodle_sync.telling.report import changes, conflict_line, plan_lines, printed, remark_line
from moodle_sync.things.action import Action
from moodle_sync.things.category import CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import CreateCohort
from moodle_sync.things.cohort_member import AddCohortMember, CohortMembership, RemoveCohortMember
from moodle_sync.things.course import ChangeCourse, CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import AddMember, RemoveMember
from moodle_sync.things.person import ChangePerson, CreatePerson
from moodle_sync.things.role import AddRole, RemoveRole
from moodle_sync.things.section import AddSection, NameSection
from moodle_sync.things.term import ChangeTerm, Term
from tests.moodle_sync.examples import ANA, CATEGORY, COURSE, GROUP, LEARNS, MEMBER

START, END = 1_790_000_000, 1_790_864_000
OPEN = Term()
DATED = Term(start=START, end=END)
AGENT = CohortMembership(cohort="agents", person="sami")
COST = Cost(mails=2, removals=1, requests=3)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (CreateCategory(CATEGORY), 'category medtown: make "MedTOWN"'),
        (CreateCourse(COURSE), 'course tot: make "Training" (TOT) in medtown'),
        (
            ChangeCourse("tot", (Change("fullname", "Old", "New"), Change("shortname", "T", "TOT"))),
            'course tot: fullname from "Old" to "New", shortname from "T" to "TOT"',
        ),
        (AddSection("tot", 3), "course tot: add section 3"),
        (NameSection("tot", 3, "Needs"), 'course tot: name section 3 "Needs"'),
        (CreatePerson(ANA), "person ana: make an account for Ana Ruiz, ana@example.org"),
        (
            ChangePerson("ana", (Change("email", "a@b.org", "c@d.org"),)),
            'person ana: email from "a@b.org" to "c@d.org"',
        ),
        (
            Enrol(LEARNS, DATED),
            "course tot: enrol sami as student, from 2026-09-21 14:13 UTC, to 2026-10-01 14:13 UTC",
        ),
        (Enrol(LEARNS, Term(suspended=True)), "course tot: enrol sami as student, suspended"),
        (AddRole("tot", "sami", "student"), "course tot: sami becomes student"),
        (
            ChangeTerm("tot", "sami", "student", OPEN, DATED),
            (
                "course tot: enrolment of sami: was active, without dates; "
                "will be from 2026-09-21 14:13 UTC, to 2026-10-01 14:13 UTC"
            ),
        ),
        (
            ChangeTerm("tot", "sami", "student", None, OPEN),
            "course tot: enrolment of sami: was unknown; will be active, without dates",
        ),
        (CreateGroup(GROUP), 'course tot: make group "Group A"'),
        (AddMember(MEMBER), 'course tot: put sami into group "Group A"'),
        (CreateCohort("agents"), 'cohort agents: make "agents"'),
        (AddCohortMember(AGENT), "cohort agents: put sami into it"),
        (RemoveRole("tot", "sami", "student"), "course tot: sami is student no more"),
        (RemoveMember(MEMBER), 'course tot: take sami out of group "Group A"'),
        (RemoveCohortMember(AGENT), "cohort agents: take sami out of it"),
        (
            Suspend("tot", "sami", "student", OPEN, Term(suspended=True)),
            "course tot: suspend sami, whom the source no longer names: was active, without dates; will be suspended",
        ),
        (
            Suspend("tot", "sami", "student", None, Term(suspended=True)),
            (
                "course tot: suspend sami, whom the source no longer names: was unknown; will be suspended; "
                "who came in by another method as well stays active: see Participants"
            ),
        ),
        (
            Unenrol("tot", "sami"),
            (
                "course tot: unenrol sami, with roles, groups and grades; "
                "who came in by another method as well stays active: see Participants"
            ),
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_change_is_a_line_with_what_it_replaces(action: Action, said: str) -> None:
    assert action.line(UTC) == said


def test_times_are_shown_in_the_zone_that_is_asked_for() -> None:
    enrol, change = Enrol(LEARNS, DATED), ChangeTerm("tot", "sami", "student", DATED, Term(start=START))
    madrid = ZoneInfo("Europe/Madrid")

    lines = [*plan_lines(Plan((enrol,), ()), COST, madrid), change.line(madrid)]

    assert lines[1].endswith(", from 2026-09-21 16:13 Europe/Madrid, to 2026-10-01 16:13 Europe/Madrid")
    assert "was from 2026-09-21 16:13 Europe/Madrid, to 2026-10-01 16:13 Europe/Madrid; will be from" in lines[-1]


@pytest.mark.parametrize(("number", "said"), [(0, "0 changes"), (1, "1 change"), (2, "2 changes")])
def test_one_change_is_no_plural(number: int, said: str) -> None:
    assert changes(number) == said


def test_changes_stand_in_groups_with_their_counts_and_sums() -> None:
    actions = (CreateGroup(GROUP), AddMember(MEMBER), RemoveRole("tot", "ana", "teacher"))

    assert list(plan_lines(Plan(actions, ()), COST)) == [
        "New groups: 1",
        '  course tot: make group "Group A"',
        "",
        "New group members: 1",
        '  course tot: put sami into group "Group A"',
        "",
        "Roles taken away: 1",
        "  course tot: ana is teacher no more",
        "",
        "Plan: new groups: 1, new group members: 1, roles taken away: 1.",
        "Mails that Moodle may send: 2. Taken away: 1. Requests that write: about 3.",
    ]


@pytest.mark.parametrize(
    ("goes", "said"),
    [
        ((), "course tot: ana becomes student too"),
        ((RemoveRole("tot", "sami", "teacher"),), "course tot: ana becomes student too"),
        ((RemoveRole("tot", "ana", "teacher"),), "course tot: ana becomes student, in place of teacher"),
        (
            (RemoveRole("tot", "ana", "teacher"), RemoveRole("tot", "ana", "manager")),
            "course tot: ana becomes student, in place of teacher, manager",
        ),
    ],
    ids=["alone", "another's", "one", "two"],
)
def test_a_role_that_comes_in_place_of_others_says_so(goes: tuple[Action, ...], said: str) -> None:
    lines = list(plan_lines(Plan((AddRole("tot", "ana", "student"), *goes), ()), COST))

    assert lines[1] == f"  {said}"


def test_nothing_to_do_is_said_only_where_nothing_is_left_alone() -> None:
    conflict = Conflict("person", "ana", "is somebody else")

    assert list(plan_lines(Plan((), ()), COST)) == ["Nothing to do: Moodle is as it should be."]
    assert list(plan_lines(Plan((), (conflict,)), COST)) == []
    assert conflict_line(conflict) == "Left alone: person ana: is somebody else"


def test_where_something_deserves_a_look_there_may_be_nothing_to_do() -> None:
    remark = Remark("person", "ana", "was found")

    assert list(plan_lines(Plan((), (), (remark,)), COST)) == ["Nothing to do: Moodle is as it should be."]
    assert remark_line(remark) == "Worth a look: person ana: was found"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Nothing to do: 1 thing stays in Moodle other than the file says, see below."),
        (1200, "Nothing to do: 1,200 things stay in Moodle other than the file says, see below."),
    ],
)
def test_moodle_is_not_said_to_be_as_it_should_be_where_something_stays_otherwise(number: int, said: str) -> None:
    differing = tuple(Remark("course", f"c{one}", "was changed", differs=True) for one in range(number))
    found = Remark("person", "ana", "was found")

    assert list(plan_lines(Plan((), (), (found, *differing)), COST)) == [said]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ελένη Haddad", "Ελένη Haddad"),
        ("Ana\nDone: all.", r"Ana\nDone: all."),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\u202eb", r"a\u202eb"),
    ],
    ids=["letters", "line", "terminal", "direction"],
)
def test_what_strangers_wrote_fakes_no_line(written: str, shown: str) -> None:
    assert printed(written) == shown
