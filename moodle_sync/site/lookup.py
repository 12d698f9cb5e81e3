"""Looks up the accounts of people who weren't seen in a course, or not with all that the source manages."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from typing import TypeVar

from moodle_sync.errors import NotAllowed
from moodle_sync.sameness import folded, same
from moodle_sync.site.identity import GUEST, Account
from moodle_sync.site.side_by_side import side_by_side
from moodle_sync.things.account import Person
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import GET_USERS
from moodle_sync.webservice.replies import UserReply

T = TypeVar("T")

MOST = 200
"""Accounts, groups or courses asked for in one request."""
UNSEEN = "the token's account can't see other people; `moodle-sync doctor` says which rights it lacks"


def account(user: UserReply) -> Account:
    """Keep of an answer what a sync reads."""
    return Account(
        id=user.id,
        username=user.username,
        firstname=user.firstname,
        lastname=user.lastname,
        email=user.email,
        idnumber=user.idnumber,
        lang=user.lang,
        auth=user.auth,
        suspended=user.suspended,
        profile=tuple(sorted((field.shortname, field.value) for field in user.customfields)),
    )


def look_up(client: Client, people: Iterable[Person], seen: Iterable[Account]) -> Mapping[int, Account]:
    """Ask for those of whom too little was seen in the courses."""
    known = {folded(account.username): account for account in seen}
    unsettled: list[Person] = []
    numbers: list[int] = []
    for person in people:
        match = known.get(folded(person.username))
        if match is None or not _settled(person, match):
            unsettled.append(person)
        elif _wants_more(person):
            numbers.append(match.id)
    questions = _questions(unsettled, numbers)
    return {user.id: account(user) for user in _ask(client, questions)}


def by_number(client: Client, numbers: Set[int]) -> Mapping[int, Account]:
    """Ask for accounts by their numbers."""
    return {user.id: account(user) for user in users(client, numbers)}


def users(client: Client, numbers: Set[int]) -> Iterator[UserReply]:
    """Ask for all that Moodle tells of accounts, by their numbers."""
    return _ask(client, {"id": [*sorted(numbers)]})


def chunks(values: list[T]) -> Iterator[list[T]]:
    """Cut a list into pieces that fit a request."""
    for start in range(0, len(values), MOST):
        yield values[start : start + MOST]


def _settled(person: Person, seen: Account) -> bool:
    """Tell whether an account has everything that identifies a person: then no other can be theirs."""
    as_given = not person.email or folded(person.email) == folded(seen.email)
    return as_given and (not person.idnumber or same(person.idnumber) == same(seen.idnumber))


def _wants_more(person: Person) -> bool:
    """Tell whether the source manages what the list of participants doesn't tell."""
    return bool(person.profile) or any(value is not None for value in (person.lang, person.auth, person.suspended))


def _questions(people: list[Person], numbers: list[int]) -> Mapping[str, list[Value]]:
    """Ask by each thing that identifies; Moodle compares addresses exactly, so both spellings are asked for."""
    emails = [person.email for person in people if person.email]
    return {
        "id": [*numbers],
        "idnumber": [person.idnumber for person in people if person.idnumber],
        "username": [folded(person.username) for person in people],
        "email": [*dict.fromkeys((*emails, *map(folded, emails)))],
    }


def _ask(client: Client, questions: Mapping[str, list[Value]]) -> Iterator[UserReply]:
    """Whom the token may not see looks absent, so the first question is for an account that every Moodle has."""
    if any(questions.values()) and not client.call(GET_USERS, field="username", values=[GUEST]):
        raise NotAllowed(GET_USERS.name, "unseen", UNSEEN)

    def ask(question: tuple[str, list[Value]]) -> tuple[UserReply, ...]:
        name, values = question
        return client.call(GET_USERS, field=name, values=values)

    parts = [(name, chunk) for name, values in questions.items() for chunk in chunks(values)]
    yield from chain.from_iterable(side_by_side(ask, parts))
