"""Groups that the configuration describes: whatever they are called, they stay the same, with everybody in them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

import pytest
from sqlalchemy import select

from lti_tool.demo.moodle.tables import Group as Row
from lti_tool.demo.moodle.tables import GroupMember
from moodle_sync.planning.plan import Plan
from moodle_sync.things.described_group import DESCRIBED, Described
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.state import State
from tests.moodle_sync.administered import AS_USUAL, Administered
from tests.moodle_sync.examples import FULL

WINS = replace(AS_USUAL, file_wins=True)
NORTH = Described(idnumber="north", name="North")


def wanting(*described: Described, **members: str) -> State:
    """Make a file with these groups, and with the groups that people are in by it."""
    groups = {Group(course="tot", name=one.name) for one in described}
    inside = {Membership(group=Group(course="tot", name=name), person=person) for person, name in members.items()}
    return (
        FULL.having(DESCRIBED, {("tot", one.idnumber): one for one in described})
        .having(GROUPS, frozenset(groups | {member.group for member in inside}))
        .having(MEMBERSHIPS, frozenset(inside))
    )


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    return [remark.message.partition(": changed in Moodle")[0] for remark in plan.remarks]


def groups(site: Administered) -> Mapping[str, int]:
    """Give Moodle's groups by name, with how many are in each."""
    with site.miniature.site.session() as db:
        members = list(db.scalars(select(GroupMember.group_id)))
        return {row.name: members.count(row.id) for row in db.scalars(select(Row))}


def change(site: Administered, name: str, /, **columns: object) -> None:
    """Change a group in Moodle, as on its page of settings."""
    with site.miniature.site.session() as db:
        row = db.scalars(select(Row).filter_by(name=name)).one()
        for field, value in columns.items():
            setattr(row, field, value)


def column(site: Administered, name: str) -> object:
    with site.miniature.site.session() as db:
        return getattr(db.scalars(select(Row)).one(), name)


def test_a_described_group_is_made_though_nobody_is_in_it(site: Administered) -> None:
    file = wanting(replace(NORTH, description="<p>Up.</p>"))

    site.apply(file)

    assert (groups(site), column(site, "idnumber"), column(site, "description")) == (
        {"North": 0},
        "north",
        "<p>Up.</p>",
    )
    again = site.plan(file)
    assert (again.actions, again.remarks, again.adopted.things) == ((), (), {})


def test_a_group_that_both_files_rename_is_the_same_group_with_everybody_in_it(site: Administered) -> None:
    site.apply(wanting(NORTH, ana="North", sami="North"))
    file = wanting(replace(NORTH, name="Norte"), ana="Norte", sami="Norte")

    assert lines(site.plan(file)) == ['course tot: group "North": name from "North" to "Norte"']
    site.apply(file)

    assert groups(site) == {"Norte": 2}
    again = site.plan(file)
    assert (again.actions, again.adopted.things, again.forgotten.things) == ((), {}, {})


def test_who_leaves_a_group_while_it_is_renamed_is_taken_out(site: Administered) -> None:
    site.apply(wanting(NORTH, ana="North", sami="North"))
    file = replace(wanting(replace(NORTH, name="Norte"), ana="Norte"), silent=frozenset())

    assert lines(site.plan(file)) == [
        'course tot: group "North": name from "North" to "Norte"',
        'course tot: take sami out of group "Norte"',
    ]
    site.apply(file)

    assert groups(site) == {"Norte": 1}
    assert site.plan(file).actions == ()


def test_a_group_that_only_the_configuration_renames_is_left_alone(site: Administered) -> None:
    site.apply(wanting(NORTH, ana="North", sami="North"))
    file = wanting(replace(NORTH, name="Norte"), ana="North")

    planned = site.plan(file)
    site.apply(file)

    assert planned.actions == ()
    assert {(found.kind, found.key) for found in planned.conflicts} == {("group", "tot/north"), ("group", "tot/North")}
    assert "write that, or north, in the file of people too" in planned.conflicts[-1].message
    assert groups(site) == {"North": 2}


def test_a_group_of_before_is_given_its_idnumber_and_not_made_again(site: Administered) -> None:
    site.apply(wanting(ana="North"))

    assert lines(site.plan(wanting(NORTH, ana="North"))) == [
        'course tot: group "North": idnumber from "" to "north"',
    ]
    site.apply(wanting(NORTH, ana="North"))
    site.apply(wanting(replace(NORTH, name="Norte"), ana="Norte"))

    assert groups(site) == {"Norte": 1}


def test_a_group_that_somebody_renamed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    file = wanting(replace(NORTH, description="<p>Up.</p>"), ana="North")
    site.apply(file)
    change(site, "North", name="Ours", description="<p>Mine.</p>")
    more = wanting(replace(NORTH, description="<p>Up.</p>"), ana="North", sami="North")

    planned = site.plan(file)
    site.apply(more)

    assert (planned.actions, remarks(planned)) == (
        (),
        ['name is "Ours" and not "North"', 'description is "<p>Mine.</p>" and not "<p>Up.</p>"'],
    )
    assert groups(site) == {"Ours": 2}
    site.apply(more, options=WINS)
    assert groups(site) == {"North": 2}
    assert site.plan(more, WINS).actions == ()


def test_what_the_file_does_not_say_of_a_group_stays_when_it_is_renamed(site: Administered) -> None:
    site.apply(wanting(NORTH))
    change(site, "North", description="*By hand*", description_format=4)

    site.apply(wanting(replace(NORTH, name="Norte")))

    assert (column(site, "description"), column(site, "description_format")) == ("*By hand*", 4)


def test_a_group_that_only_people_name_stays_as_it_is(site: Administered) -> None:
    site.apply(wanting(ana="North"))
    change(site, "North", description="By hand", idnumber="mine")

    planned = site.plan(wanting(ana="North"))

    assert (planned.actions, planned.remarks) == ((), ())


@pytest.mark.parametrize("idnumber", ["", "south"])
def test_a_name_that_another_group_has_is_a_conflict(site: Administered, idnumber: str) -> None:
    site.apply(wanting(NORTH, ana="North"))
    with site.miniature.site.session() as db:
        course = db.scalars(select(Row)).one().course_id
        db.add(Row(course_id=course, name="Norte", idnumber=idnumber))
    file = wanting(replace(NORTH, name="Norte"), ana="Norte", sami="Norte")

    planned = site.plan(file)
    site.apply(file)

    assert planned.actions == ()
    assert [(found.kind, found.key) for found in planned.conflicts] == [("group", "tot/north")]
    assert groups(site) == {"North": 1, "Norte": 0}


def test_a_name_in_other_capitals_is_no_change_since_moodle_would_refuse_it(site: Administered) -> None:
    site.apply(wanting(NORTH, ana="North"))

    planned = site.plan(wanting(replace(NORTH, name="NORTH"), ana="NORTH"))

    assert planned.actions == ()


def test_without_its_journal_a_group_is_found_by_its_idnumber(site: Administered) -> None:
    site.apply(wanting(NORTH, ana="North"))
    site.lose_the_journal()
    file = wanting(replace(NORTH, name="Norte"), ana="Norte")

    assert lines(site.plan(file)) == ['course tot: group "North": name from "North" to "Norte"']
