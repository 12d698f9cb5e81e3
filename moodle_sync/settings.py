"""What the administrator decides, as the programs have it once it is read."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field

from moodle_sync.readings import is_encoding
from moodle_sync.sameness import folded
from moodle_sync.series import runs_of
from moodle_sync.tables import (
    CategoryTable,
    CohortTable,
    CommunityTable,
    CourseTable,
    GroupingTable,
    GroupTable,
    Table,
)
from moodle_sync.webservice.client import LOOPBACK


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
