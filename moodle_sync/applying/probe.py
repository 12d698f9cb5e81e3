"""Finds out how many variables a site takes in one request: PHP drops what is beyond its limit, and tells nobody."""

from moodle_sync.errors import NotMoodle
from moodle_sync.journal.journal import Journal
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import BUDGET, SHARE
from moodle_sync.webservice.functions import GET_SITE_INFO, GET_USERS

DEFAULT = 1000
"""PHP's own."""
SMALLER = (500, 250)
LARGER = (2000, 5000, 10_000)
AROUND = 5
"""Variables of the question beside the values: four of the protocol, and the field's name."""


def budget(client: Client, journal: Journal) -> int:
    """Give how many variables a request may have, from what was measured within a day, or now."""
    limit = journal.limit()
    if limit is None:
        limit = measure(client)
        if limit is not None:
            journal.keep_limit(limit)
    return BUDGET if limit is None else int(limit * SHARE)


def measure(client: Client) -> int | None:
    """Find the largest usual limit that a request comes through; None if it can't be told."""
    owner = client.call(GET_SITE_INFO).userid
    if not _comes_through(client, owner, DEFAULT):
        return next((size for size in SMALLER if _comes_through(client, owner, size)), None)
    limit = DEFAULT
    for size in LARGER:
        if not _comes_through(client, owner, size):
            break
        limit = size
    return limit


def _comes_through(client: Client, owner: int, variables: int) -> bool:
    """Ask for many accounts that nobody has, and for one's own last: no row back means that the end was cut."""
    nobody = [0] * (variables - AROUND - 1)
    try:
        return bool(client.call(GET_USERS, field="id", values=[*nobody, owner]))
    except NotMoodle:
        return False
