"""Who is who, and what can't be told: pure.

A person is found by idnumber, then by username, then by e-mail address, normalised. When two accounts answer to one
person, or one account to two, nobody is guessed: the clash is shown and whoever it concerns is left alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moodle_sync.state import Person, folded, same

GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that is left alone until somebody has looked at it: its kind, its key, and why."""

    kind: str
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that deserves a look, and is done all the same: its kind, its key, and what there is to say."""

    kind: str
    key: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account in Moodle; None is what nobody knows of it."""

    id: int
    username: str
    firstname: str = ""
    lastname: str = ""
    email: str = ""
    idnumber: str = ""
    lang: str | None = None
    auth: str | None = None
    suspended: bool | None = None
    profile: tuple[tuple[str, str], ...] = ()
    """The site's own profile fields that aren't empty, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What Moodle showed of an account, by which it is known again."""

    username: str
    idnumber: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The accounts that are never touched."""

    usernames: frozenset[str] = frozenset()
    owner: int = 0
    """The account of the token."""

    def covers(self, account: Account) -> bool:
        """Tell whether an account is one of them."""
        return account.id == self.owner or account.username == GUEST or account.username in self.usernames


@dataclass(frozen=True, slots=True)
class Identities:
    """The accounts of those who were found, by the keys of people, and the clashes."""

    accounts: Mapping[str, Account]
    conflicts: tuple[Conflict, ...]
    claimed: frozenset[int] = frozenset()
    """The numbers of all accounts that answer to somebody, clashes included."""


def identify(people: Mapping[str, Person], accounts: Iterable[Account], protection: Protection) -> Identities:
    """Find everybody's account."""
    index = _Index(accounts)
    found = {key: index.of(people[key]) for key in sorted(people)}
    claims = Counter(account.id for matches in found.values() for account in matches)
    matched: dict[str, Account] = {}
    conflicts: list[Conflict] = []
    for key, matches in found.items():
        clash = _clash(people[key], matches, claims, protection)
        if clash:
            conflicts.append(Conflict("person", key, clash))
        elif matches:
            matched[key] = matches[0]
    return Identities(matched, tuple(conflicts), frozenset(claims))


def by_email_only(person: Person, account: Account) -> bool:
    """Tell whether nothing but the e-mail address says that an account is somebody's."""
    same_name = folded(account.username) == folded(person.username)
    same_number = folded(account.idnumber) == folded(person.idnumber or "") != ""
    return not (same_name or same_number)


class _Index:
    """The accounts by what they can be found by."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by: dict[tuple[str, str], list[Account]] = {}
        for account in {account.id: account for account in accounts}.values():
            for key in _keys(account.idnumber, account.username, account.email):
                self._by.setdefault(key, []).append(account)

    def of(self, person: Person) -> list[Account]:
        """List the accounts that answer to a person, each once, the surest first."""
        keys = _keys(person.idnumber, person.username, person.email)
        return list({account.id: account for key in keys for account in self._by.get(key, ())}.values())


def _keys(idnumber: str | None, username: str, email: str | None) -> list[tuple[str, str]]:
    """Give what finds somebody, in small letters: whose idnumber differs in capitals is found, and then a clash."""
    keys = [("idnumber", folded(idnumber or "")), ("username", folded(username)), ("email", folded(email or ""))]
    return [key for key in keys if key[1]]


def _clash(person: Person, matches: list[Account], claims: Mapping[int, int], protection: Protection) -> str | None:
    if len(matches) > 1:
        names = ", ".join(f"{account.username} (id {account.id})" for account in matches)
        return f"its idnumber, username and e-mail address belong to different accounts: {names}"
    if not matches:
        missing = [field for field in ("firstname", "lastname", "email") if not getattr(person, field)]
        return f"has no account, and the file has no {', '.join(missing)} to make one" if missing else None
    account = matches[0]
    if protection.covers(account):
        return f"is the account {account.username}, which is protected"
    if claims[account.id] > 1:
        return f"is the account {account.username}, and so is somebody else in the file"
    if person.idnumber and account.idnumber and same(account.idnumber) != same(person.idnumber):
        return f"is the account {account.username}, whose idnumber is {account.idnumber} and not {person.idnumber}"
    return None
