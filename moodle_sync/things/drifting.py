"""What somebody changed in Moodle since it was last applied, whatever the source says now."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from moodle_sync.sameness import same
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change, changes_line
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.finding import Drift
from moodle_sync.things.kept import FIELDS, TOLD

Values: TypeAlias = Mapping[str, str | None]
"""What stands in the fields of a thing; None is what Moodle doesn't show."""


def held_of(applied: Applied, kind: str) -> dict[str, dict[str, str]]:
    """Give what stands in the fields of all things of a kind, by their keys; not of those that are kept no more."""
    held: dict[str, dict[str, str]] = {}
    for (of, key, name), value in applied[FIELDS].items():
        if of == kind:
            held.setdefault(key, {})[name] = value
    return {key: values for key, values in held.items() if TOLD not in values}


def within(courses: Iterable[str], key: str) -> tuple[str, str] | None:
    """Take the key of something within a course apart, where it is one of these courses."""
    found = max((course for course in courses if key.startswith(f"{course}/")), key=len, default=None)
    return None if found is None else (found, key.removeprefix(f"{found}/"))


def changed_fields(
    sides: Comparison,
    kind: str,
    there: Callable[[str], Values | None],
    gone: str,
    told: Callable[[Change], Change] = lambda change: change,
) -> Iterator[Drift]:
    """Compare the fields of all things of a kind; `told` writes a change as people read it."""
    for key, held in sorted(held_of(sides.applied, kind).items()):
        found = there(key)
        if found is not None:
            for change in _changes(sides, kind, key, held, found):
                line = f"{kind} {key}: {changes_line([told(change)])}"
                yield Drift(kind, key, line, change.field, change.before, change.after)
        elif (kind, key) not in sides.left:
            yield Drift(kind, key, f"{kind} {key}: {gone}")


def _changes(sides: Comparison, kind: str, key: str, held: Mapping[str, str], there: Values) -> Iterator[Change]:
    """Compare what was last written with what is there; not what Moodle itself made another thing of."""
    for name, value in held.items():
        now = there.get(name)
        if now is not None and same(now) != same(value) and sides.tries(kind, key, Change(name, now, value)):
            yield Change(name, value, now)
