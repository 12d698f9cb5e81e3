"""Which section of a course is which module.

A module is the section whose number the journal has; else the one that has its name, or in a copy of a template its
name in another language, or had the name that was given to it last, or is called so in one language. What was given
before and isn't there any more somebody changed or took away, and it isn't made again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moodle_sync.multilang import texts_of
from moodle_sync.sameness import same
from moodle_sync.things.change import Field
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES, Course
from moodle_sync.things.courses import format_of, is_unfinished
from moodle_sync.things.kept import last
from moodle_sync.things.section import (
    MODULES,
    PLACES,
    SECTIONS,
    Module,
    Section,
    key_of,
)
from moodle_sync.things.template import TEMPLATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The modules of a course beside its sections."""

    course: str
    format: str
    modules: tuple[Module, ...]
    sections: tuple[Section, ...]
    is_there: bool
    """Whether Moodle has the course."""
    found: Mapping[str, Section]
    """Sections by module."""
    missing: tuple[Module, ...]
    """Those that are to be made."""
    gone: tuple[Module, ...]
    """Those that were there, and that somebody took away."""
    places: Mapping[str, int]
    """Where the missing ones will be at first."""
    is_new: bool = False
    """Whether it is made or finished by the plan, so that nobody changed it since."""

    @property
    def order(self) -> tuple[str, ...]:
        """Give the modules in the file's order."""
        return tuple(module.id for module in self.modules)

    @property
    def standing(self) -> tuple[str, ...]:
        """Give the modules that are there, in the order in which they stand."""
        return tuple(module for module in self.line if module in self.found)

    @property
    def line(self) -> list[str]:
        """Give the modules, and what else there is, in the order that Moodle will have before anything is moved."""
        names = {section.number: module for module, section in self.found.items()}
        line = [names.get(section.number, f"/{section.number}") for section in self.sections]
        for module, place in sorted(self.places.items(), key=lambda item: item[1]):
            line[place - 1 : place] = [module]
        return line


def arrange(sides: Comparison, key: str) -> Arrangement:
    """Find which section is which module, and which modules have none."""
    wanted, course = sides.wanted[COURSES][key], sides.site[COURSES].get(key)
    modules = sides.desired[MODULES].get(key) or tuple(Module(id=name, name=name) for name in wanted.sections)
    is_new = course is None or is_unfinished(sides, key)
    filled = course is not None or key in sides.site[PLACES]
    sections = sides.site[PLACES].get(key, ()) if filled else tuple(Section(number=0, name="") for _ in modules)
    found = _found(sides, key, modules, sections) if filled else {}
    absent = [module for module in modules if module.id not in found]
    gone = [
        module for module in absent if not is_new and not sides.options.file_wins and _was_given(sides, key, module)
    ]
    missing = [module for module in absent if module not in gone]
    taken = {section.number for section in found.values()}
    free = [place for place, one in enumerate(sections, 1) if not one.name and (not filled or one.number not in taken)]
    added = range(len(sections) + 1, len(sections) + 1 + len(missing) - len(free))
    return Arrangement(
        course=key,
        format=_format(sides, wanted, course),
        modules=modules,
        sections=sections,
        is_there=course is not None,
        found=found,
        missing=tuple(missing),
        gone=tuple(gone),
        places={module.id: place for module, place in zip(missing, [*free, *added], strict=False)},
        is_new=is_new,
    )


def _format(sides: Comparison, wanted: Course, course: Course | None) -> str:
    """Give the format that it has when its sections are worked on: a copy's becomes what is asked for before."""
    template = sides.site[TEMPLATES].get(wanted.template or "")
    if template and (course is None or is_unfinished(sides, wanted.idnumber)):
        return wanted.kept_format or template.format
    return format_of(sides, wanted.idnumber)


def _found(
    sides: Comparison, course: str, modules: Sequence[Module], sections: Sequence[Section]
) -> dict[str, Section]:
    """Find sections by number, then by name, the name that was given last, and a language of it; each only once."""
    left = {section.number: section for section in sections}
    found: dict[str, Section] = {}
    for find in (_by_number, _by_name, _by_title, _by_former_name, _by_language):
        for module in modules:
            if module.id not in found and (section := find(sides, course, module, left)):
                found[module.id] = left.pop(section.number)
    return found


def _by_number(sides: Comparison, course: str, module: Module, left: Mapping[int, Section]) -> Section | None:
    number = last(sides, _field(course, module, "number"))
    return left.get(int(number)) if number else None


def _by_name(sides: Comparison, course: str, module: Module, left: Mapping[int, Section]) -> Section | None:
    del sides, course
    return next((section for section in left.values() if same(section.name) == same(module.name)), None)


def _by_title(sides: Comparison, course: str, module: Module, left: Mapping[int, Section]) -> Section | None:
    """Find by the name in another language, where only one section has it."""
    del sides, course
    found = [section for section in left.values() if same(section.name) in module.titles]
    return found[0] if len(found) == 1 else None


def _by_former_name(sides: Comparison, course: str, module: Module, left: Mapping[int, Section]) -> Section | None:
    name = last(sides, _field(course, module, "name"))
    return next((section for section in left.values() if name and same(section.name) == same(name)), None)


def _by_language(sides: Comparison, course: str, module: Module, left: Mapping[int, Section]) -> Section | None:
    """Find a section that is called so in one language: the others come and go."""
    del sides, course
    names = texts_of(module.name)
    return next((one for one in left.values() if one.name and not names.isdisjoint(texts_of(one.name))), None)


def _field(course: str, module: Module, name: str) -> Field:
    return "section", key_of(course, module.id), name


def _was_given(sides: Comparison, course: str, module: Module) -> bool:
    return (course, same(module.name)) in sides.applied[SECTIONS] or bool(last(sides, _field(course, module, "name")))
