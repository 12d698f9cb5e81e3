"""What the site should hold, from all files together."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from moodle_sync.errors import InputRefused
from moodle_sync.source.desired import read_input
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS, CohortMembership
from moodle_sync.things.described_group import DESCRIBED, Described
from moodle_sync.things.group import GROUPS, Group
from moodle_sync.things.grouped import GROUPED, Grouped
from moodle_sync.things.grouping import GROUPINGS, Grouping
from moodle_sync.things.membership import MEMBERSHIPS, Membership
from moodle_sync.things.role import ROLES, Enrolment
from moodle_sync.things.state import Managed

CONFIGURATION = """\
site = "https://moodle.example.org"
new_accounts = "quiet"
people = "people.yaml"
timezone = "Europe/Madrid"

[[categories]]
idnumber = "top"
name = "Top"

[[courses]]
content = "training-of-trainers"
language = "en"
category = "top"
idnumber = "tot"
shortname = "TOT"
"""
NORTH = """
[[groups]]
course = "tot"
idnumber = "north"
name = "Up North"
description = "They & theirs"
"""
PEOPLE = """\
- username: ana
  courses: [{course: TOT, role: student, start: 2026-10-01}]
- username: sami
  cohorts: [trainees]
"""


def test_everything_that_the_people_file_says_is_desired(tmp_path: Path) -> None:
    (tmp_path / "moodle-sync.toml").write_text(CONFIGURATION)
    (tmp_path / "people.yaml").write_text(PEOPLE)

    state = read_input(tmp_path / "moodle-sync.toml", None, datetime(2026, 3, 1, tzinfo=UTC)).state

    (enrolment,) = state[ROLES]
    assert enrolment == Enrolment(course="tot", person="ana", role="student")
    assert enrolment.start == datetime(2026, 9, 30, 22, tzinfo=UTC).timestamp()
    assert state[COHORTS].keys() == {"trainees"}
    assert state[COHORT_MEMBERS] == {CohortMembership(cohort="trainees", person="sami")}
    assert state.manages == {Managed.ENROLMENTS, Managed.COHORTS}
    assert state.silent == {(Managed.ENROLMENTS, ("", "sami")), (Managed.COHORTS, ("", "ana"))}


ONLY = "only in capitals or accents: write them alike"
COHORTS_TOO = """
[[cohorts]]
idnumber = "{idnumber}"
name = "All trainees"
description = "They & theirs"
category = "top"

[[cohorts]]
idnumber = "trainers"
name = "Trainers"
"""


def test_cohorts_that_are_described_stand_beside_those_that_people_name(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + COHORTS_TOO.format(idnumber="agents"))
    (tmp_path / "people.yaml").write_text(PEOPLE)

    state = read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC)).state

    assert state[COHORTS] == {
        "trainees": Cohort(idnumber="trainees"),
        "agents": Cohort(
            idnumber="agents", name="All trainees", description="<p>They &amp; theirs</p>", category="top"
        ),
        "trainers": Cohort(idnumber="trainers", name="Trainers", category=""),
    }


def test_a_cohort_that_the_two_files_write_in_two_ways_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + COHORTS_TOO.format(idnumber="Trainees"))
    (tmp_path / "people.yaml").write_text(PEOPLE)

    with pytest.raises(InputRefused) as refused:
        read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC))

    said = f'differs from "trainees" in the file of people {ONLY}'
    assert [str(problem) for problem in refused.value.problems] == [
        f"moodle-sync.toml: line 18, cohorts[0].idnumber: {said}"
    ]


@pytest.mark.parametrize("idnumber", ["north", "up north"])
@pytest.mark.parametrize("by_name", [True, False])
def test_people_are_put_into_a_described_group_by_its_name_or_its_idnumber(
    tmp_path: Path, idnumber: str, *, by_name: bool
) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + NORTH.replace('"north"', f'"{idnumber}"'))
    written = "Up North" if by_name else idnumber
    (tmp_path / "people.yaml").write_text(PEOPLE.replace("role: student", f"role: student, groups: [{written}, Other]"))

    state = read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC)).state

    north, other = Group(course="tot", name="Up North"), Group(course="tot", name="Other")
    assert state[GROUPS] == {north, other}
    assert {member.group for member in state[MEMBERSHIPS]} == {north, other}
    assert state[DESCRIBED] == {
        ("tot", idnumber): Described(idnumber=idnumber, name="Up North", description="<p>They &amp; theirs</p>")
    }


@pytest.mark.parametrize(("written", "line"), [("NORTH", 19), ("up north", 20)])
def test_a_group_that_the_two_files_write_in_two_ways_is_a_mistake(tmp_path: Path, written: str, line: int) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + NORTH)
    (tmp_path / "people.yaml").write_text(PEOPLE.replace("role: student", f"role: student, groups: [{written}]"))

    with pytest.raises(InputRefused) as refused:
        read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC))

    (problem,) = refused.value.problems
    assert (problem.line, problem.message) == (line, f'differs from "{written}" in the file of people {ONLY}')


REGIONS = """
[[groupings]]
course = "tot"
idnumber = "regions"
name = "Regions"
groups = ["north"]
"""


def test_a_grouping_has_the_groups_that_the_configuration_names(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    file.write_text(CONFIGURATION + NORTH + REGIONS)
    (tmp_path / "people.yaml").write_text(PEOPLE)

    state = read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC)).state

    assert state[GROUPINGS] == {("tot", "regions"): Grouping(course="tot", idnumber="regions", name="Regions")}
    assert state[GROUPED] == {Grouped(course="tot", grouping="regions", group="north")}
    assert state[GROUPS] == {Group(course="tot", name="Up North")}


COMMUNITY = """
[community]
idnumber = "community"
shortname = "COMMUNITY"
name = "Community of practice"
category = "top"
"""


def test_the_community_may_have_groups_and_groupings(tmp_path: Path) -> None:
    file = tmp_path / "moodle-sync.toml"
    circles = (NORTH + REGIONS).replace('"tot"', '"community"')
    file.write_text(CONFIGURATION + circles + COMMUNITY)
    (tmp_path / "people.yaml").write_text(
        PEOPLE.replace("[{course", "[{course: COMMUNITY, role: student, groups: [north]}, {course")
    )

    state = read_input(file, None, datetime(2026, 3, 1, tzinfo=UTC)).state

    (member,) = state[MEMBERSHIPS]
    assert member == Membership(group=Group(course="community", name="Up North"), person="ana")
    assert state[GROUPED] == {Grouped(course="community", grouping="regions", group="north")}
    assert {enrolment.course for enrolment in state[ROLES]} == {"tot", "community"}
    assert state.lasting == {"community"}
