"""People's accounts: made and changed, never deleted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import ClassVar, Final

from moodle_sync.sameness import folded
from moodle_sync.things.account import FIELDS, PROFILE, Person, alike, as_sent, field_changes, flag, profile_changes
from moodle_sync.things.action import (
    NOWHERE,
    SITE,
    Action,
    Alteration,
    Creation,
    Looking,
    Loss,
    Mail,
    Making,
    Name,
    Scope,
    Step,
)
from moodle_sync.things.applied import Applied
from moodle_sync.things.back import Back
from moodle_sync.things.change import Aim, Change, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.dates import is_that_day
from moodle_sync.things.ids import Ids
from moodle_sync.things.kind import Kind
from moodle_sync.things.state import State
from moodle_sync.things.thing import Targets, Thing
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import CREATE_USERS, GET_USERS, UPDATE_USERS
from moodle_sync.webservice.replies import UserReply

AT_ONCE: Final = 200
"""Accounts asked for in one request."""


PEOPLE: Final[Kind[str, Mapping[str, Person]]] = Kind("person", {})
"""By username."""


@dataclass(frozen=True, slots=True)
class CreatePerson(Creation):
    """Make an account."""

    noun: ClassVar = "new accounts"
    step: ClassVar = Step(CREATE_USERS, "users")
    together: ClassVar = True
    mails: ClassVar = Mail.PASSWORD
    person: Person

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        person = self.person
        return f"person {person.username}: make an account for {person.firstname} {person.lastname}, {person.email}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        person = self.person
        fields = {
            "username": person.username,
            "firstname": person.firstname,
            "lastname": person.lastname,
            "email": person.email,
            "idnumber": person.idnumber or None,
            "lang": person.lang or None,
            "auth": person.auth or None,
            "customfields": [{"type": name, "value": value} for name, value in person.profile if value],
        }
        return {**fields, **making.credentials()}

    def names(self) -> tuple[Name, ...]:
        """Name the person."""
        return (("person", self.person.username),)

    def touches(self) -> frozenset[Name]:
        """Give the person and their address.

        Of two accounts with one address, made at once, Moodle sees neither when it looks whether the other is there.
        """
        return frozenset({("person", self.person.username), _address(self.person.email or "")})

    def lane(self) -> Name:
        """Give where accounts are."""
        return NOWHERE

    def makes(self) -> Name:
        """Give the person."""
        return "person", self.person.username

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        fields = [(name, getattr(self.person, name)) for name in FIELDS]
        fields += [(PROFILE + name, value) for name, value in self.person.profile]
        return (("person", self.person.username, Change(name, "", value)) for name, value in fields if value)

    def given(self) -> Iterator[tuple[str, str]]:
        """Give what Moodle may refuse of it."""
        yield "username", self.person.username
        yield from ((change.field, change.after) for _, _, change in self.aims())

    def found(self, looking: Looking) -> int | None:
        """Give its number, if it is there."""
        return looking.once(_usernames).get(folded(self.person.username))

    def learn(self, number: int, ids: Ids) -> None:
        """Keep its number."""
        ids[PEOPLE][self.person.username] = number

    def newcomer(self) -> tuple[str, str]:
        """Give the username and the idnumber."""
        return self.person.username, self.person.idnumber or ""


@dataclass(frozen=True, slots=True)
class ChangePerson(Alteration):
    """Change an account's fields."""

    noun: ClassVar = "changed accounts"
    step: ClassVar = Step(UPDATE_USERS, "users")
    together: ClassVar = True
    person: str
    changes: tuple[Change, ...]

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f"person {self.person}: {changes_line(self.changes)}"

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        own = {change.field: change.after for change in self.changes if not change.field.startswith(PROFILE)}
        profile = [
            {"type": change.field.removeprefix(PROFILE), "value": change.after}
            for change in self.changes
            if change.field.startswith(PROFILE)
        ]
        return {"id": making.ids[PEOPLE][self.person], **own, "customfields": profile}

    def names(self) -> tuple[Name, ...]:
        """Name the person."""
        return (("person", self.person),)

    def touches(self) -> frozenset[Name]:
        """Give the person, and an address that is new."""
        addresses = (_address(change.after) for change in self.changes if change.field == "email")
        return frozenset({("person", self.person), *addresses})

    def lane(self) -> Name:
        """Give where accounts are."""
        return NOWHERE

    def makes(self) -> Name:
        """Give the account as it shall be."""
        return "change", self.person

    def needs(self) -> tuple[Name, ...]:
        """Give the person."""
        return (("person", self.person),)

    def completes(self) -> Name:
        """Give the person: an account that is made may have to be suspended at once."""
        return "person", self.person

    def aims(self) -> Iterator[Aim]:
        """Name the fields that it writes."""
        return (("person", self.person, change) for change in self.changes)

    def is_held(self, change: Change, there: str, back: Back) -> bool:
        """Tell whether a field holds what was written: addresses in other letters, and dates as Moodle keeps them."""
        alike_there = alike(change.field, there, change.after)
        same_day = change.field.startswith(PROFILE) and is_that_day(there, change.after, back.sides.options.zone)
        return alike_there or same_day or Alteration.is_held(self, change, there, back)

    def loss(self, today: int) -> Scope | None:
        """Tell whether it suspends the account."""
        suspends = any(change.field == "suspended" and change.after == "1" for change in self.changes)
        return (SITE, Loss.ACCOUNTS) if suspends else None

    def is_done(self, looking: Looking) -> bool:
        """Tell whether the account shows all fields as written; what isn't seen is written once more, without harm."""
        account = looking.once(_accounts).get(looking.ids[PEOPLE][self.person])
        return account is not None and all(_shows(account, change) for change in self.changes)


