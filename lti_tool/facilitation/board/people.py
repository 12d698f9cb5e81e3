"""Who is on a course's board, and who has their place below it: pure decisions."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from lti_tool.facilitation.board.rules import Someone
from lti_tool.roster.rules import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody who was in a course, or wrote there."""

    someone: Someone
    is_trainee: bool
    """By their newest launch."""
    seen_at: datetime | None


def listed(
    known: Mapping[int, Known], participants: Sequence[Participant], fetched_at: datetime | None
) -> list[Someone]:
    """Give the trainees in the roster, and who came as one since it was read, or where it never was."""
    in_roster = {one.person_id for one in participants}
    of_roster = [_of(one, known) for one in participants if one.is_trainee]
    came = [one.someone for number, one in known.items() if number not in in_roster and _came(one, fetched_at)]
    return [*of_roster, *came]


def _of(participant: Participant, known: Mapping[int, Known]) -> Someone:
    found = known.get(participant.person_id or 0)
    name = participant.name or (found.someone.name if found else None)
    groups = found.someone.groups if found else frozenset[int]()
    return Someone(id=participant.person_id, name=name, number=participant.number, groups=groups)


def _came(one: Known, fetched_at: datetime | None) -> bool:
    return one.is_trainee and (fetched_at is None or (one.seen_at is not None and one.seen_at >= fetched_at))


def others(known: Mapping[int, Known], with_work: Set[int], listed: Iterable[Someone]) -> list[Someone]:
    """Give those who have work, and are no trainees in the course now: they left it, or teach there by now."""
    there = {one.id for one in listed}
    return [known[number].someone for number in sorted(with_work - there) if number in known]
