"""What a plan says of people's accounts: made and changed, never deleted."""

from collections.abc import Iterator
from dataclasses import replace

from moodle_sync.actions import Action, Change, ChangePerson, CreatePerson
from moodle_sync.planning.comparison import Comparison
from moodle_sync.planning.dates import is_that_day, written
from moodle_sync.sameness import folded, same
from moodle_sync.things.person import PEOPLE, PROFILE, Person

FIELDS = ("firstname", "lastname", "email", "idnumber", "lang", "auth")
OPTIONAL = frozenset({"idnumber"})
"""What an account may lack, of its fields; where another seems empty, the token may not see it."""


def accounts(sides: Comparison) -> Iterator[Action]:
    """Make the accounts that are missing, and change the fields that the source manages and Moodle shows."""
    for key in sorted(sides.wanted[PEOPLE]):
        person = sides.wanted[PEOPLE][key]
        if key not in sides.site[PEOPLE]:
            yield CreatePerson(_as_sent(person, sides.options.zone))
            if person.suspended:
                yield ChangePerson(key, (Change("suspended", "0", "1"),))
        elif changes := tuple(change for change in differences(sides, key) if sides.tries("person", key, change)):
            yield ChangePerson(key, changes)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare an account with what the source says."""
    wanted, found = sides.wanted[PEOPLE].get(key), sides.site[PEOPLE].get(key)
    if wanted is None or found is None:
        return
    yield from _field_changes(wanted, found)
    if None not in (wanted.suspended, found.suspended) and wanted.suspended != found.suspended:
        yield Change("suspended", _flag(found.suspended), _flag(wanted.suspended))
    if found.auth is not None:
        yield from _profile_changes(wanted, found, sides.options.zone)


def _as_sent(person: Person, zone: str) -> Person:
    """Write the times in a new account's own fields as they are sent."""
    return replace(person, profile=tuple((name, written(value, "", zone)) for name, value in person.profile))


def _field_changes(wanted: Person, found: Person) -> Iterator[Change]:
    for field in FIELDS:
        before, after = getattr(found, field) or "", getattr(wanted, field)
        manageable = field in OPTIONAL or (before and after)
        if after is not None and manageable and not _alike(field, before, after):
            yield Change(field, before, after)


def _profile_changes(wanted: Person, found: Person, zone: str) -> Iterator[Change]:
    """Compare the site's own fields: whoever sees how somebody logs in sees them all, and Moodle leaves out empty ones.

    So what isn't there is empty only where `auth` is known.
    """
    there = dict(found.profile)
    for name, value in wanted.profile:
        before = there.get(name, "")
        after = written(value, before, zone)
        if same(before) != same(after) and not is_that_day(before, after, zone):
            yield Change(PROFILE + name, before, after)


def _flag(value: bool | None) -> str:  # noqa: FBT001  # a value, not a switch
    return "1" if value else "0"


def _alike(field: str, before: str, after: str) -> bool:
    return folded(before) == folded(after) if field == "email" else same(before) == same(after)
