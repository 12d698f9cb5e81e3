"""A throw-away PostgreSQL on a socket of its own, from binaries that are found on the machine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

UNPRIVILEGED = "nobody"


def find_binaries() -> Path | None:
    """Give the folder with `initdb` and `pg_ctl`, or nothing where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found else None


@contextmanager
def run_postgresql(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a server until the end of the block; give the folder of its socket.

    Only a durable one waits for the disk at each commit, as a real one does.
    """
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        options = f"-k {folder} -h ''" + ("" if durable else " -F")
        _run([binaries / "initdb", "-D", data, "-A", "trust", "-U", "tests", "--no-sync"], folder, user)
        _run([binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], folder, user)
        try:
            yield str(folder)
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], folder, user)


def _run(command: list[str | Path], folder: Path, user: str | None) -> None:
    subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
