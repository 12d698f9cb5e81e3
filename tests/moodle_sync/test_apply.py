"""Doing what a plan says, against the miniature, with faults ordered."""

from dataclasses import replace

import pytest

from lti_tool.demo.moodle.faults import DROP, LOSE
from lti_tool.demo.moodle.tables import Course as CourseRow
from lti_tool.demo.moodle.tables import Enrolment as EnrolmentRow
from lti_tool.demo.moodle.tables import User
from moodle_sync.actions import CreatePerson
from moodle_sync.apply import GONE
from moodle_sync.errors import FateUnknown, NotAllowed
from moodle_sync.state import Category, Enrolment, Group, Membership, Person, State
from moodle_sync.steps import NewAccounts
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.examples import DESIRED, with_course

WRITES = (
    "core_course_create_categories",
    "core_course_create_courses",
    "core_update_inplace_editable",
    "core_user_create_users",
    "enrol_manual_enrol_users",
    "core_group_create_groups",
    "core_group_add_group_members",
)


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


def test_a_second_plan_is_empty_and_a_second_run_writes_nothing(site: Administered) -> None:
    first = site.apply()
    mails = site.miniature.mails()
    site.miniature.calls.clear()

    second = site.apply()

    assert (len(first.done), first.failed) == (12, [])
    assert (second.done, second.failed) == ([], [])
    assert not set(site.miniature.calls) & set(WRITES)
    assert (mails, site.miniature.mails()) == (2, 2)


def test_dates_are_sent_with_a_new_enrolment(site: Administered) -> None:
    site.apply()

    with site.miniature.site.session() as db:
        dates = {(row.time_start, row.time_end) for row in db.query(EnrolmentRow)}
    assert dates == {(0, 0), (1_790_000_000, 1_798_640_000)}


def test_a_role_is_added_without_a_mail_and_the_dates_stay(site: Administered) -> None:
    site.apply()
    more = replace(DESIRED, enrolments=DESIRED.enrolments | {Enrolment(course="tot", person="sami", role="teacher")})

    outcome = site.apply(more)

    assert (len(outcome.done), outcome.failed, site.miniature.mails()) == (1, [], 2)
    assert site.plan(more).actions == ()


@pytest.mark.parametrize(("accounts", "mails"), [(NewAccounts.QUIET, 2), (NewAccounts.MAIL, 4)])
def test_new_accounts_are_quiet_or_mailed(site: Administered, accounts: NewAccounts, mails: int) -> None:
    site.apply(accounts=accounts)

    assert site.miniature.mails() == mails


def test_categories_within_categories_are_made(site: Administered) -> None:
    inner = Category(idnumber="inner", name="Inner & more", parent="medtown")
    desired = replace(DESIRED, categories={**DESIRED.categories, "inner": inner})

    assert site.apply(desired).failed == []
    assert site.plan(desired).actions == ()


def test_a_category_made_by_hand_is_adopted_by_its_name(site: Administered) -> None:
    desired = replace(DESIRED, categories={"medtown": Category(idnumber="medtown", name="Category 1")})

    site.apply(desired)

    assert "core_course_create_categories" not in site.miniature.calls


def test_a_course_found_by_its_short_name_is_adopted(site: Administered) -> None:
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="By hand", idnumber=""))

    outcome = site.apply()

    assert outcome.failed == []
    assert site.plan().actions == ()
    assert "core_course_create_courses" not in site.miniature.calls


def test_an_account_that_is_there_is_used_and_completed(site: Administered) -> None:
    site.miniature.add_account("sami", email="SAMI@example.org")

    outcome = site.apply()

    assert outcome.failed == []
    with site.miniature.site.session() as db:
        sami = db.query(User).filter_by(username="sami").one()
    assert (sami.firstname, sami.idnumber, sami.email) == ("Sami", "p2", "SAMI@example.org")


