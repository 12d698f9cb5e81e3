"""A site that was restored from a backup may give an account's number to somebody else: they are left alone."""

from dataclasses import dataclass, replace

import pytest

from moodle_sync.journal.journal import Journal
from moodle_sync.planning.plan import Options, Plan, plan
from moodle_sync.site.found import CourseFound, Found
from moodle_sync.site.identity import Account, Shown
from moodle_sync.site.observed import Observed, observe
from moodle_sync.site.seen.sight import Known
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, RemoveCohortMember
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.finding import Remark
from moodle_sync.things.kept import FIELDS
from moodle_sync.things.leaving import Suspend
from moodle_sync.things.membership import MEMBERSHIPS, AddMember
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.things.role import ROLES
from moodle_sync.things.state import State
from moodle_sync.things.term import ENROLMENTS, Held
from moodle_sync.webservice.replies import CategoryReply, CohortReply, CourseReply, GroupReply
from tests.moodle_sync.examples import AGENT, FULL, LEARNS, MEMBER, ROLE_IDS, SAMI, TERM, with_course
from tests.moodle_sync.journal.keeping import numbered

COURSE = CourseReply(id=4, shortname="TOT", fullname="Training", idnumber="tot", categoryid=7, format="topics")
INSIDE = CourseFound(
    course=COURSE,
    inside={57: ("student",)},
    groups=(GroupReply(id=50, name="Group A"),),
    members={50: (57,)},
)
UNSEEN = replace(INSIDE, inside={}, members={})
TODAY = TERM.start
HELD = Held(term=TERM)
ONLY_SAMI = (
    with_course(FULL, sections=())
    .having(PEOPLE, {"sami": SAMI})
    .having(ROLES, frozenset({LEARNS}))
    .having(COHORT_MEMBERS, frozenset({AGENT}))
)
NOBODY = (
    ONLY_SAMI.having(PEOPLE, {})
    .having(ROLES, frozenset())
    .having(MEMBERSHIPS, frozenset())
    .having(COHORT_MEMBERS, frozenset())
)
BOB = Person(username="bob", firstname="Bob", lastname="Khan", email="bob@example.org", idnumber="p7")
GIVEN: list[Action] = [Enrol(LEARNS, TERM), AddMember(MEMBER), AddCohortMember(AGENT)]


def account(number: int, person: Person, username: str = "") -> Account:
    """Make somebody's account, with a username of its own if one is given."""
    return Account(
        id=number,
        username=username or person.username,
        firstname=person.firstname or "",
        lastname=person.lastname or "",
        email=person.email or "",
        idnumber=person.idnumber or "",
    )


@dataclass(frozen=True)
class Night:
    """What a run sees, and plans."""

    observed: Observed
    applied: Applied
    plan: Plan


def night(journal: Journal, desired: State, *accounts: Account, course: CourseFound = INSIDE) -> Night:
    """Look at a site whose account 57 is in the course, its group and the cohort, and plan."""
    found = Found(
        owner=2,
        categories=(CategoryReply(id=7, name="MedTOWN", idnumber="medtown", parent=0),),
        courses={"tot": course},
        accounts={seen.id: seen for seen in accounts},
        roles=ROLE_IDS,
        cohorts={"agents": CohortReply(id=70, name="agents", idnumber="agents")},
        cohort_members={"agents": (57,)},
    )
    observed = observe(found, desired, Known(), journal.people(), journal.shown())
    applied = journal.applied({number: key for key, number in observed.ids[PEOPLE].items()}, observed.strangers)
    return Night(observed, applied, plan(desired, observed, applied, Options(today=TODAY)))


def keep(journal: Journal, seen: Night) -> None:
    """Write what a run does before its first request."""
    numbers = seen.observed.ids[PEOPLE]
    journal.forget(seen.plan.forgotten, numbers)
    journal.know(numbers, seen.observed.shown)
    journal.adopt(seen.plan.adopted, numbers)


def do(journal: Journal, actions: list[Action], number: int) -> None:
    """Write that something was done for Sami, or Bob."""
    run = journal.begin(actions, rows=1)
    run.confirm(run.intend("some_function", actions), actions, [], numbered(sami=number, bob=number))
    run.finish()


def named(person: Person) -> State:
    """Make a source that gives Sami's places to somebody."""
    name = person.username
    return (
        ONLY_SAMI.having(PEOPLE, {name: person})
        .having(ROLES, frozenset({replace(LEARNS, person=name)}))
        .having(MEMBERSHIPS, frozenset({replace(MEMBER, person=name)}))
        .having(COHORT_MEMBERS, frozenset({replace(AGENT, person=name)}))
    )


