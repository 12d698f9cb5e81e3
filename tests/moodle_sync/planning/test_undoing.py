"""What takes each kind of action back, and what is said of those that can't be."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from moodle_sync.documents import read_action, write_action
from moodle_sync.journal.records import Record
from moodle_sync.planning.plan import Options, Plan
from moodle_sync.planning.undoing import Back, built_upon, its_own, undo
from moodle_sync.session.undo import standing
from moodle_sync.site.observed import Observed
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Altered, Applied, all_of
from moodle_sync.things.category import ChangeCategory, CreateCategory
from moodle_sync.things.change import Change
from moodle_sync.things.cohort import COHORTS, ChangeCohort, Cohort, CreateCohort, Rest
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.copying import CopyCourse, FinishCopy
from moodle_sync.things.course import ChangeCourse, CreateCourse
from moodle_sync.things.described_group import DESCRIBED, ChangeGroup, Described
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Conflict
from moodle_sync.things.group import CreateGroup
from moodle_sync.things.grouped import GROUPED as IN_SETS
from moodle_sync.things.grouped import AssignGroup, Grouped, UnassignGroup
from moodle_sync.things.grouping import GROUPINGS, ChangeGrouping, Grouping
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, RemoveMember
from moodle_sync.things.person import PEOPLE, ChangePerson, CreatePerson
from moodle_sync.things.role import ROLES, AddRole, RemoveRole
from moodle_sync.things.section import PLACES, AddSection, NameSection, Section
from moodle_sync.things.section_changes import MoveSection, RenameSection, ShowSection
from moodle_sync.things.state import State
from moodle_sync.things.term import ENROLMENTS, ChangeTerm, Held, Term
from tests.moodle_sync.every_action import EVERY_ACTION
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
)

USUAL = Options(undoes="run")
OUT = replace(TERM, suspended=True)
LATER = Term(start=5)
REST = Rest(idnumber="agents", name="All", category=0, format=1)
OUTSIDE = (
    FULL.having(ROLES, FULL[ROLES] - {LEARNS}).having(MEMBERSHIPS, frozenset()).having(COHORT_MEMBERS, frozenset())
)
"""Where Sami isn't in the course."""
TAKEN_OUT = Applied()
"""What the journal holds when a later run took everybody out: who is there again was put there by somebody else."""
HELD_OTHERWISE = Applied().having(MEMBERSHIPS, frozenset({replace(MEMBER, group=replace(GROUP, name="Renamed"))}))
"""What the journal holds where a run that was taken back had given the group another name."""
SPEAKS = Change("lang", "en", "es")
NEEDS, POLICIES = Section(number=41, name="Needs"), Section(number=42, name="Policies")
STAYS = "stays: the sync deletes nothing"


def back(actions: Sequence[Action], state: State = FULL, applied: Applied = APPLIED) -> Plan:
    return undo(actions, found(state), applied, USUAL)


def messages(plan: Plan) -> list[str]:
    return [conflict.message for conflict in plan.conflicts]


def lined(*sections: Section) -> State:
    return FULL.having(PLACES, {"tot": sections})


def holding(place: tuple[str, str], held: Held) -> Applied:
    return APPLIED.having(ENROLMENTS, {**APPLIED[ENROLMENTS], place: held})


