"""What a trainer sees of those who work at the same time, one line for each group: pure decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from content.parts.part import Strip
from lti_tool import collation
from lti_tool.exercises import owners
from lti_tool.exercises.modes import Arrangement, Mode
from lti_tool.exercises.owners import Owner
from lti_tool.groups.rules import Counting, Group, Membership, Source, Trouble, of_platform

HERE_FOR = timedelta(seconds=45)
"""How long after somebody's page was heard of last they count as here."""

Place = tuple[str, str]
"""A part and a cell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Those who share a line of the overview."""

    owner: Owner | None
    """Whose canvas they share, if there is one."""
    people: frozenset[int]
    group: Group | None = None
    platform_id: str | None = None
    """Of a group that nobody has come from yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A workspace without its notes."""

    owner: Owner
    version: int
    changed_at: datetime
    called_at: datetime | None = None
    late: int = 0
    counts: Mapping[Place, int] = field(default_factory=dict)
    """Notes by place; of what somebody does alone nothing is counted."""
    here: Mapping[int, str] = field(default_factory=dict)
    """Who has it open now: names by person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the overview says of a party."""

    party: Party
    here: tuple[str, ...]
    changed_at: datetime | None
    canvas: Canvas | None

    def count(self, part: str, strip: Strip) -> int:
        """Count what stands in a row, a lane or the like of the shared canvas."""
        counts = self.canvas.counts if self.canvas else {}
        return sum(counts.get((part, cell), 0) for cell in strip.cells)


def parties(
    arrangement: Arrangement, memberships: Mapping[int, Membership], groups: Iterable[Group], begun: Collection[Owner]
) -> Sequence[Party]:
    """Sort a course's people as the exercise is done; groups in which something is begun are there without people."""
    if arrangement.mode is not Mode.GROUP:
        owner = owners.COURSE if arrangement.mode is Mode.COURSE else None
        return [Party(owner=owner, people=frozenset(memberships))]
    known, people = sorted(groups, key=_order), _by_group(arrangement, memberships)
    found = [Party(owner=owners.group(one.id), people=_in(one, people), group=one) for one in known]
    shown = [party for party in found if party.people or party.owner in begun]
    return [*shown, *_unmet(known, people), *_left(people)]


Sorted = Mapping[int | str | None, set[int]]
"""People by the number of a group that was made here, or the platform's; None has those who are in no one group."""


def _by_group(arrangement: Arrangement, memberships: Mapping[int, Membership]) -> Sorted:
    found: defaultdict[int | str | None, set[int]] = defaultdict(set)
    for person, membership in memberships.items():
        found[_group_of(membership, arrangement.counting)].add(person)
    return found


def _group_of(membership: Membership, counting: Counting) -> int | str | None:
    if counting.source is Source.MADE:
        return membership.made_id
    platform_id = of_platform(membership, counting)
    return None if isinstance(platform_id, Trouble) else platform_id


def _in(group: Group, people: Sorted) -> frozenset[int]:
    return frozenset(people.get(group.platform_id or group.id, ()))


def _unmet(known: Iterable[Group], people: Sorted) -> Iterator[Party]:
    """Give the platform's groups from which nobody has come to any exercise."""
    for platform_id in people.keys() - {group.platform_id or group.id for group in known} - {None}:
        yield Party(owner=None, people=frozenset(people[platform_id]), platform_id=str(platform_id))


def _left(people: Sorted) -> Iterator[Party]:
    if people.get(None):
        yield Party(owner=None, people=frozenset(people[None]))


def _order(group: Group) -> tuple[bool, tuple[int, ...], int]:
    return (group.name is None, collation.key(group.name or ""), group.number)


def lines(parties: Iterable[Party], canvases: Collection[Canvas]) -> list[Line]:
    """Tell of each party who is here, wherever they write, and when something was written last."""
    return [_line(party, {canvas.owner: canvas for canvas in canvases}) for party in parties]


def _line(party: Party, canvases: Mapping[Owner, Canvas]) -> Line:
    shared = canvases.get(party.owner) if party.owner else None
    alone = [canvases[owner] for owner in map(owners.person, party.people) if owner in canvases]
    all_of_them = [*([shared] if shared else []), *alone]
    here = {person: name for canvas in all_of_them for person, name in canvas.here.items()}
    written = [canvas.changed_at for canvas in all_of_them if canvas.version]
    return Line(
        party=party,
        here=tuple(sorted(here.values(), key=collation.key)),
        changed_at=max(written, default=None),
        canvas=shared,
    )


def begun(canvases: Iterable[Canvas]) -> frozenset[Owner]:
    """Name the groups whose canvas there is."""
    return frozenset(canvas.owner for canvas in canvases if canvas.owner.group_id)
