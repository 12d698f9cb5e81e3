"""The commands on a terminal: a question, and bars that show how far it has come."""

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.moodle_sync.folder import EVERYTHING, run, surroundings
from tests.moodle_sync.miniature import Running

COMMAND = Path(sys.executable).with_name("moodle-sync")


def on_a_terminal(folder: Path, token: str, *arguments: str, answer: str = "") -> tuple[int, str, str]:
    """Run a command whose input and errors are a terminal; give exit code, output, and what the terminal showed."""
    ours, theirs = pty.openpty()
    environment = {**surroundings(folder, token), "TERM": "xterm-256color"}
    os.write(ours, answer.encode())
    with subprocess.Popen(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
    ) as process:
        os.close(theirs)
        shown = read_all(ours)
        assert process.stdout
        out = process.stdout.read()
    os.close(ours)
    return process.returncode, out, shown


def read_all(terminal: int) -> str:
    """Read until nobody writes to the terminal any more."""
    parts: list[bytes] = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:
        pass  # so Linux tells that the other end was closed
    return b"".join(parts).decode()


class TestOnASite:
    """One administrator, who thinks twice."""

    def test_no_answer_but_yes_sends_anything(self, there: Path, running: Running) -> None:
        code, out, shown = on_a_terminal(there, running.token, "apply", answer="\n")

        assert (code, out.endswith("\nNothing was sent.\n"), "Do this? [y/N]: " in shown) == (1, True, True)
        assert run(there, "report")[1] == "No runs yet.\n"

    def test_yes_does_what_was_shown(self, there: Path, running: Running) -> None:
        code, out, shown = on_a_terminal(there, running.token, "apply", answer="y\n")

        assert code == 0
        assert EVERYTHING.replace("Plan:", "Done:") in out
        assert "Reading Moodle: " in shown
        assert "Applying" in shown
        assert "8/8" in shown