@pytest.mark.parametrize(
    ("done", "taken_back", "state", "applied"),
    [
        (
            ChangeCategory("medtown", (Change("name", "Old", "MedTOWN"),)),
            ChangeCategory("medtown", (Change("name", "MedTOWN", "Old"),)),
            FULL,
            APPLIED,
        ),
        (
            ChangeCourse("tot", (Change("fullname", "Old", "Training"),)),
            ChangeCourse("tot", (Change("fullname", "Training", "Old"),)),
            FULL,
            APPLIED,
        ),
        (
            ChangePerson("ana", (Change("lang", "en", "es"),)),
            ChangePerson("ana", (Change("lang", "es", "en"),)),
            FULL,
            APPLIED,
        ),
        (Enrol(LEARNS, TERM), Suspend("tot", "sami", "student", TERM, OUT, undoes=True), FULL, APPLIED),
        (
            AddRole("tot", "ana", "editingteacher"),
            RemoveRole("tot", "ana", "editingteacher"),
            FULL,
            APPLIED,
        ),
        (RemoveRole("tot", "ana", "student"), AddRole("tot", "ana", "student"), FULL, APPLIED),
        (AddMember(MEMBER), RemoveMember(MEMBER), FULL, APPLIED),
        (AddMember(MEMBER), RemoveMember(MEMBER), FULL, HELD_OTHERWISE),
        (RemoveMember(replace(MEMBER, person="ana")), AddMember(replace(MEMBER, person="ana")), FULL, APPLIED),
        (AddCohortMember(AGENT), RemoveCohortMember(AGENT), FULL, APPLIED),
        (
            RemoveCohortMember(replace(AGENT, person="ana")),
            AddCohortMember(replace(AGENT, person="ana")),
            FULL,
            APPLIED,
        ),
        (
            ChangeTerm("tot", "sami", "student", LATER, TERM),
            ChangeTerm("tot", "sami", "student", TERM, LATER),
            FULL,
            APPLIED,
        ),
        (
            ChangeTerm("tot", "sami", "student", OUT, TERM),
            ChangeTerm("tot", "sami", "student", TERM, OUT, gone=True),
            FULL,
            APPLIED,
        ),
        (
            Suspend("tot", "sami", "student", TERM, OUT),
            ChangeTerm("tot", "sami", "student", OUT, TERM),
            FULL,
            holding(("tot", "sami"), Held(term=OUT, gone=True)),
        ),
        (
            RenameSection("tot", "Needs", 41, "Wants", "Needs", "topics"),
            RenameSection("tot", "Needs", 41, "Needs", "Wants", "topics"),
            FULL,
            APPLIED,
        ),
        (
            NameSection("tot", 1, "Needs", module="Needs"),
            RenameSection("tot", "Needs", 41, "Needs", "", "topics"),
            FULL,
            APPLIED,
        ),
        (
            ShowSection("tot", "Needs", "Needs", visible=False),
            ShowSection("tot", "Needs", "Needs", visible=True),
            lined(replace(NEEDS, visible=False), POLICIES),
            APPLIED,
        ),
        (
            MoveSection("tot", "Policies", "Policies", "Needs", "Needs", stood="", former=("Policies", "Needs")),
            MoveSection("tot", "Policies", "Policies", "", "", order=("Policies", "Needs")),
            FULL,
            APPLIED,
        ),
    ],
)
def test_what_is_as_it_was_made_is_taken_back(done: Action, taken_back: Action, state: State, applied: Applied) -> None:
    plan = back([done], state, applied)

    assert (plan.actions, plan.conflicts) == ((taken_back,), ())
    assert read_action(write_action(taken_back)) == taken_back


@pytest.mark.parametrize(
    ("done", "why", "state", "applied"),
    [
        (CreateCategory(CATEGORY), STAYS, FULL, APPLIED),
        (CreatePerson(ANA), STAYS, FULL, APPLIED),
        (CreateGroup(GROUP), STAYS, FULL, APPLIED),
        (CreateCohort("agents"), STAYS, FULL, APPLIED),
        (
            ChangeCourse("tot", (Change("fullname", "Old", "New"),)),
            'fullname is "Training" and no longer "New": it was changed since then, and is left so; it was "Old"',
            FULL,
            APPLIED,
        ),
        (
            ChangeCourse("tot", (Change("category", "", "medtown"),)),
            "stood in a category that isn't one of the configuration: if it is to go back, move it in Moodle",
            FULL,
            APPLIED,
        ),
        (
            ChangePerson("sami", (Change("lang", "en", "es"),)),
            'lang was "en", and what it is now can\'t be read: it is left so',
            FULL,
            APPLIED,
        ),
        (
            ChangeTerm("tot", "sami", "student", None, TERM),
            "nobody knows which dates and which status it had: see Participants",
            FULL,
            APPLIED,
        ),
        (
            ChangeTerm("tot", "sami", "student", OUT, LATER),
            "its dates or its status were written anew since then, and are left so",
            FULL,
            APPLIED,
        ),
        (
            Suspend("tot", "sami", "student", TERM, OUT),
            "had other dates or another status, and isn't in the course any more: that isn't put back",
            OUTSIDE,
            APPLIED,
        ),
        (
            RemoveRole("tot", "sami", "student"),
            "was student, and isn't in the course any more: that isn't put back",
            OUTSIDE,
            APPLIED,
        ),
        (
            RemoveMember(MEMBER),
            "was in the group \"Group A\", and isn't in the course any more: that isn't put back",
            OUTSIDE,
            APPLIED,
        ),
        (
            RemoveCohortMember(replace(AGENT, cohort="gone")),
            "was in it, and one of them isn't there any more",
            FULL,
            APPLIED,
        ),
        (
            Unenrol("tot", "sami"),
            (
                "was unenrolled, and Moodle forgot roles, groups and grades: that can't be taken back; named in the "
                "source, they are enrolled anew"
            ),
            FULL,
            APPLIED,
        ),
        (
            RenameSection("tot", "Needs", 41, "Wants", "What people need", "topics"),
            (
                'its section "Needs" was called otherwise since it was named "What people need", and is left so; '
                'it was "Wants"'
            ),
            FULL,
            APPLIED,
        ),
        (
            NameSection("tot", 1, "Needs"),
            'its section 1 was named "Needs", and no former version noted which one it is: it is left so',
            FULL,
            APPLIED,
        ),
        (AddSection("tot", 2), "its section 2, without a name, stays: the sync deletes nothing", FULL, APPLIED),
        (
            MoveSection("tot", "Needs", "Needs", "Policies", "Policies", stood="/47"),
            "its sections stand in another order than they were put in, or one is gone: they are left so",
            FULL,
            APPLIED,
        ),
    ],
)
def test_what_cannot_be_taken_back_is_listed_and_left(done: Action, why: str, state: State, applied: Applied) -> None:
    plan = back([done], state, applied)

    assert (plan.actions, messages(plan)) == ((), [why])


