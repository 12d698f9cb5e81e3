"""Files that a former version wrote are in the field: they are read, gone on with and fingerprinted as ever.

Both hold every kind of action that there was. Whoever must change them changes what administrators have on their disks.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from lti_tool.demo.moodle.webservice.tables import ProfileField
from moodle_sync.applying.apply import Applying
from moodle_sync.applying.resume import rest, settle
from moodle_sync.documents import read_action, write_action
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Ending, Record, Sending
from moodle_sync.planning.plan import Options
from moodle_sync.planning.undoing import undo
from moodle_sync.session.plan_file import load, read_options, text, write_options
from moodle_sync.settings import NewAccounts
from moodle_sync.site.observed import Observed
from moodle_sync.things.applied import Altered
from moodle_sync.things.catalogue import ACTIONS
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.leaving import Unenrol
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.person import ChangePerson, CreatePerson
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.section import SECTIONS, AddSection, NameSection
from moodle_sync.things.term import ENROLMENTS, Held, Term
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.former import columns
from tests.moodle_sync.miniature import Miniature
from tests.moodle_sync.recorded.site import OPTIONS, STARTS, WANTED, A, B, arrange

HERE = Path(__file__).parent
PLAN = HERE / "plan.json"
SITE = "http://localhost:8100"
RUN = "20261126-204512-8ce0"
FINGERPRINT = "295a5d51b81b1b84c3528638ab7f0380b7524fe4a4e689d64f4fba62ebbe9e40"
SINCE = {
    "ChangeCategory",
    "ChangeCohort",
    "ChangeGroup",
    "CreateGrouping",
    "ChangeGrouping",
    "AssignGroup",
    "UnassignGroup",
    "RenameSection",
    "MoveSection",
    "CopyCourse",
    "FillCourse",
    "FinishCopy",
    "MoveActivity",
    "RenameActivity",
    "ShowActivity",
    "ShowSection",
}
"""The actions that are newer than the files."""
ACTIVE = Term(start=STARTS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the journal of a run that was stopped."""
    made = tmp_path / "recorded.sqlite"
    with closing(sqlite3.connect(made)) as db:
        db.executescript((HERE / "stopped.sql").read_text(encoding="utf-8"))
    return made


@pytest.fixture
def stopped(file: Path, miniature: Miniature) -> Iterator[Administered]:
    """Give the site where the run was stopped, with its journal."""
    with miniature.site.session() as db:
        db.add(ProfileField(shortname="city", name="City"))
    arrange(miniature.client())
    with Journal.open(file, SITE) as journal, journal.lock():
        yield Administered(miniature, journal)


def unfinished(site: Administered) -> Record:
    record = site.journal.unfinished()
    assert record is not None
    return record


def settled(site: Administered) -> Observed:
    """Find out what became of the requests in doubt, and look again."""
    client = site.miniature.client()
    settle(site.journal, client, look(client, WANTED, site.journal).ids)
    return look(client, WANTED, site.journal)


def go_on(site: Administered) -> Applying:
    """Do what is left of the run."""
    observed, record = settled(site), unfinished(site)
    left = rest(record, site.plan(WANTED, OPTIONS).actions)
    run = site.journal.reopen(record.id)
    applying = Applying(site.miniature.client(), run, observed.ids, NewAccounts.QUIET, clock=lambda: 0)
    applying.run(left)
    run.finish()
    return applying


def test_every_kind_of_action_of_that_time_was_recorded() -> None:
    kinds = {action["action"] for action in json.loads(PLAN.read_text(encoding="utf-8"))["actions"]}

    assert kinds == {kind.__name__ for kind in ACTIONS} - SINCE


