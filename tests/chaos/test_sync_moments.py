"""`moodle-sync` is killed at random moments and resumed, perhaps killed again: `make chaos`.

A moment is a number of events of the process: statements, commits and requests. So a seed gives the same moments on a
fast machine and on a slow one.
"""

import os
import random
from pathlib import Path

import pytest

from tests.moodle_sync.crash.story import TELLABLE, Setting, open_setting
from tests.moodle_sync.crash.victim import KILLED

MOMENTS = int(os.environ.get("SYNC_MOMENTS", "2"))
SEED = int(os.environ.get("SEED", "2026"))
LATEST = 240
"""Events; as many as the shortest run has."""


def test_what_is_killed_at_random_moments_and_resumed_ends_as_if_it_had_not_been(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\nSEED={SEED} SYNC_MOMENTS={MOMENTS}")  # noqa: T201 - a run can be repeated with it
    chance = random.Random(SEED)
    with open_setting(tmp_path) as setting:
        expected = {name: setting.tell(name) for name in TELLABLE}
        for _ in range(MOMENTS):
            name = chance.choice(TELLABLE)
            moments = [str(chance.randint(1, LATEST)) for _ in range(2)]

            live_through(setting, name, moments)

            assert setting.held() == expected[name], (name, moments)


def live_through(setting: Setting, name: str, moments: list[str]) -> None:
    """Apply and resume, each until a moment that may come after its end; then do in peace what is left."""
    story = setting.begin(name)
    killed = setting.command("apply", "--yes", *story.options, moment=moments[0])
    assert killed in (KILLED, 0)
    assert setting.command("resume", moment=moments[1]) in (KILLED, 0)
    setting.insist("resume")
    if not (setting.journal.exists() and setting.has_begun()):
        setting.insist("apply", "--yes", *story.options)
