"""A site under the keys that its files will have, told in the sync's own words."""

from collections.abc import Iterable, Mapping

from moodle_sync.sameness import folded
from moodle_sync.site.found import Found
from moodle_sync.site.identity import GUEST, Account
from moodle_sync.site.observed import Observed, observe
from moodle_sync.site.seen.sight import Known
from moodle_sync.site.whole import Whole
from moodle_sync.source.cells import mistake
from moodle_sync.things.account import Person
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State


def look(whole: Whole, courses: Mapping[int, str], cohorts: Mapping[int, str], accounts: Iterable[Account]) -> Observed:
    """Say what is in courses and cohorts, by their keys, as far as it concerns some accounts."""
    mine = {account.id: account for account in accounts}
    found = Found(
        owner=whole.owner,
        courses={key: whole.courses[number].found for number, key in courses.items()},
        accounts=mine,
        cohorts={cohorts[one.id]: one for one in whole.cohorts if one.id in cohorts},
        cohort_members={key: whole.members.get(number, ()) for number, key in cohorts.items()},
    )
    people = {folded(one.username): Person(username=folded(one.username)) for one in mine.values()}
    desired = State().having(PEOPLE, people).having(COURSES, dict(_named(whole, courses)))
    return observe(found, desired, Known())


def carried(whole: Whole, protected: frozenset[str]) -> list[Account]:
    """Choose the accounts that a file of people can name."""
    return [
        account
        for account in whole.accounts.values()
        if not is_untouched(account, whole.owner, protected) and is_writable(account)
    ]


def is_untouched(account: Account, owner: int, protected: frozenset[str]) -> bool:
    """Tell whether it is one of the accounts that a sync never touches."""
    return account.id == owner or folded(account.username) in {GUEST, *protected}


def is_writable(account: Account) -> bool:
    """Tell whether its username can be written."""
    return bool(account.username) and mistake("username", folded(account.username)) is None


def _named(whole: Whole, courses: Mapping[int, str]) -> Iterable[tuple[str, Course]]:
    for number, key in courses.items():
        reply = whole.courses[number].found.course
        yield key, Course(idnumber=key, shortname=reply.shortname, fullname=reply.fullname, category="")
