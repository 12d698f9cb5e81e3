"""People are shared out to groups by chance, in groups of about the same size: pure decisions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How many groups a trainer wants, or how many people in each at most; one of the two."""

    groups: int | None = None
    people: int | None = None

    def number(self, people: int) -> int:
        """Tell how many groups that makes; never more than there are people."""
        wanted = self.groups or -(-people // (self.people or 1))
        return min(wanted, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who comes into which group."""

    groups: Sequence[int | None]
    """Those that are there already by their ids, then those that are new."""
    places: Mapping[int, int]
    """Of each person whose group changes the place in `groups`."""
    out: frozenset[int] = frozenset()
    """Who was in a group, and is in none now."""


def add(here: Collection[int], members: Mapping[int, int], wish: Wish, chance: Random) -> Shares:
    """Share out those who are in no group; `members` says in which the others are, and there they stay."""
    newcomers = set(here) - set(members)
    there = Counter(members.values())
    missing = wish.number(len(members) + len(newcomers)) - len(there)
    new = min(max(missing, 0), len(newcomers))
    groups: list[int | None] = [*sorted(there), *[None] * new]
    return Shares(groups=groups, places=_shared(newcomers, [there[one] if one else 0 for one in groups], chance))


def mix(here: Collection[int], members: Mapping[int, int], wish: Wish, chance: Random) -> Shares:
    """Share out everybody who is here to new groups, wherever they were; who isn't here is in none then."""
    number = wish.number(len(here))
    places = _shared(here, [0] * number, chance)
    return Shares(groups=[None] * number, places=places, out=frozenset(members) - set(here))


def _shared(people: Collection[int], sizes: Sequence[int], chance: Random) -> dict[int, int]:
    """Put one after the other into the smallest group, by chance among equals."""
    order = sorted(people)
    chance.shuffle(order)
    smallest = [(size, chance.random(), place) for place, size in enumerate(sizes)]
    heapify(smallest)
    places = {}
    for person in order:
        size, _, place = heappop(smallest)
        places[person] = place
        heappush(smallest, (size + 1, chance.random(), place))
    return places
