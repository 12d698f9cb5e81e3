"""Compares what Moodle said was done with what is there afterwards, field by field: pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from moodle_sync.actions import (
    Action,
    Change,
    ChangeCourse,
    ChangePerson,
    CreateCourse,
    CreatePerson,
    Enrol,
    NameSection,
)
from moodle_sync.applying.remaining import Leaving
from moodle_sync.journal.records import Fate
from moodle_sync.journal.runs import Failure
from moodle_sync.planning import accounts, structure
from moodle_sync.sameness import same
from moodle_sync.things.applied import Altered, Applied
from moodle_sync.things.course import Course
from moodle_sync.things.enrolment import ENROLMENTS, Held
from moodle_sync.things.person import PROFILE
from moodle_sync.things.role import ROLES
from moodle_sync.things.section import SECTIONS

LOST: Final = "Moodle said that it was done, but it isn't there"
REMAINS: Final = "still in the course, by another method that stays active: see Participants"
Aim: TypeAlias = tuple[str, str, Change]
"""A kind of thing, its key, and what was written into one of its fields."""
Field: TypeAlias = tuple[str, str, str]
"""A kind of thing, its key, and a field's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What isn't as it should be after a run, though Moodle refused nothing of it."""

    lost: tuple[Action, ...] = ()
    """What isn't there; the journal doesn't say so either, and the next run does it again."""
    altered: tuple[tuple[Action, Altered], ...] = ()
    """The fields that Moodle kept as something else; they are left so."""
    remaining: tuple[Leaving, ...] = ()
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
        never = [action.enrolment for action in self.lost if isinstance(action, Enrol)]
        named = [(action.course, same(action.name)) for action in self.lost if isinstance(action, NameSection)]
        places = {enrolment.place: Held() for enrolment in never}
        return Applied().having(ENROLMENTS, places).having(ROLES, frozenset(never)).having(SECTIONS, frozenset(named))

    @property
    def kept(self) -> Applied:
        """Say what the journal is to keep: what Moodle made of fields."""
        return Applied(altered=frozenset(altered for _, altered in self.altered))


def told(altered: Altered) -> str:
    """Say what Moodle made of a field."""
    return f'{altered.field}: "{altered.written}" was written, and Moodle keeps "{altered.kept}"'


def compare(
    done: Sequence[Action],
    later: Iterable[Action],
    courses: Mapping[str, Course],
    remaining: Sequence[Leaving] = (),
) -> Afterwards:
    """Compare what was done with what a plan of afterwards would do, and with the names of sections."""
    still = set(later)
    kept = _unmet(still) | dict(_misnamed(done, courses))
    lost = {action for action in done if _is_lost(action, still, kept)}
    return Afterwards(
        lost=tuple(action for action in done if action in lost),
        altered=tuple((action, one) for action in done if action not in lost for one in _altered(action, kept)),
        remaining=tuple(action for action in remaining if action not in lost),
    )


def aims(action: Action) -> Iterator[Aim]:
    """Name the fields that an action writes; what is made had nothing in them."""
    match action:
        case CreatePerson(person):
            fields = [(name, getattr(person, name)) for name in accounts.FIELDS]
            fields += [(PROFILE + name, value) for name, value in person.profile]
            yield from (("person", person.username, Change(name, "", value)) for name, value in fields if value)
        case ChangePerson(key, changes):
            yield from (("person", key, change) for change in changes)
        case CreateCourse(course):
            given = ((name, getattr(course, name)) for name in structure.FIELDS)
            yield from (("course", course.idnumber, Change(name, "", value)) for name, value in given)
        case ChangeCourse(key, changes):
            yield from (("course", key, change) for change in changes)
        case NameSection(course, place, name):
            yield "course", course, Change(f"section {place}", "", name)
        case _:
            return


def _unmet(later: Iterable[Action]) -> dict[Field, str]:
    """Give what the fields hold that are still to be changed."""
    changes = (action for action in later if isinstance(action, (ChangePerson, ChangeCourse)))
    return {(kind, key, change.field): change.before for action in changes for kind, key, change in aims(action)}


def _misnamed(done: Iterable[Action], courses: Mapping[str, Course]) -> Iterator[tuple[Field, str]]:
    """Give the names of sections that were named otherwise."""
    for action in done:
        if isinstance(action, NameSection) and action.course in courses:
            names = courses[action.course].sections
            name = names[action.place - 1] if action.place <= len(names) else ""
            if same(name) != same(action.name):
                yield ("course", action.course, f"section {action.place}"), name


def _is_lost(action: Action, still: Collection[Action], kept: Mapping[Field, str]) -> bool:
    """Tell whether nothing came of an action; of changes that is told by their fields."""
    gone = action in still and not isinstance(action, (ChangePerson, ChangeCourse))
    return gone or any(_untouched(aim, kept) for aim in aims(action))


def _untouched(aim: Aim, kept: Mapping[Field, str]) -> bool:
    """Tell whether a field is as it was; of a site's own fields Moodle takes what it likes, and that isn't lost."""
    kind, key, change = aim
    return not change.field.startswith(PROFILE) and kept.get((kind, key, change.field)) == change.before


def _altered(action: Action, kept: Mapping[Field, str]) -> Iterator[Altered]:
    for kind, key, change in aims(action):
        there = kept.get((kind, key, change.field))
        if there is not None:
            yield Altered(kind=kind, key=key, field=change.field, written=change.after, kept=there)
