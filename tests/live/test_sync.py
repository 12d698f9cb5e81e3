"""The specification of the sync, on a real Moodle.

The token must be an administrator's; beside what the sync needs, its service needs the functions named below, by which
the run's category, courses, cohort and accounts are taken away again.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any, Protocol

import pytest
import requests

from tests.spec.sync import Installation, SyncSpecification
from tests.spec.taking_back import UndoSpecification

ROLES = {"editingteacher": 3, "student": 5}
"""Moodle's stock numbers."""


@pytest.fixture(scope="class")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Give an administrator's folder, with names of this run's own."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    folder: Path = tmp_path_factory.mktemp("sync")
    url = os.environ["MOODLE_URL"].rstrip("/")
    made = Installation(folder, url, os.environ["MOODLE_TOKEN"], ROLES, token_hex(4))
    yield made
    take_away(made)


class TestSyncOnARealMoodle(SyncSpecification):
    """The story as it stands."""


class TestUndoOnARealMoodle(UndoSpecification):
    """The story as it stands."""


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


def take_away(installation: Made) -> None:
    """Delete a run's category with its courses, and its accounts."""
    by_idnumber = {"criteria[0][key]": "idnumber", "criteria[0][value]": f"sync-{installation.mark}"}
    for category in _call(installation, "core_course_get_categories", by_idnumber):
        one = {"categories[0][id]": category["id"], "categories[0][recursive]": "1"}
        _call(installation, "core_course_delete_categories", one)
    everywhere = {"query": f"agents-{installation.mark}", "context[contextlevel]": "system"}
    for cohort in _call(installation, "core_cohort_search_cohorts", everywhere)["cohorts"]:
        _call(installation, "core_cohort_delete_cohorts", {"cohortids[0]": cohort["id"]})
    by_address = {"criteria[0][key]": "email", "criteria[0][value]": f"%-{installation.mark}@example.org"}
    users = _call(installation, "core_user_get_users", by_address)["users"]
    _call(installation, "core_user_delete_users", {f"userids[{n}]": user["id"] for n, user in enumerate(users)})


def _call(installation: Made, function: str, arguments: Mapping[str, str]) -> Any:
    protocol = {"wstoken": installation.token, "wsfunction": function, "moodlewsrestformat": "json"}
    address = f"{installation.url}/webservice/rest/server.php"
    answer: Any = requests.post(address, data={**protocol, **arguments}, timeout=120).json()
    assert not (isinstance(answer, dict) and "exception" in answer), answer
    return answer
