"""Several web processes and workers of one installation, each started by its own command, as on several machines."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.chaos.school import School
from tests.spec.tool import free_port, wait_until_it_answers

PATIENCE = 60
"""Seconds."""
IN_HANDS = 20
"""What a worker may have had in its hands when it was killed, which waits for the end of its lease."""


class Fleet:
    """The processes by name: `serve-1`, `worker-1` and so on."""

    def __init__(self, school: School, folder: Path, *, webs: int, workers: int) -> None:
        self.ports = [free_port() for _ in range(webs)]
        self._folder = folder
        self._environment = {**os.environ, **school.environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._workers = workers

    def __enter__(self) -> Self:
        for number, port in enumerate(self.ports, 1):
            self._start(f"serve-{number}", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1")
        for number in range(1, self._workers + 1):
            self._start(f"worker-{number}", "worker")
        for port in self.ports:
            wait_until_it_answers(port, self.log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._running):
            self.kill(name)

    def kill(self, name: str) -> None:
        """End a process as a crash would, with what it started."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log(self) -> str:
        """Give everything that the processes wrote."""
        return "\n".join(path.read_text() for path in sorted(self._folder.glob("*.log")))

    def wait_until_little_waits(self, school: School) -> None:
        """Wait until the worker that lives has sent all but what the killed one had in its hands."""
        deadline = time.monotonic() + PATIENCE
        while school.counts()["due"] > IN_HANDS:
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.2)

    def _start(self, name: str, *arguments: str) -> None:
        line = [str(Path(sys.executable).with_name("lti-tool")), *arguments]
        with (self._folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                line, env=self._environment, cwd=self._folder, stdout=log, stderr=log, start_new_session=True
            )
