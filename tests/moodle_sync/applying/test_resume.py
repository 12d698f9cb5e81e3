"""Going on where a run was stopped."""

from dataclasses import replace
from datetime import datetime

import pytest

from lti_tool.demo.moodle.faults import DROP, LOSE, Fault
from moodle_sync.applying.resume import rest, settle
from moodle_sync.errors import FateUnknown, StalePlan
from moodle_sync.journal.records import Record, Sending
from moodle_sync.journal.runs import Failure
from moodle_sync.things.action import PAUSES
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.membership import MEMBERSHIPS, AddMember
from moodle_sync.things.role import ROLES, AddRole
from moodle_sync.things.term import ENROLMENTS
from moodle_sync.webservice.client import Client
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.examples import APPLIED, FULL, LEARNS
from tests.moodle_sync.miniature import TOKEN, closed

ENROL = "enrol_manual_enrol_users"
UNREADABLE = [502] * 5
"""As often as a question is asked."""


def stop(site: Administered, fault: int) -> Record:
    """Let a run lose the answer to its enrolments, and Moodle say nothing more."""
    actions = site.plan().actions
    applying = site.begin(actions)
    site.miniature.order_faults(ENROL, fault)
    site.miniature.order_faults("core_enrol_get_enrolled_users", *UNREADABLE)
    with pytest.raises(FateUnknown) as stopped:
        applying.run(actions)
    assert stopped.value.exit_code == 6
    return unfinished(site)


def unfinished(site: Administered) -> Record:
    record = site.journal.unfinished()
    assert record is not None
    return record


def settle_all(site: Administered) -> Record:
    client = site.miniature.client()
    settle(site.journal, client, look(client).ids)
    return unfinished(site)


@pytest.mark.parametrize("fault", [DROP, LOSE])
def test_a_write_whose_fate_can_not_be_read_back_stays_unknown_until_it_is_settled(
    site: Administered, fault: int
) -> None:
    stopped = stop(site, fault)
    settled = settle_all(site)

    assert {type(action) for action in stopped.unknown} == {Enrol}
    assert stopped.stopped is not None
    assert "can't be read either" in stopped.stopped
    assert settled.unknown == ()
    assert len(stopped.rest) - len(settled.rest) == (len(stopped.unknown) if fault == LOSE else 0)


@pytest.mark.parametrize(("seconds", "waited"), [(1, [*PAUSES]), (sum(PAUSES) + 1, [])])
def test_what_was_sent_just_now_is_waited_for(site: Administered, seconds: int, waited: list[float]) -> None:
    stopped = stop(site, DROP)
    pauses: list[float] = []
    client = Client("http://localhost:8100", TOKEN, site.miniature.send, pauses.append)
    (sent,) = [datetime.fromisoformat(send.sent).timestamp() for send in stopped.unsettled if send.sent]

    in_doubt = settle(site.journal, client, look(client).ids, lambda: sent + seconds)

    assert in_doubt
    assert pauses == waited


@pytest.mark.parametrize("faults", [(LOSE, closed), (closed, LOSE)])
def test_what_nobody_knows_is_told_before_what_did_not_happen(site: Administered, faults: tuple[Fault, Fault]) -> None:
    desired = crowd(60)
    actions = site.plan(desired).actions
    applying = site.begin(actions, desired=desired)
    site.miniature.order_faults("core_user_create_users", *faults)
    site.miniature.order_faults("core_user_get_users_by_field", *UNREADABLE)

    with pytest.raises(FateUnknown):
        applying.run(actions)

    assert [send.state for send in unfinished(site).sends][-2:] in (
        [Sending.UNKNOWN, Sending.REFUSED],
        [Sending.REFUSED, Sending.UNKNOWN],
    )


@pytest.mark.parametrize("fault", [DROP, LOSE])
def test_what_is_left_is_done_once(site: Administered, fault: int) -> None:
    stopped = stop(site, fault)
    settle_all(site)

    left = rest(unfinished(site), site.plan().actions)
    applying = site.go_on(stopped.id)
    applying.run(left)

    assert (applying.outcome.failed, site.miniature.mails()) == ([], 2)
    assert site.plan().actions == ()
    assert site.applied()[ENROLMENTS] == APPLIED[ENROLMENTS]


def test_whoever_was_not_enrolled_before_gets_no_role_and_no_group_afterwards(site: Administered) -> None:
    desired = FULL.having(ROLES, FULL[ROLES] | {replace(LEARNS, role="teacher")})
    site.apply(desired.having(ROLES, frozenset()).having(MEMBERSHIPS, frozenset()))
    actions = site.plan(desired).actions
    refused = [action for action in actions if isinstance(action, Enrol) and action.enrolment.person == "sami"]
    site.journal.begin(actions, rows=2).give_up([Failure(action, "Moodle says no") for action in refused])

    applying = site.go_on(unfinished(site).id)
    applying.run(rest(unfinished(site), actions))

    assert {type(failure.action) for failure in applying.outcome.failed} == {AddRole, AddMember}
    assert [action.enrolment.person for action in applying.outcome.done if isinstance(action, Enrol)] == ["ana"]


def test_what_was_only_meant_to_be_sent_was_not_sent(site: Administered) -> None:
    actions = site.plan().actions
    run = site.journal.begin(actions, rows=2)
    run.intend("core_course_create_categories", actions[:1])
    site.miniature.calls.clear()

    settled = settle_all(site)

    assert [send.state for send in settled.sends] == [Sending.REFUSED]
    assert settled.rest == actions


def test_without_a_run_that_was_stopped_nothing_is_settled(site: Administered) -> None:
    site.apply()
    site.miniature.calls.clear()

    settle(site.journal, site.miniature.client(), look(site.miniature.client()).ids)

    assert site.journal.unfinished() is None


def test_what_a_plan_of_today_wants_beyond_the_rest_is_not_done(site: Administered) -> None:
    planned = site.plan().actions
    site.journal.begin(planned[:3], rows=2)

    assert rest(unfinished(site), planned) == planned[:3]


def test_a_rest_that_is_no_part_of_a_plan_of_today_is_stale(site: Administered) -> None:
    planned = site.plan().actions
    site.journal.begin(planned, rows=2)

    with pytest.raises(StalePlan, match="2 of the 12 actions that are left of it") as stale:
        rest(unfinished(site), planned[2:])

    assert stale.value.exit_code == 7
