"""Reads what the administrator decides: one file, `moodle-sync.toml`, and the token apart from it."""

import re
import tomllib
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.mismatches import mismatches
from moodle_sync.series import Keys, Place, line_of_run, place_of, with_runs
from moodle_sync.settings import Access, Settings
from moodle_sync.text import read_bytes

ADVICE: Final = {
    "enum": "must be {expected}",
    "extra_forbidden": "isn't known here: remove it or correct its name",
    "greater_than_equal": "must be at least {ge}",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "missing": "is missing: add it",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "is empty: write it",
    "string_type": "must be text in quotes",
    "tuple_type": "must be a list",
}


def read_access(file: Path) -> Access:
    """Read of the file what it takes to look at the site, whatever else stands in it."""
    text = _read_text(file)
    said = {key: value for key, value in _written(file, text).items() if key in Access.model_fields}
    try:
        return Access.model_validate(said).in_folder(file.parent)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise InputRefused(_problem(file, text, detail["loc"], advise(detail)) for detail in details) from None


def only_site(url: str) -> Access:
    """Give what it takes to look at a site of which nothing but the address is said."""
    try:
        return Access(site=url)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise InputRefused(Problem("--site", 0, url, advise(detail)) for detail in details) from None


def read_settings(file: Path) -> tuple[Settings, list[Problem]]:
    """Read the file, and tell what its parts say wrongly of each other; InputRefused if it can't be read at all."""
    text = _read_text(file)
    written = _written(file, text)
    settings = _settings(file, text, written)
    problems = [_course_problem(file, text, written, at, message) for at, message in mismatches(settings)]
    return settings.in_folder(file.parent), problems


def _written(file: Path, text: str) -> Keys:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputRefused([_syntax_problem(file, str(error))]) from error


def mistake(file: Path, place: Place, message: str) -> Problem:
    """Say what is wrong with a key of a configuration that reads well in itself."""
    text = _read_text(file)
    return _course_problem(file, text, tomllib.loads(text), place, message)


def _settings(file: Path, text: str, written: Keys) -> Settings:
    """Check each part in itself."""
    document, mistakes = with_runs(written)
    problems = [_problem(file, text, at, message) for at, message in mistakes]
    try:
        settings = Settings.model_validate(document)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems += [_course_problem(file, text, written, detail["loc"], advise(detail)) for detail in details]
        raise InputRefused(dict.fromkeys(problems)) from None
    if problems:
        raise InputRefused(problems)
    return settings


def _course_problem(file: Path, text: str, written: Keys, place: Place, message: str) -> Problem:
    """Say what is wrong, where it is written: a run of a series stands among the courses."""
    at, more = place_of(written, place, message)
    return _problem(file, text, at, more)


def _read_text(file: Path) -> str:
    """Read the file's text, which must be UTF-8."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused([Problem(file.name, 0, "", "isn't UTF-8: save it in that encoding")]) from error


def _syntax_problem(file: Path, message: str) -> Problem:
    found = re.search(r"at line (\d+), column (\d+)", message)
    what = f"isn't TOML: {message.split(' (at', maxsplit=1)[0]}"
    return Problem(file.name, int(found[1]) if found else 0, f"column {found[2]}" if found else "", what)


def _problem(file: Path, text: str, place: Place, message: str) -> Problem:
    dotted = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    return Problem(file.name, _line(text, place), dotted, message)


def _line(text: str, place: Place) -> int:
    """Find the line of a key, or of the table that it is missing in; 0: it is missing in the file."""
    if place[:1] == ("series",) and place[2:3] == ("runs",) and place[3:]:
        return line_of_run(text, place)
    steps = [step for step in place if isinstance(step, str)]
    nth = next((step for step in place if isinstance(step, int)), 0)
    inside, seen, found = len(steps) == 1, -1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            named = line.strip().strip("[]").strip() == steps[0]
            seen += named
            inside = named and seen == nth
            found = number if inside else found
        elif inside and re.match(rf"""\s*["']?{re.escape(steps[-1])}["']?\s*=""", line):
            return number
    return found


def advise(detail: ErrorDetails) -> str:
    """Say in our words what is wrong with a value."""
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    template = ADVICE.get(detail["type"], detail["msg"])
    return template.format_map(detail.get("ctx", {}))
