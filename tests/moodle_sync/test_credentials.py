"""The token: where it comes from, and who may see it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from moodle_sync.credentials import read_token
from moodle_sync.errors import InputRefused

TOKEN = "0123456789abcdef0123456789abcdef"
ASKING = """\
from moodle_sync.credentials import read_token
print(read_token(None, {}))
"""


def nobody() -> str | None:
    """Stand for nobody at the terminal."""
    return None


def own_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "token"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_the_token_comes_from_the_environment_first(tmp_path: Path) -> None:
    assert read_token(tmp_path / "token", {"MOODLE_TOKEN": f" {TOKEN}\n"}, nobody) == TOKEN


def test_the_token_comes_from_a_file_that_only_its_owner_may_read(tmp_path: Path) -> None:
    assert read_token(own_file(tmp_path, f"{TOKEN}\n"), {}, nobody) == TOKEN


def test_without_both_somebody_is_asked() -> None:
    assert read_token(None, {}, lambda: f"{TOKEN} ") == TOKEN


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_token_that_others_may_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = own_file(tmp_path, TOKEN, mode)

    with pytest.raises(InputRefused, match=r"^token: can be read by others: chmod 600 token$"):
        read_token(file, {}, nobody)


def test_a_token_file_that_is_not_there_is_named_and_nobody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"^token: is not there: make it, or name another$"):
        read_token(tmp_path / "token", {}, lambda: TOKEN)


def test_without_a_token_it_says_where_to_get_one() -> None:
    with pytest.raises(InputRefused, match=r"^MOODLE_TOKEN: is not set, and the configuration names no token_file"):
        read_token(None, {}, nobody)


@pytest.mark.parametrize("given", ["secret token!", "secret"])
def test_what_is_no_token_is_refused_and_not_told(tmp_path: Path, given: str) -> None:
    for file, environment, typed in (
        (None, {"MOODLE_TOKEN": given}, None),
        (own_file(tmp_path, given), {}, None),
        (None, {}, given),
    ):
        with pytest.raises(InputRefused, match=r"doesn't hold a token of Moodle's") as refused:
            read_token(file, environment, lambda typed=typed: typed)  # type: ignore[misc]  # it takes nothing

        assert "secret" not in str(refused.value)


def test_what_is_typed_at_a_terminal_is_not_shown() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ASKING], stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, start_new_session=True
    ) as program:
        asked = os.read(ours, 1000)
        while b"shown): " not in asked:
            asked += os.read(ours, 1000)
        os.write(ours, f"{TOKEN}\n".encode())
        printed, _ = program.communicate()
    os.close(theirs)
    shown = os.read(ours, 1000)
    os.close(ours)

    assert printed.decode().strip() == TOKEN
    assert asked.startswith(b"Moodle's token (it isn't shown): ")
    assert TOKEN.encode() not in shown


def test_without_a_terminal_nobody_is_asked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKING], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "MOODLE_TOKEN: is not set" in done.stderr
