"""What makes the sections of a course as the file has them, and what somebody changed in Moodle."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from moodle_sync.multilang import told
from moodle_sync.sameness import same
from moodle_sync.things.action import Action
from moodle_sync.things.applied import Applied
from moodle_sync.things.arrangement import Arrangement, arrange
from moodle_sync.things.change import Change, Field, in_words
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Remark
from moodle_sync.things.kept import FIELDS, LEFT, by_hand, drift, is_left, last, left, unheld
from moodle_sync.things.order import misplaced, moves
from moodle_sync.things.section import PAGE, SECTIONS, AddSection, Module, NameSection, Section, key_of
from moodle_sync.things.section_changes import VISIBLE, MoveSection, RenameSection, ShowSection
from moodle_sync.things.section_drift import drifted
from moodle_sync.things.thing import Thing

STAYS: Final = (
    "belongs to a module that the file no longer has, and stays until somebody hides or deletes it: on the course's "
    "page, with Edit mode on, in the menu of the section"
)


def compare(sides: Comparison) -> Iterator[Action]:
    """Add what is missing and name what has no name; call, move, hide and show the others as the file says."""
    for key in sorted(sides.wanted[COURSES]):
        arranged = sides.once(arrange, key)
        there = len(arranged.sections)
        yield from (AddSection(key, place) for place in arranged.places.values() if place > there)
        for module in arranged.missing:
            yield NameSection(key, arranged.places[module.id], module.name, arranged.format, module.id)
        yield from _renames(sides, arranged)
        yield from sides.once(_moves, key)
        yield from _shown(sides, arranged)


def _renames(sides: Comparison, arranged: Arrangement) -> Iterator[Action]:
    for module, number, change in _other_names(arranged):
        if not is_left(sides, "section", key_of(arranged.course, module), change):
            yield RenameSection(arranged.course, module, number, change.before, change.after, arranged.format)


def _other_names(arranged: Arrangement) -> Iterator[tuple[str, int, Change]]:
    for module in arranged.modules:
        section = arranged.found.get(module.id)
        if section and same(section.name) != same(module.name):
            yield module.id, max(section.number, 0), Change("name", section.name, module.name)


def _shown(sides: Comparison, arranged: Arrangement) -> Iterator[Action]:
    for module, change in _other_looks(arranged):
        if not is_left(sides, "section", key_of(arranged.course, module.id), change):
            number = max(arranged.found[module.id].number, 0) if module.id in arranged.found else 0
            yield ShowSection(arranged.course, module.id, module.name, bool(module.visible), number)


def _other_looks(arranged: Arrangement) -> Iterator[tuple[Module, Change]]:
    """Compare what is shown; what is made is shown at first."""
    for module in arranged.modules:
        section = arranged.found.get(module.id)
        before = section.visible if section else True
        if module.visible not in (None, before) and module not in arranged.gone:
            yield module, Change("visible", VISIBLE[before], VISIBLE[not before])


def _moves(sides: Comparison, key: str) -> tuple[Action, ...]:
    """Move what is new to its place, and the others where the file has another order than it had."""
    arranged = sides.once(arrange, key)
    wanted = [module for module in arranged.modules if module not in arranged.gone]
    moved = _moved(sides, arranged, [module.id for module in wanted])
    names = {module.id: module.name for module in wanted}
    strange = {f"/{section.number}": section.name for section in arranged.sections}
    numbers = {module: max(section.number, 0) for module, section in arranged.found.items()}
    steps = list(moves([*names], arranged.line, moved))
    return tuple(
        MoveSection(
            key,
            module,
            names[module],
            behind or "",
            names[behind] if behind else "",
            numbers.get(module, 0),
            numbers.get(behind, 0) if behind else 0,
            arranged.order if place == len(steps) else (),
            stood or "",
            {**strange, **names}.get(stood or "", ""),
            _known(sides, arranged),
        )
        for place, (module, behind, stood) in enumerate(steps, 1)
    )


def _moved(sides: Comparison, arranged: Arrangement, wanted: Sequence[str]) -> list[str]:
    line = [module for module in arranged.line if module in wanted]
    known = _known(sides, arranged)
    new = [module for module in wanted if module not in known]
    return new if _is_rearranged(sides, arranged, line) else misplaced(wanted, line, new)


def _known(sides: Comparison, arranged: Arrangement) -> tuple[str, ...]:
    """Give the order that was applied last; where none was, that of what is there is taken as the file has it."""
    order = last(sides, ("course", arranged.course, "order"))
    if arranged.is_new:
        return arranged.standing
    return tuple(order.split()) if order else tuple(module for module in arranged.order if module in arranged.found)


def _is_rearranged(sides: Comparison, arranged: Arrangement, line: Sequence[str]) -> bool:
    """Tell whether somebody put sections into another order in Moodle, and the file didn't since."""
    known = [module for module in _known(sides, arranged) if module in line]
    here = [module for module in line if module in known]
    file = [module for module in arranged.order if module in known]
    return not sides.options.file_wins and known == file != here


