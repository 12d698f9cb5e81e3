"""What is done to sections that have a name: they are called otherwise, moved, hidden and shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Annotated, ClassVar

from pydantic import Field as Written

from moodle_sync.multilang import told, told_apart
from moodle_sync.sameness import same
from moodle_sync.things.action import ONE, Action, Looking, Making, Step
from moodle_sync.things.applied import Applied, all_of
from moodle_sync.things.back import Back, stays
from moodle_sync.things.change import Aim, Change, Field
from moodle_sync.things.course import COURSES
from moodle_sync.things.finding import Conflict
from moodle_sync.things.kept import holding
from moodle_sync.things.order import Shift, still_moved
from moodle_sync.things.place import InCourse
from moodle_sync.things.section import (
    PLACES,
    Later,
    given,
    is_new,
    kept,
    naming,
    section_there,
    sections_of,
    state_of,
)
from moodle_sync.things.state import State
from moodle_sync.webservice.encoding import Row
from moodle_sync.webservice.functions import NAME_SECTION, UPDATE_SECTIONS

VISIBLE = {True: "1", False: "0"}


@dataclass(frozen=True, slots=True)
class RenameSection(InCourse):
    """Call the section of a module otherwise."""

    noun: ClassVar = "renamed sections"
    step: ClassVar = Step(NAME_SECTION, "", ONE)
    untold: ClassVar = True
    course: str
    module: str
    number: int = field(compare=False)
    """The section's own; 0 where the plan copies it: then it is found by its name."""
    before: str
    after: str
    format: str

    def within(self) -> str:
        """Give the course."""
        return self.course

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        before, after = told_apart(self.before, self.after)
        return f'course {self.course}: rename section "{before}" to "{after}"'

    def prepare(self, looking: Looking) -> None:
        """Look up the number of a section that came with a copy: the first that has the name."""
        if not self.number and self.course in looking.ids[COURSES]:
            sections = looking.once(sections_of, self.course)
            if named := [section.id for section in sections if same(section.rawtitle) == same(self.before)]:
                looking.ids[PLACES][self.course, self.module] = named[0]

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return naming(self.format, self.number or making.ids[PLACES][self.course, self.module], self.after)

    def aims(self) -> Iterable[Aim]:
        """Name the field that it writes."""
        return (("course", self.course, Change(f"section {self.module}", self.before, self.after)),)

    def is_done(self, looking: Looking) -> bool:
        """Tell whether the section has its new name."""
        names = {section.id: same(section.rawtitle) for section in looking.once(sections_of, self.course)}
        if self.number:
            return names.get(self.number) == same(self.after)
        return same(self.after) in names.values() and same(self.before) not in names.values()

    def keeps(self) -> Applied:
        """Say that it was named."""
        return all_of([given(self.course, self.after), kept(self.course, self.module, {"name": self.after})])

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Give it the name again that it had, where it has the one that was written."""
        section = section_there(back.sides, self.course, self.module, self.number, "")
        if back.made(("course", self.course)) or section is None or same(section.name) == same(self.before):
            return
        if back.insists or same(section.name) == same(self.after):
            yield replace(self, before=section.name, after=self.before)
        else:
            message = (
                f'its section "{section.name}" was called otherwise since it was named "{self.after}", and is left so; '
                f'it was "{self.before}"'
            )
            yield stays(("course", self.course), message)

    def kept_otherwise(self, state: State) -> Iterator[tuple[Field, str]]:
        """Give the name that it has instead."""
        named = {self.before, self.after} if not self.number else ()
        for section in state[PLACES].get(self.course, ()):
            is_it = section.number == self.number or section.name in named
            if is_it and same(section.name) != same(self.after):
                yield ("course", self.course, f"section {self.module}"), section.name


class OfSection(InCourse):
    """An action on the section of a module, which may be made by the same plan: it is found by its number or name."""

    __slots__ = ()
    course: str
    module: str
    name: str
    number: int

    def within(self) -> str:
        """Give the course."""
        return self.course

    def prepare(self, looking: Looking) -> None:
        """Look up the numbers of the course's sections."""
        if self.course in looking.ids[COURSES]:
            self.learn_number(looking, self.module, self.number, self.name)

    def learn_number(self, looking: Looking, module: str, number: int, name: str) -> None:
        """Keep the number of a module's section."""
        named = {same(section.rawtitle): section.id for section in looking.once(sections_of, self.course)}
        if found := number or named.get(same(name)):
            looking.ids[PLACES][self.course, module] = found


