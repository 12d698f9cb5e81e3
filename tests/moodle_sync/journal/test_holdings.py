"""What the journal holds of what was last applied, and whose it is."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from moodle_sync.journal import holdings
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.storage import open_file
from moodle_sync.site.identity import Shown
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CreateCategory
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.course import CreateCourse
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.leaving import Suspend, Unenrol
from moodle_sync.things.membership import MEMBERSHIPS, AddMember, RemoveMember
from moodle_sync.things.person import CreatePerson
from moodle_sync.things.role import ROLES, AddRole, Enrolment, RemoveRole
from moodle_sync.things.section import SECTIONS, NameSection
from moodle_sync.things.section_changes import MoveSection
from moodle_sync.things.term import ENROLMENTS, ChangeTerm, Held, Term
from tests.moodle_sync.examples import AGENT, ANA, APPLIED, CATEGORY, COURSE, LEARNS, MEMBER, SAMI, TEACHES, TERM
from tests.moodle_sync.journal.keeping import ELENI, ENROLLED, KEYS, LATER, NUMBERS, SITE, do, numbered


def test_nothing_is_held_at_first(journal: Journal) -> None:
    assert journal.applied(KEYS) == Applied()
    assert journal.people() == {}


def test_what_was_done_is_held(journal: Journal) -> None:
    sections = (
        NameSection("tot", 1, "Needs", module="Needs"),
        NameSection("tot", 2, "Policies", module="Policies"),
        MoveSection("tot", "Policies", "Policies", "Needs", "Needs", order=("Needs", "Policies")),
    )
    numbers = {("tot", 1): 41, ("tot", 2): 42}
    do(
        journal,
        CreateCategory(CATEGORY),
        CreateCourse(COURSE),
        *sections,
        CreatePerson(ANA),
        CreatePerson(SAMI),
        *ENROLLED,
        AddMember(MEMBER),
        AddCohortMember(AGENT),
        sections=numbers,
    )

    assert journal.applied(KEYS) == APPLIED
    assert journal.people() == KEYS
    assert journal.cohorts() == {AGENT.cohort}


def test_the_names_that_sections_were_given_are_held_until_they_are_forgotten(journal: Journal) -> None:
    do(journal, NameSection("tot", 1, "Needs"), NameSection("tot", 2, "Policies"))
    journal.adopt(Applied().having(SECTIONS, frozenset({("tot", "Economy")})), NUMBERS)
    journal.forget(Applied().having(SECTIONS, frozenset({("tot", "Policies")})), NUMBERS)

    assert journal.applied(KEYS)[SECTIONS] == {("tot", "Needs"), ("tot", "Economy")}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (ChangeTerm("tot", "sami", "student", TERM, LATER), {"term": Held(term=LATER)}),
        (Suspend("tot", "sami", "student", TERM, LATER), {"term": Held(term=LATER, gone=True)}),
        (Unenrol("tot", "sami"), {"term": None, "roles": set(), "members": set()}),
        (AddRole("tot", "sami", "teacher"), {"roles": {"student", "teacher"}}),
        (RemoveRole("tot", "sami", "student"), {"roles": set()}),
        (RemoveMember(MEMBER), {"members": set()}),
        (RemoveCohortMember(AGENT), {"cohort": set()}),
    ],
)
def test_what_changes_or_takes_away_is_held(journal: Journal, action: Action, expected: Mapping[str, object]) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))

    do(journal, action)

    held = journal.applied(KEYS)
    before = {"term": Held(term=TERM), "roles": {"student"}, "members": {MEMBER}, "cohort": {AGENT}}
    assert {
        "term": held[ENROLMENTS].get(("tot", "sami")),
        "roles": {role.role for role in held[ROLES] if role.person == "sami"},
        "members": set(held[MEMBERSHIPS]),
        "cohort": set(held[COHORT_MEMBERS]),
    } == {**before, **expected}
    assert held[ENROLMENTS]["tot", "ana"] == Held(term=Term())


def test_who_was_suspended_and_comes_back_is_not_gone_any_more(journal: Journal) -> None:
    do(journal, *ENROLLED)
    do(journal, Suspend("tot", "sami", "student", TERM, LATER))

    do(journal, ChangeTerm("tot", "sami", "student", LATER, TERM))

    assert journal.applied(KEYS)[ENROLMENTS]["tot", "sami"] == Held(term=TERM)


def test_what_is_adopted_is_held_with_a_term_that_nobody_knows(journal: Journal) -> None:
    adopted = (
        Applied()
        .having(ENROLMENTS, {("tot", "sami"): Held()})
        .having(ROLES, frozenset({LEARNS}))
        .having(MEMBERSHIPS, frozenset({MEMBER}))
        .having(COHORT_MEMBERS, frozenset({AGENT}))
    )

    journal.adopt(adopted, NUMBERS)

    assert journal.applied(KEYS) == adopted


def test_what_is_adopted_again_is_as_the_plan_says(journal: Journal) -> None:
    do(journal, *ENROLLED)
    do(journal, Suspend("tot", "sami", "student", TERM, LATER))

    journal.adopt(Applied().having(ENROLMENTS, {("tot", "sami"): Held(term=LATER)}), NUMBERS)

    assert journal.applied(KEYS)[ENROLMENTS]["tot", "sami"] == Held(term=LATER)


def test_what_is_forgotten_is_held_no_more_also_of_an_account_that_is_gone(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))
    gone = (
        Applied()
        .having(ENROLMENTS, {("tot", "sami"): Held()})
        .having(ROLES, frozenset({LEARNS}))
        .having(MEMBERSHIPS, frozenset({MEMBER}))
        .having(COHORT_MEMBERS, frozenset({AGENT}))
    )

    journal.forget(gone, {"ana": 11})

    held = journal.applied(KEYS)
    assert held == Applied(rows=2).having(ENROLMENTS, {("tot", "ana"): Held(term=Term())}).having(
        ROLES, frozenset({TEACHES})
    )
    assert journal.people() == {11: "ana"}


def test_under_the_number_of_a_stranger_nobody_holds_anything_and_all_of_it_can_be_forgotten(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))
    journal.know(NUMBERS, {11: Shown("ana", "p1"), 12: Shown("s.haddad")})

    held = journal.applied(KEYS, {12, 99})
    assert held == Applied(strangers=frozenset({12}), rows=2).having(
        ENROLMENTS, {("tot", "ana"): Held(term=Term())}
    ).having(ROLES, frozenset({TEACHES}))
    journal.forget(Applied(strangers=frozenset({12})), {"sami": 99})

    assert journal.applied(KEYS) == replace(held, strangers=frozenset())
    assert (journal.people(), journal.shown()) == ({11: "ana"}, {11: Shown("ana", "p1")})


def test_what_is_done_does_not_tell_whose_a_number_is(journal: Journal) -> None:
    do(journal, *ENROLLED)
    do(journal, AddRole("tot", "eleni", "student"), numbers={"eleni": 12})

    assert journal.people() == KEYS
    for shown in ({12: Shown("eleni", "p3")}, {12: Shown("eleni.p")}):
        journal.know({"eleni": 12}, shown)
        assert (journal.people(), journal.shown()) == ({11: "ana", 12: "eleni"}, shown)


def test_what_was_held_of_somebody_whose_account_is_made_anew_is_void(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT), numbers={"ana": 11, "sami": 900})

    do(journal, CreatePerson(SAMI), AddCohortMember(AGENT))

    assert journal.people() == KEYS
    assert journal.applied(KEYS) == Applied(rows=2).having(ENROLMENTS, {("tot", "ana"): Held(term=Term())}).having(
        ROLES, frozenset({TEACHES})
    ).having(COHORT_MEMBERS, frozenset({AGENT}))


def steps_of_a_new_account(file: Path, others: int) -> int:
    """Count what SQLite does where an account is made anew of somebody of whom something is held, as of others."""
    numbers = {f"p{number}": number for number in range(others)}
    steps: list[None] = []
    with closing(open_file(file, SITE)) as db:
        for name in numbers:
            for action in (Enrol(replace(LEARNS, person=name)), AddCohortMember(replace(AGENT, person=name))):
                holdings.record(db, action, numbered(**numbers))
        db.set_progress_handler(lambda: steps.append(None), 1)
        holdings.record(db, CreatePerson(replace(SAMI, username="p50")), numbered(p50=others))
    return len(steps)


def test_what_a_new_account_costs_does_not_grow_with_what_is_held(tmp_path: Path) -> None:
    few, many = (steps_of_a_new_account(tmp_path / f"{others}.journal", others) for others in (100, 1000))

    assert few == many


@pytest.mark.parametrize("idnumber", ["p1", None])
def test_what_a_new_account_is_called_is_known_at_once(journal: Journal, idnumber: str | None) -> None:
    do(journal, CreatePerson(replace(ANA, idnumber=idnumber)))

    assert journal.shown() == {11: Shown("ana", idnumber or "")}


def test_a_new_account_holds_nothing(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))

    do(journal, CreatePerson(replace(ANA, username="eleni")), AddCohortMember(ELENI), numbers={"eleni": 12})

    held = journal.applied({})
    assert set(held[ENROLMENTS]) == {("tot", "ana")}
    assert not held[MEMBERSHIPS]
    assert held[COHORT_MEMBERS] == {ELENI}


def test_people_stay_the_same_when_the_sources_keys_change(journal: Journal) -> None:
    do(journal, *ENROLLED)

    held = journal.applied({12: "s.haddad"})

    assert set(held[ENROLMENTS]) == {("tot", "ana"), ("tot", "s.haddad")}
    assert held.numbers == {"ana": 11}


def test_who_lost_their_name_to_another_account_is_not_taken_for_them(journal: Journal) -> None:
    do(journal, *ENROLLED)

    held = journal.applied({99: "sami"})

    assert set(held[ENROLMENTS]) == {("tot", "ana")}


def test_one_role_more_is_no_second_enrolment(journal: Journal) -> None:
    do(journal, *ENROLLED)

    do(journal, AddRole("tot", "ana", "student"))

    held = journal.applied(KEYS)
    assert held[ROLES] == {TEACHES, LEARNS, Enrolment(course="tot", person="ana", role="student")}
    assert len(held[ENROLMENTS]) == 2