def compare(sides: Comparison) -> Iterator[Action]:
    """Make the accounts that are missing, and change the fields that the source manages and Moodle shows."""
    for key in sorted(sides.wanted[PEOPLE]):
        person = sides.wanted[PEOPLE][key]
        if key not in sides.site[PEOPLE]:
            yield CreatePerson(as_sent(person, sides.options.zone))
            if person.suspended:
                yield ChangePerson(key, (Change("suspended", "0", "1"),))
        elif changes := tuple(change for change in differences(sides, key) if sides.tries("person", key, change)):
            yield ChangePerson(key, changes)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare an account with what the source says."""
    wanted, found = sides.wanted[PEOPLE].get(key), sides.site[PEOPLE].get(key)
    if wanted is None or found is None:
        return
    yield from field_changes(wanted, found)
    if None not in (wanted.suspended, found.suspended) and wanted.suspended != found.suspended:
        yield Change("suspended", flag(found.suspended), flag(wanted.suspended))
    if found.auth is not None:
        yield from profile_changes(wanted, found, sides.options.zone)


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of an account; a site's own that isn't there is empty where all of them are shown."""
    found = site[PEOPLE].get(key)
    if found is None:
        return None
    if field.startswith(PROFILE):
        return dict(found.profile).get(field.removeprefix(PROFILE), "") if found.auth is not None else None
    there: str | bool | None = getattr(found, field)
    return flag(there) if isinstance(there, bool) else there


def want(sides: Comparison) -> State:
    """Leave out whom a conflict concerns, and who would get an account with what the site doesn't have."""
    return State().having(PEOPLE, dict(_wanted(sides)))


def _wanted(sides: Comparison) -> Iterator[tuple[str, Person]]:
    for key, person in sides.desired[PEOPLE].items():
        without = replace(person, lang=None) if ("lang", person.lang) in sides.left else person
        without = replace(without, auth=None) if ("auth", person.auth) in sides.left else without
        if ("person", key) not in sides.left and (without is person or key in sides.site[PEOPLE]):
            yield key, without


def targets(desired: State, ids: Ids, applied: Applied) -> Mapping[str, str]:
    """Give everybody whom the source names or the journal knows."""
    del applied
    return {key: key for key in (*desired[PEOPLE], *ids[PEOPLE])}


def managed(applied: Applied) -> Iterator[Scope]:
    """Count whom the source named last time."""
    return ((SITE, Loss.ACCOUNTS) for _ in range(applied.rows or 0))


def _address(email: str) -> Name:
    return "address", folded(email)


def _usernames(looking: Looking) -> dict[str, int]:
    """Give the numbers of all accounts that the batch makes."""
    names = [folded(action.person.username) for action in looking.actions if isinstance(action, CreatePerson)]
    return {user.username: user.id for user in _users(looking, "username", names)}


def _accounts(looking: Looking) -> dict[int, UserReply]:
    """Give all accounts that the batch changes."""
    people = [action.person for action in looking.actions if isinstance(action, ChangePerson)]
    numbers = [looking.ids[PEOPLE][person] for person in people if person in looking.ids[PEOPLE]]
    return {user.id: user for user in _users(looking, "id", numbers)}


def _users(looking: Looking, name: str, values: Sequence[str | int]) -> Iterator[UserReply]:
    for start in range(0, len(values), AT_ONCE):
        yield from looking.ask(GET_USERS, field=name, values=values[start : start + AT_ONCE])


def _shows(account: UserReply, change: Change) -> bool:
    value = getattr(account, change.field, None)
    if change.field == "email" and isinstance(value, str):
        return folded(value) == folded(change.after)
    return bool(value == change.after)


PERSON: Final = Thing(
    name="person",
    actions=(CreatePerson, ChangePerson),
    want=want,
    compare=compare,
    differences=differences,
    value=value,
    managed=managed,
    targets=Targets(kind="person", keys=targets, spelled=folded),
)
