"""Reads the cohorts of the site, and who is in them."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

from moodle_sync.sameness import loosely, same
from moodle_sync.site.lookup import chunks
from moodle_sync.webservice.client import Client
from moodle_sync.webservice.encoding import Value
from moodle_sync.webservice.functions import GET_COHORT_MEMBERS, SEARCH_COHORTS
from moodle_sync.webservice.replies import CohortReply

PAGE: Final = 500
"""Cohorts asked for in one request."""


def find_cohorts(client: Client, wanted: frozenset[str], others: frozenset[str]) -> dict[str, int]:
    """Find cohorts by idnumber, wherever on the site they are: Moodle lets no two have the same.

    One that differs in capitals or accents only from one that is wanted is that one, if there is no better.
    """
    if not wanted | others:
        return {}
    there = {same(cohort.idnumber): cohort.id for cohort in all_cohorts(client)}
    written = {loosely(name): name for name in there}
    names = {key: same(key) if same(key) in there else written.get(loosely(key)) for key in wanted}
    found = {key: there[name] for key, name in names.items() if name}
    taken = set(found.values())
    return found | {key: there[key] for key in others & there.keys() if there[key] not in taken}


def all_cohorts(client: Client) -> Iterator[CohortReply]:
    """Read the cohorts of the whole site page by page, each when it is asked for; `limitfrom` counts pages here."""
    everywhere: dict[str, Value] = {"query": "", "context": {"contextlevel": "system"}, "includes": "all"}
    for page in count():
        cohorts = client.call(SEARCH_COHORTS, **everywhere, limitfrom=page, limitnum=PAGE).cohorts
        yield from cohorts
        if not cohorts:
            return


def read_members(client: Client, cohorts: Mapping[str, int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Read who is in cohorts, by the cohorts' keys."""
    keys = {number: key for key, number in cohorts.items()}
    for chunk in chunks(list(keys)):
        for reply in client.call(GET_COHORT_MEMBERS, cohortids=chunk):
            yield keys[reply.cohortid], reply.userids
