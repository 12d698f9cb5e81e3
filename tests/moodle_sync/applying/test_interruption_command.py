"""Ctrl-C twice, in a process on a terminal, while Moodle keeps a request waiting."""

import codecs
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lti_tool.demo.moodle.faults import PATIENCE, Held
from moodle_sync.journal.journal import Journal
from moodle_sync.journal.records import Sending
from tests.moodle_sync.folder import run, surroundings
from tests.moodle_sync.miniature import Running

ENROL = "enrol_manual_enrol_users"
SOONER = PATIENCE / 2
"""Seconds within which a process ends that doesn't wait for what the miniature holds back."""
GO_ON = "`moodle-sync resume` finds out what became of it, and does what is left."
SHOW_CURSOR = "\x1b[?25h"


@dataclass
class Applying:
    """`moodle-sync apply`, whose errors go to a terminal."""

    process: subprocess.Popen[bytes]
    terminal: int
    shown: str = ""
    decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    """A letter may come in two pieces."""

    def press(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def read_until(self, said: str = "") -> None:
        """Read what the terminal shows; without a word until nobody writes there any more."""
        try:
            while not said or said not in self.shown:
                self.shown += self.decoder.decode(os.read(self.terminal, 4096))
        except OSError:
            assert not said, self.shown  # so Linux tells that the other end was closed


@contextmanager
def applying(folder: Path, token: str) -> Iterator[Applying]:
    """Run it, and leave nothing behind."""
    ours, theirs = pty.openpty()
    command = [str(Path(sys.executable).with_name("moodle-sync")), "--log", "log.jsonl", "apply", "--yes"]
    environment = {**surroundings(folder, token), "TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        try:
            yield Applying(process, ours)
        finally:
            process.kill()
            os.close(ours)


class TestTwice:
    """A request that Moodle has done, and doesn't answer."""

    def test_the_second_ends_the_process_at_once_and_gives_the_terminal_back(
        self, there: Path, running: Running
    ) -> None:
        held = Held()
        running.miniature.order_faults(ENROL, held)

        with applying(there, running.token) as command:
            assert held.done.wait(PATIENCE)
            command.press()
            command.read_until("press again to stop at once.")
            command.press()
            code = command.process.wait(SOONER)
            command.read_until()
        held.let_go.set()

        assert code == 130
        assert f"Stopped.\r\n{GO_ON}\r\n" in command.shown
        assert command.shown.rindex(SHOW_CURSOR) > command.shown.index(GO_ON)
        assert (there / "log.jsonl").read_text(encoding="utf-8").endswith('"exit_code": 130}\n')

    def test_what_was_sent_stays_so_in_the_journal(self, there: Path, running: Running) -> None:
        with Journal.open(there / "moodle-sync.journal", running.url) as journal:
            record = journal.unfinished()

        assert record
        assert [(send.function, send.state) for send in record.unsettled] == [(ENROL, Sending.SENT)]

    def test_resume_finds_out_and_does_the_rest(self, there: Path, running: Running) -> None:
        code, _, err = run(there, "resume", token=running.token)

        assert (code, err) == (0, "")
        assert running.miniature.mails() == 1
        assert run(there, "plan", token=running.token)[1] == "Nothing to do: Moodle is as it should be.\n"


class TestWhileReading:
    """A question that Moodle doesn't answer."""

    def test_once_is_enough(self, there: Path, running: Running) -> None:
        held = Held()
        running.miniature.order_faults("core_webservice_get_site_info", held)
        listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # the shell may ignore it
        command = [sys.executable, "-c", f"{listening}; from moodle_sync.cli import main; main(['plan'])"]

        with subprocess.Popen(command, cwd=there, env=surroundings(there, running.token)) as process:
            try:
                assert held.done.wait(PATIENCE)
                process.send_signal(signal.SIGINT)
                code = process.wait(SOONER)
            finally:
                process.kill()
                held.let_go.set()

        assert code == 130
