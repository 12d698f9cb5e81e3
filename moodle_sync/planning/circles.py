"""What a plan says of groups and cohorts."""

from collections.abc import Iterator

from moodle_sync.actions import (
    Action,
    AddCohortMember,
    AddMember,
    CreateCohort,
    CreateGroup,
    RemoveCohortMember,
    RemoveMember,
)
from moodle_sync.planning.comparison import Comparison
from moodle_sync.things.cohort import COHORTS
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.group import GROUPS
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.state import Managed


def circles(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, put in who is missing, and take out whom the source no longer names."""
    wanted, site = sides.wanted, sides.site
    yield from (CreateGroup(group) for group in sorted(wanted[GROUPS] - site[GROUPS]))
    yield from (AddMember(member) for member in sorted(wanted[MEMBERSHIPS] - site[MEMBERSHIPS]))
    yield from (CreateCohort(cohort) for cohort in sorted(wanted[COHORTS] - site[COHORTS]))
    yield from (AddCohortMember(member) for member in sorted(wanted[COHORT_MEMBERS] - site[COHORT_MEMBERS]))
    yield from _lost_groups(sides)
    yield from _lost_cohorts(sides)


def _lost_groups(sides: Comparison) -> Iterator[Action]:
    """Leave whoever vanished from the course in their groups: a suspension can be taken back."""
    for member in sorted((sides.applied[MEMBERSHIPS] - sides.desired[MEMBERSHIPS]) & sides.site[MEMBERSHIPS]):
        place = member.group.course, member.person
        if place in sides.places and sides.may_lose(Managed.GROUPS, place):
            yield RemoveMember(member)


def _lost_cohorts(sides: Comparison) -> Iterator[Action]:
    for member in sorted((sides.applied[COHORT_MEMBERS] - sides.desired[COHORT_MEMBERS]) & sides.site[COHORT_MEMBERS]):
        if sides.may_lose(Managed.COHORTS, ("", member.person)):
            yield RemoveCohortMember(member)
