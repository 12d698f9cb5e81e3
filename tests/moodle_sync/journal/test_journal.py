"""What the journal keeps, and what it refuses to be."""

import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    AddRole,
    ChangeTerm,
    CreatePerson,
    Enrol,
    NameSection,
    RemoveCohortMember,
    RemoveMember,
    RemoveRole,
    Suspend,
    Unenrol,
)
from moodle_sync.applied import Applied, Held
from moodle_sync.errors import JournalError
from moodle_sync.journal import holdings
from moodle_sync.journal.journal import KEPT, Journal
from moodle_sync.journal.records import Ending, Fate, Sending
from moodle_sync.journal.runs import Failure
from moodle_sync.journal.storage import UPGRADES, VERSION, locked, open_file
from moodle_sync.site.identity import Shown
from moodle_sync.state import CohortMembership, Enrolment, Term
from tests.moodle_sync.examples import AGENT, ANA, APPLIED, LEARNS, MEMBER, SAMI, TEACHES, TERM
from tests.moodle_sync.former import columns, make_former, version

SITE = "https://moodle.example.org"
NUMBERS = {"ana": 11, "sami": 12}
KEYS = {11: "ana", 12: "sami"}
LATER = Term(start=5, end=6)
ELENI = CohortMembership(cohort="agents", person="eleni")
ENROLLED = [Enrol(TEACHES, Term()), Enrol(LEARNS, TERM)]


class Ticking:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 20, 45, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "moodle-sync.journal"


@pytest.fixture
def journal(file: Path, clock: Ticking) -> Iterator[Journal]:
    with Journal.open(file, SITE, clock) as opened:
        yield opened


def do(journal: Journal, *actions: Action, numbers: Mapping[str, int] = NUMBERS) -> None:
    """Write that actions were done, in one request."""
    run = journal.begin(actions, rows=2)
    number = run.intend("some_function", actions)
    run.sent(number)
    run.confirm(number, actions, [], numbers)
    run.finish()


# The file


def test_a_journal_is_made_for_its_owner_alone(journal: Journal, file: Path) -> None:
    with journal.lock():
        modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}

    assert modes == {0o600}


def test_a_journal_is_opened_again_with_what_it_held(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)

    with Journal.open(file, SITE) as again:
        assert again.applied(KEYS).enrolments == APPLIED.enrolments


def test_a_reader_leaves_a_journal_of_a_former_version_as_it_is(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)
    make_former(file)

    for _ in range(2):
        with Journal.open(file, SITE) as reader:
            assert (reader.people(), reader.shown()) == (KEYS, {})
            assert reader.applied(KEYS).enrolments == APPLIED.enrolments
            assert len(reader.runs()) == 1

    assert version(file) == 1


def test_a_writer_upgrades_a_journal_of_a_former_version(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)
    new = version(file), columns(file)
    make_former(file)

    with Journal.open(file, SITE) as writer:
        for _ in range(2):
            with writer.lock():
                assert (writer.people(), writer.shown()) == (KEYS, {})
        writer.know(NUMBERS, {12: Shown("sami", "p2")})
        assert writer.shown() == {12: Shown("sami", "p2")}

    assert (version(file), columns(file)) == new
    assert new[0] == VERSION


def test_no_journal_is_upgraded_while_a_run_uses_it(journal: Journal, file: Path) -> None:
    make_former(file)

    with (
        locked(file),
        Journal.open(file, SITE) as other,
        pytest.raises(JournalError, match="another run"),
        other.lock(),
    ):
        pass

    assert version(file) == 1


def test_an_upgrade_that_fails_leaves_the_former_version_whole(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)
    make_former(file)
    former = columns(file)
    refusing = {1: (*UPGRADES[1], "no statement")}

    with Journal.open(file, SITE) as writer, patch.dict(UPGRADES, refusing), pytest.raises(JournalError), writer.lock():
        pass

    assert (version(file), columns(file)) == (1, former)


def test_a_journal_that_a_newer_program_upgraded_meanwhile_is_not_written(journal: Journal, file: Path) -> None:
    newer(file)

    with pytest.raises(JournalError, match="was written by a newer moodle-sync"), journal.lock():
        pass


def make(file: Path, site: str = SITE) -> None:
    with Journal.open(file, site):
        pass


def broken(file: Path) -> None:
    file.write_bytes(b"no database at all, but long enough to be looked at" * 20)


def cut(file: Path) -> None:
    make(file)
    file.write_bytes(file.read_bytes()[:-8192])


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE notes (text TEXT)")


def of_another_site(file: Path) -> None:
    make(file, "https://other.example.org")


