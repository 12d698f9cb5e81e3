"""Groups, groupings and cohorts kept as the configuration has them, and what somebody changed in Moodle left.

One story for the miniature (`tests/moodle_sync`) and for a real Moodle (`tests/live`), with a fixture `installation`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from moodle_sync.webservice.encoding import Value, flatten
from tests.spec import webservice
from tests.spec.sync import NOTHING, Installation

CIRCLES = """
[[categories]]
idnumber = "circles-{mark}"
name = "Circles"
parent = "sync-{mark}"

[[groups]]
course = "training-{mark}"
idnumber = "north"
name = "{north}"

[[groups]]
course = "training-{mark}"
idnumber = "south"
name = "Group B"
description = "Those of the south & the coast"

[[groupings]]
course = "training-{mark}"
idnumber = "regions"
name = "{regions}"
groups = [{inside}]

[[cohorts]]
idnumber = "agents-{mark}"
name = "{agents}"
description = "All of them"
category = "{category}-{mark}"
"""
FIRST = {
    "north": "Group A",
    "regions": "Regions",
    "inside": '"north", "south"',
    "agents": "Agents & co",
    "category": "sync",
}
THEN = {"north": "Norte", "regions": "Zones", "inside": '"south"', "agents": "Local agents", "category": "circles"}


class CirclesSpecification:
    """One story in four tests."""

    def test_circles_are_made_as_described(self, installation: Installation) -> None:
        installation.teach()
        for number in range(1, 5):
            installation.enter(number)
        describe(installation, FIRST)

        done = installation.run("apply", "--yes")

        assert (done.returncode, done.stderr) == (0, "")
        assert "new groups: 2, new group members: 4, new cohorts: 1, new groupings: 1, groups put" in done.stdout
        assert installation.run("plan").stdout == NOTHING
        north, south = groups(installation)
        assert (north["idnumber"], south["idnumber"]) == ("north", "south")
        assert south["description"] == "<p>Those of the south &amp; the coast</p>"
        assert inside(installation) == ("Regions", {north["id"], south["id"]})
        assert cohort(installation)["name"] == "Agents & co"

    def test_what_the_file_calls_otherwise_is_the_same_with_everybody_in_it(self, installation: Installation) -> None:
        before, members = groups(installation), members_of(installation)
        installation.rows = [row.replace("Group A", "Norte") for row in installation.rows]
        describe(installation, THEN)

        done = installation.run("apply", "--yes")

        assert (done.returncode, done.stderr) == (0, "")
        counts = "changed groups: 1, changed cohorts: 1, changed groupings: 1, groups taken out of groupings: 1."
        assert f"Done: {counts}\n" in done.stdout
        assert {group["id"] for group in groups(installation)} == {group["id"] for group in before}
        assert [group["name"] for group in groups(installation)] == ["Norte", "Group B"]
        assert members_of(installation) == members
        assert inside(installation) == ("Zones", {before[1]["id"]})
        assert (cohort(installation)["name"], cohort(installation)["description"]) == (
            "Local agents",
            "<p>All of them</p>",
        )
        assert installation.run("plan").stdout == NOTHING

    def test_what_somebody_changed_is_shown_and_left(self, installation: Installation) -> None:
        north, south = groups(installation)
        grouping = groupings(installation)[0]
        call(installation, "core_group_update_groups", groups=[{"id": north["id"], "name": "Ours"}])
        taken: Value = {"groupingid": grouping["id"], "groupid": south["id"]}
        call(installation, "core_group_unassign_grouping", unassignments=[taken])

        planned = installation.run("plan")

        assert planned.stdout == "Nothing to do: 2 things stay in Moodle other than the file says, see below.\n"
        first, second = planned.stderr.splitlines()
        assert f'group training-{installation.mark}/north: name is "Ours" and not "Norte"' in first
        assert f"grouping training-{installation.mark}/regions: the group south isn't in it" in second

    def test_where_the_file_wins_it_is_as_the_file_says(self, installation: Installation) -> None:
        file = installation.folder / "moodle-sync.toml"
        file.write_text('changed_in_moodle = "overwrite"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")

        done = installation.run("apply", "--yes")

        assert (done.returncode, done.stderr) == (0, "")
        assert [group["name"] for group in groups(installation)] == ["Norte", "Group B"]
        assert inside(installation) == ("Zones", {groups(installation)[1]["id"]})
        assert installation.run("plan").stdout == NOTHING


def describe(installation: Installation, circles: Mapping[str, str]) -> None:
    """Write the files with these circles."""
    installation.write()
    file = installation.folder / "moodle-sync.toml"
    text = CIRCLES.format(mark=installation.mark, **circles)
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def groups(installation: Installation) -> Sequence[Mapping[str, Any]]:
    """Give the groups of the course in the order in which they were made."""
    found = call(installation, "core_group_get_course_groups", courseid=course(installation))
    return sorted(found, key=lambda group: int(group["id"]))


def members_of(installation: Installation) -> object:
    """Give who is in each group."""
    numbers = [group["id"] for group in groups(installation)]
    return call(installation, "core_group_get_group_members", groupids=numbers)


def groupings(installation: Installation) -> Sequence[Mapping[str, Any]]:
    """Give the groupings of the course, with the groups in them."""
    found = call(installation, "core_group_get_course_groupings", courseid=course(installation))
    numbers = [grouping["id"] for grouping in found]
    made: Sequence[Mapping[str, Any]] = call(
        installation, "core_group_get_groupings", groupingids=numbers, returngroups=1
    )
    return made


def inside(installation: Installation) -> tuple[str, set[int]]:
    """Give the only grouping's name, and the groups in it."""
    (grouping,) = groupings(installation)
    return grouping["name"], {group["id"] for group in grouping.get("groups", ())}


def cohort(installation: Installation) -> Mapping[str, Any]:
    """Give the cohort, which is in one of the categories."""
    context: Value = {"contextlevel": "system"}
    named = f"agents-{installation.mark}"
    (found,) = call(installation, "core_cohort_search_cohorts", query=named, context=context, includes="all")["cohorts"]
    made: Mapping[str, Any] = found
    return made


def course(installation: Installation) -> int:
    """Give the number of the course."""
    named = {"field": "idnumber", "value": f"training-{installation.mark}"}
    return int(call(installation, "core_course_get_courses_by_field", **named)["courses"][0]["id"])


def call(installation: Installation, function: str, **arguments: Value) -> Any:
    """Call a function as it would be by hand; texts are told as they are stored."""
    variables = {**dict(flatten(arguments)), "moodlewssettingraw": "1"}
    return webservice.call(installation.url.rstrip("/"), installation.token, function, variables)
