"""The tool as those who run it do: its own commands, each a process, which a test can kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

WAIT = 60


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(port: int, log: Callable[[], str]) -> None:
    """Wait until a tool answers on a port of loopback; where it doesn't, tell what it wrote."""
    deadline = time.monotonic() + WAIT
    while not _answers(port):
        assert time.monotonic() < deadline, log()
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


class Tool:
    """One installation: a database in a folder, a web server and a worker."""

    program: tuple[str, ...] = (str(Path(sys.executable).with_name("lti-tool")),)

    def __init__(self, folder: Path, database_url: str | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.public_url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PUBLIC_URL": self.public_url,
            "KEYS_PASSPHRASE": "a passphrase for tests",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'tool.sqlite3'}",
            "ALLOW_PRIVATE_PLATFORMS": "1",
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def command(self, *arguments: str) -> str:
        """Run one command to its end and give what it printed."""
        done = subprocess.run(
            self._line(*arguments), env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self) -> None:
        """Start the web server and the worker, and wait until the tool answers."""
        self.start_web()
        self.start_worker()

    def start_web(self, processes: int = 1) -> None:
        """Start the web server and wait until it answers."""
        self._spawn("serve", "--bind", f"127.0.0.1:{self.port}", "--workers", str(processes))
        wait_until_it_answers(self.port, self.log)

    def start_worker(self) -> None:
        """Start the worker."""
        self._spawn("worker")

    def pid(self, name: str) -> int:
        """Give the number of a running command's first process."""
        return self._running[name].pid

    def kill(self, name: str) -> None:
        """End a process as a crash would: SIGKILL for it and for what it started."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End what still runs, in an orderly way."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(WAIT)
        self._running.clear()

    def web_processes(self) -> list[int]:
        """Give the ids of the processes that answer, which the server started."""
        server = self._running["serve"].pid
        return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]

    def log(self) -> str:
        """Give everything that the processes wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def _spawn(self, *arguments: str) -> None:
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            self._running[arguments[0]] = subprocess.Popen(
                self._line(*arguments),
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _line(self, *arguments: str) -> list[str]:
        return [*self.program, *arguments]
