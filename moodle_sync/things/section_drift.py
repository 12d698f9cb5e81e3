"""What somebody did to the sections of courses since they were last applied, whatever the source says now."""

from collections.abc import Iterator, Mapping

from moodle_sync.multilang import told, told_apart
from moodle_sync.sameness import same
from moodle_sync.things.comparison import Comparison
from moodle_sync.things.course import COURSES
from moodle_sync.things.drifting import held_of
from moodle_sync.things.finding import Drift
from moodle_sync.things.kept import last
from moodle_sync.things.section import PLACES, SECTIONS, Section
from moodle_sync.things.section_changes import VISIBLE


def drifted(sides: Comparison) -> Iterator[Drift]:
    """Show sections that are gone, called otherwise, hidden, shown or in another order."""
    held = _by_course(sides)
    for course in sorted(sides.desired[COURSES].keys() & sides.site[COURSES].keys()):
        found = _found(sides, course, held.get(course, {}))
        for module, values in held.get(course, {}).items():
            yield from _section(sides, f"{course}/{module}", values, found.get(module))
        yield from _unnumbered(sides, course, held.get(course, {}))
        yield from _order(sides, course, found)


def _by_course(sides: Comparison) -> dict[str, dict[str, dict[str, str]]]:
    held: dict[str, dict[str, dict[str, str]]] = {}
    for key, values in sorted(held_of(sides.applied, "section").items()):
        course, _, module = key.rpartition("/")
        held.setdefault(course, {})[module] = values
    return held


def _found(sides: Comparison, course: str, held: Mapping[str, Mapping[str, str]]) -> dict[str, Section]:
    """Find the section of each module by its number, or by its name where the journal has no number."""
    sections = sides.site[PLACES].get(course, ())
    by_number = {str(section.number): section for section in sections}
    by_name = {same(section.name): section for section in sections}
    found = {
        module: by_number.get(values["number"]) if "number" in values else by_name.get(same(values.get("name", "")))
        for module, values in held.items()
    }
    return {module: section for module, section in found.items() if section}


def _section(sides: Comparison, key: str, held: Mapping[str, str], found: Section | None) -> Iterator[Drift]:
    course, name = key.rpartition("/")[0], held.get("name", "")
    if found is None:
        yield Drift("section", key, f'course {course}: section "{told(name) or key.rpartition("/")[2]}" is gone')
        return
    if name and same(name) != same(found.name) and not _kept_so(sides, course, name, found.name):
        before, now = told_apart(name, found.name)
        line = f'course {course}: section "{before}" is called "{now}"'
        yield Drift("section", key, line, "name", name, found.name)
    visible = held.get("visible")
    if visible not in (None, VISIBLE[found.visible]):
        line = f'course {course}: section "{told(name or found.name)}" is {"shown" if found.visible else "hidden"}'
        yield Drift("section", key, line, "visible", visible, VISIBLE[found.visible])


def _kept_so(sides: Comparison, course: str, written: str, kept: str) -> bool:
    """Tell whether Moodle itself made another name of what was written."""
    return any(
        (one.kind, one.key, one.written, one.kept) == ("course", course, written, kept) for one in sides.applied.altered
    )


def _unnumbered(sides: Comparison, course: str, held: Mapping[str, Mapping[str, str]]) -> Iterator[Drift]:
    """Show names that are there no more, in courses of whose sections a former version kept nothing but the names.

    Where the numbers are known, a name that was given once is no section's any more once that is called otherwise.
    """
    if any("number" in values for values in held.values()):
        return
    known = {same(values.get("name", "")) for values in held.values()}
    there = {same(section.name) for section in sides.site[PLACES].get(course, ())}
    for key, name in sorted(sides.applied[SECTIONS]):
        if key == course and name not in known | there:
            yield Drift(
                "section", f"{course}/{name}", f'course {course}: section "{told(name)}" is gone, or called otherwise'
            )


def _order(sides: Comparison, course: str, found: Mapping[str, Section]) -> Iterator[Drift]:
    sections = list(sides.site[PLACES].get(course, ()))
    applied = [module for module in (last(sides, ("course", course, "order")) or "").split() if module in found]
    now = sorted(applied, key=lambda module: sections.index(found[module]))
    if now != applied:
        line = f"course {course}: its sections are in another order"
        yield Drift("course", course, line, "order", " ".join(applied), " ".join(now))