@pytest.mark.parametrize(
    ("done", "state", "applied"),
    [
        (ChangeCourse("tot", (Change("fullname", "Training", "New"),)), FULL, APPLIED),
        (Enrol(LEARNS, TERM), OUTSIDE, APPLIED),
        (Enrol(LEARNS, TERM), FULL, holding(("tot", "sami"), Held(term=OUT))),
        (ChangeTerm("tot", "sami", "student", TERM, OUT), FULL, APPLIED),
        (AddRole("tot", "ana", "student"), FULL, APPLIED),
        (RemoveRole("tot", "ana", "editingteacher"), FULL, APPLIED),
        (AddMember(MEMBER), OUTSIDE, APPLIED),
        (RemoveMember(MEMBER), FULL, APPLIED),
        (RemoveCohortMember(AGENT), FULL, APPLIED),
        (RenameSection("tot", "Needs", 41, "Needs", "Wants", "topics"), FULL, APPLIED),
        (RenameSection("tot", "Needs", 47, "Wants", "Needs", "topics"), FULL, APPLIED),
        (ShowSection("tot", "Needs", "Needs", visible=False), FULL, APPLIED),
        (AddSection("tot", 3), FULL, APPLIED),
        (Enrol(LEARNS, TERM), FULL, TAKEN_OUT),
        (AddRole("tot", "ana", "editingteacher"), FULL, TAKEN_OUT),
        (AddMember(MEMBER), FULL, TAKEN_OUT),
        (AddCohortMember(AGENT), FULL, TAKEN_OUT),
        (CreateCourse(replace(COURSE, idnumber="gone")), FULL, APPLIED),
        (CreatePerson(replace(ANA, username="gone")), FULL, APPLIED),
        (
            MoveSection("tot", "Policies", "Policies", "", "", stood="Needs"),
            FULL,
            APPLIED,
        ),
    ],
)
def test_what_is_as_it_was_already_needs_nothing(done: Action, state: State, applied: Applied) -> None:
    plan = back([done], state, applied)

    assert (plan.actions, plan.conflicts) == ((), ())


def test_a_new_course_is_hidden_with_all_that_is_in_it() -> None:
    plan = back([CreateCourse(COURSE), NameSection("tot", 1, "Needs", module="Needs")], with_course(visible=True))

    assert plan.actions == (ChangeCourse("tot", (Change("visible", "1", "0"),)),)
    assert messages(plan) == ["stays, hidden and with its sections: the sync deletes nothing"]


@pytest.mark.parametrize(
    "made", [(CopyCourse(COURSE), FinishCopy(COURSE)), (CopyCourse(COURSE),), (FinishCopy(COURSE),)]
)
def test_a_copied_course_is_hidden_too_by_whichever_run_it_was_shown(made: tuple[Action, ...]) -> None:
    plan = back(made, with_course(visible=True))

    assert plan.actions == (ChangeCourse("tot", (Change("visible", "1", "0"),)),)
    assert messages(plan) == ["stays, hidden and with its sections: the sync deletes nothing"]


def test_sections_of_a_copied_course_keep_the_names_that_its_run_gave_them() -> None:
    renamed = RenameSection("tot", "needs", 1, "Necesidades", "Needs", "topics")

    plan = back([CopyCourse(COURSE), FinishCopy(COURSE), renamed], lined(Section(number=1, name="Needs")))

    assert plan.actions == ()
    assert messages(plan) == ["stays, hidden and with its sections: the sync deletes nothing"]


