"""The cohorts of the whole site; a cohort's idnumber is its identity."""

from typing import Final

from moodle_sync.things.kind import Kind

COHORTS: Final[Kind[str, frozenset[str]]] = Kind("cohort", frozenset())
