"""Who of a course is in which of its groups, and who in none or several: pure decisions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lti_tool import collation
from lti_tool.groups.rules import Counting, Group, Membership, Trouble, trouble
from lti_tool.roster.rules import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who came to a course as a trainee, and what is known of their groups."""

    id: int
    name: str | None
    number: int
    seen_at: datetime
    membership: Membership


def of_course(
    people: Iterable[Person], participants: Iterable[Participant], fetched_at: datetime | None
) -> list[Person]:
    """Leave out who is no trainee here, or was gone from the course when its roster was read; order the others.

    Who came since it was read may have joined since.
    """
    known = {one.person_id: one for one in participants}
    kept = [one for one in people if _is_of_course(one, known.get(one.id), fetched_at)]
    return sorted(kept, key=lambda one: (one.name is None, collation.key(one.name or ""), one.number))


def _is_of_course(person: Person, participant: Participant | None, fetched_at: datetime | None) -> bool:
    if participant is not None:
        return not participant.is_exempt
    return fetched_at is None or person.seen_at >= fetched_at


def by_group(groups: Iterable[Group], people: Iterable[Person]) -> Mapping[int, Sequence[Person]]:
    """Give everybody who is in each group, whether or not it counts; somebody may be in several."""
    ids = {group.platform_id: group.id for group in groups if group.platform_id}
    found: defaultdict[int, list[Person]] = defaultdict(list)
    for person in people:
        for platform_id in dict.fromkeys(person.membership.platform_ids or ()):
            if platform_id in ids:
                found[ids[platform_id]].append(person)
        if person.membership.made_id:
            found[person.membership.made_id].append(person)
    return found


def troubled(people: Iterable[Person], counting: Counting) -> Mapping[Trouble, Sequence[Person]]:
    """Give those who are in no one group that counts, by the reason."""
    found: defaultdict[Trouble, list[Person]] = defaultdict(list)
    for person in people:
        if why := trouble(person.membership, counting):
            found[why].append(person)
    return found