def test_a_new_section_is_hidden_and_keeps_its_name() -> None:
    plan = back([AddSection("tot", 2), NameSection("tot", 2, "Policies", module="Policies")])

    assert plan.actions == (ShowSection("tot", "Policies", "Policies", visible=False),)
    assert messages(plan) == ['its new section "Policies" stays, hidden: the sync deletes nothing']


def test_a_new_account_that_was_suspended_at_once_stays_so() -> None:
    site = FULL

    plan = back([CreatePerson(SAMI), ChangePerson("sami", (Change("suspended", "0", "1"),))], site)

    assert (plan.actions, messages(plan)) == ((), [STAYS])


def test_a_field_of_which_moodle_made_something_else_is_put_back() -> None:
    kept = frozenset({Altered(kind="person", key="ana", field="lang", written="tlh", kept="es")})

    plan = back([ChangePerson("ana", (Change("lang", "en", "tlh"),))], applied=replace(APPLIED, altered=kept))

    assert plan.actions == (ChangePerson("ana", (Change("lang", "es", "en"),)),)


def test_a_date_that_moodle_keeps_as_a_time_is_put_back() -> None:
    person = replace(ANA, auth="manual", profile=(("born", "1790812800"),))
    site = FULL.having(PEOPLE, {"ana": person})

    plan = back([ChangePerson("ana", (Change("profile_field_born", "1", "2026-10-01"),))], site)

    assert plan.actions == (ChangePerson("ana", (Change("profile_field_born", "1790812800", "1"),)),)


def test_whose_role_was_changed_since_then_is_suspended_with_the_one_that_they_have() -> None:
    taught = replace(LEARNS, role="editingteacher")
    site = FULL.having(ROLES, frozenset({taught}))

    assert back([Enrol(LEARNS, TERM)], site).actions == (
        Suspend("tot", "sami", "editingteacher", TERM, OUT, undoes=True),
    )


def test_from_a_course_that_lasts_goes_only_who_came_nowhere_else() -> None:
    done = [Enrol(LEARNS, TERM), Enrol(replace(LEARNS, person="ana"), TERM), Enrol(replace(LEARNS, course="b"), TERM)]
    elsewhere = {("b", "sami"): Held(term=TERM), ("b", "ana"): Held(term=OUT, gone=True)}
    held = {**APPLIED[ENROLMENTS], **elsewhere}
    there = found(FULL)

    plan = undo(done, there, APPLIED.having(ENROLMENTS, held), USUAL, lasting=frozenset({"tot"}))

    assert plan.actions == (Suspend("tot", "sami", "student", TERM, OUT, undoes=True),)
    assert [conflict.key for conflict in plan.conflicts if conflict.message.startswith("stays: other runs")] == [
        "ana in tot"
    ]


def test_whose_account_the_run_made_and_nobody_finds_is_told_where_more_was_done_with_it() -> None:
    gone = replace(ANA, username="gone")

    plan = back([CreatePerson(gone), AddCohortMember(replace(AGENT, person="gone"))])

    assert plan.actions == ()
    assert messages(plan) == ["has no account any more, or one of another name: nothing of theirs is taken back"]


def test_where_a_conflict_is_nothing_is_taken_back() -> None:
    clash = Conflict("course", "tot", "can't be read")
    observed: Observed = replace(found(FULL), conflicts=(clash,))

    plan = undo([AddMember(MEMBER)], observed, APPLIED, USUAL)

    assert (plan.actions, plan.conflicts) == ((), (clash,))


def test_an_action_that_says_nothing_of_it_is_listed() -> None:
    sides = Comparison(
        desired=State(), site=FULL, inside=frozenset(), ids=found(FULL).ids, applied=APPLIED, options=USUAL
    )
    here = Back(sides=sides, actions=tuple(EVERY_ACTION), made_names=frozenset())

    for action in EVERY_ACTION:
        (listed,) = Action.undone(action, here)
        assert isinstance(listed, Conflict)
        assert "the sync can't take it back" in listed.message


def test_later_runs_are_told_where_they_worked_on_the_same_things() -> None:
    eleni = CreatePerson(Person(username="eleni"))

    told = list(built_upon([CreateCourse(COURSE)], {"later": (AddMember(MEMBER), eleni), "other": (eleni,)}))

    assert [(remark.key, remark.message) for remark in told] == [
        ("later", "came later, and worked on the same things (new group members: 1): what it did isn't taken back")
    ]


