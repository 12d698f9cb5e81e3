"""How much goes into a request, and what goes at once."""

import threading
from dataclasses import replace
from itertools import count, pairwise

import pytest
from flask import Response

from lti_tool.demo.moodle.faults import Work
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.role import ROLES
from tests.moodle_sync.administered import Administered
from tests.moodle_sync.crowds import crowd


def test_big_batches_stay_below_what_php_cuts(site: Administered) -> None:
    desired = crowd(230)
    accounts = desired.having(ROLES, frozenset()).having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset())

    outcomes = [site.apply(accounts), site.apply(desired)]

    assert [outcome.failed for outcome in outcomes] == [[], []]
    assert site.plan(desired).actions == ()
    assert site.miniature.calls.count("core_user_create_users") == 4
    assert site.miniature.calls.count("enrol_manual_enrol_users") == 3


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


def test_whoever_watches_is_told_of_everything_that_was_done_or_given_up(site: Administered) -> None:
    desired = crowd(20)
    bad = replace(desired[PEOPLE]["trainee007"], lang="xx")
    told: list[int] = []
    actions = site.plan(desired.having(PEOPLE, {**desired[PEOPLE], "trainee007": bad})).actions

    site.begin(actions, watch=told.append).run(actions)

    assert sum(told) == len(actions)


def test_a_course_gets_its_people_while_accounts_are_still_made(site: Administered) -> None:
    desired = crowd(200).having(GROUPS, frozenset()).having(MEMBERSHIPS, frozenset()).having(COHORTS, {})
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
