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
from moodle_sync.state import Kind


def circles(sides: Comparison) -> Iterator[Action]:
    """Make what is missing, put in who is missing, and take out whom the source no longer names."""
    wanted, site = sides.wanted, sides.site
    yield from (CreateGroup(group) for group in sorted(wanted.groups - site.groups))
    yield from (AddMember(member) for member in sorted(wanted.memberships - site.memberships))
    yield from (CreateCohort(cohort) for cohort in sorted(wanted.cohorts - site.cohorts))
    yield from (AddCohortMember(member) for member in sorted(wanted.cohort_members - site.cohort_members))
    yield from _lost_groups(sides)
    yield from _lost_cohorts(sides)


def _lost_groups(sides: Comparison) -> Iterator[Action]:
    """Leave whoever vanished from the course in their groups: a suspension can be taken back."""
    for member in sorted((sides.applied.memberships - sides.desired.memberships) & sides.site.memberships):
        place = member.group.course, member.person
        if place in sides.places and sides.may_lose(Kind.GROUPS, place):
            yield RemoveMember(member)


def _lost_cohorts(sides: Comparison) -> Iterator[Action]:
    for member in sorted((sides.applied.cohort_members - sides.desired.cohort_members) & sides.site.cohort_members):
        if sides.may_lose(Kind.COHORTS, ("", member.person)):
            yield RemoveCohortMember(member)
