"""What is missing or wrong is said before anything starts: settings, curriculum, database, passphrase, port."""

import re
import shutil
import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import content
from tests.lti_tool.commands.conftest import Shell


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
