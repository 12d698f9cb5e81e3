"""Who is to get an account with an e-mail address that others have: Moodle makes it on some sites only; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from moodle_sync.sameness import folded
from moodle_sync.site.identity import Account, Identities
from moodle_sync.things.account import Person
from moodle_sync.things.finding import Remark


def sharing(identities: Identities, accounts: Iterable[Account], people: Iterable[Person]) -> Iterator[Remark]:
    """Name those who have no account yet and share an address, with each other or with accounts that are there."""
    told = identities.accounts.keys() | {conflict.key for conflict in identities.conflicts}
    new = [person for person in people if person.username not in told]
    if not new:
        return
    having = Counter(folded(account.email) for account in accounts)
    having.update(folded(person.email or "") for person in new)
    for person in new:
        address = folded(person.email or "")
        if address and having[address] > 1:
            message = (
                f"is to get an account with the e-mail address {address}, which others have too: Moodle makes it only "
                "where accounts may have the same one; see Site administration > Plugins > Authentication > Manage "
                "authentication"
            )
            yield Remark("person", person.username, message, "a shared address")
