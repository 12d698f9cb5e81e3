"""A process of its own that makes one file: it has our page and fonts, what it is given, and limits.

A worker starts it and goes on sending grades. What is wrong in typst, or too much for it, ends this process and no
other; it knows no database, no secret and no setting.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import Any

from lti_tool import spreadsheet
from lti_tool.exports import blocks

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 100
"""Of a processor."""

Order = Mapping[str, Any]
"""What is to be made: the form of the file, and what goes into it."""


class PressFailed(Exception):
    """It made no file; `was_stopped` tells whether it took more than it may, and else something is wrong."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ended with {code}")
        self.was_stopped = code < 0


def pdf(order: Order) -> bytes:
    """Set a PDF."""
    from lti_tool.exports import pdf as setting  # noqa: PLC0415 - loading typst takes a table nothing

    between = [blocks.turn()] if len(order["pieces"]) > 1 else []
    pieces = (block for piece in order["pieces"] for block in (*between, *piece["blocks"]))
    pictures = {name: b64decode(image) for piece in order["pieces"] for name, image in piece["pictures"].items()}
    return setting.typeset(order["title"], [*order["cover"], *pieces], pictures)


def csv(order: Order) -> bytes:
    """Write a table: the columns of all pieces, and a cell for each that a row has."""
    names: dict[str, str] = {}
    for group in ("before", "fields", "behind"):
        for piece in order["pieces"]:
            for key, name in piece[group]:
                names.setdefault(key, name)
    rows = [[row.get(key, "") for key in names] for piece in order["pieces"] for row in piece["rows"]]
    return spreadsheet.written([list(names.values()), *rows]).encode()


MAKERS: Mapping[str, Callable[[Order], bytes]] = MappingProxyType({"pdf": pdf, "csv": csv})


class Press:
    """A file that is being made."""

    def __init__(self, order: Order) -> None:
        self._out = TemporaryFile()  # noqa: SIM115 - open until it is read or stopped
        with TemporaryFile() as given:
            given.write(json.dumps(order).encode())
            given.seek(0)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "lti_tool.exports.press"],
                stdin=given,
                stdout=self._out,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RAYON_NUM_THREADS": "1"},
            )

    @property
    def pid(self) -> int:
        """Name its process."""
        return self._process.pid

    def is_done(self, within: float) -> bool:
        """Wait for at most so many seconds, and tell whether it has ended."""
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def file(self) -> bytes:
        """Give what was made.

        Raises:
            PressFailed: it ended without making anything.
        """
        with self._out:
            if self._process.returncode != 0:
                raise PressFailed(self._process.returncode)
            self._out.seek(0)
            return self._out.read()

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._out.close()


def _limit() -> None:
    """Take no more of the machine than there is for this, and let everything else go first."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        os.nice(10)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read an order and write its file."""
    _limit()
    order = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(MAKERS[order["form"]](order))


if __name__ == "__main__":
    main()
