"""`lti-tool`, as those who run it meet it: exit code and whole output."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text

import content
from lti_tool.database import migrate
from lti_tool.lti.secrets import hashed
from tests.lti_tool.making import make_app
from tests.lti_tool.signing import Platform
from tests.lti_tool.ticking import Ticker
from tests.spec.tool import Tool

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

    def run(self, *arguments: str, **environment: str | None) -> tuple[int, str, str]:
        """Run a command; give its exit code, its output and its errors."""
        changed = {**self.environment, **environment}
        done = subprocess.run(
            [SCRIPT, *arguments],
            env={name: value for name, value in changed.items() if value is not None},
            cwd=self.folder,
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


def register(shell: Shell) -> None:
    """Make a platform known, which waits for approval."""
    Platform("https://moodle.example.org").register(
        make_app(shell.database, Ticker(), KEYS_PASSPHRASE=PASSPHRASE), approved=False
    )


def states(shell: Shell) -> list[str]:
    """Tell the states of registrations and deployments, as they are in the database."""
    engine = create_engine(shell.database)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT state FROM registrations UNION ALL SELECT state FROM deployments"))
        found = [str(row[0]) for row in rows]
    engine.dispose()
    return found


@pytest.mark.parametrize(
    "command", [["serve"], ["worker"], ["migrate"], ["invite"], ["platforms", "list"], ["keys", "list"]]
)
def test_every_missing_variable_is_named_at_once(shell: Shell, command: list[str]) -> None:
    result = shell.run(*command, PUBLIC_URL=None, KEYS_PASSPHRASE=None)

    assert result == (
        1,
        "",
        "Error: These environment variables need a value:\n  PUBLIC_URL: is not set\n  KEYS_PASSPHRASE: is not set\n",
    )


def test_every_mistake_in_the_curriculum_is_listed_and_nothing_is_started(shell: Shell) -> None:
    curriculum = shell.folder / "curriculum"
    shutil.copytree(Path(content.__file__).parent, curriculum)
    for name in ("needs-matrix", "power-interest-map"):
        (curriculum / "exercises" / name / "en.yaml").write_text("title: [\n")

    code, output, errors = shell.run("migrate", CONTENT_DIR=str(curriculum))

    first, *mistakes = errors.splitlines()
    assert (code, output) == (1, "")
    assert first == "Error: The curriculum has mistakes; nothing was started."
    assert [line.split(":")[0] for line in mistakes] == [
        "exercises/needs-matrix/en.yaml",
        "exercises/power-interest-map/en.yaml",
    ]
    assert not (shell.folder / "tool.sqlite3").exists()


@pytest.mark.parametrize(
    "command", [["serve"], ["worker"], ["invite"], ["platforms", "approve", "1"], ["keys", "rotate"]]
)
def test_a_database_that_is_not_migrated_is_refused(shell: Shell, command: list[str]) -> None:
    code, output, errors = shell.run(*command)

    assert (code, output) == (1, "")
    assert re.fullmatch(r"Error: The database is at migration none and needs \d+\. Run: lti-tool migrate\n", errors)


def test_a_database_that_cannot_be_reached_is_named_without_a_traceback(shell: Shell) -> None:
    code, output, errors = shell.run("migrate", DATABASE_URL="sqlite:////no/such/folder/tool.sqlite3")

    assert (code, output) == (1, "")
    assert errors == "Error: The database can't be used; look at DATABASE_URL. unable to open database file\n"


def test_migrating_makes_the_tables_and_the_keys_and_may_be_done_again(shell: Shell) -> None:
    results = [shell.run("migrate"), shell.run("migrate")]

    assert results == [(0, "The database is up to date.\n", "")] * 2
    engine = create_engine(shell.database)
    with engine.connect() as connection:
        states = connection.execute(text("SELECT state FROM tool_keys ORDER BY state")).scalars().all()
    engine.dispose()
    assert states == ["active", "next"]


@pytest.mark.parametrize("command", [["serve"], ["worker"], ["migrate"], ["keys", "rotate", "--now"]])
def test_another_passphrase_is_noticed_before_anything_starts(migrated: Shell, command: list[str]) -> None:
    result = migrated.run(*command, KEYS_PASSPHRASE="another passphrase")

    advice = "KEYS_PASSPHRASE does not open the tool's key. Set the passphrase that it was made with; "
    remedy = "if that is lost, this makes new keys: lti-tool keys rotate --revoke"
    assert result == (1, "", f"Error: {advice}{remedy}\n")


def test_an_invitation_is_printed_and_only_its_hash_kept(migrated: Shell) -> None:
    code, output, errors = migrated.run("invite", "--approve", "--days", "3")

    found = re.fullmatch(r"https://tool\.example\.org/lti/register\?invitation=([\w-]{43})\n", output)
    assert (code, errors) == (0, "")
    assert found
    engine = create_engine(migrated.database)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT token_hash, approves FROM invitations")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(hashed(found[1]), 1)]


@pytest.mark.parametrize("days", ["0", "91", "many"])
def test_an_invitation_lasts_between_a_day_and_ninety(shell: Shell, days: str) -> None:
    code, output, errors = shell.run("invite", "--days", days)

    assert (code, output) == (2, "")
    assert "Invalid value for '--days'" in errors


def test_platforms_are_listed_approved_and_suspended(migrated: Shell) -> None:
    register(migrated)
    results = [
        migrated.run("platforms", "list"),
        migrated.run("platforms", "approve", "1"),
        migrated.run("platforms", "suspend", "1"),
    ]

    assert results == [
        (0, "1\tpending\thttps://moodle.example.org\tclient-1\n", ""),
        (0, "Registration 1 is active.\n", ""),
        (0, "Registration 1 is suspended.\n", ""),
    ]
    assert states(migrated) == ["suspended", "suspended"]


def test_a_platform_that_is_not_there_cannot_be_approved(migrated: Shell) -> None:
    result = migrated.run("platforms", "approve", "7")

    assert result == (1, "", "Error: There is no registration 7. `lti-tool platforms list` shows them.\n")


MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
KID = "[0-9a-f]{32}"
ACTIVE_AND_NEXT = rf"({KID})\tactive\t{MOMENT}\t-\n({KID})\tnext\t{MOMENT}\t-\n"


def test_keys_are_listed_with_nothing_private(migrated: Shell) -> None:
    code, output, errors = migrated.run("keys", "list")

    assert (code, errors) == (0, "")
    assert re.fullmatch(ACTIVE_AND_NEXT, output)


def test_a_next_key_that_is_young_is_not_rotated_in(migrated: Shell) -> None:
    before = migrated.run("keys", "list")

    code, output, errors = migrated.run("keys", "rotate")

    assert (code, output) == (1, "")
    assert re.fullmatch(
        rf"Error: Platforms that keep our key set may not know the next key before {MOMENT}\. "
        r"Rotate then, or with --now, at the risk that they refuse us for a while\.\n",
        errors,
    )
    assert migrated.run("keys", "list") == before


def test_keys_rotate_at_once_where_that_is_wanted(migrated: Shell) -> None:
    before = re.fullmatch(ACTIVE_AND_NEXT, migrated.run("keys", "list")[1])
    assert before

    code, output, errors = migrated.run("keys", "rotate", "--now")

    after = re.fullmatch(rf"{ACTIVE_AND_NEXT}({KID})\tretiring\t{MOMENT}\t{MOMENT}\n", output)
    assert (code, errors) == (0, "")
    assert after
    assert (after[1], after[3]) == (before[2], before[1])
    assert migrated.run("keys", "list") == (0, output, "")


def test_every_key_is_replaced_where_the_passphrase_is_lost(migrated: Shell) -> None:
    before = re.fullmatch(ACTIVE_AND_NEXT, migrated.run("keys", "list")[1])
    assert before

    code, output, errors = migrated.run("keys", "rotate", "--revoke", KEYS_PASSPHRASE="another passphrase")

    after = re.fullmatch(ACTIVE_AND_NEXT, output)
    assert (code, errors) == (0, "")
    assert after
    assert set(before.groups()).isdisjoint(after.groups())
    assert migrated.run("migrate", KEYS_PASSPHRASE="another passphrase")[0] == 0


def test_a_demo_whose_port_is_taken_says_so(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        code, output, errors = shell.run("demo", "--port", str(port), PUBLIC_URL=None, KEYS_PASSPHRASE=None)

    assert (code, output) == (1, "")
    assert f"Port {port} of 127.0.0.1 is taken. Choose others: lti-tool demo --port … --tool-port …" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("argument", ["--help", "serve --help", "platforms --help", "keys rotate --help"])
def test_help_needs_no_settings(shell: Shell, argument: str) -> None:
    code, output, errors = shell.run(*argument.split(), PUBLIC_URL=None, KEYS_PASSPHRASE=None)

    assert (code, errors) == (0, "")
    assert output.startswith("Usage: lti-tool")


def test_no_query_is_written_into_the_log_of_the_server_which_ends_when_told(tmp_path: Path) -> None:
    tool = Tool(tmp_path)
    tool.command("migrate")
    tool.start()

    answer = requests.get(f"{tool.public_url}/lti/register?invitation=secret-words", timeout=30)
    tool.stop()

    assert answer.status_code == 400
    assert "GET /lti/register" in tool.log()
    assert "secret-words" not in tool.log()
