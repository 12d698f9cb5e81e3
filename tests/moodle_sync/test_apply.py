"""Doing what a plan says, against the miniature, with faults ordered."""

from dataclasses import replace

import pytest

from lti_tool.demo.moodle.faults import DROP, LOSE
from lti_tool.demo.moodle.tables import Course as CourseRow
from lti_tool.demo.moodle.tables import Enrolment as EnrolmentRow
from lti_tool.demo.moodle.tables import User
from moodle_sync.actions import Action, CreatePerson
from moodle_sync.apply import GONE, Applying, Outcome
from moodle_sync.client import Client
from moodle_sync.errors import FateUnknown, NotAllowed
from moodle_sync.observed import Known, Observed, observe
from moodle_sync.plan import Plan, plan
from moodle_sync.reading import read
from moodle_sync.state import Category, Enrolment, Group, Membership, Person, State
from moodle_sync.steps import NewAccounts
from tests.moodle_sync.examples import DESIRED, with_course
from tests.moodle_sync.miniature import ROLES, Miniature

WRITES = (
    "core_course_create_categories",
    "core_course_create_courses",
    "core_update_inplace_editable",
    "core_user_create_users",
    "enrol_manual_enrol_users",
    "core_group_create_groups",
    "core_group_add_group_members",
)
KNOWN = Known(roles=ROLES, protected=frozenset({"admin"}))


def look(client: Client, desired: State = DESIRED) -> Observed:
    return observe(read(client, desired), desired, KNOWN)


def plan_for(miniature: Miniature, desired: State = DESIRED) -> Plan:
    return plan(desired, look(miniature.client(), desired))


def apply(miniature: Miniature, desired: State = DESIRED, accounts: NewAccounts = NewAccounts.QUIET) -> Outcome:
    client = miniature.client()
    observed = look(client, desired)
    applying = Applying(client, desired, lambda: look(client, desired), observed.ids, accounts)
    applying.run(plan(desired, observed).actions)
    return applying.outcome


def crowd(count: int) -> State:
    """Make the desired state with many trainees, all in one group."""
    names = [f"trainee{number:03}" for number in range(count)]
    group = Group(course="tot", name="All")
    people = {
        name: Person(username=name, firstname="T", lastname=name, email=f"{name}@example.org", lang="en")
        for name in names
    }
    return replace(
        DESIRED,
        people=people,
        enrolments=frozenset(Enrolment(course="tot", person=name, role="student") for name in names),
        groups=frozenset({group}),
        memberships=frozenset(Membership(group=group, person=name) for name in names),
    )


def test_a_second_plan_is_empty_and_a_second_run_writes_nothing(miniature: Miniature) -> None:
    first = apply(miniature)
    mails = miniature.mails()
    miniature.calls.clear()

    second = apply(miniature)

    assert (len(first.done), first.failed) == (10, [])
    assert (second.done, second.failed) == ([], [])
    assert not set(miniature.calls) & set(WRITES)
    assert (mails, miniature.mails()) == (2, 2)


def test_dates_are_sent_with_a_new_enrolment_and_stay(miniature: Miniature) -> None:
    apply(miniature)
    apply(miniature, replace(DESIRED, enrolments=frozenset(replace(e, end=5) for e in DESIRED.enrolments)))

    with miniature.site.session() as db:
        dates = {(row.time_start, row.time_end) for row in db.query(EnrolmentRow)}
    assert dates == {(0, 0), (1_790_000_000, 1_800_000_000)}


def test_a_role_is_added_without_a_mail_and_the_dates_stay(miniature: Miniature) -> None:
    apply(miniature)
    more = replace(DESIRED, enrolments=DESIRED.enrolments | {Enrolment(course="tot", person="sami", role="teacher")})

    outcome = apply(miniature, more)

    assert (len(outcome.done), outcome.failed, miniature.mails()) == (1, [], 2)
    assert plan_for(miniature, more).actions == ()


@pytest.mark.parametrize(("accounts", "mails"), [(NewAccounts.QUIET, 2), (NewAccounts.MAIL, 4)])
def test_new_accounts_are_quiet_or_mailed(miniature: Miniature, accounts: NewAccounts, mails: int) -> None:
    apply(miniature, accounts=accounts)

    assert miniature.mails() == mails


def test_categories_within_categories_are_made(miniature: Miniature) -> None:
    inner = Category(idnumber="inner", name="Inner & more", parent="medtown")
    desired = replace(DESIRED, categories={**DESIRED.categories, "inner": inner})

    assert apply(miniature, desired).failed == []
    assert plan_for(miniature, desired).actions == ()


def test_a_category_made_by_hand_is_adopted_by_its_name(miniature: Miniature) -> None:
    desired = replace(DESIRED, categories={"medtown": Category(idnumber="medtown", name="Category 1")})

    apply(miniature, desired)

    assert "core_course_create_categories" not in miniature.calls


def test_a_course_found_by_its_short_name_is_adopted(miniature: Miniature) -> None:
    with miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="By hand", idnumber=""))

    outcome = apply(miniature)

    assert outcome.failed == []
    assert plan_for(miniature).actions == ()
    assert "core_course_create_courses" not in miniature.calls


