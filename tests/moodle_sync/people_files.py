"""Files of people, for the tests of both of their forms."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.people import People, read_people

MADRID = ZoneInfo("Europe/Madrid")
TODAY = datetime(2026, 3, 1, tzinfo=MADRID)
NO_ADDRESS = (
    "isn't an e-mail address that Moodle takes: it must be like name@example.org, without accents, spaces or two dots "
    "in a row"
)
COURSES = {"TOT": "tot", "ADV": "advanced"}


def read(folder: Path, text: str | bytes, name: str = "people.csv") -> People:
    """Write a file and read it."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_people(file, COURSES, TODAY)


def problems(folder: Path, text: str | bytes, name: str = "people.csv") -> list[str]:
    """Write a file that is refused, and give what is said."""
    with pytest.raises(InputRefused) as refused:
        read(folder, text, name)
    return [str(problem) for problem in refused.value.problems]