def adopt(sides: Comparison) -> Applied:
    """Take over the sections that are there as wanted, with their numbers and their order."""
    names: set[tuple[str, str]] = set()
    fields: dict[Field, str] = {}
    for key in sides.wanted[COURSES]:
        arranged = sides.once(arrange, key)
        names |= {(key, same(name)) for name in _as_wanted(arranged)}
        fields |= _order_held(sides, arranged)
        for module in arranged.modules:
            fields |= unheld(sides, "section", key_of(key, module.id), dict(_values(arranged, module)))
    return Applied().having(SECTIONS, frozenset(names) - sides.applied[SECTIONS]).having(FIELDS, fields)


def _as_wanted(arranged: Arrangement) -> Iterator[str]:
    there = {same(section.name) for section in arranged.sections}
    return (module.name for module in arranged.modules if arranged.is_there and same(module.name) in there)


def _values(arranged: Arrangement, module: Module) -> Iterator[tuple[str, str]]:
    """Give what is as wanted of a module; what is made is shown at first."""
    section = arranged.found.get(module.id)
    if section and section.number < 0:
        return
    if section:
        yield "number", str(section.number)
    if section and same(section.name) == same(module.name):
        yield "name", module.name
    visible = section.visible if section else None if module in arranged.gone else True
    if module.visible is not None and module.visible is visible:
        yield "visible", VISIBLE[module.visible]


def _order_held(sides: Comparison, arranged: Arrangement) -> dict[Field, str]:
    """Take over the order where nothing is moved; the last move tells it else."""
    if not arranged.modules:
        return {}
    moved = sides.once(_moves, arranged.course)
    order = _known(sides, arranged) if moved else arranged.order
    return unheld(sides, "course", arranged.course, {"order": " ".join(order)} if order else {})


def forget(sides: Comparison) -> Applied:
    """Let go what the source no longer has, and all of courses that aren't there."""
    wanted, site = sides.wanted[COURSES], sides.site[COURSES]
    names = {key: {same(module.name) for module in sides.once(arrange, key).modules} for key in wanted}
    keys = {key: {key_of(key, module) for module in sides.once(arrange, key).order} for key in wanted}
    gone = frozenset((key, name) for key, name in sides.applied[SECTIONS] if key in wanted and name not in names[key])
    fields = {
        field: value
        for field, value in sides.applied[FIELDS].items()
        if field[0] == "section"
        and (key := field[1].rpartition("/")[0]) in wanted
        and (key not in site or field[1] not in keys[key])
    }
    return Applied().having(SECTIONS, gone).having(FIELDS, fields)


def remarks(sides: Comparison, actions: Sequence[Action]) -> Iterator[Remark]:
    """Show what somebody changed in Moodle, and once the sections of modules that the file no longer has."""
    for key in sorted(sides.wanted[COURSES]):
        arranged = sides.once(arrange, key)
        names = [told(section.name) for section in _departed(sides, arranged)]
        yield from (Remark("course", key, f'its section "{name}" {STAYS}', "module gone") for name in names)
    if not sides.options.file_wins:
        for key in sorted(sides.wanted[COURSES]):
            arranged = sides.once(arrange, key)
            yield from _changed(sides, arranged)
            if _is_rearranged(sides, arranged, [module for module in arranged.line if module in arranged.order]):
                yield Remark("course", key, f"the order of its sections was {LEFT}", differs=True)
            yield from (
                left("course", key, f'its section "{told(one.name)}" is gone', "section gone") for one in arranged.gone
            )


def _departed(sides: Comparison, arranged: Arrangement) -> Iterator[Section]:
    """Give the sections that were a module's: the journal knows the number still, or at least the name."""
    course = arranged.course
    taken = {section.number for section in arranged.found.values()}
    named = {same(module.name) for module in arranged.modules}
    for section in arranged.sections:
        name = same(section.name)
        known = (course, name) in sides.applied[SECTIONS] and name not in named
        if section.number not in taken and (known or section.number in sides.once(_numbers)[course]):
            yield section


def _numbers(sides: Comparison) -> Mapping[str, set[int]]:
    """Give the numbers of all sections that the journal knows, by course."""
    numbers = defaultdict(set)
    for (kind, key, name), value in sides.applied[FIELDS].items():
        if kind == "section" and name == "number":
            numbers[key.rpartition("/")[0]].add(int(value))
    return numbers


def _changed(sides: Comparison, arranged: Arrangement) -> Iterator[Remark]:
    course = arranged.course
    for module, _, change in _other_names(arranged):
        if by_hand(sides, "section", key_of(course, module), change):
            yield drift("course", course, in_words(Change("the name of a section", change.before, change.after)))
    for one, change in _other_looks(arranged):
        if by_hand(sides, "section", key_of(course, one.id), change):
            shown = "shown" if change.before == VISIBLE[True] else "hidden"
            yield left("course", course, f'its section "{told(one.name)}" is {shown}', f"section {shown}")


SECTION: Final = Thing(
    name="section",
    actions=(AddSection, NameSection, RenameSection, MoveSection, ShowSection),
    compare=compare,
    adopt=adopt,
    forget=forget,
    remarks=remarks,
    drifted=drifted,
    page=PAGE,
)