@pytest.mark.parametrize(
    ("later", "gone"),
    [
        (Enrol(LEARNS, LATER), [Enrol(LEARNS, TERM), AddMember(MEMBER)]),
        (CreatePerson(SAMI), [Enrol(LEARNS, TERM), AddMember(MEMBER), ChangePerson("sami", (SPEAKS,))]),
        (CreateCourse(COURSE), [CreateCourse(COURSE), Enrol(LEARNS, TERM), AddMember(MEMBER)]),
        (ChangeTerm("tot", "sami", "student", TERM, LATER), []),
        (Enrol(TEACHES), []),
        (ChangePerson("sami", (SPEAKS,)), []),
    ],
)
def test_what_a_later_run_made_anew_is_not_taken_back_with_the_first(later: Action, gone: list[Action]) -> None:
    done = [CreateCourse(COURSE), Enrol(LEARNS, TERM), AddMember(MEMBER), ChangePerson("sami", (SPEAKS,))]

    assert its_own(done, {"later": (later,)}) == tuple(one for one in done if one not in gone)


@pytest.mark.parametrize(
    ("undone", "told"),
    [
        ({}, ["c", "b"]),
        ({"c": "b"}, []),
        ({"c": "a"}, ["b"]),
        ({"c": "older"}, ["c", "b"]),
        ({"d": "c", "c": "b"}, ["b"]),
    ],
)
def test_runs_that_were_taken_back_are_not_told(undone: dict[str, str], told: list[str]) -> None:
    names = ["d", "c", "b"] if "d" in undone else ["c", "b"]
    later = [Record(id=name, started="", options={"undoes": undone.get(name, "")}) for name in names]

    assert [run.id for run in standing(later, "a")] == told


GROUPED = FULL.having(DESCRIBED, {("tot", "g1"): Described(idnumber="g1", name="Alpha", description="<p>All.</p>")})
SET = Grouping(course="tot", idnumber="s1", name="Set")
PAIR = Grouped(course="tot", grouping="s1", group="g1")
SORTED = GROUPED.having(GROUPINGS, {("tot", "s1"): SET})
GATHERED = FULL.having(COHORTS, {"agents": Cohort(idnumber="agents", name="All", category="", rest=REST)})


@pytest.mark.parametrize(
    ("done", "taken_back", "state"),
    [
        (
            ChangeGroup("tot", "g1", (Change("name", "A", "Alpha"),), "A", 1),
            ChangeGroup("tot", "g1", (Change("name", "Alpha", "A"),), "Alpha", 1),
            GROUPED,
        ),
        (
            ChangeGrouping("tot", "s1", (Change("name", "Old", "Set"),), "Old", "", 1),
            ChangeGrouping("tot", "s1", (Change("name", "Set", "Old"),), "Set", "", 1),
            SORTED,
        ),
        (UnassignGroup(PAIR), AssignGroup(PAIR), SORTED),
        (
            ChangeCohort("agents", (Change("name", "Agents", "All"),), replace(REST, name="Agents")),
            ChangeCohort("agents", (Change("name", "All", "Agents"),), REST),
            GATHERED,
        ),
    ],
)
def test_what_must_be_told_again_beside_a_field_is_told_as_it_is_now(
    done: Action, taken_back: Action, state: State
) -> None:
    plan = back([done], state)

    assert (plan.actions, plan.conflicts) == ((taken_back,), ())


def test_a_group_is_taken_out_of_a_grouping_unless_somebody_else_put_it_in_since() -> None:
    there, put_in = SORTED.having(IN_SETS, frozenset({PAIR})), AssignGroup(PAIR)

    own = back([put_in], there, all_of([APPLIED, put_in.keeps()]))
    others = back([put_in], there)

    assert (own.actions, own.conflicts) == ((UnassignGroup(PAIR),), ())
    assert (others.actions, others.conflicts) == ((), ())


@pytest.mark.parametrize(
    ("done", "why", "state"),
    [
        (
            ChangeCohort("agents", (Change("category", "number 7", ""),), REST),
            "stood in a category that isn't one of the configuration: if it is to go back, move it in Moodle",
            GATHERED,
        ),
        (
            ChangeGroup("tot", "g2", (Change("name", "A", "B"),), "A", 1),
            'name was "A", and what it is now can\'t be read: it is left so',
            GROUPED,
        ),
        (
            UnassignGroup(PAIR),
            (
                "the group g1 was taken out, and one of them isn't there, or isn't in the configuration any more: it "
                "is left so"
            ),
            GROUPED,
        ),
        (
            AddMember(replace(MEMBER, group=replace(GROUP, name="Gone"))),
            'was put into the group "Gone", which isn\'t there, or has another name: it is left as it is',
            FULL,
        ),
    ],
)
def test_of_groups_and_cohorts_too_what_cannot_be_taken_back_is_listed(done: Action, why: str, state: State) -> None:
    plan = back([done], state)

    assert (plan.actions, messages(plan)) == ((), [why])
