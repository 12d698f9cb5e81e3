"""The token: from the environment, a file of its own or a prompt, never from an argument or the configuration."""

import os
import re
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import click

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.text import read_bytes

VARIABLE = "MOODLE_TOKEN"
FORM = re.compile(r"[0-9A-Za-z]{16,128}")
OTHERS = stat.S_IRWXG | stat.S_IRWXO
Ask: TypeAlias = Callable[[], str | None]
"""Asks somebody for the token; None: nobody is there to be asked."""


def ask_on_terminal() -> str | None:
    """Ask whoever sits at the terminal, without showing what they type."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return str(click.prompt("Moodle's token (it isn't shown)", hide_input=True, err=True))


def read_token(file: Path | None, environment: Mapping[str, str], ask: Ask = ask_on_terminal) -> str:
    """Read the token from the environment, else from its file, which only its owner may read; without both, ask."""
    given = environment.get(VARIABLE, "").strip()
    if given:
        return _checked(VARIABLE, given)
    if file is not None:
        return _checked(file.name, _read_own(file))
    typed = ask()
    if typed is None:
        raise _refusal(
            VARIABLE,
            "is not set, and the configuration names no token_file: Moodle shows the token once, "
            "in Site administration > Server > Web services > Manage tokens",
        )
    return _checked("the token", typed.strip())


def _read_own(file: Path) -> str:
    data = read_bytes(file)
    if os.name == "posix" and file.stat().st_mode & OTHERS:
        raise _refusal(file.name, f"can be read by others: chmod 600 {file.name}")
    return data.decode("utf-8-sig", errors="replace").strip()


def _checked(source: str, token: str) -> str:
    if not FORM.fullmatch(token):
        raise _refusal(source, "doesn't hold a token of Moodle's: copy it again, letters and digits only")
    return token


def _refusal(source: str, message: str) -> InputRefused:
    return InputRefused([Problem(source, 0, "", message)])
