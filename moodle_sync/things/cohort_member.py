"""Who is in which cohort."""

from dataclasses import dataclass
from typing import Final

from moodle_sync.things.kind import Kind


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CohortMembership:
    """A person in a cohort of the whole site; the cohort's idnumber is its identity."""

    cohort: str
    person: str


COHORT_MEMBERS: Final[Kind[CohortMembership, frozenset[CohortMembership]]] = Kind("cohort member", frozenset())
