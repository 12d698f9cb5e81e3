"""What Moodle refuses, and what ends a run."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from lti_tool.demo.moodle.tables import Course as CourseRow
from moodle_sync.applying.apply import GONE
from moodle_sync.errors import Interrupted, JournalError, NotAllowed, Unreachable
from moodle_sync.journal.records import Sending
from moodle_sync.things.cohort_member import AddCohortMember, CohortMembership
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.membership import AddMember
from moodle_sync.things.person import PEOPLE, CreatePerson
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import Function
from tests.moodle_sync.administered import Administered, kinds, look
from tests.moodle_sync.crowds import crowd
from tests.moodle_sync.examples import FULL, with_course
from tests.moodle_sync.miniature import closed


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


def test_what_can_not_be_changed_is_named(site: Administered) -> None:
    site.apply()
    with site.miniature.site.session() as db:
        db.add(CourseRow(shortname="TAKEN", fullname="Another"))

    outcome = site.apply(with_course(FULL, shortname="TAKEN"))

    (failure,) = outcome.failed
    assert failure.reason.endswith("(shortnametaken)")
    assert outcome.done == []


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