@pytest.fixture
def known(journal: Journal) -> Journal:
    """Give a journal that knows Sami, as the account 57."""
    do(journal, GIVEN, 57)
    keep(journal, night(journal, ONLY_SAMI, account(57, SAMI)))
    return journal


def of_people(applied: Applied) -> Applied:
    """Leave out what is held of courses."""
    return applied.having(FIELDS, {})


def both(*, inside: bool) -> State:
    """Make a source with Sami and Bob, who is in the course, the group and the cohort, or nowhere."""
    bobs = named(BOB)
    people = {"sami": SAMI, "bob": BOB}
    if not inside:
        return ONLY_SAMI.having(PEOPLE, people)
    return (
        ONLY_SAMI.having(PEOPLE, people)
        .having(ROLES, ONLY_SAMI[ROLES] | bobs[ROLES])
        .having(MEMBERSHIPS, ONLY_SAMI[MEMBERSHIPS] | bobs[MEMBERSHIPS])
        .having(COHORT_MEMBERS, ONLY_SAMI[COHORT_MEMBERS] | bobs[COHORT_MEMBERS])
    )


# The number is somebody else's


@pytest.mark.parametrize("inside", [False, True])
def test_whose_number_is_anothers_in_the_source_begins_anew(known: Journal, *, inside: bool) -> None:
    seen = night(known, both(inside=inside), account(57, BOB), account(61, SAMI))
    keep(known, seen)

    assert seen.plan.actions == tuple(GIVEN)
    assert seen.plan.forgotten == Applied(strangers=frozenset({57}))
    assert seen.observed.ids[PEOPLE] == {"bob": 57, "sami": 61}
    assert of_people(known.applied({57: "bob", 61: "sami"})) == replace(of_people(seen.plan.adopted), rows=1)
    assert dict(seen.plan.adopted[ENROLMENTS]) == ({("tot", "bob"): Held()} if inside else {})


@pytest.mark.parametrize("desired", [NOBODY, NOBODY.having(PEOPLE, {"bob": BOB}), named(BOB)])
def test_whoever_has_the_number_of_somebody_who_left_is_left_alone(known: Journal, desired: State) -> None:
    seen = night(known, desired, account(57, BOB))
    keep(known, seen)

    assert (seen.plan.actions, seen.plan.forgotten) == ((), Applied(strangers=frozenset({57})))
    assert seen.observed.ids[PEOPLE] == dict.fromkeys(desired[PEOPLE], 57)
    assert of_people(known.applied({57: "bob"})) == replace(of_people(seen.plan.adopted), rows=1)
    assert night(known, desired, account(57, BOB)).plan.forgotten == Applied()


def test_what_is_left_to_a_new_owner_deserves_a_look(known: Journal) -> None:
    message = (
        "had the account 57, which is bob now, so nothing that the sync gave it is taken away; if that is the same "
        "person, see in Moodle whether anything is too much. A suspension isn't lifted. The dates of enrolments are no "
        "longer known"
    )

    assert night(known, NOBODY, account(57, BOB)).plan.remarks == (Remark("person", "sami", message),)
    assert night(known, ONLY_SAMI, account(61, SAMI), course=UNSEEN).plan.remarks == ()


def test_who_has_another_account_has_the_former_one_no_more(known: Journal) -> None:
    seen = night(known, ONLY_SAMI, account(61, SAMI), course=UNSEEN)
    keep(known, seen)

    assert (seen.plan.actions, known.people()) == (tuple(GIVEN), {})


def test_a_new_account_has_nothing_of_what_its_number_had(known: Journal) -> None:
    do(known, [CreatePerson(BOB)], 57)

    assert of_people(known.applied({57: "bob"})) == Applied(rows=1)
    assert night(known, NOBODY, account(57, BOB)).plan.actions == ()


@pytest.mark.parametrize(
    "accounts", [(), (Account(id=57, username=""),)], ids=["isn't shown", "is shown without a username"]
)
def test_an_account_of_which_nobody_can_tell_whose_it_is_stays_as_it_is(
    known: Journal, accounts: tuple[Account, ...]
) -> None:
    seen = night(known, NOBODY, *accounts, course=INSIDE if accounts else UNSEEN)
    keep(known, seen)

    assert (seen.plan.actions, seen.plan.forgotten) == ((), Applied())
    assert known.people() == {57: "sami"}


