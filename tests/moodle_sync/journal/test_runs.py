"""What the journal tells of runs, and what it keeps of the site."""

from datetime import timedelta
from pathlib import Path

import pytest

from moodle_sync.errors import JournalError
from moodle_sync.journal.journal import KEPT, Journal
from moodle_sync.journal.records import Ending, Fate, Sending
from moodle_sync.journal.runs import Failure
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.person import CreatePerson
from moodle_sync.things.term import ENROLMENTS
from tests.moodle_sync.examples import ANA, LEARNS, TEACHES
from tests.moodle_sync.journal.keeping import ENROLLED, KEYS, NUMBERS, Ticking, do, numbered


def test_a_run_in_hand_has_the_same_record_as_one_that_is_read(journal: Journal) -> None:
    run = journal.begin(ENROLLED, rows=2)
    number = run.intend("enrol_manual_enrol_users", ENROLLED[:1])
    run.confirm(number, ENROLLED[:1], [], numbered(**NUMBERS))

    record = journal.record(run)

    assert record == journal.run(run.id)
    assert [(item.fate, item.action is action) for item, action in zip(record.items, ENROLLED, strict=True)] == [
        (Fate.DONE, True),
        (Fate.PLANNED, True),
    ]


def test_the_number_of_rows_is_that_of_the_last_run_that_came_to_its_end(journal: Journal, clock: Ticking) -> None:
    journal.begin((), rows=100).finish()
    clock.time += timedelta(hours=1)
    journal.begin((), rows=3)

    assert journal.applied(KEYS).rows == 100


def test_a_run_that_takes_another_back_names_it_and_counts_no_rows(journal: Journal, clock: Ticking) -> None:
    journal.begin((), rows=100).finish()
    clock.time += timedelta(hours=1)
    run = journal.begin((), rows=3, options={"undoes": "20261125-204512-0000"})
    run.finish()

    assert journal.record(run).undoes == "20261125-204512-0000"
    assert journal.applied(KEYS).rows == 100


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
    run.confirm(first, [create], [], numbered(**NUMBERS))
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
        clock.time += timedelta(minutes=1)

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
        run.confirm(number, ENROLLED, [], numbered(ana=11))

    assert journal.applied(KEYS)[ENROLMENTS] == {}
    assert [send.state for send in journal.run(run.id).sends] == [Sending.SENT]


def test_a_limit_holds_for_a_day(journal: Journal, clock: Ticking) -> None:
    journal.keep_limit(1000)
    journal.keep_limit(5000)

    assert journal.limit() == 5000
    clock.time += timedelta(hours=25)
    assert journal.limit() is None
