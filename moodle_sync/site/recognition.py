"""Whose the accounts are that the journal knows: pure.

A site that was restored from a backup may give an account's number to somebody else. What the sync gave before must not
be taken away from them.
"""

from collections.abc import Iterator, Mapping, Set

from moodle_sync.site.identity import Account, Identities, Protection, Remark
from moodle_sync.site.reading import Found
from moodle_sync.state import State


def strangers(
    identities: Identities, accounts: Mapping[int, Account], known: Mapping[int, str], usernames: Mapping[int, str]
) -> frozenset[int]:
    """Find the accounts that belong to others now than to those whom the journal knows there.

    `known` are the source's usernames by number, `usernames` those that Moodle showed. An account is theirs still where
    the source finds them there; else where it doesn't find them elsewhere, and Moodle shows the same username.
    """
    keys = {account.id: key for key, account in identities.accounts.items()}
    return frozenset(
        number
        for number, key in known.items()
        if keys.get(number) != key
        and (number in keys or number not in identities.claimed)
        and (
            _is_elsewhere(number, key, keys, identities)
            or _is_renamed(accounts.get(number), usernames.get(number, key))
        )
    )


def remaining(
    found: Found, known: Mapping[int, str], desired: State, left_out: Set[int], protection: Protection
) -> dict[int, str]:
    """Keep those who can be told and are nobody in the source, and whose name isn't given to somebody else there."""
    untold = left_out | _nameless(found)
    return {
        number: username
        for number, username in sorted(known.items())
        if number not in untold
        and username not in desired.people
        and not protection.covers(found.accounts.get(number) or Account(id=number, username=username))
    }


def parted(strange: Set[int], accounts: Mapping[int, Account], known: Mapping[int, str]) -> Iterator[Remark]:
    """Name those whose account is somebody else's, or has another name: what it has is left to the administrator."""
    for number in sorted(strange & accounts.keys()):
        message = (
            f"had the account {number}, which is {accounts[number].username} now, so nothing that the sync gave it is "
            "taken away; if that is the same person, see in Moodle whether anything is too much"
        )
        yield Remark("person", known[number], message)


def _is_elsewhere(number: int, key: str, keys: Mapping[int, str], identities: Identities) -> bool:
    """Tell whether somebody has another account now, and theirs is nobody's in the source."""
    return number not in keys and key in identities.accounts


def _is_renamed(account: Account | None, username: str) -> bool:
    """Tell whether an account has another username than it had; of one that isn't shown nothing can be told."""
    return account is not None and account.username not in ("", username)


def _nameless(found: Found) -> frozenset[int]:
    """Find the accounts that are in a course or a cohort without a username: nobody can tell whose they are."""
    met = found.accounts.keys() | {number for users in found.cohort_members.values() for number in users}
    return frozenset(number for number in met if number not in found.accounts or not found.accounts[number].username)
