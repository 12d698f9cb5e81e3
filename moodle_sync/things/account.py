"""What an account has, and how two compare, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from moodle_sync.sameness import folded, same
from moodle_sync.things.change import Change
from moodle_sync.things.dates import is_that_day, written

PROFILE: Final = "profile_field_"
"""How the site's own profile fields are told from the others, as in Moodle's upload: `profile_field_city`."""
FIELDS: Final = ("firstname", "lastname", "email", "idnumber", "lang", "auth")
OPTIONAL: Final = frozenset({"idnumber"})
"""What an account may lack, of its fields; where another seems empty, the token may not see it."""


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


def as_sent(person: Person, zone: str) -> Person:
    """Write the times in a new account's own fields as they are sent."""
    return replace(person, profile=tuple((name, written(value, "", zone)) for name, value in person.profile))


def field_changes(wanted: Person, found: Person) -> Iterator[Change]:
    """Compare what every account has."""
    for field in FIELDS:
        before, after = getattr(found, field) or "", getattr(wanted, field)
        manageable = field in OPTIONAL or (before and after)
        if after is not None and manageable and not alike(field, before, after):
            yield Change(field, before, after)


def profile_changes(wanted: Person, found: Person, zone: str) -> Iterator[Change]:
    """Compare the site's own fields: whoever sees how somebody logs in sees them all, and Moodle leaves out empty ones.

    So what isn't there is empty only where `auth` is known.
    """
    there = dict(found.profile)
    for name, value in wanted.profile:
        before = there.get(name, "")
        after = written(value, before, zone)
        if same(before) != same(after) and not is_that_day(before, after, zone):
            yield Change(PROFILE + name, before, after)


def flag(value: bool | None) -> str:  # noqa: FBT001  # a value, not a switch
    """Write a yes or no as Moodle does."""
    return "1" if value else "0"


def alike(field: str, before: str, after: str) -> bool:
    """Tell whether a field has the same value in other letters."""
    return folded(before) == folded(after) if field == "email" else same(before) == same(after)
