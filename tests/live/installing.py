"""An administrator's folder for a real Moodle, whose category, course, cohorts and accounts are taken away again.

The token must be an administrator's; beside what the sync needs, its service needs the functions named below.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

from tests.spec.sync import Installation
from tests.spec.webservice import call


class Made(Protocol):
    """What was made on a site, under a mark."""

    @property
    def url(self) -> str:
        """The site."""

    @property
    def token(self) -> str:
        """An administrator's."""

    @property
    def mark(self) -> str:
        """What its category and its addresses end in."""


ROLES = {"editingteacher": 3, "student": 5}
"""Moodle's stock numbers."""


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """Give an administrator's folder, with names of this run's own."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    url = os.environ["MOODLE_URL"].rstrip("/")
    made = Installation(folder, url, os.environ["MOODLE_TOKEN"], ROLES, token_hex(4))
    yield made
    take_away(made)


def take_away(installation: Made) -> None:
    """Delete a run's cohorts, its category with its courses, and its accounts."""
    everywhere = {"query": f"-{installation.mark}", "context[contextlevel]": "system", "includes": "all"}
    for cohort in _call(installation, "core_cohort_search_cohorts", everywhere)["cohorts"]:
        _call(installation, "core_cohort_delete_cohorts", {"cohortids[0]": cohort["id"]})
    by_idnumber = {
        "criteria[0][key]": "idnumber",
        "criteria[0][value]": f"sync-{installation.mark}",
        "addsubcategories": "0",
    }
    for category in _call(installation, "core_course_get_categories", by_idnumber):
        one = {"categories[0][id]": category["id"], "categories[0][recursive]": "1"}
        _call(installation, "core_course_delete_categories", one)
    by_address = {"criteria[0][key]": "email", "criteria[0][value]": f"%-{installation.mark}@example.org"}
    users = _call(installation, "core_user_get_users", by_address)["users"]
    _call(installation, "core_user_delete_users", {f"userids[{n}]": user["id"] for n, user in enumerate(users)})


def _call(installation: Made, function: str, arguments: Mapping[str, str]) -> Any:
    return call(installation.url, installation.token, function, arguments)
