"""Processes of the tool that are killed, each by `launcher.py`, and the people who meet them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Response

from lti_tool.demo.moodle.faults import Work, drop, lose
from tests.chaos.school import School
from tests.spec.tool import free_port, wait_until_it_answers

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds, for what takes few; the machine may be busy."""


class Victim:
    """A worker or a web process that dies at a moment of its own, or when it is told to."""

    def __init__(self, school: School, folder: Path, role: str, crash_at: str, *, ahead: float = 0) -> None:
        self.port = free_port()
        self._log = folder / f"{role}.log"
        line = [sys.executable, str(Path(__file__).with_name("launcher.py")), role]
        line += [str(self.port)] if role == "web" else []
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                line,
                env={
                    **os.environ,
                    **school.environment,
                    "PYTHONPATH": str(ROOT),
                    "CRASH_AT": crash_at,
                    "AHEAD": str(ahead),
                },
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it as a crash would, with all that it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def has_died(self) -> bool:
        """Tell whether its moment came."""
        return self._process.poll() is not None

    def wait_for_its_moment(self) -> None:
        """Wait until it is killed, and insist that it didn't end otherwise."""
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            status = 0
        assert status == -signal.SIGKILL, f"the point was never reached\n{self._log.read_text()}"

    def wait_until_it_answers(self) -> None:
        """Wait until a web process answers."""
        wait_until_it_answers(self.port, self._log.read_text)

    # As faults of the miniature's

    def dies_before(self, work: Work) -> Response:
        """Die when a request has come and nothing is done."""
        self.kill()
        return drop(work)

    def dies_after(self, work: Work) -> Response:
        """Die when all is done and nothing answered."""
        answer = lose(work)
        self.kill()
        return answer


@contextmanager
def running(victim: Victim) -> Iterator[Victim]:
    """Let it live for a block at most."""
    try:
        yield victim
    finally:
        victim.kill()