def test_an_account_that_is_there_is_used_and_completed(miniature: Miniature) -> None:
    miniature.add_account("sami", email="SAMI@example.org")

    outcome = apply(miniature)

    assert outcome.failed == []
    with miniature.site.session() as db:
        sami = db.query(User).filter_by(username="sami").one()
    assert (sami.firstname, sami.idnumber, sami.email) == ("Sami", "p2", "SAMI@example.org")


def test_the_administrator_is_never_touched(miniature: Miniature) -> None:
    boss = Person(username="admin", firstname="Some", lastname="Body", email="else@example.org")
    desired = replace(DESIRED, people={**DESIRED.people, "admin": boss})

    apply(miniature, desired)

    assert [conflict.key for conflict in plan_for(miniature, desired).conflicts] == ["admin"]
    with miniature.site.session() as db:
        assert db.get_one(User, 2).fullname == "Site Administrator"


def test_big_batches_stay_below_what_php_cuts(miniature: Miniature) -> None:
    desired = crowd(230)

    outcome = apply(miniature, desired)

    assert outcome.failed == []
    assert plan_for(miniature, desired).actions == ()
    assert miniature.calls.count("core_user_create_users") == 3
    assert miniature.calls.count("enrol_manual_enrol_users") == 2


def test_a_bad_row_is_found_and_the_others_go_on(miniature: Miniature) -> None:
    desired = crowd(20)
    bad = replace(desired.people["trainee007"], lang="xx")
    desired = replace(desired, people={**desired.people, "trainee007": bad})

    outcome = apply(miniature, desired)

    reasons = [failure.reason for failure in outcome.failed]
    assert outcome.failed[0].action == CreatePerson(bad)
    assert reasons[0].endswith("(invalidparameter)")
    assert reasons[1:] == [GONE, GONE]
    assert sum(isinstance(action, CreatePerson) for action in outcome.done) == 19


def test_a_request_that_was_cut_in_silence_is_completed(miniature: Miniature) -> None:
    protocol, account = 3, 8
    miniature.site.settings = replace(miniature.site.settings, max_input_vars=protocol + 10 * account - 1)
    desired = crowd(20)

    outcome = apply(miniature, desired)

    assert outcome.failed == []
    assert plan_for(miniature, desired).actions == ()
    assert miniature.calls.count("core_user_create_users") == 2
    assert miniature.mails() == 20


def test_what_can_not_be_changed_is_named(miniature: Miniature) -> None:
    apply(miniature)
    with miniature.site.session() as db:
        db.add(CourseRow(shortname="TAKEN", fullname="Another"))

    outcome = apply(miniature, with_course(shortname="TAKEN"))

    (failure,) = outcome.failed
    assert failure.reason.endswith("(shortnametaken)")
    assert outcome.done == []


@pytest.mark.parametrize("function", WRITES)
@pytest.mark.parametrize(
    ("case", "fault"), [("not done", DROP), ("done, and the answer lost", LOSE), ("not done", 502)]
)
def test_a_write_of_unknown_fate_is_read_back_and_done_once(
    miniature: Miniature, function: str, case: str, fault: int
) -> None:
    miniature.order_faults(function, fault)

    outcome = apply(miniature)

    assert outcome.failed == [], case
    assert plan_for(miniature).actions == ()
    assert len(set(outcome.done)) == len(outcome.done) == 10
    assert miniature.mails() == 2


def test_a_write_whose_fate_stays_unknown_ends_the_run(miniature: Miniature) -> None:
    miniature.order_faults("enrol_manual_enrol_users", 502, 502, 502)

    with pytest.raises(FateUnknown):
        apply(miniature)

    assert miniature.calls.count("enrol_manual_enrol_users") == 3


def test_a_right_that_is_missing_ends_the_run(miniature: Miniature) -> None:
    miniature.give_token("f" * 32, without="enrol_manual_enrol_users")
    client = miniature.client("f" * 32)
    observed = look(client)
    applying = Applying(client, DESIRED, lambda: look(client), observed.ids, NewAccounts.QUIET)

    with pytest.raises(NotAllowed):
        applying.run(plan(DESIRED, observed).actions)

    assert len(applying.outcome.done) == 6


def test_who_can_not_see_people_does_not_take_them_for_absent(miniature: Miniature) -> None:
    miniature.give_token("b" * 32, owner=miniature.add_account("helper"))

    with pytest.raises(NotAllowed, match=r"can't see other people"):
        look(miniature.client("b" * 32))


def test_a_course_that_somebody_made_meanwhile_is_adopted(miniature: Miniature) -> None:
    client = miniature.client()
    observed = look(client)
    actions: tuple[Action, ...] = plan(DESIRED, observed).actions
    with miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="Training", idnumber="tot"))
    applying = Applying(client, DESIRED, lambda: look(client), observed.ids, NewAccounts.QUIET)

    applying.run(actions)

    assert [type(failure.action).__name__ for failure in applying.outcome.failed] == ["NameSection", "NameSection"]
    later = apply(miniature)
    assert later.failed == []
    assert plan_for(miniature).actions == ()
