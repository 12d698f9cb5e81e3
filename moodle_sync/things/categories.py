"""What makes categories as the file has them, and what somebody changed in Moodle."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from moodle_sync.sameness import same
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.category import CATEGORIES, Category, ChangeCategory, CreateCategory, values
from moodle_sync.things.change import Change
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.drifting import changed_fields, held_of
from moodle_sync.things.finding import Drift, Remark
from moodle_sync.things.kept import (
    FIELDS,
    drift,
    farewells,
    is_left,
    last,
    reason,
    returned,
    taken_leave,
    unheld,
)
from moodle_sync.things.state import State
from moodle_sync.things.thing import Thing

STUCK: Final = "can't come below {}, which somebody put below it in Moodle: move that out there first"
LOST: Final = "is gone, or has another ID number"


def want(sides: Comparison) -> State:
    """Leave out what conflicts concern."""
    desired = sides.desired[CATEGORIES].items()
    return State().having(CATEGORIES, {key: value for key, value in desired if ("category", key) not in sides.left})


def compare(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, parents first, and change what the file changed."""
    for key, category in sides.wanted[CATEGORIES].items():
        if key not in sides.site[CATEGORIES]:
            yield CreateCategory(category)
        elif changes := tuple(change for change in differences(sides, key) if _is_written(sides, key, change)):
            yield ChangeCategory(key, changes)


def _is_written(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is written: Moodle would refuse to put a category below itself."""
    return _is_meant(sides, key, change) and not (change.field == "parent" and key in sides.once(_stuck))


def _stuck(sides: Comparison) -> frozenset[str]:
    """Name those that can't come where the file has them, since somebody put that below them in Moodle."""
    above = {key: category.parent for key, category in {**sides.wanted[CATEGORIES], **sides.site[CATEGORIES]}.items()}
    stuck: set[str] = set()
    for key, category in sides.wanted[CATEGORIES].items():
        moved = (change for change in differences(sides, key) if change.field == "parent")
        if any(_is_meant(sides, key, change) for change in moved):
            if key in _line_above(category.parent, above):
                stuck.add(key)
            else:
                above[key] = category.parent
    return frozenset(stuck)


def _line_above(key: str, above: Mapping[str, str]) -> Iterator[str]:
    while key in above:
        yield key
        key = above[key]


def _is_meant(sides: Comparison, key: str, change: Change) -> bool:
    """Tell whether a field is to be written: not what nobody knows who made it so, nor what Moodle made of it."""
    if change.field == "idnumber":
        return sides.tries("category", key, change)
    asked = sides.options.file_wins or change.field == "description"
    known = asked or last(sides, ("category", key, change.field)) is not None
    return known and sides.tries("category", key, change) and not is_left(sides, "category", key, change)


def differences(sides: Comparison, key: str) -> Iterator[Change]:
    """Compare a category with what the source says; one made by hand may lack what finds it when it is renamed."""
    wanted, found = sides.wanted[CATEGORIES].get(key), sides.site[CATEGORIES].get(key)
    if wanted and found:
        if not found.idnumber:
            yield Change("idnumber", "", key)
        there = values(found)
        for name, after in values(wanted).items():
            if name in there and same(there[name]) != same(after):
                yield Change(name, there[name], after)


def adopt(sides: Comparison) -> Applied:
    """Take over what is there as wanted."""
    fields = taken_leave(sides, "category", sides.desired[CATEGORIES])
    for key, category in sides.wanted[CATEGORIES].items():
        if key in sides.site[CATEGORIES]:
            others = {change.field for change in differences(sides, key)}
            there = {name: value for name, value in values(category).items() if name not in others}
            fields |= unheld(sides, "category", key, there)
    return Applied().having(FIELDS, fields)


def forget(sides: Comparison) -> Applied:
    """Let go that somebody was told that it is gone, where it is back."""
    return returned(sides, "category", sides.desired[CATEGORIES])


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle or wrote there before the sync, and what is kept no more."""
    yield from farewells(sides, "category", sides.desired[CATEGORIES])
    for key in sides.wanted[CATEGORIES]:
        for change in differences(sides, key):
            if change.field == "parent" and key in sides.once(_stuck):
                yield Remark("category", key, STUCK.format(change.after), differs=True)
            elif sides.tries("category", key, change) and not _is_written(sides, key, change):
                yield drift("category", key, change, reason(sides, "category", key, change.field))


def value(site: State, key: str, field: str) -> str | None:
    """Read a field of a category."""
    found = site[CATEGORIES].get(key)
    return values(found).get(field) if found else None


def recall(applied: Applied, state: State) -> State:
    """Look for the categories that were applied."""
    held = held_of(applied, "category")
    known = {
        key: Category(idnumber=key, name=values.get("name", ""), parent=values.get("parent", ""))
        for key, values in held.items()
    }
    return state.having(CATEGORIES, known)


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show what somebody changed since it was last applied."""
    site = sides.site[CATEGORIES]
    return changed_fields(sides, "category", lambda key: values(site[key]) if key in site else None, LOST)


CATEGORY: Final = Thing(
    name="category",
    actions=(CreateCategory, ChangeCategory),
    want=want,
    compare=compare,
    adopt=adopt,
    forget=forget,
    differences=differences,
    value=value,
    remarks=remarks,
    recall=recall,
    drifted=drifted,
)
