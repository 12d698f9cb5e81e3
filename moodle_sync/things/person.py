"""People's accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from moodle_sync.things.kind import Kind

PROFILE: Final = "profile_field_"
"""How the site's own profile fields are told from the others, as in Moodle's upload: `profile_field_city`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody's account; None is a field that nobody manages, an empty text one that is to be empty."""

    username: str
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    idnumber: str | None = None
    lang: str | None = None
    auth: str | None = None
    suspended: bool | None = None
    """Whether the account itself is suspended; enrolments have a status of their own."""
    profile: tuple[tuple[str, str], ...] = ()
    """The site's own profile fields that are managed, by short name, in order."""


PEOPLE: Final[Kind[str, Mapping[str, Person]]] = Kind("person", {})
"""By username."""
