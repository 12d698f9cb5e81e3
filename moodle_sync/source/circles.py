"""What the configuration says of groups, groupings and cohorts, beside the file of people that fills them: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from moodle_sync.sameness import loosely
from moodle_sync.settings import Settings
from moodle_sync.source.people import People
from moodle_sync.tables import GroupingTable, GroupTable
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.course_settings import as_description
from moodle_sync.things.described_group import DESCRIBED, Described
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.grouped import GROUPED, Grouped
from moodle_sync.things.grouping import GROUPINGS, Grouping
from moodle_sync.things.state import State

Spelling: TypeAlias = tuple[tuple[int | str, ...], str]
"""A key of the configuration, and what is wrong with it."""


def by_names(people: People, settings: Settings) -> People:
    """Put everybody into the groups that the configuration means, where the file of people has their idnumbers."""
    names = {
        Group(course=one.course, name=one.idnumber): Group(course=one.course, name=one.name) for one in settings.groups
    }
    return replace(
        people,
        groups=frozenset(names.get(group, group) for group in people.groups),
        memberships=frozenset(replace(one, group=names.get(one.group, one.group)) for one in people.memberships),
    )


def with_circles(state: State, settings: Settings) -> State:
    """Add the groups, groupings and cohorts that the configuration describes."""
    groups = {Group(course=one.course, name=one.name) for one in settings.groups}
    return (
        state.having(GROUPS, state[GROUPS] | groups)
        .having(DESCRIBED, {(one.course, one.idnumber): _described(one) for one in settings.groups})
        .having(GROUPINGS, {(one.course, one.idnumber): _grouping(one) for one in settings.groupings})
        .having(GROUPED, frozenset(one for table in settings.groupings for one in _grouped(table)))
        .having(COHORTS, {**state[COHORTS], **_cohorts(settings)})
    )


def spellings(settings: Settings, people: People) -> Iterator[Spelling]:
    """Find cohorts and groups that the file of people writes otherwise: databases take them for the same."""
    cohorts = {loosely(name): name for name in people.cohorts}
    groups = {(group.course, loosely(group.name)): group.name for group in people.groups}
    for place, cohort in enumerate(settings.cohorts):
        other = cohorts.get(loosely(cohort.idnumber))
        yield from _difference(("cohorts", place, "idnumber"), cohort.idnumber, other)
    for place, group in enumerate(settings.groups):
        for key, text in (("idnumber", group.idnumber), ("name", group.name)):
            other = groups.get((group.course, loosely(text)))
            known = other in (group.idnumber, group.name)
            yield from _difference(("groups", place, key), text, None if known else other)


def _difference(at: tuple[int | str, ...], text: str, other: str | None) -> Iterator[Spelling]:
    if other not in (None, text):
        yield at, f'differs from "{other}" in the file of people only in capitals or accents: write them alike'


def _described(table: GroupTable) -> Described:
    return Described(idnumber=table.idnumber, name=table.name, description=as_description(table.description))


def _grouping(table: GroupingTable) -> Grouping:
    return Grouping(
        course=table.course,
        idnumber=table.idnumber,
        name=table.name,
        description=as_description(table.description),
    )


def _grouped(table: GroupingTable) -> Iterator[Grouped]:
    return (Grouped(course=table.course, grouping=table.idnumber, group=group) for group in table.groups)


def _cohorts(settings: Settings) -> Mapping[str, Cohort]:
    return {
        one.idnumber: Cohort(
            idnumber=one.idnumber,
            name=one.name,
            description=as_description(one.description),
            category=one.category,
        )
        for one in settings.cohorts
    }
