"""What the tests of the journal write into it, and by which clock."""

from collections.abc import Mapping
from datetime import UTC, datetime

from moodle_sync.journal.journal import Journal
from moodle_sync.things.action import Action
from moodle_sync.things.cohort_member import CohortMembership
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.section import SECTIONS
from moodle_sync.things.term import Term
from tests.moodle_sync.examples import LEARNS, TEACHES, TERM

SITE = "https://moodle.example.org"
NUMBERS = {"ana": 11, "sami": 12}
NONE: Mapping[tuple[str, int], int] = {}
KEYS = {11: "ana", 12: "sami"}
LATER = Term(start=5, end=6)
ELENI = CohortMembership(cohort="agents", person="eleni")
ENROLLED = [Enrol(TEACHES, Term()), Enrol(LEARNS, TERM)]


def numbered(**people: int) -> Ids:
    """Know the numbers of people."""
    return Ids().knowing(PEOPLE, people)


class Ticking:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 20, 45, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def do(
    journal: Journal,
    *actions: Action,
    numbers: Mapping[str, int] = NUMBERS,
    sections: Mapping[tuple[str, int], int] = NONE,
) -> None:
    """Write that actions were done, in one request."""
    run = journal.begin(actions, rows=2)
    number = run.intend("some_function", actions)
    run.sent(number)
    run.confirm(number, actions, [], Ids().knowing(PEOPLE, numbers).knowing(SECTIONS, sections))
    run.finish()
