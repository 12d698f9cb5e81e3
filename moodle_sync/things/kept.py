"""The fields that the sync keeps as they are written: what somebody changed in Moodle since then is left to them.

Three sides are compared: the file, what was applied last, and Moodle. Where the file says what it said then, and Moodle
something else, somebody changed it there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from moodle_sync.sameness import same
from moodle_sync.things.applied import Applied
from moodle_sync.things.change import Change, Field
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.finding import Remark
from moodle_sync.things.kind import Kind
from moodle_sync.things.page import Line, Page
from moodle_sync.things.thing import Thing

FIELDS: Final[Kind[Field, Mapping[Field, str]]] = Kind("field", {})
"""What was written into fields when they were last applied, or was there as wanted."""
LEFT: Final = (
    'changed in Moodle since it was last written, and left so; changed_in_moodle = "overwrite" in the configuration '
    "lets the file win"
)

FOUND: Final = (
    "it was there before the sync wrote anything into it, so nobody knows whose it is, and it is left so; "
    'changed_in_moodle = "overwrite" in the configuration lets the file win'
)

GONE: Final = (
    "the configuration names it no longer, so it is kept no more; what Moodle has of it stays with all that is in it, "
    "until somebody hides or deletes it under Site administration > Courses > Manage courses and categories"
)
TOLD: Final = "gone"
"""The field that says of what the configuration no longer names that somebody was told."""


def holding(kind: str, key: str, values: Mapping[str, str]) -> Applied:
    """Say what stands in fields of a thing."""
    return Applied().having(FIELDS, {(kind, key, name): value for name, value in values.items()})


def last(sides: Comparison, field: Field) -> str | None:
    """Give what was last written into a field, if anything was."""
    return sides.applied[FIELDS].get(field)


def by_hand(sides: Comparison, kind: str, key: str, change: Change) -> bool:
    """Tell whether the file says of a field what was last written, so that somebody else changed it in Moodle."""
    written = last(sides, (kind, key, change.field))
    return written is not None and same(written) == same(change.after)


def is_left(sides: Comparison, kind: str, key: str, change: Change) -> bool:
    """Tell whether a field stays as somebody made it in Moodle."""
    return not sides.options.file_wins and by_hand(sides, kind, key, change)


def left(kind: str, key: str, what: str, cause: str, why: str = LEFT) -> Remark:
    """Show what stays in Moodle other than the file has it."""
    return Remark(kind, key, f"{what}: {why}", cause, differs=True)


def drift(kind: str, key: str, change: Change, why: str = LEFT) -> Remark:
    """Show a field that stays in Moodle other than the file has it."""
    return left(
        kind, key, f'{change.field} is "{change.before}" and not "{change.after}"', f"{change.field}: {why}", why
    )


def reason(sides: Comparison, kind: str, key: str, field: str) -> str:
    """Say why a field stays as it is: the journal knows what was written into it, or it doesn't."""
    return FOUND if last(sides, (kind, key, field)) is None else LEFT


def parted(sides: Comparison, kind: str, named: Collection[str]) -> list[str]:
    """List what the sync kept, the configuration names no longer, and nobody was told of."""
    fields = sides.applied[FIELDS]
    held = {key for of, key, _ in fields if of == kind}
    return sorted(key for key in held - set(named) if (kind, key, TOLD) not in fields)


def farewells(sides: Comparison, kind: str, named: Collection[str]) -> Iterator[Remark]:
    """Say once that something is kept no more, and where it is."""
    return (Remark(kind, key, GONE) for key in parted(sides, kind, named))


def taken_leave(sides: Comparison, kind: str, named: Collection[str]) -> dict[Field, str]:
    """Say of what nobody has to be told again."""
    return {(kind, key, TOLD): "told" for key in parted(sides, kind, named)}


def returned(sides: Comparison, kind: str, named: Collection[str]) -> Applied:
    """Let go that somebody was told of what is back: it may go again."""
    back = {(kind, key, TOLD) for key in named} & sides.applied[FIELDS].keys()
    return Applied().having(FIELDS, {field: sides.applied[FIELDS][field] for field in back})


def unheld(sides: Comparison, kind: str, key: str, values: Mapping[str, str]) -> dict[Field, str]:
    """Give what the journal doesn't hold yet of the fields of a thing."""
    held = sides.applied[FIELDS]
    return {(kind, key, name): value for name, value in values.items() if held.get((kind, key, name)) != value}


def as_wanted(
    sides: Comparison,
    kind: str,
    wanted: Mapping[str, Mapping[str, str]],
    differences: Callable[[Comparison, str], Iterable[Change]],
) -> Applied:
    """Take over the fields of things that are there as wanted, by their keys."""
    fields: dict[Field, str] = {}
    for key, values in wanted.items():
        others = {change.field for change in differences(sides, key)}
        fields |= unheld(sides, kind, key, {name: value for name, value in values.items() if name not in others})
    return Applied().having(FIELDS, fields)


def _lines(applied: Applied) -> Iterator[Line]:
    return ((field, (value,)) for field, value in applied[FIELDS].items())


def _holding(lines: Iterable[Line]) -> Applied:
    return Applied().having(FIELDS, {(kind, thing, name): str(value) for (kind, thing, name), (value,) in lines})


PAGE: Final = Page(
    table="fields",
    key=("kind", "thing", "field"),
    rest={"value": "TEXT NOT NULL"},
    since=4,
    lines=_lines,
    holding=_holding,
)
KEPT: Final = Thing(name="field", actions=(), page=PAGE)
