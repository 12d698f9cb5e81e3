"""The package's own names, and the example of its documentation."""

import subprocess
import sys
from pathlib import Path

import moodle_sync
from tests.moodle_sync.folder import surroundings
from tests.moodle_sync.miniature import Running

DOCTEST = "import doctest, sys, moodle_sync; sys.exit(doctest.testmod(moodle_sync).failed)"


class TestOnASite:
    """A site where nothing was done yet."""

    def test_the_example_of_the_documentation_is_true(self, there: Path, running: Running) -> None:
        done = subprocess.run(
            [sys.executable, "-c", DOCTEST],
            cwd=there,
            env=surroundings(there, running.token),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert (done.returncode, done.stdout) == (0, "")


def test_every_public_name_is_there_and_documented() -> None:
    assert all(getattr(moodle_sync, name).__doc__ for name in moodle_sync.__all__)


def test_plan_and_apply_are_functions_beside_modules_of_these_names() -> None:
    assert (callable(moodle_sync.plan), callable(moodle_sync.apply)) == (True, True)
