"""A small curriculum, written out for somebody to begin their own with."""

import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "example"


class ExampleRefused(Exception):
    """It can't be written there, and nothing was."""


def write_example(directory: Path) -> int:
    """Write it into a folder that is empty or isn't there yet; give how many files it has."""
    try:
        if directory.exists() and any(directory.iterdir()):
            message = f"{directory}: isn't empty: name a folder that is, or that isn't there yet."
            raise ExampleRefused(message)
        shutil.copytree(SMALL, directory, dirs_exist_ok=True)
    except OSError as error:
        message = f"{directory}: can't be written there: {error.strerror}."
        raise ExampleRefused(message) from error
    return sum(path.is_file() for path in SMALL.rglob("*"))
