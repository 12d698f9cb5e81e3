"""What makes cohorts as the file has them, and what somebody changed in Moodle."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from moodle_sync.sameness import same
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change, Field
from moodle_sync.things.cohort import COHORTS, ChangeCohort, Cohort, CreateCohort, values
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.drifting import changed_fields, held_of
from moodle_sync.things.finding import Drift, Remark
from moodle_sync.things.kept import FIELDS, drift, is_left, last, unheld
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing

LOST: Final = "is gone, or has another ID number"


def want(sides: Comparison) -> State:
    """Leave out what can't be made; what is there stays where it is if its category is left alone."""
    return State().having(COHORTS, dict(_wanted(sides)))


def _wanted(sides: Comparison) -> Iterator[tuple[str, Cohort]]:
    for key, cohort in sides.desired[COHORTS].items():
        if ("cohort", key) not in sides.left:
            yield key, replace(cohort, category=None) if ("category", cohort.category) in sides.left else cohort


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, and change what the file changed."""
    for key, cohort in sorted(sides.wanted[COHORTS].items()):
        there = sides.site[COHORTS].get(key)
        if there is None:
            yield CreateCohort(key, cohort.name or "", cohort.category or "", cohort.description)
        elif there.rest and (changes := tuple(one for one in differences(sides, key) if _is_written(sides, key, one))):
            yield ChangeCohort(key, changes, there.rest)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is written: not what somebody changed in Moodle, nor what Moodle made of it itself."""
    return sides.tries("cohort", key, change) and not is_left(sides, "cohort", key, change)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a cohort with what the configuration says; where it stands, only once that was said."""
    wanted, found = sides.wanted[COHORTS].get(key), sides.site[COHORTS].get(key)
    if wanted and found:
        there = values(found)
        for name, after in values(wanted).items():
            unsaid = name == "category" and not after and last(sides, ("cohort", key, name)) is None
            if name in there and same(there[name]) != same(after) and not unsaid:
                yield Change(name, there[name], after)


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    fields: dict[Field, str] = {}
    for key, cohort in sides.wanted[COHORTS].items():
        there = values(sides.site[COHORTS].get(key, Cohort(idnumber=key)))
        alike = {name: value for name, value in values(cohort).items() if same(there.get(name, "")) == same(value)}
        fields |= unheld(sides, "cohort", key, {name: value for name, value in alike.items() if name in there})
    return Applied().having(FIELDS, fields)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle."""
    for key in sorted(sides.wanted[COHORTS]):
        for change in differences(sides, key):
            if sides.tries("cohort", key, change) and not _is_written(sides, key, change):
                yield drift("cohort", key, change)


def recall(applied: Applied, state: State) -> State:
    """Look for the cohorts that were described, where their places are told."""
    held = held_of(applied, "cohort").items()
    known = {
        key: Cohort(idnumber=key, name=one.get("name", key), category=one.get("category", "")) for key, one in held
    }
    return state.having(COHORTS, known)


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed since it was last applied."""
    site = sides.site[COHORTS]
    return changed_fields(sides, "cohort", lambda key: values(site[key]) if key in site else None, LOST)


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of a cohort."""
    found = site[COHORTS].get(key)
    return values(found).get(field) if found else None


COHORT: Final = Thing(
    name="cohort",
    actions=(CreateCohort, ChangeCohort),
    want=want,
    compare=compare,
    adopt=adopt,
    differences=differences,
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
