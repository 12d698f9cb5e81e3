"""What the administrator decides: one file, `moodle-sync.toml`, and the token apart from it."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.readings import is_encoding
from moodle_sync.sameness import folded, loosely
from moodle_sync.series import Keys, Place, line_of_run, place_of, runs_of, with_runs
from moodle_sync.tables import (
    CategoryTable,
    CohortTable,
    CommunityTable,
    CourseTable,
    GroupingTable,
    GroupTable,
    Table,
    seconds,
)
from moodle_sync.text import read_bytes
from moodle_sync.webservice.client import LOOPBACK

ONE_OF_THE_COURSES: Final = (
    "is that of one of the [[courses]], which people leave when their time there is over: take it out there, "
    "or give the community a course of its own"
)
OF_NO_COURSE: Final = "must be the idnumber of one of the courses, or of the community"
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


class Access(Table):
    """What it takes to look at a site; paths are relative to the configuration's folder."""

    site: Annotated[str, AfterValidator(_site)]
    journal: Path = Path("moodle-sync.journal")
    """What the sync knows of its last run: an SQLite file that it makes itself."""
    token_file: Path | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    """The zone in which dates of the file of people are meant, and those of a plan shown."""
    protected: tuple[Annotated[str, AfterValidator(folded)], ...] = ("admin",)
    """Usernames that are never touched; guest and the token's owner never are."""

    @property
    def zone(self) -> ZoneInfo:
        """Give the zone in which dates are meant and shown."""
        return ZoneInfo(self.timezone)

    def in_folder(self, folder: Path) -> Self:
        """Make the paths start where the file is."""
        token_file = folder / self.token_file if self.token_file else None
        return self.model_copy(update={"journal": folder / self.journal, "token_file": token_file})


class Settings(Access):
    """The whole file."""

    new_accounts: NewAccounts
    people: Path
    """The file of people, columns unless it ends in .yaml or .yml."""
    encoding: Annotated[str, AfterValidator(_encoding)] | None = None
    """What the file of people is written in, where that isn't UTF-8; nothing is guessed."""
    content: Path | None = None
    """The folder of the curriculum; without it that of the environment, or the packaged one."""
    roles: Mapping[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Numbers of roles by short name, where nobody in a course has them yet and they aren't as Moodle numbers them."""
    changed_in_moodle: ChangedInMoodle = ChangedInMoodle.KEEP
    categories: tuple[CategoryTable, ...] = ()
    courses: tuple[CourseTable, ...] = ()
    """Those of the series too, behind the others."""
    series: tuple[Mapping[str, object], ...] = ()
    """Runs of courses, as they are written; each is one of the courses."""
    groups: tuple[GroupTable, ...] = ()
    groupings: tuple[GroupingTable, ...] = ()
    cohorts: tuple[CohortTable, ...] = ()
    community: CommunityTable | None = None

    @property
    def places(self) -> tuple[CourseTable | CommunityTable, ...]:
        """Give all courses, the community's too."""
        return (*self.courses, self.community) if self.community else self.courses

    @property
    def runs(self) -> tuple[CourseTable, ...]:
        """Give the courses that are runs of a series."""
        return self.courses[len(self.courses) - len(runs_of({"series": self.series})) :]

    @property
    def file_wins(self) -> bool:
        """Tell whether what somebody changed in Moodle is written again."""
        return self.changed_in_moodle is ChangedInMoodle.OVERWRITE

    def in_folder(self, folder: Path) -> Self:
        """Make the paths start where the file is."""
        content = folder / self.content if self.content else None
        return super().in_folder(folder).model_copy(update={"people": folder / self.people, "content": content})


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
    problems = [_course_problem(file, text, written, at, message) for at, message in _mismatches(settings)]
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


def _mismatches(settings: Settings) -> Iterator[tuple[Place, str]]:
    """Compare the parts of the file with each other."""
    if not settings.courses:
        yield ("courses",), "is missing: add at least one [[courses]], or [[series]]"
    above: set[str] = set()
    for place, category in enumerate(settings.categories):
        if category.parent and category.parent not in above:
            yield ("categories", place, "parent"), "must be the idnumber of a category above it in this file"
        above.add(category.idnumber)
    for place, course in enumerate(settings.courses):
        if course.category not in above:
            yield ("courses", place, "category"), "must be the idnumber of one of the [[categories]]"
        ends = seconds(course.ends, settings.zone) if course.ends else 0
        if course.starts and ends and ends <= seconds(course.starts, settings.zone):
            yield ("courses", place, "ends"), "must be later than starts"
        yield from ((("courses", place, key), message) for key, message in course.language_mistakes())
    yield from _cohort_mismatches(settings.cohorts, above)
    yield from _group_mismatches(settings.groups, {place.idnumber for place in settings.places})
    yield from _grouping_mismatches(settings.groupings, settings)
    yield from _template_mismatches(settings)
    yield from _repeated("categories", "idnumber", [category.idnumber for category in settings.categories])
    yield from _repeated("courses", "idnumber", [course.idnumber for course in settings.courses])
    yield from _repeated("courses", "shortname", [course.shortname for course in settings.courses])
    if settings.community:
        yield from _community_mismatches(settings.community, settings.courses, above)


def _cohort_mismatches(cohorts: Sequence[CohortTable], categories: Collection[str]) -> Iterator[tuple[Place, str]]:
    for place, cohort in enumerate(cohorts):
        if cohort.category and cohort.category not in categories:
            yield ("cohorts", place, "category"), "must be the idnumber of one of the [[categories]]"
    yield from _repeated("cohorts", "idnumber", [cohort.idnumber for cohort in cohorts])


def _group_mismatches(groups: Sequence[GroupTable], courses: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Find groups of no course, and two that people would take for one."""
    for place, group in enumerate(groups):
        if group.course not in courses:
            yield ("groups", place, "course"), OF_NO_COURSE
        others = [other for other in groups if other.course == group.course and other is not group]
        if loosely(group.idnumber) in {loosely(other.name) for other in others}:
            yield ("groups", place, "idnumber"), "is the name of another group there: choose another"
    for key in ("idnumber", "name"):
        yield from _repeated("groups", key, [f"{group.course}/{getattr(group, key)}" for group in groups])


def _grouping_mismatches(groupings: Sequence[GroupingTable], settings: Settings) -> Iterator[tuple[Place, str]]:
    """Find groupings of no course, and groups that aren't there."""
    courses = {place.idnumber for place in settings.places}
    for place, grouping in enumerate(groupings):
        if grouping.course not in courses:
            yield ("groupings", place, "course"), OF_NO_COURSE
        known = {group.idnumber for group in settings.groups if group.course == grouping.course}
        for name in sorted(set(grouping.groups) - known):
            yield (
                ("groupings", place, "groups"),
                f'"{name}" must be the idnumber of one of the [[groups]] of the course',
            )
    for key in ("idnumber", "name"):
        yield from _repeated("groupings", key, [f"{one.course}/{getattr(one, key)}" for one in groupings])


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
