"""Requests of which nobody knows whether they were done, and what is read back then."""

from dataclasses import replace

import pytest
import requests

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault, after, cut
from lti_tool.demo.moodle.tables import Section
from lti_tool.demo.moodle.webservice.doubts import invalid
from moodle_sync.errors import FateUnknown
from moodle_sync.things.action import PAUSES
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.webservice.client import Answer, Client
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.examples import FULL, with_course
from tests.moodle_sync.miniature import TOKEN, Miniature

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


def test_a_request_that_was_cut_in_silence_is_completed(site: Administered) -> None:
    protocol, account = 3, 8
    site.miniature.site.settings = replace(site.miniature.site.settings, max_input_vars=protocol + 10 * account - 1)
    desired = crowd(20)

    outcome = site.apply(desired)

    assert outcome.failed == []
    assert site.plan(desired).actions == ()
    assert site.miniature.calls.count("core_user_create_users") == 2
    assert site.miniature.mails() == 20


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