def test_an_account_that_answers_to_two_people_stays_as_it_is(known: Journal) -> None:
    double = replace(SAMI, username="double", idnumber=None)
    desired = NOBODY.having(PEOPLE, {"sami": replace(SAMI, idnumber=None), "double": double})

    seen = night(known, desired, account(57, SAMI, "s.haddad"))

    assert {conflict.key for conflict in seen.plan.conflicts if conflict.kind == "person"} == {"double", "sami"}
    assert (seen.plan.actions, seen.plan.forgotten) == ((), Applied())


# The number is still theirs


def lost(seen: Night) -> set[type[Action]]:
    """Name what is taken away."""
    return {type(action) for action in seen.plan.actions} & {Suspend, RemoveCohortMember}


NEW = replace(SAMI, username="s.haddad")
SOURCE, MOODLE = (named(NEW), account(57, SAMI)), (ONLY_SAMI, account(57, NEW))
BOTH = named(NEW), account(57, NEW)


@pytest.mark.parametrize(
    "nights",
    [[SOURCE], [MOODLE], [BOTH], [SOURCE, BOTH], [MOODLE, BOTH], [SOURCE, BOTH, SOURCE], [MOODLE, BOTH, MOODLE]],
    ids=["source", "Moodle", "both", "source, Moodle", "Moodle, source", "source, and back", "Moodle, and back"],
)
def test_who_is_renamed_keeps_what_they_have_and_loses_it_when_they_leave(
    known: Journal, nights: list[tuple[State, Account]]
) -> None:
    for desired, there in nights:
        seen = night(known, desired, there)
        (name,) = desired[PEOPLE]
        assert (seen.plan.actions, seen.plan.adopted, seen.observed.strangers) == ((), Applied(), frozenset())
        assert seen.applied[ENROLMENTS] == {("tot", name): HELD}
        keep(known, seen)

    gone = night(known, NOBODY, nights[-1][1])

    assert lost(gone) == {Suspend, RemoveCohortMember}


def test_two_who_exchange_their_names_in_the_source_keep_what_they_have(known: Journal) -> None:
    accounts = account(57, SAMI, "u57"), account(58, BOB, "u58")
    do(known, [AddCohortMember(replace(AGENT, person="bob"))], 58)
    keep(known, night(known, both(inside=False), *accounts))
    exchanged = {"sami": replace(BOB, username="sami"), "bob": replace(SAMI, username="bob")}

    seen = night(known, NOBODY.having(PEOPLE, exchanged), *accounts)

    assert seen.observed.strangers == frozenset()
    assert seen.applied[ENROLMENTS] == {("tot", "bob"): HELD}


def test_of_who_has_no_idnumber_and_is_renamed_on_both_sides_at_once_only_the_dates_are_unknown(known: Journal) -> None:
    sami, new = replace(SAMI, idnumber=None), replace(NEW, idnumber=None)
    keep(known, night(known, named(sami), account(57, sami)))

    seen = night(known, named(new), account(57, new))
    keep(known, seen)

    assert seen.observed.strangers == {57}

    assert seen.plan.actions == ()
    assert known.applied({57: "s.haddad"})[ENROLMENTS] == {("tot", "s.haddad"): Held()}


def test_who_was_suspended_and_is_renamed_in_moodle_meanwhile_comes_back(known: Journal) -> None:
    do(known, [Suspend("tot", "sami", "student", TERM, TERM)], 57)
    there = account(57, NEW)
    keep(known, night(known, NOBODY, there))

    for desired in (ONLY_SAMI, named(NEW)):
        (name,) = desired[PEOPLE]
        assert night(known, desired, there).applied[ENROLMENTS] == {("tot", name): replace(HELD, gone=True)}


@pytest.fixture
def upgraded(known: Journal) -> Journal:
    """Give a journal that knows Sami and nothing of what Moodle showed."""
    known.know({"sami": 57}, {57: Shown("")})
    return known


@pytest.mark.parametrize("there", [account(57, SAMI), account(57, NEW)], ids=["as in the source", "another name"])
def test_of_whom_nothing_was_ever_shown_is_still_the_same(upgraded: Journal, there: Account) -> None:
    assert upgraded.shown() == {}

    gone = night(upgraded, NOBODY, there)
    keep(upgraded, gone)

    assert lost(gone) == {Suspend, RemoveCohortMember}
    assert upgraded.shown() == {57: Shown(there.username, "p2")}


@pytest.mark.parametrize("inside", [False, True])
def test_of_whom_nothing_was_ever_shown_and_who_is_elsewhere_begins_anew(upgraded: Journal, *, inside: bool) -> None:
    for desired in (ONLY_SAMI, both(inside=inside)):
        seen = night(upgraded, desired, account(57, BOB), account(61, SAMI))

        assert seen.plan.actions == tuple(GIVEN)
        assert seen.observed.strangers == {57}
