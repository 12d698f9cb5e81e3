"""Reads who is in a course, several pages at the same time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final

from moodle_sync.site.identity import Account
from moodle_sync.site.lookup import account
from moodle_sync.site.side_by_side import AT_ONCE, side_by_side
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import GET_ENROLLED
from moodle_sync.webservice.replies import UserReply

PAGE: Final = 500
"""Participants asked for in one request."""
FIELDS: Final = "id,username,firstname,lastname,email,idnumber,roles"


@dataclass(slots=True)
class People:
    """Everybody who is in a course, with the short names of their roles; their accounts, and the roles' numbers."""

    inside: dict[int, tuple[str, ...]]
    accounts: dict[int, Account]
    roles: dict[str, int]


def read_people(client: Client, course: int, expected: int) -> People:
    """Read everybody who is in a course; `expected` is how many the source has there."""
    people = People({}, {}, {})
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    for user in _everybody(client, course, expected):
        names = tuple(role.shortname for role in user.roles)
        people.inside[user.id] = kept.setdefault(names, names)
        people.accounts[user.id] = account(user)
        people.roles.update((role.shortname, role.roleid) for role in user.roles)
    return people


def participants(client: Client, course: int, **more: Value) -> Iterator[UserReply]:
    """Read page by page; only an empty page is the end, since rows that the token may not see make a page short."""
    for page in count():
        users = _page(client, course, page, **more)
        yield from users
        if not users:
            return


def asleep(client: Client, course: int) -> frozenset[int]:
    """Give those whose enrolment isn't in force: suspended, not begun or over; Moodle doesn't tell which."""
    return frozenset(user.id for user in participants(client, course, userfields="id", onlysuspended=1))


def _everybody(client: Client, course: int, expected: int) -> Iterator[UserReply]:
    """Read all participants, several pages at the same time: what the expected ones fill, and one that is empty."""
    first, last = 0, -(-expected // PAGE)
    while True:
        wide = min(last - first + 1, AT_ONCE)
        pages = list(side_by_side(partial(_page, client, course), range(first, first + wide)))
        for users in pages:
            yield from users
        if not all(pages):
            return
        first += wide
        if first > last:
            last = first + AT_ONCE - 1 if len(pages[-1]) == PAGE else first


def _page(client: Client, course: int, page: int, **more: Value) -> tuple[UserReply, ...]:
    options: dict[str, Value] = {
        "userfields": FIELDS,
        "limitfrom": page * PAGE,
        "limitnumber": PAGE,
        "sortby": "id",
        **more,
    }
    rows: list[Value] = [{"name": name, "value": value} for name, value in options.items()]
    return client.call(GET_ENROLLED, courseid=course, options=rows)
