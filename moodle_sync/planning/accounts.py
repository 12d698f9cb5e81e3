"""What a plan says of people's accounts: made and changed, never deleted."""

from collections.abc import Iterator

from moodle_sync.actions import Action, Change, ChangePerson, CreatePerson
from moodle_sync.planning.comparison import Comparison
from moodle_sync.state import PROFILE, Person, folded, same

FIELDS = ("firstname", "lastname", "email", "idnumber", "lang", "auth")
OPTIONAL = frozenset({"idnumber"})
"""What an account may lack, of its fields; where another seems empty, the token may not see it."""


def accounts(sides: Comparison) -> Iterator[Action]:
    """Make the accounts that are missing, and change the fields that the source manages and Moodle shows."""
    for key in sorted(sides.wanted.people):
        person, found = sides.wanted.people[key], sides.site.people.get(key)
        if found is None:
            yield CreatePerson(person)
            if person.suspended:
                yield ChangePerson(key, (Change("suspended", "0", "1"),))
        elif changes := tuple(_changes(person, found)):
            yield ChangePerson(key, changes)


def _changes(wanted: Person, found: Person) -> Iterator[Change]:
    yield from _field_changes(wanted, found)
    if None not in (wanted.suspended, found.suspended) and wanted.suspended != found.suspended:
        yield Change("suspended", _flag(found.suspended), _flag(wanted.suspended))
    if found.auth is not None:
        yield from _profile_changes(wanted, found)


def _field_changes(wanted: Person, found: Person) -> Iterator[Change]:
    for field in FIELDS:
        before, after = getattr(found, field) or "", getattr(wanted, field)
        manageable = field in OPTIONAL or (before and after)
        if after is not None and manageable and not _alike(field, before, after):
            yield Change(field, before, after)


def _profile_changes(wanted: Person, found: Person) -> Iterator[Change]:
    """Compare the site's own fields: whoever sees how somebody logs in sees them all, and Moodle leaves out empty ones.

    So what isn't there is empty only where `auth` is known.
    """
    there = dict(found.profile)
    for name, after in wanted.profile:
        before = there.get(name, "")
        if same(before) != same(after):
            yield Change(PROFILE + name, before, after)


def _flag(value: bool | None) -> str:  # noqa: FBT001  # a value, not a switch
    return "1" if value else "0"


def _alike(field: str, before: str, after: str) -> bool:
    return folded(before) == folded(after) if field == "email" else same(before) == same(after)
