"""A plan for some targets only: what concerns them, and what that builds on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.site.observed import Observed
from moodle_sync.things.action import NOWHERE, Action, Name
from moodle_sync.things.applied import Applied
from moodle_sync.things.catalogue import THINGS
from moodle_sync.things.state import State
from moodle_sync.things.thing import Targets

KINDS: Final[Mapping[str, Targets]] = {thing.targets.kind: thing.targets for thing in THINGS if thing.targets}
SHOWN = 20
"""How many names an error lists."""


def find(targets: Collection[str], desired: State, observed: Observed, applied: Applied) -> frozenset[Name]:
    """Find the targets; InputRefused, with a list of what there is, if one is none."""
    known = {kind: there.keys(desired, observed.ids, applied) for kind, there in KINDS.items()} if targets else {}
    problems = [problem for target in sorted(targets) if (problem := _problem(target, known))]
    if problems:
        raise InputRefused(problems)
    return frozenset((kind, known[kind][name]) for kind, name in map(_parts, targets))


def only(chosen: frozenset[Name], actions: Sequence[Action]) -> Iterator[Action]:
    """Choose what concerns the targets, with what it builds on; without targets everything."""
    if not chosen:
        yield from actions
        return
    needed: set[Name] = set()
    kept: set[Action] = set()
    for action in reversed(actions):
        things = set(action.names())
        if things & chosen or action.makes() in needed:
            kept.add(action)
            needed |= things
    made = {action.makes() for action in kept}
    yield from (action for action in actions if action in kept or (action.completes() or NOWHERE) in made)


def _problem(target: str, known: Mapping[str, Mapping[str, str]]) -> Problem | None:
    kind, name = _parts(target)
    if kind not in known:
        return Problem("--target", 0, target, f"must be one of {', '.join(f'{kind}:…' for kind in known)}")
    if name in known[kind]:
        return None
    names = sorted(known[kind])
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    there = ", ".join(names[:SHOWN]) or "none"
    return Problem("--target", 0, target, f"there is no such {kind}: there are {there}{more}")


def _parts(target: str) -> tuple[str, str]:
    """Part a target into a kind and a name, which is written as names of that kind are."""
    kind, _, name = target.partition(":")
    return kind, KINDS[kind].spelled(name) if kind in KINDS else name