@dataclass(frozen=True, slots=True)
class MoveSection(OfSection):
    """Move the section of a module behind another one, or to the front."""

    noun: ClassVar = "moved sections"
    step: ClassVar = Step(UPDATE_SECTIONS, "", ONE)
    course: str
    module: str
    name: str
    behind: str
    """The module before it; empty: it comes first."""
    behind_name: str
    number: int = field(default=0, compare=False)
    """Moodle's own; 0 where the plan makes it."""
    behind_number: int = field(default=0, compare=False)
    order: tuple[str, ...] = ()
    """All modules in the file's order, where it is the last move in a course: then they stand so."""
    stood: Annotated[str | None, Written(exclude_if=lambda stood: stood is None)] = field(default=None, compare=False)
    """What it stood behind until then, as `behind` says it, or as a number after a stroke where that is no module."""
    stood_name: Later = field(default="", compare=False)
    former: Annotated[tuple[str, ...], Written(exclude_if=lambda former: not former)] = field(default=(), compare=False)
    """The modules in the order that was applied before all moves in the course."""

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        where = f'behind "{told(self.behind_name)}"' if self.behind else "to the front"
        return f'course {self.course}: move section "{told(self.name)}" {where}'

    def prepare(self, looking: Looking) -> None:
        """Look up the numbers of both sections."""
        OfSection.prepare(self, looking)
        if self.course not in looking.ids[COURSES]:
            return
        if self.behind:
            self.learn_number(looking, self.behind, self.behind_number, self.behind_name)
        else:
            looking.ids[PLACES][self.course, ""] = looking.once(_general, self.course)

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        numbers = making.ids[PLACES]
        return {
            "action": "section_move_after",
            "courseid": making.ids[COURSES][self.course],
            "ids": [numbers[self.course, self.module]],
            "targetsectionid": numbers[self.course, self.behind],
        }

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it stands where it shall."""
        self.prepare(looking)
        numbers = looking.ids[PLACES]
        line = [numbers[self.course, ""] if not self.behind else 0]
        line += [section.id for section in looking.once(sections_of, self.course)]
        place = line.index(numbers[self.course, self.module]) if numbers[self.course, self.module] in line else 0
        return place > 0 and line[place - 1] == numbers[self.course, self.behind]

    def keeps(self) -> Applied:
        """Say in which order they stand."""
        return holding("course", self.course, {"order": " ".join(self.order)} if self.order else {})

    def undone(self, back: Back) -> Iterable[Action | Conflict]:
        """Move it behind what it stood behind, after all that was moved later in the course."""
        return back.once(_moved_back, self.course).get(self, ())


@dataclass(frozen=True, slots=True)
class ShowSection(OfSection):
    """Show the section of a module to those who learn, or hide it."""

    noun: ClassVar = "sections shown or hidden"
    step: ClassVar = Step(UPDATE_SECTIONS, "", ONE)
    course: str
    module: str
    name: str
    visible: bool
    number: int = field(default=0, compare=False)

    def line(self, zone: tzinfo) -> str:
        """Say what becomes of what."""
        return f'course {self.course}: {"show" if self.visible else "hide"} section "{told(self.name)}"'

    def row(self, making: Making) -> Row:
        """Write it as a row of a request."""
        return {
            "action": "section_show" if self.visible else "section_hide",
            "courseid": making.ids[COURSES][self.course],
            "ids": [making.ids[PLACES][self.course, self.module]],
        }

    def is_done(self, looking: Looking) -> bool:
        """Tell whether it is shown, or hidden."""
        self.prepare(looking)
        number = looking.ids[PLACES][self.course, self.module]
        sections = looking.once(sections_of, self.course)
        return any(section.id == number and section.visible is self.visible for section in sections)

    def keeps(self) -> Applied:
        """Say that it is shown, or hidden."""
        return kept(self.course, self.module, {"visible": VISIBLE[self.visible]})

    def undone(self, back: Back) -> Iterator[Action | Conflict]:
        """Show it again, or hide it again; what the run added isn't shown."""
        section = section_there(back.sides, self.course, self.module, self.number, self.name)
        if section and section.visible is self.visible and not is_new(back, self.course, self.module):
            yield ShowSection(self.course, self.module, self.name, not self.visible, section.number)


def _moved_back(back: Back, course: str) -> dict[Action, tuple[Action | Conflict, ...]]:
    """Give what takes each move in a course back, the last one first; nothing where somebody moved others since."""
    moved = back.once(_moves).get(course, [])
    if back.made(("course", course)) or not moved:
        return {}
    line = [0, *(section.number for section in back.sides.site[PLACES].get(course, ()))]
    steps = [Shift(*(_number(back, one, module) for module in (one.module, one.stood, one.behind))) for one in moved]
    left = still_moved(line, steps)
    if left is None:
        message = "its sections stand in another order than they were put in, or one is gone: they are left so"
        return {moved[-1]: (stays(("course", course), message),)}
    order = next((one.order for one in reversed(moved) if one.order), ())
    pairs = zip(moved[:left], steps, strict=False)
    return {move: (_back_behind(move, step, order),) for move, step in pairs}


def _moves(back: Back) -> dict[str, list[MoveSection]]:
    """Give the moves of the run by course, in their order."""
    moves: dict[str, list[MoveSection]] = {}
    for one in back.actions:
        if isinstance(one, MoveSection):
            moves.setdefault(one.course, []).append(one)
    return moves


def _number(back: Back, move: MoveSection, module: str | None) -> int:
    """Give the number of a module's section; 0 is the front, and -1 is none."""
    if not module:
        return -1 if module is None else 0
    if module.startswith("/"):
        return int(module[1:])
    number, name = (move.number, move.name) if module == move.module else (0, "/")
    section = section_there(back.sides, move.course, module, number, name)
    return section.number if section else -1


def _back_behind(move: MoveSection, shift: Shift, order: tuple[str, ...]) -> MoveSection:
    return MoveSection(
        course=move.course,
        module=move.module,
        name=move.name,
        behind=move.stood or "",
        behind_name=move.stood_name,
        number=shift.thing,
        behind_number=shift.stood,
        order=move.former,
        stood=move.behind,
        stood_name=move.behind_name,
        former=order,
    )


def _general(looking: Looking, course: str) -> int:
    """Give the number of the general section, which stands before all others."""
    return next(section.id for section in looking.once(state_of, course).section if not section.number)
