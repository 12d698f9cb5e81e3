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


LINE = "1\t{state}\thttps://moodle.example.org\tclient-1\t{deployment}\thttps://moodle.example.org/keys\n"


def test_platforms_are_listed_approved_and_suspended(migrated: Shell) -> None:
    register(migrated)
    results = [
        migrated.run("platforms", "list"),
        migrated.run("platforms", "approve", "1"),
        migrated.run("platforms", "suspend", "1"),
        migrated.run("platforms", "list"),
    ]

    assert results == [
        (0, LINE.format(state="pending", deployment="-") + LINE.format(state="pending", deployment="1"), ""),
        (0, "Registration 1 is active.\n", ""),
        (0, "Registration 1 is suspended.\n", ""),
        (0, LINE.format(state="suspended", deployment="-") + LINE.format(state="active", deployment="1"), ""),
    ]


def test_a_sites_largest_grade_is_entered(migrated: Shell) -> None:
    register(migrated)

    results = [migrated.run("platforms", "largest-grade", *given)[:2] for given in (("1", "50"), ("9", "50"))]

    assert results == [(0, "Registration 1 gets exercises with at most 50 points.\n"), (1, "")]


@pytest.mark.parametrize("grade", ["0", "10001", "x"])
def test_a_largest_grade_is_one_that_moodle_can_have(migrated: Shell, grade: str) -> None:
    register(migrated)

    assert migrated.run("platforms", "largest-grade", "1", grade)[0] == 2


def test_a_deployment_is_approved_and_suspended_on_its_own(migrated: Shell) -> None:
    register(migrated)
    register(migrated, deployment_id="2")

    results = [
        migrated.run("platforms", "approve", "1", "--deployment", "2"),
        migrated.run("platforms", "approve", "1"),
        migrated.run("platforms", "suspend", "1", "--deployment", "1"),
        migrated.run("platforms", "approve", "1"),
    ]

    still = "Registration 1 itself is pending: none of its deployments can be used.\n"
    assert results == [
        (0, "Deployment 2 of registration 1 is active.\n" + still, ""),
        (0, "Registration 1 is active.\n", ""),
        (0, "Deployment 1 of registration 1 is suspended.\n", ""),
        (0, "Registration 1 is active.\n", ""),
    ]
    assert states(migrated) == ["active", "suspended", "active"]


@pytest.mark.parametrize("command", ["approve", "suspend"])
def test_a_deployment_that_is_not_there_cannot_be_decided_on(migrated: Shell, command: str) -> None:
    register(migrated)

    result = migrated.run("platforms", command, "1", "--deployment", "9")

    assert result == (1, "", "Error: Registration 1 has no deployment 9. `lti-tool platforms list` shows them.\n")
    assert states(migrated) == ["pending", "pending"]


def test_what_a_platform_calls_itself_can_neither_fake_a_line_nor_speak_to_the_terminal(migrated: Shell) -> None:
    register(migrated, deployment_id="2\n1\tactive\x1b[2J\u202e")

    code, output, errors = migrated.run("platforms", "list")

    shown = output.splitlines()[1].split("\t")[4]
    assert (code, errors, len(output.splitlines())) == (0, "", 2)
    assert shown == r"2\n1\tactive\x1b[2J\u202e"
    assert migrated.run("platforms", "approve", "1", "--deployment", shown)[0] == 0
    assert states(migrated) == ["pending", "active"]


@pytest.mark.parametrize("command", ["approve", "suspend", "remove"])
def test_a_platform_that_is_not_there_cannot_be_decided_on(migrated: Shell, command: str) -> None:
    result = migrated.run("platforms", command, "7")

    assert result == (1, "", "Error: There is no registration 7. `lti-tool platforms list` shows them.\n")


KEPT = (
    "https://moodle.example.org, client id client-1. The site has people: 0, courses: 0, activities: 0. "
    "They and their work are kept.\n"
)


@pytest.mark.parametrize(
    ("arguments", "typed", "result", "left"),
    [
        (["--yes"], "", (0, KEPT + "Registration 1 is removed.\n", ""), ["removed", "removed"]),
        (
            [],
            "y\n",
            (0, KEPT + "Remove registration 1? [y/N]: Registration 1 is removed.\n", ""),
            ["removed", "removed"],
        ),
        ([], "n\n", (1, KEPT + "Remove registration 1? [y/N]: ", "Aborted!\n"), ["pending", "pending"]),
        ([], "", (1, KEPT + "Remove registration 1? [y/N]: ", "Aborted!\n"), ["pending", "pending"]),
    ],
)
def test_a_registration_is_removed_once_it_was_confirmed(
    migrated: Shell, arguments: list[str], typed: str, result: tuple[int, str, str], left: list[str]
) -> None:
    register(migrated)

    assert migrated.run("platforms", "remove", "1", *arguments, typed=typed) == result
    assert states(migrated) == left


# Registration by hand

BY_HAND = ("https://93.184.216.34", "client-9", "5")
"""An address that needs no name looked up."""


