"""The specification of what is mean in Moodle, on a real one.

The token must be an administrator's; its service needs the functions that the specification calls and those named
below, which take away what a run made. `MOODLE_MAILS` names a folder where the site's mails arrive as `.eml` files, one
for each; without it nothing is said of mails.
"""

import email
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from tests.spec.mean_batches import MeanBatches
from tests.spec.mean_circles import MeanCircles
from tests.spec.mean_moodle import MeanMoodle, furnish
from tests.spec.mean_reads import MeanReads
from tests.spec.mean_texts import MeanTexts
from tests.spec.mean_writes import MeanMails, MeanWrites

ROLES = {"editor": 3, "teacher": 4, "student": 5}
"""Moodle's stock numbers."""


@pytest.fixture(scope="module")
def moodle() -> Iterator[MeanMoodle]:
    """Give the site, with a category and a course of this run's own."""
    missing = [name for name in ("MOODLE_URL", "MOODLE_TOKEN") if not os.environ.get(name)]
    assert not missing, f"set {', '.join(missing)}"
    moodle = MeanMoodle(
        url=os.environ["MOODLE_URL"].rstrip("/"),
        token=os.environ["MOODLE_TOKEN"],
        mark=token_hex(4),
        mailbox=_mailbox(os.environ.get("MOODLE_MAILS")),
        student=ROLES["student"],
        teacher=ROLES["teacher"],
        editor=ROLES["editor"],
    )
    made = furnish(moodle)
    yield made
    _take_away(made)


class TestBatchesOfARealMoodle(MeanBatches):
    """One bad row."""


class TestCirclesOfARealMoodle(MeanCircles):
    """What is changed beside."""


class TestReadsOfARealMoodle(MeanReads):
    """What is left out."""


class TestTextsOfARealMoodle(MeanTexts):
    """What names may hold."""


class TestWritesOfARealMoodle(MeanWrites):
    """What is done beside."""


class TestMailsOfARealMoodle(MeanMails):
    """Who is mailed."""


def _mailbox(folder: str | None) -> Callable[[], list[str]] | None:
    if not folder:
        return None
    return lambda: [_address(file) for file in sorted(Path(folder).glob("*.eml"))]


def _address(file: Path) -> str:
    return email.utils.parseaddr(str(email.message_from_bytes(file.read_bytes())["To"]))[1]


def _take_away(moodle: MeanMoodle) -> None:
    moodle.do("core_course_delete_categories", categories=[{"id": moodle.category, "recursive": 1}])
    place = {"contextlevel": "system"}
    cohorts = moodle.do("core_cohort_search_cohorts", query=moodle.mark, context=place, limitnum=0)["cohorts"]
    if cohorts:
        moodle.do("core_cohort_delete_cohorts", cohortids=[cohort["id"] for cohort in cohorts])
    by_address = [{"key": "email", "value": f"%-{moodle.mark}@example.org"}]
    users = moodle.do("core_user_get_users", criteria=by_address)["users"]
    moodle.do("core_user_delete_users", userids=[user["id"] for user in users])
