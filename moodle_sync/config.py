"""What the administrator decides: one file, `moodle-sync.toml`, and the token apart from it."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.readings import is_encoding
from moodle_sync.sameness import folded, loosely
from moodle_sync.tables import CategoryTable, CommunityTable, CourseTable, Table
from moodle_sync.text import read_bytes
from moodle_sync.webservice.client import LOOPBACK

Place: TypeAlias = tuple[int | str, ...]
"""A key in the file, as pydantic writes it."""
ONE_OF_THE_COURSES: Final = (
    "is that of one of the [[courses]], which people leave when their time there is over: take it out there, "
    "or give the community a course of its own"
)
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


def _site(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in url:
        message = "must be the site's own address, such as https://moodle.example.org"
        raise ValueError(message)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        message = "must begin with https:// (plain http would show the token to everybody on the way)"
        raise ValueError(message)
    return url.rstrip("/")


def _encoding(name: str) -> str:
    if not is_encoding(name):
        message = "must be an encoding's name, such as cp1253"
        raise ValueError(message)
    return name


def _timezone(name: str) -> str:
    if name not in available_timezones():
        message = "must be a time zone's name, such as Europe/Madrid"
        raise ValueError(message)
    return name


class NewAccounts(StrEnum):
    """How the owner of a new account gets in."""

    MAIL = "mail"
    """Moodle makes a password and mails it."""
    QUIET = "quiet"
    """Nobody is mailed: they come by single sign-on, or ask Moodle for a new password."""


class ChangedInMoodle(StrEnum):
    """What becomes of what somebody changed in Moodle of the curriculum since it was last written."""

    KEEP = "keep"
    """It stays, and every plan shows it."""
    OVERWRITE = "overwrite"
    """The file wins."""


class Settings(Table):
    """The whole file."""

    site: Annotated[str, AfterValidator(_site)]
    new_accounts: NewAccounts
    people: Path
    """The file of people, columns unless it ends in .yaml or .yml; paths are relative to the configuration's folder."""
    encoding: Annotated[str, AfterValidator(_encoding)] | None = None
    """What the file of people is written in, where that isn't UTF-8; nothing is guessed."""
    journal: Path = Path("moodle-sync.journal")
    """What the sync knows of its last run: an SQLite file that it makes itself."""
    token_file: Path | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    """The zone in which dates of the file of people are meant, and those of a plan shown."""
    protected: tuple[Annotated[str, AfterValidator(folded)], ...] = ("admin",)
    """Usernames that are never touched; guest and the token's owner never are."""
    roles: Mapping[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Numbers of roles by short name, where nobody in a course has them yet and they aren't as Moodle numbers them."""
    changed_in_moodle: ChangedInMoodle = ChangedInMoodle.KEEP
    categories: tuple[CategoryTable, ...] = ()
    courses: tuple[CourseTable, ...] = ()
    community: CommunityTable | None = None

    @property
    def places(self) -> tuple[CourseTable | CommunityTable, ...]:
        """Give all courses, the community's too."""
        return (*self.courses, self.community) if self.community else self.courses

    @property
    def file_wins(self) -> bool:
        """Tell whether what somebody changed in Moodle is written again."""
        return self.changed_in_moodle is ChangedInMoodle.OVERWRITE

    @property
    def zone(self) -> ZoneInfo:
        """Give the zone in which dates are meant and shown."""
        return ZoneInfo(self.timezone)

    def in_folder(self, folder: Path) -> Self:
        """Make the paths start where the file is."""
        token_file = folder / self.token_file if self.token_file else None
        paths = {"people": folder / self.people, "journal": folder / self.journal, "token_file": token_file}
        return self.model_copy(update=paths)


def read_settings(file: Path) -> tuple[Settings, list[Problem]]:
    """Read the file, and tell what its parts say wrongly of each other; InputRefused if it can't be read at all."""
    text = _read_text(file)
    try:
        settings = Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InputRefused([_syntax_problem(file, str(error))]) from error
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise InputRefused(_problem(file, text, detail["loc"], _advise(detail)) for detail in details) from None
    problems = [_problem(file, text, at, message) for at, message in _mismatches(settings)]
    return settings.in_folder(file.parent), problems


def mistake(file: Path, place: Place, message: str) -> Problem:
    """Say what is wrong with a key of a configuration that reads well in itself."""
    return _problem(file, _read_text(file), place, message)


def _read_text(file: Path) -> str:
    """Read the file's text, which must be UTF-8."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused([Problem(file.name, 0, "", "isn't UTF-8: save it in that encoding")]) from error


def _mismatches(settings: Settings) -> Iterator[tuple[Place, str]]:
    """Compare the parts of the file with each other."""
    if not settings.courses:
        yield ("courses",), "is missing: add at least one [[courses]]"
    above: set[str] = set()
    for place, category in enumerate(settings.categories):
        if category.parent and category.parent not in above:
            yield ("categories", place, "parent"), "must be the idnumber of a category above it in this file"
        above.add(category.idnumber)
    for place, course in enumerate(settings.courses):
        if course.category not in above:
            yield ("courses", place, "category"), "must be the idnumber of one of the [[categories]]"
        if course.starts and course.ends and course.ends <= course.starts:
            yield ("courses", place, "ends"), "must be later than starts"
    yield from _template_mismatches(settings)
    yield from _repeated("categories", "idnumber", [category.idnumber for category in settings.categories])
    yield from _repeated("courses", "idnumber", [course.idnumber for course in settings.courses])
    yield from _repeated("courses", "shortname", [course.shortname for course in settings.courses])
    if settings.community:
        yield from _community_mismatches(settings.community, settings.courses, above)


def _template_mismatches(settings: Settings) -> Iterator[tuple[Place, str]]:
    """Find templates that the sync itself would change."""
    own = {loosely(table.shortname) for table in settings.places}
    for place, course in enumerate(settings.courses):
        if course.template and loosely(course.template) in own:
            message = "must be the short name of a course in Moodle that isn't in this file: this one changes with it"
            yield ("courses", place, "template"), message
        if course.fill and not course.template:
            yield ("courses", place, "fill"), "takes a template: name one"


def _community_mismatches(
    community: CommunityTable, courses: Collection[CourseTable], categories: Collection[str]
) -> Iterator[tuple[Place, str]]:
    """Find a community that is a course which people leave: nobody could tell which of the two is meant."""
    if community.category not in categories:
        yield ("community", "category"), "must be the idnumber of one of the [[categories]]"
    for key in ("idnumber", "shortname"):
        if loosely(getattr(community, key)) in {loosely(getattr(course, key)) for course in courses}:
            yield ("community", key), ONE_OF_THE_COURSES


def _repeated(table: str, key: str, values: list[str]) -> Iterator[tuple[Place, str]]:
    for place, value in enumerate(values):
        if value in values[:place]:
            yield (table, place, key), "stands here again: each needs its own"
        elif loosely(value) in map(loosely, values[:place]):
            what = "only in capitals, accents or letters that nobody sees"
            yield (table, place, key), f"differs from an earlier one {what}: each needs its own"


def _syntax_problem(file: Path, message: str) -> Problem:
    found = re.search(r"at line (\d+), column (\d+)", message)
    what = f"isn't TOML: {message.split(' (at', maxsplit=1)[0]}"
    return Problem(file.name, int(found[1]) if found else 0, f"column {found[2]}" if found else "", what)


def _problem(file: Path, text: str, place: Place, message: str) -> Problem:
    dotted = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    return Problem(file.name, _line(text, place), dotted, message)


def _line(text: str, place: Place) -> int:
    """Find the line of a key, or of the table that it is missing in; 0: it is missing in the file."""
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


def _advise(detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    template = ADVICE.get(detail["type"], detail["msg"])
    return template.format_map(detail.get("ctx", {}))