def test_the_administrator_is_never_touched(site: Administered) -> None:
    boss = Person(username="admin", firstname="Some", lastname="Body", email="else@example.org")
    desired = replace(DESIRED, people={**DESIRED.people, "admin": boss})

    site.apply(desired)

    assert [conflict.key for conflict in site.plan(desired).conflicts] == ["admin"]
    with site.miniature.site.session() as db:
        assert db.get_one(User, 2).fullname == "Site Administrator"


def test_big_batches_stay_below_what_php_cuts(site: Administered) -> None:
    desired = crowd(230)

    outcome = site.apply(desired)

    assert outcome.failed == []
    assert site.plan(desired).actions == ()
    assert site.miniature.calls.count("core_user_create_users") == 4
    assert site.miniature.calls.count("enrol_manual_enrol_users") == 3


def test_a_bad_row_is_found_and_the_others_go_on(site: Administered) -> None:
    desired = crowd(20)
    bad = replace(desired.people["trainee007"], lang="xx")
    desired = replace(desired, people={**desired.people, "trainee007": bad})

    outcome = site.apply(desired)

    reasons = [failure.reason for failure in outcome.failed]
    assert outcome.failed[0].action == CreatePerson(bad)
    assert reasons[0].endswith("(invalidparameter)")
    assert reasons[1:] == [GONE, GONE]
    assert sum(isinstance(action, CreatePerson) for action in outcome.done) == 19


def test_a_request_that_was_cut_in_silence_is_completed(site: Administered) -> None:
    protocol, account = 3, 8
    site.miniature.site.settings = replace(site.miniature.site.settings, max_input_vars=protocol + 10 * account - 1)
    desired = crowd(20)

    outcome = site.apply(desired)

    assert outcome.failed == []
    assert site.plan(desired).actions == ()
    assert site.miniature.calls.count("core_user_create_users") == 2
    assert site.miniature.mails() == 20


def test_what_can_not_be_changed_is_named(site: Administered) -> None:
    site.apply()
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TAKEN", fullname="Another"))

    outcome = site.apply(with_course(shortname="TAKEN"))

    (failure,) = outcome.failed
    assert failure.reason.endswith("(shortnametaken)")
    assert outcome.done == []


@pytest.mark.parametrize("function", WRITES)
@pytest.mark.parametrize(
    ("case", "fault"), [("not done", DROP), ("done, and the answer lost", LOSE), ("not done", 502)]
)
def test_a_write_of_unknown_fate_is_read_back_and_done_once(
    site: Administered, function: str, case: str, fault: int
) -> None:
    site.miniature.order_faults(function, fault)

    outcome = site.apply()

    assert outcome.failed == [], case
    assert site.plan().actions == ()
    assert len(set(outcome.done)) == len(outcome.done) == 12
    assert site.miniature.mails() == 2


def test_a_write_whose_fate_stays_unknown_ends_the_run(site: Administered) -> None:
    site.miniature.order_faults("enrol_manual_enrol_users", 502, 502, 502)

    with pytest.raises(FateUnknown):
        site.apply()

    assert site.miniature.calls.count("enrol_manual_enrol_users") == 3


def test_a_right_that_is_missing_ends_the_run(site: Administered) -> None:
    site.miniature.give_token("f" * 32, without="enrol_manual_enrol_users")
    actions = site.plan().actions
    applying = site.begin(actions, site.miniature.client("f" * 32))

    with pytest.raises(NotAllowed):
        applying.run(actions)

    assert len(applying.outcome.done) == 6


def test_who_can_not_see_people_does_not_take_them_for_absent(site: Administered) -> None:
    site.miniature.give_token("b" * 32, owner=site.miniature.add_account("helper"))

    with pytest.raises(NotAllowed, match=r"can't see other people"):
        look(site.miniature.client("b" * 32))


def test_a_course_that_somebody_made_meanwhile_is_adopted(site: Administered) -> None:
    actions = site.plan().actions
    applying = site.begin(actions)
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TOT", fullname="Training", idnumber="tot"))

    applying.run(actions)

    assert [type(failure.action).__name__ for failure in applying.outcome.failed] == ["NameSection", "NameSection"]
    later = site.apply()
    assert later.failed == []
    assert site.plan().actions == ()
