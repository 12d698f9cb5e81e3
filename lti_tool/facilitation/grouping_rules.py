"""How a trainer makes groups here, by hand or at random among those who are here now: pure decisions."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from lti_tool.groups import sharing
from lti_tool.groups.members import Person
from lti_tool.groups.rules import Group
from lti_tool.groups.sharing import Shares, Wish

NEW = ("new-1", "new-2", "new-3")
"""What stands for a group that isn't there yet, where somebody is put into groups by hand."""
OUT = ""
"""What stands for no group there."""
PRESENT = timedelta(minutes=2)
"""How long after a page last said so somebody is taken to be at it."""
LARGEST = 999
LONGEST_NAME = 255


class By(StrEnum):
    """What a trainer says of the groups that chance makes."""

    GROUPS = "groups"
    """How many there are."""
    PEOPLE = "people"
    """How many people are in each, at most."""


class Within(StrEnum):
    """Who is shared out: how long ago, in minutes, they were seen at the latest."""

    QUARTER = "15"
    HOUR = "60"
    SESSION = "180"
    DAY = "480"
    EVER = "ever"
    """Everybody who was ever here, and didn't leave the course."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What the form of groups at random holds, as it was typed."""

    by: By = By.PEOPLE
    number: str = "4"
    within: Within = Within.HOUR
    is_anew: bool = False
    """Whether those who are in a group already are mixed too."""
    said: Set[int] = frozenset()
    """Of the groups that have written already those that the page named before it was pressed."""


def wish(chance: Chance) -> Wish | None:
    """Read how many groups are wanted, or how many people in each; nothing where it is no such number."""
    if not re.fullmatch("[1-9][0-9]{0,2}", chance.number):
        return None
    number = int(chance.number)
    return Wish(groups=number) if chance.by is By.GROUPS else Wish(people=number)


def here(people: Iterable[Person], present: Mapping[int, datetime], within: Within, now: datetime) -> frozenset[int]:
    """Tell who is here: who came lately, or is at a page of the exercise just now."""
    return frozenset(one.id for one in people if _is_here(one, present.get(one.id), within, now))


def _is_here(person: Person, present_at: datetime | None, within: Within, now: datetime) -> bool:
    if within is Within.EVER:
        return True
    came = now - person.seen_at <= timedelta(minutes=int(within))
    return came or (present_at is not None and now - present_at <= PRESENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The groups that were made here for an exercise."""

    groups: Sequence[Group]
    members: Mapping[int, int]
    """In which of them people are, whoever they are."""
    wrote: Set[int]
    """Those in which anything was ever written."""

    @property
    def free(self) -> Set[int]:
        """Those that nobody is in and nobody wrote in: they are taken before new ones are made."""
        return {group.id for group in self.groups} - set(self.members.values()) - self.wrote

    @property
    def shown(self) -> Sequence[Group]:
        """The others."""
        return [group for group in self.groups if group.id not in self.free]

    @property
    def split(self) -> Sequence[Group]:
        """Those that lose people who wrote in them when everybody is mixed anew."""
        inhabited = set(self.members.values())
        return [group for group in self.groups if group.id in inhabited and group.id in self.wrote]


class Obstacle(StrEnum):
    """Why chance makes no groups."""

    NO_NUMBER = "no_number"
    NOBODY_HERE = "nobody_here"
    UNSAID = "unsaid"
    """Mixing anew would split a group of which the page hadn't said so."""
    ALL_IN_GROUPS = "all_in_groups"


def share(chance: Chance, made: Made, people: Container[int], here: Set[int], random: Random) -> Shares | Obstacle:
    """Share people out as the trainer wants, or tell what stands in the way; `people` are those of the course."""
    wanted = wish(chance)
    if wanted is None:
        return Obstacle.NO_NUMBER
    if not here:
        return Obstacle.NOBODY_HERE
    if chance.is_anew:
        said = chance.said >= {group.id for group in made.split}
        return sharing.mix(here, made.members, wanted, random) if said else Obstacle.UNSAID
    members = {person: group_id for person, group_id in made.members.items() if person in people}
    shares = sharing.add(here, members, wanted, random)
    return shares if shares.places else Obstacle.ALL_IN_GROUPS


def unused(chance: Chance, made: Made) -> Set[int]:
    """Give the groups that are taken before new ones: nobody wrote in them, and nobody is in them, or stays in them."""
    return {group.id for group in made.groups} - made.wrote if chance.is_anew else made.free


def moved(choices: Mapping[int, str], made: Made, people: Container[int]) -> Mapping[int, str] | None:
    """Give whose group was chosen otherwise than it is; nothing where a person or a group isn't of this course."""
    offered = {str(group.id) for group in made.groups} | {OUT, *NEW}
    if any(person not in people or choice not in offered for person, choice in choices.items()):
        return None
    now = {person: str(group_id) for person, group_id in made.members.items()}
    return {person: choice for person, choice in choices.items() if choice != now.get(person, OUT)}


def tidy_name(text: str) -> str:
    """Write a group's name in one line."""
    return " ".join(text.replace("\0", "").split())