def test_a_journal_that_was_recorded_is_read_to_the_letter(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        written = [document for (document,) in db.execute("SELECT document FROM actions ORDER BY run, place")]

    read = [read_action(json.loads(document)) for document in written]

    assert {type(action).__name__ for action in read} == {kind.__name__ for kind in ACTIONS} - SINCE
    assert [json.dumps(write_action(action), ensure_ascii=False) for action in read] == written


def test_a_plan_that_was_recorded_is_read_to_the_letter() -> None:
    plan = load(PLAN, SITE)

    assert text(plan) == PLAN.read_text(encoding="utf-8")
    assert json.loads(text(plan))["fingerprint"] == FINGERPRINT
    assert plan.options == OPTIONS


def test_the_options_of_a_recorded_run_are_read_to_the_letter(stopped: Administered) -> None:
    written = unfinished(stopped).options

    assert read_options(written) == OPTIONS
    assert write_options(OPTIONS) == written


def test_what_a_recorded_run_left_in_doubt_is_found_out(stopped: Administered) -> None:
    before = unfinished(stopped)

    settled(stopped)

    after = unfinished(stopped)
    assert (before.id, before.left_alone) == (RUN, ("Left alone: person gus: somebody else",))
    assert {type(action) for action in before.unknown} == {CreatePerson, ChangePerson}
    assert after.unknown == ()
    assert [send.state for send in after.sends] == [
        Sending.CONFIRMED,
        Sending.CONFIRMED,
        Sending.CONFIRMED,
        Sending.CONFIRMED,
        Sending.REFUSED,
        Sending.REFUSED,
    ]
    assert {type(action) for action in before.rest} - {type(action) for action in after.rest} == {CreatePerson}


def test_a_plan_of_today_is_the_recorded_one_in_its_order(stopped: Administered) -> None:
    settled(stopped)
    record = unfinished(stopped)
    left = [item.action for item in record.items if item.action in record.rest or isinstance(item.action, NameSection)]

    fresh = stopped.plan(WANTED, OPTIONS).actions

    assert [action for action in fresh if action != Unenrol("tot", "dave")] == left


def test_a_recorded_run_is_gone_on_with_to_its_end(stopped: Administered) -> None:
    applying = go_on(stopped)

    record = stopped.journal.run(RUN)
    assert applying.outcome.failed == []
    assert (record.outcome, record.rest) == (Ending.PARTLY, ())
    assert AddSection("tot", 3) in applying.outcome.done
    assert stopped.plan(WANTED, OPTIONS).actions == (
        NameSection("tot", 1, "One"),
        NameSection("tot", 2, "Two"),
        Unenrol("tot", "dave"),
    )


def test_after_a_recorded_run_the_journal_holds_what_was_applied(stopped: Administered) -> None:
    go_on(stopped)

    applied = stopped.applied(WANTED)
    named = {"ben": "teacher", "cleo": "student", "dora": "student", "eva": "student", "fatima": "student"}
    assert applied[ENROLMENTS] == {
        ("tot", "ben"): Held(term=ACTIVE),
        ("tot", "cleo"): Held(term=Term(start=STARTS, suspended=True)),
        ("tot", "dave"): Held(term=Term(start=STARTS, suspended=True), gone=True),
        ("tot", "dora"): Held(term=ACTIVE),
        ("tot", "eva"): Held(),
        ("tot", "fatima"): Held(term=ACTIVE),
    }
    assert applied[ROLES] == {
        Enrolment(course="tot", person=name, role=role) for name, role in {**named, "dave": "student"}.items()
    }
    assert applied[MEMBERSHIPS] == {Membership(group=B, person=name) for name in ("dora", "fatima")}
    assert Membership(group=A, person="dora") not in applied[MEMBERSHIPS]
    assert applied[COHORT_MEMBERS] == {CohortMembership(cohort="alumni", person="cleo")}
    assert applied[SECTIONS] == {("tot", "Three"), ("tot", "Four")}
    assert applied.altered == {Altered(kind="person", key="ben", field="lang", written="tlh", kept="en")}


def test_a_recorded_run_is_taken_back_but_for_what_its_version_did_not_note(stopped: Administered) -> None:
    go_on(stopped)
    done = stopped.journal.run(RUN).effects
    observed = look(stopped.miniature.client(), WANTED, stopped.journal)

    plan = undo(done, observed, stopped.applied(WANTED), Options(undoes=RUN))

    told = [conflict.message for conflict in plan.conflicts if conflict.kind == "course"]
    assert told == [
        'its section 3 was named "Three", and no former version noted which one it is: it is left so',
        "stays, hidden and with its sections: the sync deletes nothing",
    ]
    assert [action.line(UTC) for action in plan.actions] == [
        'course tot: fullname from "Formación" to "Training"',
        'course new: visible from "1" to "0"',
        'person eva: lastname from "حدّاد" to "Ruiz"',
        "course tot: ben becomes student",
        "course tot: enrolment of cleo: was from 2026-02-02 02:40 UTC, suspended; will be from 2026-02-02 02:40 UTC",
        'course tot: put dora into group "Group A"',
        "cohort agents: put cleo into it",
        "course tot: ben is teacher no more",
        'course tot: take fatima out of group "Ομάδα Β"',
        'course tot: take dora out of group "Ομάδα Β"',
        "cohort alumni: take cleo out of it",
        (
            "course tot: suspend fatima, whom that run enrolled: was from 2026-02-02 02:40 UTC; "
            "will be from 2026-02-02 02:40 UTC, suspended"
        ),
    ]


def test_a_journal_of_today_has_the_tables_of_the_recorded_one(file: Path, journal: Journal, tmp_path: Path) -> None:
    assert journal.unfinished() is None
    with Journal.open(file, SITE) as recorded, recorded.lock():
        pass

    assert columns(tmp_path / "journal.sqlite") == columns(file)
