"""What a journal is to the system and to other programs, and what it refuses to be."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from moodle_sync.errors import JournalError
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.storage import UPGRADES, VERSION, locked
from moodle_sync.site.identity import Shown
from moodle_sync.things.term import ENROLMENTS
from tests.moodle_sync.examples import APPLIED
from tests.moodle_sync.former import columns, make_former, version
from tests.moodle_sync.journal.keeping import ENROLLED, KEYS, NUMBERS, SITE, do


def test_a_journal_is_made_for_its_owner_alone(journal: Journal, file: Path) -> None:
    with journal.lock():
        modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}

    assert modes == {0o600}


def test_a_journal_is_opened_again_with_what_it_held(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)

    with Journal.open(file, SITE) as again:
        assert again.applied(KEYS)[ENROLMENTS] == APPLIED[ENROLMENTS]


def test_a_reader_leaves_a_journal_of_a_former_version_as_it_is(journal: Journal, file: Path) -> None:
    do(journal, *ENROLLED)
    make_former(file)

    for _ in range(2):
        with Journal.open(file, SITE) as reader:
            assert (reader.people(), reader.shown()) == (KEYS, {})
            assert reader.applied(KEYS)[ENROLMENTS] == APPLIED[ENROLMENTS]
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
