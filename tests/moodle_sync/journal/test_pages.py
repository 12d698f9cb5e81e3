"""The journal's tables follow the catalogue of things."""

import sqlite3
from contextlib import closing
from pathlib import Path

from moodle_sync.journal.journal import Journal
from moodle_sync.journal.pages import PAGES
from moodle_sync.things.applied import Applied, all_of
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.term import ENROLMENTS, ChangeTerm, Held
from tests.moodle_sync.examples import APPLIED, LEARNS, TERM
from tests.moodle_sync.journal.keeping import LATER, NUMBERS, do


def adopted(file: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT adopted FROM enrolments").fetchall()


def test_every_kind_of_thing_that_is_held_is_written_and_read_again() -> None:
    read = all_of(page.holding(page.lines(APPLIED)) for page in PAGES)

    assert read.things == APPLIED.things


def test_what_the_sync_made_is_never_taken_for_adopted(journal: Journal, file: Path) -> None:
    do(journal, Enrol(LEARNS, TERM))
    do(journal, ChangeTerm("tot", "sami", "student", TERM, LATER))

    assert adopted(file) == [(0,)]


def test_what_was_adopted_once_and_is_made_anew_is_the_syncs(journal: Journal, file: Path) -> None:
    journal.adopt(Applied().having(ENROLMENTS, {LEARNS.place: Held()}), NUMBERS)
    before = adopted(file)

    do(journal, Enrol(LEARNS, TERM))

    assert (before, adopted(file)) == ([(1,)], [(0,)])
