"""Compares what Moodle said was done with what is there afterwards, field by field: pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from moodle_sync.journal.records import Fate
from moodle_sync.journal.runs import Failure
from moodle_sync.multilang import told_apart
from moodle_sync.things.account import PROFILE
from moodle_sync.things.action import Action, Alteration
from moodle_sync.things.applied import Altered, Applied, all_of
from moodle_sync.things.change import Aim, Field
from moodle_sync.things.state import State

LOST: Final = "Moodle said that it was done, but it isn't there"
REMAINS: Final = "still in the course, by another method that stays active: see Participants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What isn't as it should be after a run, though Moodle refused nothing of it."""

    lost: tuple[Action, ...] = ()
    """What isn't there; the journal doesn't say so either, and the next run does it again."""
    altered: tuple[tuple[Action, Altered], ...] = ()
    """The fields that Moodle kept as something else; they are left so."""
    remaining: tuple[Action, ...] = ()
    """Whoever was suspended or unenrolled by these is still in."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Say it as the journal has it, by action."""
        made: dict[Action, list[str]] = {}
        for action, altered in self.altered:
            made.setdefault(action, []).append(told(altered))
        for action in self.remaining:
            made.setdefault(action, []).append(REMAINS)
        lost = (Failure(action, LOST, Fate.LOST) for action in self.lost)
        return (*lost, *(Failure(action, "; ".join(said), Fate.ALTERED) for action, said in made.items()))

    @property
    def not_held(self) -> Applied:
        """Say what the journal must not hold: nobody was enrolled, and no section has its name."""
        return all_of(action.keeps() for action in self.lost if action.untold)

    @property
    def kept(self) -> Applied:
        """Say what the journal is to keep: what Moodle made of fields."""
        return Applied(altered=frozenset(altered for _, altered in self.altered))


def told(altered: Altered) -> str:
    """Say what Moodle made of a field."""
    written, kept = told_apart(altered.written, altered.kept)
    return f'{altered.field}: "{written}" was written, and Moodle keeps "{kept}"'


def compare(
    done: Sequence[Action],
    later: Iterable[Action],
    state: State,
    remaining: Sequence[Action] = (),
) -> Afterwards:
    """Compare what was done with what a plan of afterwards would do, and with the state that was found then."""
    still = set(later)
    kept = _unmet(still) | dict(pair for action in done for pair in action.kept_otherwise(state))
    lost = {action for action in done if _is_lost(action, still, kept)}
    return Afterwards(
        lost=tuple(action for action in done if action in lost),
        altered=tuple((action, one) for action in done if action not in lost for one in _altered(action, kept)),
        remaining=tuple(action for action in remaining if action not in lost),
    )


def _unmet(later: Iterable[Action]) -> dict[Field, str]:
    """Give what the fields hold that are still to be changed."""
    changes = (action for action in later if isinstance(action, Alteration))
    return {(kind, key, change.field): change.before for action in changes for kind, key, change in action.aims()}


def _is_lost(action: Action, still: Collection[Action], kept: Mapping[Field, str]) -> bool:
    """Tell whether nothing came of an action; of changes that is told by their fields."""
    gone = action in still and not isinstance(action, Alteration)
    return gone or any(_untouched(aim, kept) for aim in action.aims())


def _untouched(aim: Aim, kept: Mapping[Field, str]) -> bool:
    """Tell whether a field is as it was; of a site's own fields Moodle takes what it likes, and that isn't lost."""
    kind, key, change = aim
    return not change.field.startswith(PROFILE) and kept.get((kind, key, change.field)) == change.before


def _altered(action: Action, kept: Mapping[Field, str]) -> Iterator[Altered]:
    for kind, key, change in action.aims():
        there = kept.get((kind, key, change.field))
        if there is not None:
            yield Altered(kind=kind, key=key, field=change.field, written=change.after, kept=there)
