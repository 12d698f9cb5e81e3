"""Doing what a plan says, against the miniature, with faults ordered."""

import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import requests
from flask import Response

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault, Work, after, cut
from lti_tool.demo.moodle.tables import Course as CourseRow
from lti_tool.demo.moodle.tables import Enrolment as EnrolmentRow
from lti_tool.demo.moodle.tables import Section, User
from lti_tool.demo.moodle.webservice.doubts import invalid
from moodle_sync.applying.apply import GONE
from moodle_sync.config import NewAccounts
from moodle_sync.errors import FateUnknown, Interrupted, JournalError, NotAllowed, Unreachable
from moodle_sync.journal.records import Sending
from moodle_sync.things.account import Person
from moodle_sync.things.action import PAUSES, Action
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS, AddCohortMember, CohortMembership
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import GROUPS, CreateGroup
from moodle_sync.things.membership import MEMBERSHIPS, AddMember
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.webservice.client import Answer, Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import Function
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.examples import FULL, with_course
from tests.moodle_sync.miniature import TOKEN, Miniature, closed

WRITES = (
    "core_course_create_categories",
    "core_course_create_courses",
    "core_update_inplace_editable",
    "core_user_create_users",
    "enrol_manual_enrol_users",
    "core_group_create_groups",
    "core_group_add_group_members",
    "core_cohort_create_cohorts",
    "core_cohort_add_cohort_members",
)
UNKNOWN = (
    ("not done", DROP),
    ("done, and the answer lost", LOSE),
    ("not done", 502),
    ("done, and a gateway's answer", after(503)),
    ("done, and the answer cut", cut),
    ("done, and Moodle finds its answer invalid", invalid),
)


def kinds(actions: Iterable[Action]) -> set[type[Action]]:
    return {type(action) for action in actions}


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
    more = FULL.having(ROLES, FULL[ROLES] | {Enrolment(course="tot", person="sami", role="teacher")})

    outcome = site.apply(more)

    assert (len(outcome.done), outcome.failed, site.miniature.mails()) == (1, [], 2)
    assert site.plan(more).actions == ()


@pytest.mark.parametrize(("accounts", "mails"), [(NewAccounts.QUIET, 2), (NewAccounts.MAIL, 4)])
def test_new_accounts_are_quiet_or_mailed(site: Administered, accounts: NewAccounts, mails: int) -> None:
    site.apply(accounts=accounts)

    assert site.miniature.mails() == mails


def test_categories_within_categories_are_made(site: Administered) -> None:
    inner = Category(idnumber="inner", name="Inner & more", parent="medtown")
    desired = FULL.having(CATEGORIES, {**FULL[CATEGORIES], "inner": inner})

    assert site.apply(desired).failed == []
    assert site.plan(desired).actions == ()


def test_a_category_made_by_hand_is_adopted_by_its_name(site: Administered) -> None:
    desired = FULL.having(CATEGORIES, {"medtown": Category(idnumber="medtown", name="Category 1")})

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
    desired = FULL.having(PEOPLE, {**FULL[PEOPLE], "admin": boss})

    site.apply(desired)

    assert [conflict.key for conflict in site.plan(desired).conflicts] == ["admin"]
    with site.miniature.site.session() as db:
        assert db.get_one(User, 2).fullname == "Site Administrator"


def test_big_batches_stay_below_what_php_cuts(site: Administered) -> None:
    desired = crowd(230)
    accounts = desired.having(ROLES, frozenset()).having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset())

    outcomes = [site.apply(accounts), site.apply(desired)]

    assert [outcome.failed for outcome in outcomes] == [[], []]
    assert site.plan(desired).actions == ()
    assert site.miniature.calls.count("core_user_create_users") == 4
    assert site.miniature.calls.count("enrol_manual_enrol_users") == 3


def test_a_bad_row_is_found_and_the_others_go_on(site: Administered) -> None:
    desired = crowd(20)
    bad = replace(desired[PEOPLE]["trainee007"], lang="xx")
    desired = desired.having(PEOPLE, {**desired[PEOPLE], "trainee007": bad})

    outcome = site.apply(desired)

    reasons = [failure.reason for failure in outcome.failed]
    assert outcome.failed[0].action == CreatePerson(bad)
    assert "Invalid parameter value detected (invalidparameter); look at " in reasons[0]
    assert 'lang "xx" (its pack' in reasons[0]
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

    outcome = site.apply(with_course(FULL, shortname="TAKEN"))

    (failure,) = outcome.failed
    assert failure.reason.endswith("(shortnametaken)")
    assert outcome.done == []


