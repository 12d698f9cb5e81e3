"""The token: from the environment or a file of its own, never from an argument or the configuration."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from moodle_sync.config import read_text
from moodle_sync.errors import InputRefused, Problem

VARIABLE = "MOODLE_TOKEN"
FORM = re.compile(r"[0-9A-Za-z]{16,128}")
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_token(file: Path | None, environment: Mapping[str, str]) -> str:
    """Read the token from the environment, else from its file, which nobody but its owner may read."""
    given = environment.get(VARIABLE, "").strip()
    if given:
        return _checked(VARIABLE, given)
    if file is None:
        raise _refusal(
            VARIABLE,
            "is not set, and the configuration names no token_file: Moodle shows the token once, "
            "in Site administration > Server > Web services > Manage tokens",
        )
    if os.name == "posix" and file.exists() and file.stat().st_mode & OTHERS:
        raise _refusal(file.name, f"can be read by others: chmod 600 {file.name}")
    return _checked(file.name, read_text(file).strip())


def _checked(source: str, token: str) -> str:
    if not FORM.fullmatch(token):
        raise _refusal(source, "doesn't hold a token of Moodle's: copy it again, letters and digits only")
    return token


def _refusal(source: str, message: str) -> InputRefused:
    return InputRefused([Problem(source, 0, "", message)])
