"""`lti-tool`, run as those who run the tool do, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from lti_tool.database import migrate
from tests.lti_tool.making import make_app
from tests.lti_tool.platform import Platform
from tests.lti_tool.ticking import Ticker

SCRIPT = Path(sys.executable).with_name("lti-tool")
PASSPHRASE = "a passphrase for tests"


class Shell:
    """A folder, and an environment in which the commands run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder / 'tool.sqlite3'}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PUBLIC_URL": "https://tool.example.org",
            "KEYS_PASSPHRASE": PASSPHRASE,
            "DATABASE_URL": self.database,
        }

    def run(self, *arguments: str, typed: str = "", **environment: str | None) -> tuple[int, str, str]:
        """Run a command; give its exit code, its output and its errors."""
        changed = {**self.environment, **environment}
        done = subprocess.run(
            [SCRIPT, *arguments],
            env={name: value for name, value in changed.items() if value is not None},
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def migrated(shell: Shell) -> Shell:
    """Give a shell whose database has its tables and its key."""
    migrate(shell.database)
    with make_app(shell.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE).app_context():
        return shell


def register(shell: Shell, deployment_id: str = "1") -> None:
    """Make a platform known, which waits for approval."""
    app = make_app(shell.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE)
    Platform("https://moodle.example.org").register(app, approved=False, deployment_id=deployment_id)


def states(shell: Shell) -> list[str]:
    """Tell the states of registrations and deployments, as they are in the database."""
    engine = create_engine(shell.database)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT state FROM registrations UNION ALL SELECT state FROM deployments"))
        found = [str(row[0]) for row in rows]
    engine.dispose()
    return found