def newer(file: Path) -> None:
    make(file)
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (broken, "is no journal, or a broken one"),
        (cut, "the journal is broken|is no journal, or a broken one"),
        (of_another_program, "is another program's file"),
        (of_another_site, "is the journal of https://other.example.org, and this is https://moodle.example.org"),
        (newer, "was written by a newer moodle-sync"),
        (a_folder, "the journal can't be opened"),
    ],
)
def test_what_is_no_journal_of_this_site_is_refused(file: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(file)

    with pytest.raises(JournalError, match=said) as refused:
        Journal.open(file, SITE)

    assert refused.value.exit_code == 1


def test_one_run_at_a_time_uses_a_journal_and_readers_need_not_wait(journal: Journal, file: Path) -> None:
    with Journal.open(file, SITE) as other:
        with journal.lock(), pytest.raises(JournalError, match="another run is using the journal"), other.lock():
            pass
        with journal.lock():
            assert other.runs() == ()
        with other.lock():
            pass


def spoil_writing(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON runs BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END")


def test_a_journal_that_can_not_be_written_is_told_in_one_line(journal: Journal, file: Path) -> None:
    spoil_writing(file)

    with pytest.raises(JournalError, match=r"can't be written \(disk is full\): see that its disk has room"):
        journal.begin((), rows=2)


@pytest.mark.parametrize("there", [False, True])
def test_a_journal_that_has_no_room_is_not_said_to_be_broken(file: Path, there: bool) -> None:  # noqa: FBT001  # a parameter of the table
    if there:
        make(file)
    file.with_name(f"{file.name}-journal").mkdir()

    with pytest.raises(JournalError, match=r"can't be (written|used now) \(.*\): see that its disk has room"):
        Journal.open(file, SITE).begin((), rows=2)


def test_a_lock_that_can_not_be_made_is_told(journal: Journal, file: Path) -> None:
    file.with_name(f"{file.name}-lock").mkdir()

    with pytest.raises(JournalError, match="can't be locked"), journal.lock():
        pass


# What was last applied


def test_a_run_in_hand_has_the_same_record_as_one_that_is_read(journal: Journal) -> None:
    run = journal.begin(ENROLLED, rows=2)
    number = run.intend("enrol_manual_enrol_users", ENROLLED[:1])
    run.confirm(number, ENROLLED[:1], [], NUMBERS)

    record = journal.record(run)

    assert record == journal.run(run.id)
    assert [(item.fate, item.action is action) for item, action in zip(record.items, ENROLLED, strict=True)] == [
        (Fate.DONE, True),
        (Fate.PLANNED, True),
    ]


def test_nothing_is_held_at_first(journal: Journal) -> None:
    assert journal.applied(KEYS) == Applied()
    assert journal.people() == {}


def test_what_was_done_is_held(journal: Journal) -> None:
    sections = NameSection("tot", 1, "Needs"), NameSection("tot", 2, "Policies")
    do(journal, *sections, CreatePerson(ANA), CreatePerson(SAMI), *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))

    assert journal.applied(KEYS) == APPLIED
    assert journal.people() == KEYS
    assert journal.cohorts() == {AGENT.cohort}


def test_the_names_that_sections_were_given_are_held_until_they_are_forgotten(journal: Journal) -> None:
    do(journal, NameSection("tot", 1, "Needs"), NameSection("tot", 2, "Policies"))
    journal.adopt(Applied(sections=frozenset({("tot", "Economy")})), NUMBERS)
    journal.forget(Applied(sections=frozenset({("tot", "Policies")})), NUMBERS)

    assert journal.applied(KEYS).sections == {("tot", "Needs"), ("tot", "Economy")}


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
        "term": held.enrolments.get(("tot", "sami")),
        "roles": {role.role for role in held.roles if role.person == "sami"},
        "members": set(held.memberships),
        "cohort": set(held.cohort_members),
    } == {**before, **expected}
    assert held.enrolments["tot", "ana"] == Held(term=Term())


def test_who_was_suspended_and_comes_back_is_not_gone_any_more(journal: Journal) -> None:
    do(journal, *ENROLLED)
    do(journal, Suspend("tot", "sami", "student", TERM, LATER))

    do(journal, ChangeTerm("tot", "sami", "student", LATER, TERM))

    assert journal.applied(KEYS).enrolments["tot", "sami"] == Held(term=TERM)


def test_what_is_adopted_is_held_with_a_term_that_nobody_knows(journal: Journal) -> None:
    adopted = Applied(
        enrolments={("tot", "sami"): Held()},
        roles=frozenset({LEARNS}),
        memberships=frozenset({MEMBER}),
        cohort_members=frozenset({AGENT}),
    )

    journal.adopt(adopted, NUMBERS)

    assert journal.applied(KEYS) == adopted


