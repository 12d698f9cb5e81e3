"""People, as Moodle has their accounts."""

from collections.abc import Iterable, Mapping
from typing import Final

from moodle_sync.site.identity import Account
from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.account import Person
from moodle_sync.things.finding import Conflict
from moodle_sync.things.person import PEOPLE


def _numbers(sight: Sight) -> Mapping[str, int]:
    return {key: number for number, key in sight.keys.items()}


def _things(sight: Sight) -> Mapping[str, Person]:
    return {key: _person(account) for key, account in sight.identities.accounts.items()}


def _person(account: Account) -> Person:
    return Person(
        username=account.username,
        firstname=account.firstname,
        lastname=account.lastname,
        email=account.email,
        idnumber=account.idnumber,
        lang=account.lang,
        auth=account.auth,
        suspended=account.suspended,
        profile=account.profile,
    )


def _conflicts(sight: Sight) -> Iterable[Conflict]:
    return sight.identities.conflicts


PERSON: Final[View] = view(PEOPLE, _things, _numbers, _conflicts)
