"""A plan for some targets only: what concerns them, and what that builds on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.sameness import folded, same
from moodle_sync.site.observed import Observed
from moodle_sync.things.action import NOWHERE, Action, Name
from moodle_sync.things.applied import Applied
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.course import COURSES
from moodle_sync.things.person import PEOPLE
from moodle_sync.things.state import State

SHOWN = 20
"""How many names an error lists."""


def refuse_unknown(targets: Iterable[str], desired: State, observed: Observed, applied: Applied) -> None:
    """Raise InputRefused, with a list of what there is, if a target is none."""
    problems = [
        problem for target in sorted(targets) if (problem := _problem(target, _known(desired, observed, applied)))
    ]
    if problems:
        raise InputRefused(problems)


def only(targets: frozenset[str], actions: Sequence[Action], desired: State) -> Iterator[Action]:
    """Choose what concerns the targets, with what it builds on; without targets everything."""
    if not targets:
        yield from actions
        return
    chosen = {_thing(target, desired) for target in targets}
    needed: set[Name] = set()
    kept: set[Action] = set()
    for action in reversed(actions):
        things = set(action.names())
        if things & chosen or action.makes() in needed:
            kept.add(action)
            needed |= things
    made = {action.makes() for action in kept}
    yield from (action for action in actions if action in kept or (action.completes() or NOWHERE) in made)


def _known(desired: State, observed: Observed, applied: Applied) -> Mapping[str, set[str]]:
    shortnames = {course.shortname for course in desired[COURSES].values()}
    return {
        "course": {*desired[COURSES], *shortnames},
        "person": {*desired[PEOPLE], *observed.ids[PEOPLE]},
        "cohort": {*desired[COHORTS], *(member.cohort for member in applied[COHORT_MEMBERS])},
    }


def _problem(target: str, known: Mapping[str, set[str]]) -> Problem | None:
    kind, _, name = target.partition(":")
    if kind not in known:
        return Problem("--target", 0, target, f"must be one of {', '.join(f'{kind}:…' for kind in known)}")
    if (folded(name) if kind == "person" else same(name)) in known[kind]:
        return None
    names = sorted(known[kind])
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    there = ", ".join(names[:SHOWN]) or "none"
    return Problem("--target", 0, target, f"there is no such {kind}: there are {there}{more}")


def _thing(target: str, desired: State) -> Name:
    kind, _, name = target.partition(":")
    if kind == "person":
        return kind, folded(name)
    if kind == "course" and same(name) not in desired[COURSES]:
        name = next(key for key, course in desired[COURSES].items() if course.shortname == same(name))
    return kind, same(name)
