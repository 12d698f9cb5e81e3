"""What was read from Moodle, in our words: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from moodle_sync.site.found import Found
from moodle_sync.site.identity import Identities, Protection, Shown, by_email_only, identify
from moodle_sync.site.recognition import parted, remaining, strangers
from moodle_sync.site.seen.catalogue import VIEWS
from moodle_sync.site.seen.sight import Known, Sight
from moodle_sync.site.sharing import sharing
from moodle_sync.things.finding import Conflict, Remark
from moodle_sync.things.ids import Ids
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State

NOBODY: Mapping[int, str] = MappingProxyType({})
NOTHING: Mapping[int, Shown] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The state in scope, the numbers, who is inside a course by whatever way, and what can't be told."""

    state: State = field(default_factory=State)
    ids: Ids = field(default_factory=Ids)
    inside: frozenset[tuple[str, str]] = frozenset()
    """Course and person."""
    shown: Mapping[int, Shown] = field(default_factory=dict)
    """What Moodle calls them, by the numbers of all accounts that were seen."""
    strangers: frozenset[int] = frozenset()
    """Accounts that the journal knows, and that belong to others now."""
    conflicts: tuple[Conflict, ...] = ()
    remarks: tuple[Remark, ...] = ()


def observe(
    found: Found,
    desired: State,
    known: Known,
    others: Mapping[int, str] = NOBODY,
    shown: Mapping[int, Shown] = NOTHING,
) -> Observed:
    """Say what was found, under the keys of the desired state.

    `others` are accounts that the journal knows, with their usernames in the source: those whom it names no longer
    stand under these. `shown` is what Moodle showed of accounts before.
    """
    protection = Protection(usernames=known.protected, owner=found.owner)
    identities = identify(desired[PEOPLE], found.accounts.values(), protection)
    keys = {account.id: key for key, account in identities.accounts.items()}
    strange = strangers(identities, found.accounts, others, shown)
    keys |= remaining(found, others, desired, strange | identities.claimed, protection)
    sight = _sight(Sight(found=found, desired=desired, known=known, identities=identities, keys=keys))
    return Observed(
        state=sight.state,
        ids=sight.ids,
        inside=sight.inside,
        shown={
            n: Shown(account.username, account.idnumber) for n, account in found.accounts.items() if account.username
        },
        strangers=strange,
        conflicts=tuple(conflict for view in VIEWS for conflict in view.conflicts(sight)),
        remarks=(
            *(remark for view in VIEWS for remark in view.remarks(sight)),
            *_remarks(identities, desired, others),
            *sharing(identities, found.accounts.values(), desired[PEOPLE].values()),
            *parted(strange, found.accounts, others),
        ),
    )


def _sight(sight: Sight) -> Sight:
    """Learn all numbers, and then what there is."""
    for view in VIEWS:
        view.learn(sight)
    for view in VIEWS:
        sight = replace(sight, state=view.see(sight))
    return sight


def _remarks(identities: Identities, desired: State, others: Mapping[int, str]) -> Iterator[Remark]:
    """Name those who were found by their e-mail addresses only, until the journal knows the account as theirs."""
    for key, account in identities.accounts.items():
        if by_email_only(desired[PEOPLE][key], account) and others.get(account.id) != key:
            message = (
                f"found by the e-mail address only, as the account {account.username}; "
                "if that is somebody else's, correct the address"
            )
            yield Remark("person", key, message, "found by the address")