def test_what_is_adopted_again_is_as_the_plan_says(journal: Journal) -> None:
    do(journal, *ENROLLED)
    do(journal, Suspend("tot", "sami", "student", TERM, LATER))

    journal.adopt(Applied(enrolments={("tot", "sami"): Held(term=LATER)}), NUMBERS)

    assert journal.applied(KEYS).enrolments["tot", "sami"] == Held(term=LATER)


def test_what_is_forgotten_is_held_no_more_also_of_an_account_that_is_gone(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))
    gone = Applied(
        enrolments={("tot", "sami"): Held()},
        roles=frozenset({LEARNS}),
        memberships=frozenset({MEMBER}),
        cohort_members=frozenset({AGENT}),
    )

    journal.forget(gone, {"ana": 11})

    held = journal.applied(KEYS)
    assert held == Applied(enrolments={("tot", "ana"): Held(term=Term())}, roles=frozenset({TEACHES}), rows=2)
    assert journal.people() == {11: "ana"}


def test_under_the_number_of_a_stranger_nobody_holds_anything_and_all_of_it_can_be_forgotten(journal: Journal) -> None:
    do(journal, *ENROLLED, AddMember(MEMBER), AddCohortMember(AGENT))
    journal.know(NUMBERS, {11: Shown("ana", "p1"), 12: Shown("s.haddad")})

    held = journal.applied(KEYS, {12, 99})
    assert held == Applied(
        enrolments={("tot", "ana"): Held(term=Term())}, roles=frozenset({TEACHES}), strangers=frozenset({12}), rows=2
    )
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
    assert journal.applied(KEYS) == Applied(
        enrolments={("tot", "ana"): Held(term=Term())},
        roles=frozenset({TEACHES}),
        cohort_members=frozenset({AGENT}),
        rows=2,
    )


def steps_of_a_new_account(file: Path, others: int) -> int:
    """Count what SQLite does where an account is made anew of somebody of whom something is held, as of others."""
    numbers = {f"p{number}": number for number in range(others)}
    steps: list[None] = []
    with closing(open_file(file, SITE)) as db:
        for name in numbers:
            for action in (Enrol(replace(LEARNS, person=name)), AddCohortMember(replace(AGENT, person=name))):
                holdings.record(db, action, numbers)
        db.set_progress_handler(lambda: steps.append(None), 1)
        holdings.record(db, CreatePerson(replace(SAMI, username="p50")), {"p50": others})
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
    assert set(held.enrolments) == {("tot", "ana")}
    assert not held.memberships
    assert held.cohort_members == {ELENI}


def test_people_stay_the_same_when_the_sources_keys_change(journal: Journal) -> None:
    do(journal, *ENROLLED)

    held = journal.applied({12: "s.haddad"})

    assert set(held.enrolments) == {("tot", "ana"), ("tot", "s.haddad")}
    assert held.numbers == {"ana": 11}


def test_who_lost_their_name_to_another_account_is_not_taken_for_them(journal: Journal) -> None:
    do(journal, *ENROLLED)

    held = journal.applied({99: "sami"})

    assert set(held.enrolments) == {("tot", "ana")}


def test_the_number_of_rows_is_that_of_the_last_run_that_came_to_its_end(journal: Journal, clock: Ticking) -> None:
    journal.begin((), rows=100).finish()
    clock.time += timedelta(hours=1)
    journal.begin((), rows=3)

    assert journal.applied(KEYS).rows == 100


# Runs


def test_a_run_for_some_targets_says_nothing_of_the_number_of_rows(journal: Journal, clock: Ticking) -> None:
    journal.begin((), rows=100, options={"targets": []}).finish()

    clock.time += timedelta(minutes=1)
    journal.begin((), rows=3, options={"targets": ["person:ana"]}).finish()

    assert journal.applied(KEYS).rows == 100


def test_a_clock_that_was_ahead_for_a_night_does_not_keep_that_nights_rows(journal: Journal, clock: Ticking) -> None:
    clock.time += timedelta(days=3650)
    journal.begin((), rows=100).finish()

    clock.time -= timedelta(days=3649)
    journal.begin((), rows=200).finish()

    assert journal.applied(KEYS).rows == 200


def test_a_run_has_a_name_that_tells_its_time(journal: Journal) -> None:
    assert journal.begin((), rows=0).id.startswith("20261125-204512-")


