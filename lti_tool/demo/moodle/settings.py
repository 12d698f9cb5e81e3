"""What whoever starts a miniature decides."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

STOCK_ROLES: Final = MappingProxyType({"manager": 1, "editingteacher": 3, "teacher": 4, "student": 5})


class Welcome(StrEnum):
    """In whose name a course welcomes those who are enrolled by hand."""

    NOBODY = "nobody"
    """No mail is sent."""
    CONTACT = "contact"
    """A trainer's, Moodle's own choice for new courses: while there is none, no mail is sent."""
    NO_REPLY = "noreply"
    """The site's: everybody gets the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodleSettings:
    """One miniature's settings."""

    wwwroot: str
    """Scheme, host and port without a slash at the end; it is also the issuer."""
    database: str = "sqlite://"
    """An SQLAlchemy URL for SQLite: `sqlite://` is in memory, `sqlite:///path` a file."""
    clock: Callable[[], float] = time.time
    """Tells the time in seconds since 1970."""
    grade_point_max: int = 100
    """The site's highest maximum grade (Moodle's `gradepointmax`)."""
    share_names: bool = True
    """False: the administrator withholds names whatever a tool asks for."""
    share_email: bool = True
    """False: the administrator withholds e-mail addresses whatever a tool asks for."""
    max_input_vars: int = 1000
    """PHP's own setting and its default: all but so many form variables and one more are dropped."""
    role_ids: Mapping[str, int] = field(default_factory=lambda: STOCK_ROLES)
    """Numbers of the roles by their short names."""
    welcome: Welcome = Welcome.NO_REPLY
    """What new courses do; the default is the one that mails most."""
    folds_texts: bool = False
    """Whether rows are found as on MySQL and MariaDB: without regard to capitals, accents and spaces at the end."""
    shared_addresses: bool = False
    """Whether several accounts may have one e-mail address (Moodle's `allowaccountssameemail`)."""
    filters_languages: bool = False
    """Whether of what is in several languages pages show one, headings too (the filter Multi-Language Content)."""
    debugging: bool = False
    """Whether errors tell their reasons."""
    maintenance: bool = False
    """Whether only administrators are let in; the full kind of maintenance is the fault 503."""
    private_key_pem: str = ""
    """The site's signing key; one is made when left out, which takes a tenth of a second."""
