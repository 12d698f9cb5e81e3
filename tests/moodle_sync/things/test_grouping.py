"""Groupings and the groups in them: made, changed and left as the configuration says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import delete, select

from lti_tool.demo.moodle.tables import Group as GroupRow
from lti_tool.demo.moodle.webservice.tables import Grouping as Row
from lti_tool.demo.moodle.webservice.tables import GroupingGroup
from moodle_sync.planning.plan import Plan
from moodle_sync.things.described_group import DESCRIBED, Described
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.grouped import GROUPED, Grouped
from moodle_sync.things.grouping import GROUPINGS, Grouping
from moodle_sync.things.membership import MEMBERSHIPS
from moodle_sync.things.state import State
from tests.moodle_sync.administered import AS_USUAL, Administered
from tests.moodle_sync.examples import FULL

WINS = replace(AS_USUAL, file_wins=True)
NAMES = {"north": "North", "south": "South"}
REGIONS = Grouping(course="tot", idnumber="regions", name="Regions", description="<p>All.</p>")


def wanting(*groups: str, grouping: Grouping | None = REGIONS, names: Mapping[str, str] = NAMES) -> State:
    """Make a file with two groups, and a grouping that has some of them."""
    described = {("tot", key): Described(idnumber=key, name=name) for key, name in names.items()}
    inside = frozenset(Grouped(course="tot", grouping="regions", group=group) for group in groups)
    return (
        FULL.having(DESCRIBED, described)
        .having(GROUPS, frozenset(Group(course="tot", name=name) for name in names.values()))
        .having(MEMBERSHIPS, frozenset())
        .having(GROUPINGS, {("tot", "regions"): grouping} if grouping else {})
        .having(GROUPED, inside if grouping else frozenset())
    )


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    return [remark.message.partition(": changed in Moodle")[0] for remark in plan.remarks]


def grouping(site: Administered) -> Row:
    with site.miniature.site.session() as db:
        row = db.scalars(select(Row)).one()
        db.expunge(row)
        return row


def inside(site: Administered) -> set[str]:
    """Give the groups that are in the grouping, by Moodle's names."""
    with site.miniature.site.session() as db:
        query = select(GroupRow.name).join(GroupingGroup, GroupingGroup.group_id == GroupRow.id)
        return set(db.scalars(query))


def change(site: Administered, **columns: object) -> None:
    """Change the grouping in Moodle, as on its page of settings."""
    with site.miniature.site.session() as db:
        row = db.scalars(select(Row)).one()
        for name, value in columns.items():
            setattr(row, name, value)


def by_hand(site: Administered, *groups: str) -> None:
    """Put just these groups into the grouping in Moodle."""
    with site.miniature.site.session() as db:
        db.execute(delete(GroupingGroup))
        number = db.scalars(select(Row)).one().id
        for group in db.scalars(select(GroupRow).where(GroupRow.name.in_(groups))):
            db.add(GroupingGroup(grouping_id=number, group_id=group.id))


def settled(site: Administered, file: State) -> bool:
    """Tell whether nothing is to be done, shown, adopted or forgotten."""
    again = site.plan(file)
    return (again.actions, again.remarks, again.adopted.things, again.forgotten.things) == ((), (), {}, {})


def test_a_grouping_is_made_with_its_idnumber_and_its_groups(site: Administered) -> None:
    site.apply(wanting("north", "south"))

    row = grouping(site)
    assert (row.name, row.idnumber, row.description) == ("Regions", "regions", "<p>All.</p>")
    assert inside(site) == {"North", "South"}
    assert settled(site, wanting("north", "south"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(REGIONS, name="Zones"), 'name from "Regions" to "Zones"'),
        (replace(REGIONS, description="<p>More.</p>"), 'description from "<p>All.</p>" to "<p>More.</p>"'),
    ],
)
def test_what_the_file_changed_is_written_once(site: Administered, changed: Grouping, said: str) -> None:
    site.apply(wanting("north"))
    file = wanting("north", grouping=changed)

    assert lines(site.plan(file)) == [f'course tot: grouping "Regions": {said}']
    site.apply(file)

    assert (grouping(site).name, grouping(site).description) == (changed.name, changed.description)
    assert (inside(site), settled(site, file)) == ({"North"}, True)


def test_what_the_file_does_not_say_of_a_grouping_is_told_again_as_it_was(site: Administered) -> None:
    unsaid = replace(REGIONS, description=None)
    site.apply(wanting("north", grouping=unsaid))
    change(site, description="*@@PLUGINFILE@@/map.png*", description_format=4)

    site.apply(wanting("north", grouping=replace(unsaid, name="Zones")))

    row = grouping(site)
    assert (row.name, row.description, row.description_format) == ("Zones", "*@@PLUGINFILE@@/map.png*", 4)


def test_what_somebody_changed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    file = wanting("north", "south")
    site.apply(file)
    change(site, name="Ours", description="<p>Mine.</p>")
    by_hand(site, "North")

    planned = site.plan(file)
    site.apply(file)

    assert (planned.actions, remarks(planned)) == (
        (),
        [
            'name is "Ours" and not "Regions"',
            'description is "<p>Mine.</p>" and not "<p>All.</p>"',
            "the group south isn't in it",
        ],
    )
    assert inside(site) == {"North"}
    site.apply(file, options=WINS)
    assert (grouping(site).name, inside(site), settled(site, file)) == ("Regions", {"North", "South"}, True)


def test_a_group_is_taken_out_only_where_the_sync_had_put_it_in(site: Administered) -> None:
    site.apply(wanting("north"))
    by_hand(site, "North", "South")

    assert lines(site.plan(wanting())) == ["course tot: take group north out of grouping regions"]
    site.apply(wanting())

    assert (inside(site), settled(site, wanting())) == ({"South"}, True)


def test_a_grouping_that_the_file_has_no_longer_keeps_its_groups(site: Administered) -> None:
    site.apply(wanting("north"))

    planned = site.plan(wanting(grouping=None))

    assert (planned.actions, inside(site)) == ((), {"North"})


def test_a_group_that_is_renamed_stays_in_its_grouping(site: Administered) -> None:
    site.apply(wanting("north"))
    file = wanting("north", names={**NAMES, "north": "Norte"})

    assert lines(site.plan(file)) == ['course tot: group "North": name from "North" to "Norte"']
    site.apply(file)

    assert (inside(site), settled(site, file)) == ({"Norte"}, True)


def test_a_grouping_that_was_deleted_is_made_again_with_all_its_groups(site: Administered) -> None:
    site.apply(wanting("north", "south"))
    with site.miniature.site.session() as db:
        db.execute(delete(GroupingGroup))
        db.execute(delete(Row))

    site.apply(wanting("north", "south"))

    assert (inside(site), settled(site, wanting("north", "south"))) == ({"North", "South"}, True)


def test_a_grouping_that_was_made_by_hand_is_given_its_idnumber_and_one_of_that_name_is_a_conflict(
    site: Administered,
) -> None:
    site.apply(wanting("north"))
    change(site, idnumber="")
    site.lose_the_journal()

    assert lines(site.plan(wanting("north"))) == ['course tot: grouping "Regions": idnumber from "" to "regions"']
    change(site, idnumber="mine")

    planned = site.plan(wanting("north"))

    assert (planned.actions, [found.key for found in planned.conflicts]) == ((), ["tot/regions"])


def test_without_its_journal_what_is_there_is_taken_over(site: Administered) -> None:
    site.apply(wanting("north"))
    site.lose_the_journal()

    site.apply(wanting("north"))

    assert lines(site.plan(wanting())) == ["course tot: take group north out of grouping regions"]