def endpoints(shell: Shell) -> list[tuple[str | None, ...]]:
    engine = create_engine(shell.database)
    with engine.connect() as connection:
        names = "authorization_endpoint, token_endpoint, token_audience, jwks_uri"
        found = [tuple(row) for row in connection.execute(text(f"SELECT {names} FROM registrations"))]
    engine.dispose()
    return found


def test_a_moodle_is_registered_by_hand_and_may_be_used_at_once(migrated: Shell) -> None:
    results = [migrated.run("platforms", "add", *BY_HAND) for _ in range(2)]

    moodle = "https://93.184.216.34/mod/lti"
    assert results == [(0, "Registration 1 is active.\n", "")] * 2
    assert endpoints(migrated) == [(f"{moodle}/auth.php", f"{moodle}/token.php", None, f"{moodle}/certs.php")]
    assert states(migrated) == ["active", "active"]


def test_a_registration_by_hand_names_the_endpoints_of_another_platform_and_is_updated_in_place(
    migrated: Shell,
) -> None:
    migrated.run("platforms", "add", *BY_HAND)
    named = {name: f"https://93.184.216.35/{name}" for name in ("authorization-endpoint", "token-endpoint", "jwks-uri")}
    options = [word for name, url in named.items() for word in (f"--{name}", url)]

    result = migrated.run("platforms", "add", *BY_HAND, *options, "--token-audience", "everybody")

    authorization, token, keys = named.values()
    assert result == (0, "Registration 1 is active.\n", "")
    assert endpoints(migrated) == [(authorization, token, "everybody", keys)]


def test_a_registration_by_hand_lifts_no_suspension_and_says_how(migrated: Shell) -> None:
    migrated.run("platforms", "add", *BY_HAND)
    migrated.run("platforms", "suspend", "1")

    code, output, errors = migrated.run("platforms", "add", *BY_HAND)

    assert (code, errors) == (0, "")
    assert output == (
        "Registration 1 is suspended.\nIt was suspended before. Let it be used with: lti-tool platforms approve 1\n"
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ["http://93.184.216.34", "client-9", "5"],
            "http://93.184.216.34 can't be used: http://93.184.216.34 does not use https. Nothing was registered.",
        ),
        (
            [*BY_HAND, "--jwks-uri", "http://93.184.216.34/keys"],
            (
                "http://93.184.216.34/keys can't be used: http://93.184.216.34/keys does not use https. "
                "Nothing was registered."
            ),
        ),
        (
            ["https://10.0.0.1", "client-9", "5"],
            "https://10.0.0.1 can't be used: 10.0.0.1 is not a public address. Nothing was registered.",
        ),
        (
            ["moodle", "client-9", "5"],
            "moodle can't be used: what was given is not a plain web address. Nothing was registered.",
        ),
        (
            ["https://93.184.216.34", "", "x" * 256],
            (
                "This can't be used: client_id, deployment_id. Each must be text of at most 255 characters "
                "(addresses: 2,000)."
            ),
        ),
    ],
)
def test_what_cannot_be_registered_by_hand_is_named(migrated: Shell, arguments: list[str], error: str) -> None:
    assert migrated.run("platforms", "add", *arguments) == (1, "", f"Error: {error}\n")
    assert states(migrated) == []


def test_private_addresses_are_registered_where_development_allows_them(migrated: Shell) -> None:
    result = migrated.run("platforms", "add", "http://10.0.0.1", "client-9", "5", ALLOW_PRIVATE_PLATFORMS="1")

    assert result == (0, "Registration 1 is active.\n", "")


def test_what_to_enter_in_moodle_is_printed_in_its_own_labels_and_order(migrated: Shell) -> None:
    code, output, errors = migrated.run("platforms", "settings")

    assert (code, errors) == (0, "")
    assert (
        output
        == """\
Tool name: MedTOWN
Tool URL: https://tool.example.org/lti/launch
Tool description: Co-production exercises and a community of practice
LTI version: LTI 1.3
Public key type: Keyset URL
Public keyset: https://tool.example.org/lti/keys
Initiate login URL: https://tool.example.org/lti/login
Redirection URI(s): https://tool.example.org/lti/launch
Custom parameters:
group_ids=$Moodle.Person.userGroupIds
context_history=$Context.id.history
timezone=$Person.address.timezone
Tool configuration usage: Show in activity chooser and as a preconfigured tool
Default launch container: Embed, without blocks
Supports Deep Linking (Content-Item Message): ticked
Content Selection URL: https://tool.example.org/lti/launch
Icon URL: https://tool.example.org/static/icon.svg
Secure icon URL: https://tool.example.org/static/icon.svg
IMS LTI Assignment and Grade Services: Use this service for grade sync and column management
IMS LTI Names and Role Provisioning: Use this service to retrieve members' information as per privacy settings
Share launcher's name with tool: Always
Share launcher's email with tool: Always
Accept grades from the tool: Always

Then, with what “View configuration details” shows on the tool's card:
lti-tool platforms add PLATFORM_ID CLIENT_ID DEPLOYMENT_ID
"""
    )


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
    assert "GET registration.ask" in tool.log()
    assert "secret-words" not in tool.log()
