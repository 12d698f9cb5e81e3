"""Whose the accounts are that the journal knows: pure.

A site that was restored from a backup may give an account's number to somebody else. What the sync gave before must not
be taken away from them.
"""

from collections.abc import Iterator, Mapping, Set

from moodle_sync.sameness import same
from moodle_sync.site.found import Found
from moodle_sync.site.identity import Account, Identities, Protection, Shown
from moodle_sync.things.finding import Remark
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State


def strangers(
    identities: Identities, accounts: Mapping[int, Account], known: Mapping[int, str], shown: Mapping[int, Shown]
) -> frozenset[int]:
    """Find the accounts that belong to others now than to those whom the journal knows there.

    `known` are the source's usernames by number, `shown` is what Moodle showed. An account is theirs still where the
    source finds them there; else where it doesn't find them elsewhere, and Moodle shows the same idnumber or username.
    """
    keys = {account.id: key for key, account in identities.accounts.items()}
    return frozenset(
        number
        for number, key in known.items()
        if keys.get(number) != key
        and (number in keys or number not in identities.claimed)
        and (_is_elsewhere(number, key, keys, identities, shown) or is_renamed(accounts.get(number), shown.get(number)))
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
        and username not in desired[PEOPLE]
        and not protection.covers(found.accounts.get(number) or Account(id=number, username=username))
    }


def parted(strange: Set[int], accounts: Mapping[int, Account], known: Mapping[int, str]) -> Iterator[Remark]:
    """Name those whose account is somebody else's, or has another name: what it has is left to the administrator."""
    for number in sorted(strange & accounts.keys()):
        message = (
            f"had the account {number}, which is {accounts[number].username} now, so nothing that the sync gave it is "
            "taken away; if that is the same person, see in Moodle whether anything is too much. "
            "A suspension isn't lifted. The dates of enrolments are no longer known"
        )
        yield Remark("person", known[number], message, "another's account")


def _is_elsewhere(
    number: int, key: str, keys: Mapping[int, str], identities: Identities, shown: Mapping[int, Shown]
) -> bool:
    """Tell whether somebody has another account now, and theirs is nobody's in the source, or was never shown."""
    return key in identities.accounts and (number not in keys or number not in shown)


def is_renamed(account: Account | None, before: Shown | None) -> bool:
    """Tell whether an account has another username, and not the idnumber that it had; what isn't shown is unknown."""
    if account is None or before is None or account.username in ("", before.username):
        return False
    return not before.idnumber or same(account.idnumber) != same(before.idnumber)


def _nameless(found: Found) -> frozenset[int]:
    """Find the accounts that are in a course or a cohort without a username: nobody can tell whose they are."""
    met = found.accounts.keys() | {number for users in found.cohort_members.values() for number in users}
    return frozenset(number for number in met if number not in found.accounts or not found.accounts[number].username)
