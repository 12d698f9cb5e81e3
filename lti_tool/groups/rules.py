"""In which of a course's groups a person works on an exercise: pure decisions."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Whose groups an exercise is done in."""

    PLATFORM = "platform"
    """Moodle's."""
    MADE = "made"
    """Made here for this exercise, by hand or at random."""


class Trouble(StrEnum):
    """Why a person is in no one group that counts."""

    NOT_TOLD = "not_told"
    """The person's newest launch said nothing of groups."""
    NONE = "none"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of a course."""

    id: int
    number: int
    name: str | None
    platform_id: str | None = None
    """Moodle's number of it; none where it was made here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Which groups an exercise is done in; of the platform's all count until a trainer ticks some."""

    source: Source = Source.PLATFORM
    ticked: Set[str] = frozenset()
    """The platform's numbers of those that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What is known of a person's groups in a course."""

    platform_ids: Collection[str] | None = None
    """As the newest launch that said anything said it."""
    made_id: int | None = None
    """The group made for this exercise that the person is in."""


def of_platform(membership: Membership, counting: Counting) -> str | Trouble:
    """Give the platform's number of the one group in which a person works, or tell why there is none."""
    if membership.platform_ids is None:
        return Trouble.NOT_TOLD
    counts = {one for one in membership.platform_ids if not counting.ticked or one in counting.ticked}
    if len(counts) == 1:
        return counts.pop()
    return Trouble.SEVERAL if counts else Trouble.NONE


def is_in(group: Group, membership: Membership, counting: Counting) -> bool:
    """Tell whether a person works in this group."""
    if counting.source is Source.MADE:
        return group.platform_id is None and group.id == membership.made_id
    return group.platform_id is not None and of_platform(membership, counting) == group.platform_id


def trouble(membership: Membership, counting: Counting) -> Trouble | None:
    """Tell why a person is in no one group that counts; nothing where they are in one."""
    if counting.source is Source.MADE:
        return None if membership.made_id else Trouble.NONE
    found = of_platform(membership, counting)
    return found if isinstance(found, Trouble) else None
