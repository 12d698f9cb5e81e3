"""What a plan costs: mails, and requests."""

import pytest

from moodle_sync.applying.cost import mails, requests
from moodle_sync.settings import NewAccounts
from moodle_sync.things.account import Person
from moodle_sync.things.action import Action
from moodle_sync.things.category import CreateCategory
from moodle_sync.things.cohort_member import AddCohortMember, CohortMembership
from moodle_sync.things.enrolment import Enrol
from moodle_sync.things.group import Group
from moodle_sync.things.membership import AddMember, Membership
from moodle_sync.things.person import CreatePerson
from moodle_sync.things.term import ChangeTerm, Term
from tests.moodle_sync.examples import CATEGORY, LEARNS, MEMBER

PERSON = CreatePerson(Person(username="sami"))
CHANGED = ChangeTerm("tot", "sami", "student", None, Term())


@pytest.mark.parametrize(
    ("action", "quiet", "mailed"),
    [(PERSON, 0, 1), (Enrol(LEARNS), 1, 1), (CHANGED, 1, 1), (AddMember(MEMBER), 0, 0)],
    ids=["account", "enrolment", "term", "member"],
)
def test_enrolments_that_are_written_may_mail_and_new_accounts_where_they_are_told(
    action: Action, quiet: int, mailed: int
) -> None:
    assert (mails([action], NewAccounts.QUIET), mails([action], NewAccounts.MAIL)) == (quiet, mailed)


def members(count: int) -> list[Action]:
    group = Group(course="tot", name="A")
    return [AddMember(Membership(group=group, person=f"p{number}")) for number in range(count)]


@pytest.mark.parametrize(
    ("actions", "budget", "count"),
    [
        ([], 900, 0),
        ([CreateCategory(CATEGORY), CreateCategory(CATEGORY)], 900, 2),
        (members(50), 900, 1),
        (members(51), 900, 2),
        (members(50 + 100 + 200 + 1), 9000, 4),
        (members(50), 58, 2),
    ],
    ids=["nothing", "singly", "first", "second", "growing", "budget"],
)
def test_requests_are_counted_as_batches_grow(actions: list[Action], budget: int, count: int) -> None:
    assert requests(actions, NewAccounts.QUIET, budget) == count


def test_each_kind_has_requests_of_its_own() -> None:
    agent = AddCohortMember(CohortMembership(cohort="agents", person="sami"))

    assert requests([PERSON, Enrol(LEARNS), AddMember(MEMBER), agent], NewAccounts.QUIET) == 4


def test_kinds_of_one_function_grow_together() -> None:
    enrolments = [Enrol(LEARNS) for _ in range(50)]
    changes = [CHANGED for _ in range(100)]

    assert requests([*enrolments, *changes], NewAccounts.QUIET, 9000) == 2
