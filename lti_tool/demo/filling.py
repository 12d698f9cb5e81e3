"""Fills the miniature as an administrator would: with `moodle-sync`, another program, from a sample of files."""

import os
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

from lti_tool.errors import ConfigurationError

SAMPLE = files("lti_tool.demo") / "sample"
CONFIGURATION = "moodle-sync.toml"
PEOPLE = "people.csv"


def community_course() -> str:
    """Give the title of the community's course."""
    return str(tomllib.loads((SAMPLE / CONFIGURATION).read_text("utf-8"))["community"]["name"])


def fill(folder: Path, moodle: str, token: str) -> None:
    """Put the sample's courses and people into a site; the files are left in the folder, to be tried out."""
    configuration = folder / CONFIGURATION
    configuration.write_text(f'site = "{moodle}"\n{(SAMPLE / CONFIGURATION).read_text("utf-8")}', encoding="utf-8")
    (folder / PEOPLE).write_bytes((SAMPLE / PEOPLE).read_bytes())
    _sync(folder, token, "apply", "--yes")


def told_groups(folder: Path, token: str) -> bytes:
    """Give what the sync tells of the site's groups, which was filled from this folder."""
    return _sync(folder, token, "groups", "--json")


def _sync(folder: Path, token: str, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "moodle_sync", "--config", str(folder / CONFIGURATION), *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "CONTENT_DIR"}
    done = subprocess.run(  # noqa: S603  # our own program, with nothing of anybody's in its arguments
        command, env={**environment, "MOODLE_TOKEN": token}, capture_output=True, check=False
    )
    if done.returncode:
        message = f"The classroom could not be filled; moodle-sync said:\n{done.stderr.decode().strip()}"
        raise ConfigurationError(message)
    return done.stdout
