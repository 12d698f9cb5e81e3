"""What a page is told of how far an exercise is."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.exercises.access import Situation
from lti_tool.exercises.modes import Arrangement, Dates, Mode, Stage
from lti_tool.exercises.stage_told import told
from lti_tool.lti.roles import Role

NOW = datetime(2026, 11, 30, 18, 0, 0, 123456, tzinfo=UTC)
SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(days=1)


def trainee(role: Role = Role.TRAINEE, *, stage: Stage | None = None, **arranged: object) -> Situation:
    arrangement = Arrangement(**arranged)  # type: ignore[arg-type]  # the tests' own words
    return Situation(person_id=1, role=role, arrangement=arrangement, stage=stage or Stage())


def test_before_a_trainer_set_anything_there_is_nothing_to_tell_but_the_time() -> None:
    assert told(trainee(), NOW) == {
        "version": 0,
        "now": "2026-11-30T18:00:00.123+00:00",
        "home": "person",
        "together": False,
        "frozen": False,
        "refusal": None,
        "step": None,
        "step_ends_at": None,
        "changes_at": None,
        "message": None,
        "shows_names": False,
    }


def test_a_step_is_told_with_the_moment_when_it_ends() -> None:
    told_now = told(trainee(stage=Stage(version=3, step=2, step_ends_at=SOON)), NOW)

    assert (told_now["version"], told_now["step"]) == (3, 2)
    assert told_now["step_ends_at"] == "2026-11-30T18:05:00.123+00:00"


def test_a_message_is_told_with_its_language() -> None:
    stage = Stage(message="Look up", message_language="en", message_at=NOW)

    assert told(trainee(stage=stage), NOW)["message"] == {
        "text": "Look up",
        "language": "en",
        "at": "2026-11-30T18:00:00.123+00:00",
    }


def test_where_people_write_follows_from_whether_they_are_together() -> None:
    first = trainee(mode=Mode.GROUP, alone_first=True)
    since = trainee(stage=Stage(together_at=NOW), mode=Mode.GROUP, alone_first=True)

    assert (told(first, NOW)["home"], told(first, NOW)["together"]) == ("person", False)
    assert (told(since, NOW)["home"], told(since, NOW)["together"]) == ("group", True)


@pytest.mark.parametrize(("role", "refusal"), [(Role.TRAINEE, "frozen"), (Role.TRAINER, None)])
def test_a_trainer_goes_on_where_writing_is_stopped(role: Role, refusal: str | None) -> None:
    told_now = told(trainee(role, stage=Stage(frozen_at=NOW)), NOW)

    assert (told_now["frozen"], told_now["refusal"]) == (True, refusal)


@pytest.mark.parametrize(
    ("dates", "changes_at"),
    [
        (Dates(opens_at=SOON, together_at=LATER), SOON),
        (Dates(opens_at=NOW, closes_at=LATER), LATER),
        (Dates(due_at=SOON), None),
        (Dates(closes_at=NOW - timedelta(minutes=1)), None),
    ],
    ids=["the next of two", "not what was", "a due date keeps nobody from writing", "all is over"],
)
def test_a_page_is_told_when_a_date_changes_what_people_may_do(dates: Dates, changes_at: datetime | None) -> None:
    expected = changes_at and changes_at.isoformat(timespec="milliseconds")

    assert told(trainee(dates=dates), NOW)["changes_at"] == expected
