"""Looks what somebody changed in Moodle since it was last applied: it takes the site and the journal, and no source."""

from dataclasses import dataclass

from moodle_sync.journal.journal import Journal
from moodle_sync.planning.drifting import drifts, recall
from moodle_sync.settings import Access
from moodle_sync.site.observed import observe
from moodle_sync.site.reading import read
from moodle_sync.site.seen.sight import Known
from moodle_sync.things.finding import Conflict, Drift, Remark
from moodle_sync.things.person import PEOPLE
from moodle_sync.webservice.client import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Drifted:
    """What drifted, what couldn't be compared, and what deserves a look beside."""

    found: tuple[Drift, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]


def drift(client: Client, journal: Journal, access: Access) -> Drifted:
    """Read the site and compare; nothing is changed, neither there nor in the journal."""
    others = journal.people()
    known = recall(journal.applied({}))
    found = read(client, known, journal.cohorts(), others.keys())
    observed = observe(found, known, Known(protected=frozenset(access.protected)), others, journal.shown())
    keys = {number: key for key, number in observed.ids[PEOPLE].items()}
    applied = journal.applied(keys, observed.strangers)
    return Drifted(
        found=drifts(known, observed, applied, access.timezone),
        conflicts=observed.conflicts,
        remarks=observed.remarks,
    )
