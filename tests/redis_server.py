"""A throw-away Redis on a socket of its own, which keeps nothing, from a binary that is found on the machine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

UNPRIVILEGED = "nobody"


@contextmanager
def run_redis(server: str) -> Iterator[str]:
    """Run a server until the end of the block; give its address."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="redis") as folder:
        if user:
            shutil.chown(folder, user)
        socket = Path(folder) / "redis.sock"
        line = [server, "--save", "", "--appendonly", "no", "--port", "0", "--unixsocket", str(socket)]
        with subprocess.Popen(line, user=user, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
            try:
                _wait_until_ready(process)
                yield f"unix://{socket}"
            finally:
                process.terminate()


def _wait_until_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "eady to accept connections" in line:
            return
    raise AssertionError("".join(said))
