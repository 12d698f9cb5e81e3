"""Who is in which cohort, as Moodle has it."""

from typing import Final

from moodle_sync.site.seen.sight import Sight, View, view
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership


def _things(sight: Sight) -> frozenset[CohortMembership]:
    return frozenset(
        CohortMembership(cohort=cohort, person=sight.keys[user])
        for cohort, users in sight.found.cohort_members.items()
        for user in users
        if user in sight.keys
    )


COHORT_MEMBER: Final[View] = view(COHORT_MEMBERS, _things)