def test_a_run_is_told_with_its_requests(journal: Journal) -> None:
    create, enrol, other = CreatePerson(ANA), Enrol(TEACHES), Enrol(LEARNS)
    run = journal.begin([create, enrol, other], rows=2, options={"unenrol": True})
    first = run.intend("core_user_create_users", [create])
    run.sent(first)
    run.confirm(first, [create], [], NUMBERS)
    second = run.intend("enrol_manual_enrol_users", [enrol, other])
    run.sent(second)
    run.refuse(second, "No.", [Failure(enrol, "No.")])
    run.give_up([Failure(other, "left out", Fate.LEFT_OUT)])
    run.finish()

    record = journal.run(run.id)

    assert (record.outcome, record.rows, record.options) == (Ending.PARTLY, 2, {"unenrol": True})
    assert [(item.action, item.fate, item.reason) for item in record.items] == [
        (create, Fate.DONE, ""),
        (enrol, Fate.QUARANTINED, "No."),
        (other, Fate.LEFT_OUT, "left out"),
    ]
    assert [(send.number, send.function, send.actions, send.state) for send in record.sends] == [
        (1, "core_user_create_users", (create,), Sending.CONFIRMED),
        (2, "enrol_manual_enrol_users", (enrol, other), Sending.REFUSED),
    ]
    assert (record.rest, record.unsettled, record.unknown) == ((), (), ())


@pytest.mark.parametrize(("state", "unknown"), [(Sending.INTENT, False), (Sending.SENT, True), (Sending.UNKNOWN, True)])
def test_a_run_that_was_stopped_tells_what_is_left_and_what_nobody_knows(
    journal: Journal, state: Sending, *, unknown: bool
) -> None:
    run = journal.begin(ENROLLED, rows=2)
    number = run.intend("enrol_manual_enrol_users", ENROLLED)
    if state is not Sending.INTENT:
        run.sent(number)
    if state is Sending.UNKNOWN:
        run.lose(number, "no answer came")
    run.stop("no answer came")

    record = journal.unfinished()

    assert record is not None
    assert (record.outcome, record.stopped) == (None, "no answer came")
    assert (list(record.rest), [send.state for send in record.unsettled]) == (ENROLLED, [state])
    assert list(record.unknown) == (ENROLLED if unknown else [])


def test_runs_are_listed_and_one_that_was_stopped_is_superseded_by_the_next(journal: Journal, clock: Ticking) -> None:
    stopped = journal.begin(ENROLLED, rows=2)
    clock.time += timedelta(minutes=1)
    journal.begin((), rows=2).finish()

    assert [run.outcome for run in journal.runs()] == [Ending.DONE, Ending.SUPERSEDED]
    assert journal.runs()[1].id == stopped.id
    assert journal.unfinished() is None


def test_old_runs_are_forgotten_with_their_names_and_the_last_ones_kept(journal: Journal, clock: Ticking) -> None:
    for _ in range(KEPT + 3):
        journal.begin(ENROLLED, rows=2).finish()
        clock.time += timedelta(days=1)
    clock.time += timedelta(days=200)

    journal.begin((), rows=2).finish()

    assert len(journal.runs()) == KEPT + 1


def test_runs_of_the_last_weeks_are_kept_however_many(journal: Journal, clock: Ticking) -> None:
    for _ in range(KEPT + 3):
        journal.begin((), rows=2).finish()
        clock.time += timedelta(hours=1)

    assert len(journal.runs()) == KEPT + 3


def test_of_an_old_run_neither_actions_nor_requests_stay(journal: Journal, file: Path, clock: Ticking) -> None:
    do(journal, CreatePerson(ANA))
    clock.time += timedelta(days=200)

    for _ in range(KEPT + 1):
        journal.begin((), rows=2).finish()

    assert ANA.email
    assert ANA.email.encode() not in file.read_bytes()


def test_a_run_that_is_not_there_is_named(journal: Journal) -> None:
    with pytest.raises(JournalError, match="there is no run 20261125-000000-0000"):
        journal.run("20261125-000000-0000")


def test_what_a_request_made_true_is_written_with_its_end_or_not_at_all(journal: Journal) -> None:
    run = journal.begin(ENROLLED, rows=2)
    number = run.intend("enrol_manual_enrol_users", ENROLLED)
    run.sent(number)

    with pytest.raises(KeyError):
        run.confirm(number, ENROLLED, [], {"ana": 11})

    assert journal.applied(KEYS).enrolments == {}
    assert [send.state for send in journal.run(run.id).sends] == [Sending.SENT]


# The site


def test_a_limit_holds_for_a_day(journal: Journal, clock: Ticking) -> None:
    journal.keep_limit(1000)
    journal.keep_limit(5000)

    assert journal.limit() == 5000
    clock.time += timedelta(hours=25)
    assert journal.limit() is None


def test_one_role_more_is_no_second_enrolment(journal: Journal) -> None:
    do(journal, *ENROLLED)

    do(journal, AddRole("tot", "ana", "student"))

    held = journal.applied(KEYS)
    assert held.roles == {TEACHES, LEARNS, Enrolment(course="tot", person="ana", role="student")}
    assert len(held.enrolments) == 2
