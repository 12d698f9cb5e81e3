"""Who is who, and what can't be told: pure.

A person is found by idnumber, then by username, then by e-mail address, normalised. When two accounts answer to one
person, or one account to two, nobody is guessed: the clash is shown and whoever it concerns is left alone. People may
share an address: only who is found by nothing else must be the only one who has it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from moodle_sync.sameness import folded, same
from moodle_sync.things.account import Person
from moodle_sync.things.finding import Conflict

GUEST = "guest"


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
    """Find everybody's account: whose idnumber or username is known is looked for by the address no more."""
    index = _Index(accounts)
    known = {key: index.known(people[key]) for key in sorted(people)}
    taken = {account.id for matches in known.values() for account in matches}
    found = {key: matches + index.others(people[key], matches, taken) for key, matches in known.items()}
    claims = Counter(account.id for matches in found.values() for account in matches)
    matched: dict[str, Account] = {}
    conflicts: list[Conflict] = []
    for key, matches in found.items():
        clash = _clash(people[key], matches, claims, protection)
        if clash:
            conflicts.append(Conflict("person", key, *clash))
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
            for key in (*_keys(account.idnumber, account.username), *_address(account.email)):
                self._by.setdefault(key, []).append(account)

    def known(self, person: Person) -> list[Account]:
        """List the accounts that have a person's idnumber or username, each once, the surest first."""
        return self._of(_keys(person.idnumber, person.username))

    def others(self, person: Person, known: list[Account], taken: Set[int]) -> list[Account]:
        """List the accounts that have a person's address, and may be theirs: nobody else's, and nothing says better.

        Where people share an address, the account that is known has it too, or gets it because of its idnumber.
        """
        if known and (_has_address(known[0], person) or _has_idnumber(known[0], person)):
            return []
        return [account for account in self._of(_address(person.email)) if account.id not in taken]

    def _of(self, keys: list[tuple[str, str]]) -> list[Account]:
        return list({account.id: account for key in keys for account in self._by.get(key, ())}.values())


def _keys(idnumber: str | None, username: str) -> list[tuple[str, str]]:
    """Give what finds somebody, in small letters: whose idnumber differs in capitals is found, and then a clash."""
    keys = [("idnumber", folded(idnumber or "")), ("username", folded(username))]
    return [key for key in keys if key[1]]


def _address(email: str | None) -> list[tuple[str, str]]:
    return [("email", folded(email))] if email else []


def _has_address(account: Account, person: Person) -> bool:
    return folded(account.email) == folded(person.email or "")


def _has_idnumber(account: Account, person: Person) -> bool:
    return bool(person.idnumber) and same(account.idnumber) == same(person.idnumber or "")


def _several(person: Person, matches: list[Account]) -> tuple[str, str]:
    names = ", ".join(f"{account.username} (id {account.id})" for account in matches)
    if all(by_email_only(person, account) for account in matches):
        message = f"its e-mail address is that of several accounts: {names}; write the username of one of them"
        return message, "several accounts with the address"
    return f"its idnumber, username and e-mail address belong to different accounts: {names}", "different accounts"


def _clash(
    person: Person, matches: list[Account], claims: Mapping[int, int], protection: Protection
) -> tuple[str, str] | None:
    """Say what stands in the way, and what it has in common with others."""
    if len(matches) > 1:
        return _several(person, matches)
    if not matches:
        missing = [field for field in ("firstname", "lastname", "email") if not getattr(person, field)]
        return (f"has no account, and the file has no {', '.join(missing)} to make one", "") if missing else None
    account = matches[0]
    if protection.covers(account):
        return f"is the account {account.username}, which is protected", "protected"
    if claims[account.id] > 1:
        return f"is the account {account.username}, and so is somebody else in the file", "claimed twice"
    if person.idnumber and account.idnumber and same(account.idnumber) != same(person.idnumber):
        message = f"is the account {account.username}, whose idnumber is {account.idnumber} and not {person.idnumber}"
        return message, "another idnumber"
    return None