@pytest.mark.parametrize("function", WRITES)
@pytest.mark.parametrize(("case", "fault"), UNKNOWN)
def test_a_write_of_unknown_fate_is_read_back_and_done_once(
    site: Administered, function: str, case: str, fault: Fault
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


class AtWork:
    """A Moodle that is still at work on enrolments when whoever asked has hung up: it ends at the second look."""

    def __init__(self, miniature: Miniature) -> None:
        self._miniature = miniature
        self._begun: list[tuple[str, str]] = []
        self.waited: list[float] = []

    def send(self, address: str, body: str) -> Answer:
        if not self._begun and "enrol_manual_enrol_users" in body:
            self._begun.append((address, body))
            raise requests.ReadTimeout
        return self._miniature.send(address, body)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        if len(self.waited) == len(PAUSES):
            self._miniature.send(*self._begun[0])


def test_what_moodle_is_still_at_work_on_is_waited_for_and_not_sent_again(site: Administered) -> None:
    moodle = AtWork(site.miniature)
    actions = site.plan().actions

    site.begin(actions, Client("http://localhost:8100", TOKEN, moodle.send, moodle.sleep)).run(actions)

    assert moodle.waited == [*PAUSES]
    assert site.miniature.calls.count("enrol_manual_enrol_users") == 2
    assert site.miniature.mails() == 2
    assert site.plan().actions == ()


def test_what_was_answered_is_looked_at_once(site: Administered) -> None:
    site.miniature.order_faults("enrol_manual_enrol_users", invalid)
    actions = site.plan().actions
    waited: list[float] = []

    site.begin(actions, Client("http://localhost:8100", TOKEN, site.miniature.send, waited.append)).run(actions)

    assert waited == []


def test_a_request_whose_end_could_not_be_written_is_not_taken_for_refused(site: Administered, tmp_path: Path) -> None:
    actions = site.plan().actions
    applying = site.begin(actions)
    full = (
        "CREATE TRIGGER full BEFORE UPDATE ON sends WHEN NEW.state = 'confirmed' "
        "BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END"
    )
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as db:
        db.execute(full)

    with pytest.raises(JournalError, match="disk is full"):
        applying.run(actions)

    stopped = site.journal.unfinished()
    assert stopped
    assert [send.state for send in stopped.sends] == [Sending.SENT]
    assert stopped.stopped
    assert "disk is full" in stopped.stopped


def test_a_right_that_is_missing_ends_the_run(site: Administered) -> None:
    site.miniature.give_token("f" * 32, without="enrol_manual_enrol_users")
    actions = site.plan().actions
    applying = site.begin(actions, site.miniature.client("f" * 32))

    with pytest.raises(NotAllowed):
        applying.run(actions)

    assert kinds(set(actions) - set(applying.outcome.done)) == {Enrol, AddMember}


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


def test_two_requests_that_write_go_at_once(site: Administered) -> None:
    both = threading.Barrier(2)

    def together(work: Work) -> Response:
        both.wait(20)
        return work()

    site.miniature.order_faults("core_user_create_users", together, together)

    outcome = site.apply(crowd(60))

    assert outcome.failed == []
    assert not both.broken


def test_never_do_two_work_in_one_course(site: Administered) -> None:
    site.apply(crowd(200))

    record = site.journal.run(site.journal.runs()[0].id)
    times = [(send.sent, send.ended) for send in record.sends if send.function == "enrol_manual_enrol_users"]
    assert len(times) > 1
    assert times == sorted(times)
    assert all(ended and sent and ended <= sent for (_, ended), (sent, _) in pairwise(times))


def test_a_cohort_tells_who_was_left_out_and_they_are_named(site: Administered) -> None:
    site.apply()
    actions = [
        AddCohortMember(CohortMembership(cohort="agents", person="ana")),
        AddCohortMember(CohortMembership(cohort="agents", person="sami")),
        AddCohortMember(CohortMembership(cohort="agents", person="nobody")),
    ]
    applying = site.begin(actions, numbers={"nobody": 999_999})

    applying.run(actions)

    assert applying.outcome.done == actions[:2]
    assert [failure.action for failure in applying.outcome.failed] == actions[2:]
    assert "not exists" in applying.outcome.failed[0].reason


def test_whoever_watches_is_told_of_everything_that_was_done_or_given_up(site: Administered) -> None:
    desired = crowd(20)
    bad = replace(desired[PEOPLE]["trainee007"], lang="xx")
    told: list[int] = []
    actions = site.plan(desired.having(PEOPLE, {**desired[PEOPLE], "trainee007": bad})).actions

    site.begin(actions, watch=told.append).run(actions)

    assert sum(told) == len(actions)


class Stopping(Client):
    """A client that somebody stops before a function's first call."""

    def __init__(self, client: Client, function: str) -> None:
        self._client = client
        self._function = function

    def call(self, function: Function[object], **arguments: Value) -> object:  # type: ignore[override]  # any of them
        if function.name == self._function:
            message = "somebody pressed Ctrl-C"
            raise Interrupted(message)
        return self._client.call(function, **arguments)


def test_a_run_that_is_interrupted_tells_how_far_it_came(site: Administered) -> None:
    actions = site.plan().actions
    applying = site.begin(actions, Stopping(site.miniature.client(), "enrol_manual_enrol_users"))

    with pytest.raises(Interrupted):
        applying.run(actions)

    record = site.journal.unfinished()
    assert record is not None
    assert (record.stopped, record.unsettled) == ("somebody pressed Ctrl-C", ())
    assert kinds(record.rest) == {Enrol, AddMember}


def test_a_site_that_is_closed_for_now_did_nothing(site: Administered) -> None:
    actions = site.plan().actions
    site.miniature.order_faults("core_user_create_users", closed)
    applying = site.begin(actions)

    with pytest.raises(Unreachable):
        applying.run(actions)

    record = site.journal.run(site.journal.runs()[0].id)
    assert record.sends[-1].state is Sending.REFUSED
    assert record.unknown == ()


def test_a_group_that_somebody_made_meanwhile_is_used(site: Administered) -> None:
    site.apply(FULL.having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan().actions
    applying = site.begin(actions)
    made: tuple[Action, ...] = tuple(action for action in actions if isinstance(action, CreateGroup))
    site.begin(made).run(made)

    applying.run(actions)

    assert applying.outcome.failed == []
    assert site.plan().actions == ()


def test_neither_token_nor_password_is_in_the_journal(site: Administered, tmp_path: Path) -> None:
    secrets = [TOKEN]

    def send(address: str, body: str) -> Answer:
        secrets.extend(value for name, value in parse_qsl(body) if name.endswith("[password]"))
        return site.miniature.send(address, body)

    actions = site.plan().actions
    site.begin(actions, Client(site.miniature.site.settings.wwwroot, TOKEN, send)).run(actions)

    text = (tmp_path / "journal.sqlite").read_bytes()
    assert b"sami@example.org" in text
    assert len(secrets) == 3
    assert not any(secret.encode() in text for secret in secrets)


def test_a_course_gets_its_people_while_accounts_are_still_made(site: Administered) -> None:
    desired = crowd(200).having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset()).having(COHORTS, frozenset())
    desired = desired.having(COHORT_MEMBERS, frozenset())

    outcome = site.apply(desired)

    sends = [send.function for send in site.journal.run(site.journal.runs()[0].id).sends]
    last_account = max(place for place, name in enumerate(sends) if name == "core_user_create_users")
    assert sends.index("enrol_manual_enrol_users") < last_account
    assert outcome.failed == []
    assert site.plan(desired).actions == ()


@pytest.mark.parametrize(("seconds", "sizes"), [(0, [50, 100, 50]), (4, [50, 62, 77]), (30, [50, 25, 12])])
def test_requests_grow_where_they_are_fast_and_shrink_where_they_are_slow(
    site: Administered, seconds: int, sizes: list[int]
) -> None:
    desired = crowd(200)
    site.apply(desired.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = [action for action in site.plan(desired).actions if isinstance(action, Enrol)]
    ticks = count(step=seconds)

    site.begin(actions, desired=desired, clock=lambda: next(ticks)).run(actions)

    record = site.journal.run(site.journal.runs()[0].id)
    assert [len(send.actions) for send in record.sends][:3] == sizes


@pytest.mark.parametrize(("case", "fault"), UNKNOWN)
@pytest.mark.parametrize("function", ["core_course_update_courses", "core_courseformat_update_course"])
def test_a_change_of_a_course_is_read_back_and_done_once(
    site: Administered, function: str, case: str, fault: Fault
) -> None:
    other = Category(idnumber="other", name="Other")
    site.apply(FULL.having(CATEGORIES, {**FULL[CATEGORIES], "other": other}))
    moved = with_course(FULL, fullname="Training & more", category="other", sections=("Needs", "Policies", "More"))
    desired = moved.having(CATEGORIES, {**FULL[CATEGORIES], "other": other})
    site.miniature.order_faults(function, fault)

    outcome = site.apply(desired)

    assert (len(outcome.done), outcome.failed) == (3, []), case
    assert site.plan(desired).actions == ()
    with site.miniature.site.session() as db:
        assert db.query(Section).count() == 3
